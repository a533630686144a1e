"""What is carried to an annotation tool and back is exactly what was carried."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from fiscal_facts.cli import main
from fiscal_facts.evaluation import GoldDocument, GoldError, default_folder, read_folder
from fiscal_facts.evaluation.exchange import FORMATS, ExchangeError
from fiscal_facts.evaluation.exchange.brat import fragments
from fiscal_facts.evaluation.exchange.units import from_utf16, to_utf16
from gold_examples import data, document, fact, label, span

ASTRAL = "𠮷字收入\r\n10万元😀，占支出的\n50%，原因是一是甲；二是乙。满意度\t≥90%\n"


def astral() -> GoldDocument:
    """Characters beyond the first plane before, inside and after; a reason with parts; a label without a place."""
    amount = fact(ASTRAL, "amount", "10万元", id="f2", number="10", unit="万元", value="100000", label="𠮷字收入")
    unplaced = label(ASTRAL, "支出") | {"span": None, "scope": "全市"}
    path = {"names": ["教育支出", None, "小学教育"], "code": "2050202"}
    second = label(ASTRAL, "收入") | {"inherited": True, "classification": path}
    labels = [label(ASTRAL, "𠮷字收入"), second]
    share = fact(ASTRAL, "percentage", "50%", id="f3", number="50", labels=labels, of=unplaced)
    items = [span(ASTRAL, "甲"), span(ASTRAL, "乙")]
    reason = fact(ASTRAL, "reason", "一是甲；二是乙", id="f4", cue="原因是", explains=["f3", "f2"], items=items)
    whole = fact(ASTRAL, "reason", "𠮷字收入\r\n10万元😀", id="f1")
    target = {"text": "≥90%", "span": span(ASTRAL, "≥90%"), "comparator": ">=", "value": "90", "unit": "%"}
    row = data(
        ASTRAL, "indicator", "满意度\t≥90%", id="f5", name="满意度", target=target, levels=["产出", "数量"], met=False
    )
    changes = {name: row[name] for name in ("id", "name", "target", "levels", "met")}
    indicator = fact(ASTRAL, "indicator", "满意度\t≥90%", **changes)
    return document(ASTRAL, [amount, share, reason, whole, indicator])


@pytest.mark.parametrize("tool", FORMATS)
def test_the_round_trip_is_exact_on_the_whole_gold_set(tool: str) -> None:
    documents = sorted(read_folder(default_folder()), key=lambda each: each.name)
    back = FORMATS[tool].read(FORMATS[tool].write(documents))
    assert sorted(back, key=lambda each: each.name) == documents


@pytest.mark.parametrize("tool", FORMATS)
def test_the_round_trip_is_exact_with_astral_characters(tool: str) -> None:
    assert FORMATS[tool].read(FORMATS[tool].write([astral()])) == [astral()]


@pytest.mark.parametrize("tool", FORMATS)
def test_files_carry_over_the_command_line(tool: str, tmp_path: Path) -> None:
    out, back = tmp_path / "out", tmp_path / "back"
    assert CliRunner().invoke(main, ["gold", "export", tool, str(out), "--split", "written"]).exit_code == 0
    result = CliRunner().invoke(main, ["gold", "import", tool, str(out), str(back)])
    assert result.exit_code == 0, result.stderr
    assert read_folder(back) == read_folder(default_folder(), splits=["written"])


def test_brat_annotations_hold_no_line_break() -> None:
    files = FORMATS["brat"].write([astral()])
    lines = files["own/example.ann"].split("\n")[:-1]
    whole = next(line for line in lines if "\treason " in line and ";" in line.split("\t")[1])
    places = whole.split("\t")[1].removeprefix("reason ")
    pieces = [tuple(map(int, piece.split(" "))) for piece in places.split(";")]
    assert [ASTRAL[start:end] for start, end in pieces] == ["𠮷字收入", "10万元😀"]
    assert all(re.match(r"(T|A|R|#)\d+\t", line) for line in lines)
    assert fragments("甲\n\n乙", 0, 4) == [(0, 1), (3, 4)]


def test_doccano_counts_as_javascript_does() -> None:
    line = json.loads(FORMATS["doccano"].write([astral()])["documents.jsonl"])
    amount = next(entity for entity in line["entities"] if entity["label"] == "amount")
    units = ASTRAL.encode("utf-16-le")
    assert units[2 * amount["start_offset"] : 2 * amount["end_offset"]].decode("utf-16-le") == "10万元"
    for position in range(len(ASTRAL) + 1):
        assert from_utf16(ASTRAL, to_utf16(ASTRAL, position), to_utf16(ASTRAL, position)) == (position, position)


def test_doccano_may_give_new_ids() -> None:
    line = json.loads(FORMATS["doccano"].write([astral()])["documents.jsonl"])
    for entity in line["entities"]:
        entity["id"] += 700
    for relation in line["relations"]:
        relation["from_id"] += 700
        relation["to_id"] += 700
    assert FORMATS["doccano"].read({"x.jsonl": json.dumps(line)}) == [astral()]


def test_label_studio_offsets_in_either_unit_are_read() -> None:
    files = FORMATS["label-studio"].write([astral()])
    tasks = json.loads(files["tasks.json"])
    for region in tasks[0]["annotations"][0]["result"]:
        if "value" in region:
            value = region["value"]
            value["start"], value["end"] = (to_utf16(ASTRAL, value[name]) for name in ("start", "end"))
    assert FORMATS["label-studio"].read({"tasks.json": json.dumps(tasks)}) == [astral()]
    assert '<Relation value="explains"/>' in files["config.xml"]


def test_a_correction_made_in_a_tool_comes_back() -> None:
    tasks = json.loads(FORMATS["label-studio"].write([astral()])["tasks.json"])
    result = tasks[0]["annotations"][0]["result"]
    role = next(region for region in result if region.get("from_name") == "role")
    role["value"]["choices"] = ["part"]
    (corrected,) = FORMATS["label-studio"].read({"tasks.json": json.dumps(tasks)})
    assert [fact.role for fact in corrected.facts if fact.type == "amount"] == ["part"]  # type: ignore[attr-defined]


def test_what_a_tool_left_unsound_is_refused() -> None:
    tasks = json.loads(FORMATS["label-studio"].write([astral()])["tasks.json"])
    result = tasks[0]["annotations"][0]["result"]
    gone = [region for region in result if region.get("from_name") != "number"]
    tasks[0]["annotations"][0]["result"] = gone
    with pytest.raises(GoldError, match="f2"):
        FORMATS["label-studio"].read({"tasks.json": json.dumps(tasks)})


@pytest.mark.parametrize(
    ("tool", "files", "says"),
    [
        ("label-studio", {"x.json": "{"}, "not JSON"),
        ("label-studio", {"x.json": "[{}]"}, "not a list of annotated tasks"),
        ("doccano", {"x.jsonl": "{}"}, "not a line of doccano"),
        ("brat", {"x.ann": ""}, "has no x.txt"),
        ("brat", {"x.ann": "Z1 nothing", "x.txt": "甲"}, "cannot read 'Z1 nothing'"),
        ("web-annotation", {"x.jsonld": "{}", "x.txt": "甲"}, "not a page of ours"),
    ],
)
def test_files_that_are_not_the_tools_are_refused(tool: str, files: dict[str, str], says: str) -> None:
    with pytest.raises(ExchangeError, match=says):
        FORMATS[tool].read(files)
