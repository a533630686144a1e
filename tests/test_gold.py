"""The gold set loads with every check, and every fault is named with file, fact and reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fiscal_facts.cli import main
from fiscal_facts.evaluation import GoldError, default_folder, read_folder
from fiscal_facts.evaluation.findings.gold import read_audits
from fiscal_facts.evaluation.gold import annotation_lines, sha256, write_document
from fiscal_facts.evaluation.shape import schema
from fiscal_facts.evaluation.soundness import unsound
from gold_examples import data, document, fact, label, span
from jsonschema import Draft202012Validator

ANNOTATIONS = Path(__file__).parent.parent / "annotations"
TEXT = "收入10万元，比上年增加5万元，增长100%，原因是新增甲项目。\n满意度\t≥90%\t95%\n"


def rows() -> list[dict[str, Any]]:
    """A sound example of every type but one."""
    level = data(TEXT, "amount", "10万元", id="f1", number="10", unit="万元", value="100000", label="收入")
    change = data(TEXT, "amount", "5万元", id="f3", number="5", unit="万元", value="50000", role="change", label="收入")
    rate = data(TEXT, "percentage", "100%", id="f4", number="100", kind="growth", label="收入")
    delta = data(
        TEXT, "delta", "增加5万元，增长100%", id="f2", label="收入", amount="f3", rate="f4", current=["f1"], reasons=["f5"]
    )  # fmt: skip
    reason = data(TEXT, "reason", "新增甲项目", id="f5", cue="原因是", explains=["f2"])
    project = data(TEXT, "project", "甲", id="f6", name="甲")
    target = {"text": "≥90%", "span": span(TEXT, "≥90%"), "comparator": ">=", "value": "90", "unit": "%"}
    row = data(TEXT, "indicator", "满意度\t≥90%\t95%", id="f7", name="满意度", target=target, project="f6")
    return [level, delta, change, rate, reason, project, row]


def folder(path: Path, changed: Callable[[list[dict[str, Any]]], None] = lambda _: None, **header: Any) -> Path:
    """A folder with one document whose annotations a test has changed."""
    facts = rows()
    changed(facts)
    head = {"format": 1, "document": "own/example", "sha256": sha256(TEXT), "chars": len(TEXT)} | header
    file = path / "gold" / "own" / "example.jsonl"
    file.parent.mkdir(parents=True)
    lines = [json.dumps(line, ensure_ascii=False) for line in (head, *facts)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = path / "documents" / "own" / "example.txt"
    text.parent.mkdir(parents=True)
    text.write_bytes(TEXT.encode())
    return path


def test_the_shipped_set_is_sound_and_whole() -> None:
    documents = read_folder(default_folder())
    count = {name: sum(each.split == name for each in documents) for name in ("real", "written", "heldout")}
    assert count["real"] == 5
    assert count["written"] + count["heldout"] >= 20
    assert count["heldout"] * 2 >= count["written"] + count["heldout"]
    assert all(300 <= len(each.text) <= 1500 for each in documents if each.split != "real")
    assert sum(len(each.facts) for each in documents if each.split == "real") >= 1300
    texts = {
        file.relative_to(ANNOTATIONS / "documents").with_suffix("").as_posix()
        for file in ANNOTATIONS.glob("documents/*/*.txt")
    }
    for_the_checks = {name for name in texts if name.startswith("planted/")}
    assert texts - for_the_checks == {each.name for each in documents}
    assert for_the_checks == {each.name for each in read_audits(default_folder(), ["planted"]) if not each.twin}


@pytest.mark.parametrize("blind", ["passes/a", "passes/b"])
def test_both_blind_passes_are_kept_whole(blind: str) -> None:
    passed = read_folder(default_folder(), annotations=blind)
    assert [each.name for each in passed] == [each.name for each in read_folder(default_folder())]


def test_the_passes_were_made_apart() -> None:
    first, second = (read_folder(default_folder(), annotations=f"passes/{name}") for name in "ab")
    assert [each.facts for each in first] != [each.facts for each in second]


def test_the_schema_is_the_committed_one_and_holds_for_every_line() -> None:
    written = json.loads((ANNOTATIONS / "schema.json").read_text(encoding="utf-8"))
    assert written == schema(), "fiscal-facts gold schema -o annotations/schema.json"
    Draft202012Validator.check_schema(written)
    validator = Draft202012Validator(written)
    for file in sorted(ANNOTATIONS.glob("gold/*/*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert validator.is_valid(json.loads(line)), f"{file}: {line}"


def test_the_schema_refuses_what_loading_refuses() -> None:
    validator = Draft202012Validator(schema())
    good = rows()[0]
    assert validator.is_valid(good)
    for bad in (
        good | {"value": 100000},
        good | {"unit": None},
        good | {"more": 1},
        good | {"role": "x"},
        good | {"type": "sum"},
    ):
        assert not validator.is_valid(bad)


def test_a_document_is_written_as_it_is_read(tmp_path: Path) -> None:
    for gold in read_folder(default_folder(), splits=["real"]):
        file = write_document(gold, tmp_path)
        assert file.read_bytes() == (ANNOTATIONS / "gold" / f"{gold.name}.jsonl").read_bytes()
        assert (tmp_path / "documents" / f"{gold.name}.txt").read_bytes() == gold.text.encode()


def test_line_ends_and_astral_characters_survive(tmp_path: Path) -> None:
    text = "\ufeff𠮷收入\r\n10万元😀。"
    gold = document(text, [fact(text, "amount", "10万元", number="10", unit="万元", value="100000", label="收入")])
    write_document(gold, tmp_path)
    assert read_folder(tmp_path) == (gold,)


def test_a_sound_folder_of_ones_own_loads(tmp_path: Path) -> None:
    (gold,) = read_folder(folder(tmp_path))
    assert (gold.name, gold.split, len(gold.facts)) == ("own/example", "own", 7)


def wrong_offset(facts: list[dict[str, Any]]) -> None:
    facts[0]["span"]["start"] += 1


def outside(facts: list[dict[str, Any]]) -> None:
    facts[6]["span"]["end"] = 999


def wrong_label_words(facts: list[dict[str, Any]]) -> None:
    facts[0]["labels"][0]["span"]["text"] = "支出"


def unknown_type(facts: list[dict[str, Any]]) -> None:
    facts[0]["type"] = "sum"


def dangling(facts: list[dict[str, Any]]) -> None:
    facts[1]["amount"] = "f99"


def wrong_kind_of_reference(facts: list[dict[str, Any]]) -> None:
    facts[1]["rate"] = "f1"


def duplicate(facts: list[dict[str, Any]]) -> None:
    facts.insert(1, facts[0] | {"id": "f9"})


def overlapping_duplicate(facts: list[dict[str, Any]]) -> None:
    facts.insert(1, facts[0] | {"id": "f9", "span": span(TEXT, "0万元"), "number": "0", "value": "0"})


def same_id(facts: list[dict[str, Any]]) -> None:
    facts[2]["id"] = "f1"


def arithmetic(facts: list[dict[str, Any]]) -> None:
    facts[0]["value"] = "10000"


def number_not_a_string(facts: list[dict[str, Any]]) -> None:
    facts[0]["number"] = 10


def float_number(facts: list[dict[str, Any]]) -> None:
    facts[0]["number"] = 10.5


def unknown_attribute(facts: list[dict[str, Any]]) -> None:
    facts[0]["colour"] = "red"


def unknown_inner_attribute(facts: list[dict[str, Any]]) -> None:
    facts[0]["labels"][0]["colour"] = "red"


def missing_attribute(facts: list[dict[str, Any]]) -> None:
    del facts[0]["role"]


def unknown_value(facts: list[dict[str, Any]]) -> None:
    facts[0]["role"] = "whole"


def not_parallel(facts: list[dict[str, Any]]) -> None:
    facts[1]["current"] = []


def one_sided(facts: list[dict[str, Any]]) -> None:
    facts[1]["reasons"] = []


def out_of_order(facts: list[dict[str, Any]]) -> None:
    facts.reverse()


def cell_outside_its_row(facts: list[dict[str, Any]]) -> None:
    facts[6]["target"]["span"] = span(TEXT, "100%")


@pytest.mark.parametrize(
    ("change", "fact_id", "says"),
    [
        (wrong_offset, "f1", "reads '0万元', annotated '10万元'"),
        (outside, "f7", "outside the text"),
        (wrong_label_words, "f1", "labels[0]"),
        (unknown_type, "f1", "unknown type 'sum'"),
        (dangling, "f2", "amount names f99, which is not there"),
        (wrong_kind_of_reference, "f2", "rate names f1, a amount"),
        (duplicate, "f9", "the same amount as f1"),
        (overlapping_duplicate, "f9", "overlaps f1"),
        (same_id, "f1", "id used twice"),
        (arithmetic, "f1", "value 10000, but 10 × 10000 = 100000"),
        (number_not_a_string, "f1", "number is 10, should be '10'"),
        (float_number, "line 2", "10.5 must be a string"),
        (unknown_attribute, "f1", "unknown attribute colour"),
        (unknown_inner_attribute, "f1", "labels.colour"),
        (missing_attribute, "f1", "role missing"),
        (unknown_value, "f1", "Invalid enum value 'whole'"),
        (not_parallel, "f2", "current has 0 entries, labels 1"),
        (one_sided, "f5", "does not name it back"),
        (out_of_order, "f6", "order is by start"),
        (cell_outside_its_row, "f7", "lies outside the fact"),
    ],
)
def test_bad_input_stops_with_file_fact_and_reason(
    tmp_path: Path, change: Callable[[list[dict[str, Any]]], None], fact_id: str, says: str
) -> None:
    folder(tmp_path, change)
    with pytest.raises(GoldError) as error:
        read_folder(tmp_path)
    assert error.value.file.endswith("example.jsonl")
    assert error.value.fact == fact_id
    assert says in str(error.value)
    for command in (["gold", "check", str(tmp_path)], ["evaluate", str(tmp_path)]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 2
        assert says in result.stderr
        assert not result.stdout, "nothing is scored"


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ({"sha256": "0" * 64}, "another text"),
        ({"chars": 1}, "the header says 1"),
        ({"format": 2}, "this version reads 1"),
        ({"document": "own/other"}, "header names document 'own/other'"),
        ({"note": "x"}, "the first line must be the header"),
    ],
)
def test_another_text_or_header_is_refused(tmp_path: Path, header: dict[str, Any], says: str) -> None:
    with pytest.raises(GoldError, match=says):
        read_folder(folder(tmp_path, **header))


def test_what_is_no_annotation_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no annotation file"):
        read_folder(tmp_path)
    folder(tmp_path)
    file = tmp_path / "gold" / "own" / "example.jsonl"
    for words, says in ((b"", "empty"), (b"{", "not JSON"), (b"\xff\xfe", "not UTF-8"), (b"[1]", "must be the header")):
        file.write_bytes(words)
        with pytest.raises(GoldError, match=says):
            read_folder(tmp_path)
    (tmp_path / "documents" / "own" / "example.txt").unlink()
    with pytest.raises(GoldError, match="is not there"):
        read_folder(tmp_path)


def test_paired_changes_may_share_their_direction_word() -> None:
    text = "甲、乙分别增长1%、2%。"
    facts = [
        fact(text, "delta", "增长1%", id="d1", labels=[label(text, "甲")], rate="p1"),
        fact(text, "percentage", "1%", id="p1", number="1", kind="growth", label="甲"),
        fact(text, "delta", "增长1%、2%", id="d2", labels=[label(text, "乙")], rate="p2"),
        fact(text, "percentage", "2%", id="p2", number="2", kind="growth", label="乙"),
    ]
    assert not list(unsound(text, document(text, facts).facts))
    facts[2] = fact(text, "delta", "增长1%、2%", id="d2", labels=[label(text, "乙")], rate="p1")
    assert [reason for _, reason in unsound(text, document(text, facts).facts)]


def test_paired_changes_with_amounts_of_their_own_may_share_their_rate() -> None:
    text = "甲、乙分别减少3元、4元，均下降5%。"
    shared = {"direction": "decrease", "rate": "p1"}
    facts = [
        fact(text, "delta", "减少3元", id="d1", labels=[label(text, "甲")], amount="a1", **shared),
        fact(text, "amount", "3元", id="a1", number="3", unit="元", role="change", label="甲"),
        fact(text, "delta", "减少3元、4元", id="d2", labels=[label(text, "乙")], amount="a2", **shared),
        fact(text, "amount", "4元", id="a2", number="4", unit="元", role="change", label="乙"),
        fact(text, "percentage", "5%", id="p1", number="5", kind="growth", label="甲"),
    ]
    assert not list(unsound(text, document(text, facts).facts))


def test_check_and_show_print_for_people() -> None:
    result = CliRunner().invoke(main, ["gold", "check"])
    assert result.exit_code == 0
    assert "sound" in result.stdout
    shown = CliRunner().invoke(main, ["gold", "show", "suining"])
    assert shown.exit_code == 0
    assert "amount «784.39 万元» 2024  7843900 yuan  [收入总计]" in shown.stdout
    assert CliRunner().invoke(main, ["gold", "show", "real/"]).exit_code == 2
    assert CliRunner().invoke(main, ["gold", "show", "suining", "--pass", "b"]).exit_code == 0


def test_agreement_is_the_committed_page() -> None:
    result = CliRunner().invoke(main, ["gold", "agreement"])
    written = (ANNOTATIONS / "AGREEMENT.md").read_text(encoding="utf-8")
    assert _undated(result.stdout) == _undated(written), "fiscal-facts gold agreement -o annotations/AGREEMENT.md"


def _undated(page: str) -> list[str]:
    return [line for line in page.splitlines() if not line.startswith("20")]


def test_every_line_is_one_fact() -> None:
    gold = read_folder(default_folder(), splits=["real"])[0]
    assert len(annotation_lines(gold)) == len(gold.facts) + 1


def test_the_development_documents_are_sound() -> None:
    documents = read_folder(ANNOTATIONS / "development")
    assert {each.split for each in documents} == {"first", "second", "third"}
    assert len(documents) == 76
