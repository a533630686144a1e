"""Audits load with every check, and every fault is named with file, id and reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fiscal_facts.checks import CODES
from fiscal_facts.cli import main
from fiscal_facts.evaluation import GoldError, default_folder
from fiscal_facts.evaluation.findings.gold import KINDS, TWINS, audit_lines, audit_schema, read_audits
from fiscal_facts.evaluation.gold import SPLITS, sha256, write_document
from gold_examples import document, span
from jsonschema import Draft202012Validator

ANNOTATIONS = Path(__file__).parent.parent / "annotations"
TEXT = "𠮷：支出90万元，减少10万元，增长10%。\r\n合计80.01万元。"
Row = dict[str, Any]


def row(number: int, kind: str, *words: str, **more: Any) -> Row:
    made: Row = {"id": f"g{number}", "class": kind, "near_miss": False, "certainty": "certain"}
    made |= {"spans": [span(TEXT, each) for each in words], "printed": None, "expected": None, "why": "10÷100=10%"}
    return made | more


def rows() -> list[Row]:
    return [
        row(1, "direction", "增长10%", "减少10万元", printed="增长10%", expected="下降10%"),
        row(2, "sum", "80.01万元", near_miss=True, certainty="look"),
    ]


def folder(path: Path, changed: Callable[[list[Row]], object] = lambda _: None, **header: Any) -> Path:
    """A folder with one audited document whose audit a test has changed."""
    items = rows()
    changed(items)
    head = {"document": "example.txt", "sha256": sha256(TEXT), "format": 1} | header
    write(path / "documents" / "own" / "example.txt", TEXT)
    lines = [json.dumps(line, ensure_ascii=False) for line in (head, *items)]
    write(path / "findings" / "own" / "example.jsonl", "\n".join(lines) + "\n")
    return path


def write(file: Path, words: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(words.encode())


def test_the_shipped_audits_are_sound() -> None:
    audits = read_audits(default_folder())
    real = [each for each in audits if each.split == "real"]
    assert len(real) == 5
    assert sum(len(each.contradictions) for each in real) >= 150
    assert sum(len(each.near_misses) for each in real) >= 110
    assert {each.split for each in audits} <= set(SPLITS)
    assert [each.name for each in audits if each.twin]


def test_every_twin_has_its_document() -> None:
    for file in (ANNOTATIONS / "findings" / TWINS).rglob("*.txt"):
        original = ANNOTATIONS / "documents" / file.parent.name / f"{file.stem.removesuffix('-clean')}.txt"
        assert original.is_file()
        assert original.read_bytes() != file.read_bytes()


def test_the_schema_is_the_committed_one_and_holds_for_every_line() -> None:
    written = json.loads((ANNOTATIONS / "findings" / "schema.json").read_text(encoding="utf-8"))
    assert written == audit_schema(), "fiscal-facts gold schema --findings -o annotations/findings/schema.json"
    Draft202012Validator.check_schema(written)
    validator = Draft202012Validator(written)
    for file in sorted((ANNOTATIONS / "findings").glob("*/*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert validator.is_valid(json.loads(line)), f"{file}: line {number}"
    good = rows()[0]
    wrong: list[Row] = [{"class": "amount"}, {"certainty": "sure"}, {"near_miss": 1}, {"spans": []}, {"more": 1}]
    for bad in wrong:
        assert not validator.is_valid(good | bad)


def test_a_sound_audit_of_ones_own_loads(tmp_path: Path) -> None:
    (audit,) = read_audits(folder(tmp_path))
    assert (audit.name, audit.split, audit.twin) == ("own/example", "own", False)
    (wrong,), (near,) = audit.contradictions, audit.near_misses
    assert (wrong.kind, wrong.certainty, wrong.spans[0].text, near.kind) == ("direction", "certain", "增长10%", "sum")
    file = tmp_path / "findings" / "own" / "example.jsonl"
    assert [json.loads(line) for line in audit_lines(audit)] == [
        json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert read_audits(tmp_path, ["real"]) == ()
    assert read_audits(tmp_path / "nowhere") == ()


def _set(number: int, **more: Any) -> Callable[[list[Row]], None]:
    return lambda items: items[number].update(more)


def _span(number: int, **more: Any) -> Callable[[list[Row]], None]:
    return lambda items: items[number]["spans"][0].update(more)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (_span(0, start=0), "g1: spans[0] [0, "),
        (_span(0, text="增长11%"), "annotated '增长11%'"),
        (_span(0, end=999), "outside the text of"),
        (_span(0, end=1), "is empty or outside"),
        (_span(0, note="x"), "g1: unknown attribute spans.note"),
        (_span(0, start="1"), "g1: Expected `int`, got `str`"),
        (_set(0, spans=[]), "g1: spans is empty"),
        (_set(0, **{"class": "amount"}), "g1: Invalid enum value 'amount'"),
        (_set(0, certainty="sure"), "g1: Invalid enum value 'sure'"),
        (_set(0, near_miss=None), "g1: Expected `bool`, got `null`"),
        (_set(0, printed=10), "g1: Expected `str | null`, got `int`"),
        (_set(0, note="x"), "g1: Object contains unknown field `note`"),
        (_set(0, why=" "), "g1: why is empty"),
        (_set(0, id=""), "its id is empty"),
        (_set(1, id="g1"), "g1: id used twice"),
        (lambda items: items[0].pop("expected"), "g1: Object missing required field `expected`"),
        (lambda items: items.append(items[0] | {"id": "g3"}), "g3: the same direction at the same places as g1"),
        (lambda items: items.append(items[1] | {"id": "g3", "near_miss": False}), "g3: the same sum"),
    ],
)  # fmt: skip
def test_every_fault_is_named(tmp_path: Path, changed: Callable[[list[Row]], object], says: str) -> None:
    with pytest.raises(GoldError) as raised:
        read_audits(folder(tmp_path, changed))
    assert says in str(raised.value)
    assert "example.jsonl" in str(raised.value)


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ({"sha256": "0" * 64}, "another text"),
        ({"format": 2}, "format 2; this version reads 1"),
        ({"document": "other.txt"}, "header names document 'other.txt'"),
        ({"chars": 1}, "the first line must be the header: format, document, sha256"),
    ],
)
def test_another_text_or_header_is_refused(tmp_path: Path, header: Row, says: str) -> None:
    with pytest.raises(GoldError, match=says):
        read_audits(folder(tmp_path, **header))


def test_files_that_are_no_audits_are_refused(tmp_path: Path) -> None:
    file = folder(tmp_path) / "findings" / "own" / "example.jsonl"
    for words, says in ((b"", "empty"), (b"{", "not JSON"), (b"\xff\xfe", "not UTF-8"), (b"[1]", "must be the header")):
        file.write_bytes(words)
        with pytest.raises(GoldError, match=says):
            read_audits(tmp_path)
    (tmp_path / "documents" / "own" / "example.txt").unlink()
    with pytest.raises(GoldError, match="is not there"):
        read_audits(tmp_path)


def test_a_twin_stands_with_or_without_an_audit_and_holds_nothing_certain(tmp_path: Path) -> None:
    folder(tmp_path, lambda items: items.pop(0))
    (tmp_path / "documents" / "own" / "example.txt").unlink()
    write(tmp_path / "findings" / TWINS / "own" / "example.txt", TEXT)
    write(tmp_path / "findings" / TWINS / "own" / "plain.txt", TEXT)
    first, second = read_audits(tmp_path)
    assert (first.twin, len(first.near_misses), first.name) == (True, 1, "own/example")
    assert (second.twin, second.items, second.name) == (True, (), "own/plain")
    folder(tmp_path)
    with pytest.raises(GoldError, match="cannot have the name of the document"):
        read_audits(tmp_path)
    (tmp_path / "documents" / "own" / "example.txt").unlink()
    with pytest.raises(GoldError, match="g1: a certain contradiction in a clean twin"):
        read_audits(tmp_path)


def test_the_commands_cover_audits(tmp_path: Path) -> None:
    write_document(document(TEXT, [], "own/example"), tmp_path)
    folder(tmp_path)
    result = CliRunner().invoke(main, ["gold", "check", str(tmp_path)])
    assert result.exit_code == 0, result.stderr
    assert "1 audits and 0 clean twins, 1 contradictions and 1 near misses: sound." in result.stdout
    for shape in ("table", "json", "markdown", "html"):
        result = CliRunner().invoke(main, ["evaluate", str(tmp_path), "--format", shape])
        assert result.exit_code == 0, result.stderr
        assert "contradictions" in result.stdout
    folder(tmp_path, _span(0, start=0))
    for command in (["gold", "check"], ["evaluate"]):
        result = CliRunner().invoke(main, [*command, str(tmp_path)])
        assert result.exit_code == 2
        assert "example.jsonl: g1: spans[0]" in result.stderr


def test_every_kind_is_a_kind_of_check() -> None:
    assert {code.code.split(".")[0] for code in CODES} <= set(KINDS)
