"""The command line, run as people run it."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from asgi import DOCUMENTS, ROOT
from click.testing import CliRunner
from fiscal_facts import __all__ as exported
from fiscal_facts import extract
from fiscal_facts.cli import main
from fiscal_facts.explain import WHY_UNCLAIMED, explain, rules
from fiscal_facts.reading import read_text
from fiscal_facts.writing import opened
from fiscal_patterns.facts import FACT_TYPES
from fiscal_patterns.unclaimed import UnclaimedReason

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
SENTENCE = "2024年度收入总计784.39万元，比2023年增加18.65万元，增长2.44%。"


def run(*words: object, given: bytes | None = None) -> Any:
    return CliRunner().invoke(main, [str(word) for word in words], input=given)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    texts = [SENTENCE.encode(), SENTENCE.encode("gb18030"), SENTENCE.encode("utf-16")]
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_bytes(text)
    return paths


# ---- extract -----------------------------------------------------------------------------------------------------


def test_json_of_one_file_is_the_answer(files: list[Path]) -> None:
    found = run("extract", files[0])
    assert found.exit_code == 0
    assert json.loads(found.stdout) == extract(SENTENCE).to_dict()


def test_json_of_several_files_is_an_array_with_their_names(files: list[Path]) -> None:
    answers = json.loads(run("extract", *files).stdout)
    assert [answer.pop("file") for answer in answers] == [str(path) for path in files]
    assert answers == [extract(SENTENCE).to_dict()] * 3


def test_jsonl_is_one_answer_a_line(files: list[Path]) -> None:
    lines = run("extract", "--format", "jsonl", *files).stdout.splitlines()
    assert [json.loads(line)["file"] for line in lines] == [str(path) for path in files]


def test_a_table_shows_every_fact() -> None:
    for path in DOCUMENTS:
        found = run("extract", "--format", "table", path)
        shown = found.stdout.splitlines()
        facts = extract(path.read_bytes().decode()).facts
        assert len([line for line in shown if line.startswith("f")]) == len(facts)
        assert shown[0] == str(path)


def test_standard_input_is_read(files: list[Path]) -> None:
    for text in (SENTENCE.encode(), SENTENCE.encode("gb18030")):
        assert json.loads(run("extract", "-", given=text).stdout) == extract(SENTENCE).to_dict()


def test_options_are_those_of_the_service(files: list[Path]) -> None:
    found = run("extract", files[0], "--types", "amount,delta", "--offsets", "utf16", "--explain", "--text")
    given: dict[str, Any] = {"types": ("amount", "delta"), "offsets": "utf16", "explain": True, "text": True}
    assert json.loads(found.stdout) == extract(SENTENCE).to_dict(**given)
    big5 = files[0].with_name("big5.txt")
    big5.write_bytes("收入總計784.39萬元".encode("big5"))
    assert (
        json.loads(run("extract", "--charset", "big5", "--text", big5).stdout)["document"]["text"]
        == "收入總計784.39萬元"
    )


def test_failed_inputs_are_named_and_the_rest_goes_on(files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xff\xff")
    found = run(
        "extract", "--format", "jsonl", tmp_path / "none.txt", files[0], tmp_path / "bad.txt", tmp_path, files[1]
    )
    assert found.exit_code == 1
    assert [json.loads(line)["file"] for line in found.stdout.splitlines()] == [str(files[0]), str(files[1])]
    named = found.stderr.splitlines()
    assert len(named) == 3
    for name, line in zip(("none.txt", "bad.txt", tmp_path.name), named, strict=True):
        assert line.startswith("fiscal-facts: ")
        assert name in line
    nothing = run("extract", tmp_path / "none.txt", tmp_path / "bad.txt")
    assert (nothing.exit_code, json.loads(nothing.stdout)) == (1, [])
    assert run("extract", tmp_path / "none.txt").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ["extract"], ["extract", "a", "--types", "money"], ["extract", "a", "--format", "xml"], ["nothing"], ["explain"],
        ["extract", "a", "--offsets", "bytes"], ["rules", "--types", "x"], ["serve", "--port", "x"], ["serve", "--workers", "0"],
    ],
)  # fmt: skip
def test_wrong_usage_is_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


# ---- output ------------------------------------------------------------------------------------------------------


def test_output_goes_to_a_file_whole(files: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert run("extract", files[0], "-o", target).stdout == ""
    assert json.loads(target.read_bytes()) == extract(SENTENCE).to_dict()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.txt", "1.txt", "2.txt", "out.json"]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), opened(str(target)) as stream:  # noqa: PT012 - the fault comes after the write
        stream.write(b"half")
        raise KeyboardInterrupt
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_replaced_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "out", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    with opened(str(link)) as stream:
        stream.write(b"new")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode), link.is_symlink()) == (b"new", 0o640, True)


def test_a_device_is_written_to_and_not_replaced() -> None:
    with opened(os.devnull) as stream:
        stream.write(b"a")
    assert not stat.S_ISREG(Path(os.devnull).stat().st_mode)


def test_a_folder_that_is_not_there_is_2(files: list[Path], tmp_path: Path) -> None:
    found = run("extract", files[0], "-o", tmp_path / "none" / "out.json")
    assert found.exit_code == 2
    assert "Traceback" not in found.output


def test_a_reader_that_goes_away_is_no_fault() -> None:
    shell = f"{sys.executable} -m fiscal_facts extract --format jsonl {DOCUMENTS[0]} {DOCUMENTS[1]} | head -c 10"
    found = subprocess.run(["/bin/sh", "-c", shell], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (len(found.stdout), found.stderr) == (10, "")


def on_terminal(*words: object) -> str:
    """What the command writes to a terminal on stderr."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "fiscal_facts", *map(str, words)]
    subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=theirs, check=True)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:
        pass  # the terminal is closed
    os.close(ours)
    return shown.decode()


def test_several_files_show_a_progress_bar_on_a_terminal(files: list[Path]) -> None:
    assert "3/3" in on_terminal("extract", *files)
    assert on_terminal("extract", files[0]) == ""
    assert run("extract", *files).stderr == ""


# ---- explain and rules -------------------------------------------------------------------------------------------


def test_explain_shows_rule_cues_labels_and_what_is_left() -> None:
    text = "依据〔2024〕32号文件，" + SENTENCE + "另有17。"
    shown = run("explain", text).stdout
    extraction = extract(text)
    assert extraction.facts
    for fact in extraction.facts:
        assert f"「{fact.span.text}」[{fact.span.start}, {fact.span.end})" in shown
        assert fact.rule in shown
        for cue in fact.cues:
            assert f"「{cue.text}」" in shown
        for label in getattr(fact, "labels", ()):
            assert label.text in shown
    for numeral in extraction.unclaimed:
        assert f"未认领 「{numeral.span.text}」[{numeral.span.start}, {numeral.span.end})  {numeral.reason}" in shown
    assert "覆盖率 " in shown
    assert run("explain", "-", given=text.encode("gb18030")).stdout == shown


def test_explain_is_one_line_a_thing_even_where_the_text_has_breaks() -> None:
    for path in DOCUMENTS:
        for line in explain(extract(path.read_bytes().decode())):
            assert len(line.splitlines()) == 1


def test_every_reason_for_leaving_a_numeral_has_words() -> None:
    assert set(WHY_UNCLAIMED) == set(UnclaimedReason.__args__)  # type: ignore[attr-defined]


def test_rules_are_listed_and_unique() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))
    assert [row["id"] for row in json.loads(run("rules", "--format", "json").stdout)] == ids
    shown = run("rules").stdout
    assert all(rule.id in shown and rule.says in shown for rule in rules())
    for kind in FACT_TYPES:
        chosen = [row["id"] for row in json.loads(run("rules", "--format", "json", "--types", kind).stdout)]
        assert chosen == [rule for rule in ids if rule.startswith(kind + ".")]


# ---- import and reading ------------------------------------------------------------------------------------------


def test_the_package_exports_what_it_says() -> None:
    assert exported == ["Extraction", "__version__", "extract"]
    assert f'version = "{__import__("fiscal_facts").__version__}"' in (ROOT / "pyproject.toml").read_text(
        encoding="utf-8"
    )


def test_importing_is_quick_and_light(tmp_path: Path) -> None:
    script = (
        "import sys, time; start = time.process_time(); import fiscal_facts; spent = time.process_time() - start\n"
        "heavy = {'fastapi', 'starlette', 'pydantic', 'uvicorn', 'spacy', 'pandas', 'click'} & set(sys.modules)\n"
        "print(spent); assert not heavy, heavy"
    )
    # Compiled modules are kept, as an installation does.
    environment = {**ENVIRONMENT, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", script]
    runs = [subprocess.run(command, env=environment, capture_output=True, text=True, check=True) for _ in range(6)]
    assert min(float(found.stdout) for found in runs) < 0.5


def test_help_comes_quickly() -> None:
    start = time.perf_counter()
    found = subprocess.run(
        [sys.executable, "-m", "fiscal_facts", "--help"], env=ENVIRONMENT, capture_output=True, check=True
    )
    assert b"extract" in found.stdout
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("raw", "declared", "charset", "guessed"),
    [
        ("支出".encode("utf-8-sig"), "big5", "utf-8", False), ("支出".encode("utf-16"), None, "utf-16-le", False),
        ("支出".encode("utf-32"), None, "utf-32-le", False), (b"\xfe\xff" + "支出".encode("utf-16-be"), None, "utf-16-be", False),
        ("支出".encode("gbk"), "GB2312", "gb18030", False), ("支出".encode("big5"), "Big5", "big5hkscs", False),
        ("支出".encode(), None, "utf-8", False), ("支出".encode("gb18030"), None, "gb18030", True),
        ("支出".encode("gb18030"), "utf-8", "gb18030", True), ("支出".encode(), "base64", "utf-8", False),
    ],
)  # fmt: skip
def test_charsets_are_tried_in_order(raw: bytes, declared: str | None, charset: str, guessed: bool) -> None:
    found = read_text(raw, declared)
    assert (found.words, found.charset, found.guessed) == ("支出", charset, guessed)
