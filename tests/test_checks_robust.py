"""Whatever is missing, damaged or long: a check never fails, and says what it could not check."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fiscal_facts import extract
from fiscal_facts.checks import CODES, WHY, Checked, check
from fiscal_patterns import tables
from fiscal_patterns.facts import Delta, Fact
from fiscal_patterns.identity import Identity, identify
from fiscal_patterns.sections import Outline, sectionize
from fiscal_patterns.tables import Tables
from fiscal_patterns.text import Document

DOCUMENTS = Path(__file__).parent.parent / "annotations" / "documents"
TEXTS = [
    path.read_bytes().decode() for part in ("real", "written") for path in sorted((DOCUMENTS / part).glob("*.txt"))
]
CLEAN = "2024年度收入总计784.39万元，支出总计784.39万元。与2023年相比，收入总计增加18.65万元，增长2.44%。"


@cache
def parts(text: str) -> tuple[Document, Outline, Tables, tuple[Fact, ...], Identity]:
    document = Document(text)
    outline = sectionize(document.clean)
    grid = tables.read(document.clean, outline)
    return document, outline, grid, extract(text, checks=False).facts, identify(document, outline)


def holes(fact: Fact, chance: random.Random) -> Fact:
    """The fact with some of what may be missing gone, and its references broken."""
    empty: dict[str, Any] = {}
    for field in fields(fact):
        value = getattr(fact, field.name)
        if field.name in ("id", "span", "clean", "rule") or chance.random() < 0.7:
            continue
        if value is None or str(field.type).endswith("| None"):
            empty[field.name] = None
        elif isinstance(value, tuple):
            empty[field.name] = value[:-1]
    if isinstance(fact, Delta) and chance.random() < 0.2:
        empty["amount"] = "f0"
    return replace(fact, **empty)


@pytest.mark.parametrize("seed", range(60))
def test_facts_with_missing_parts_never_break_a_check(seed: int) -> None:
    chance = random.Random(seed)
    document, outline, grid, facts, identity = parts(chance.choice(TEXTS))
    share = chance.random()
    kept = tuple(holes(fact, chance) for fact in facts if chance.random() < share)
    sound(document, check(document, outline, grid, kept, chance.choice([identity, Identity()])))


def sound(document: Document, found: Checked) -> None:
    codes = {code.code for code in CODES}
    for finding in found.findings:
        assert finding.code in codes
        assert finding.message.endswith("。")
        assert "\n" not in finding.message.rstrip()
        assert all(document.received[span.start : span.end] == span.text for span in finding.spans)
    for tally in found.checks:
        assert tally.not_checkable == sum(tally.why.values())
        assert set(tally.why) <= set(WHY)
    assert {finding.code for finding in found.findings} <= {tally.code for tally in found.checks if tally.inconsistent}


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_findings_are_sound_and_worst_first(text: str) -> None:
    found = extract(text)
    assert found.checked is not None
    sound(Document(text), found.checked)
    order = [("error", "warning", "note").index(finding.severity) for finding in found.findings]
    assert order == sorted(order)
    ids = {fact.id for fact in found.facts}
    assert all(set(finding.facts) <= ids for finding in found.findings)


def test_a_document_without_a_figure_has_nothing_to_check() -> None:
    for text in ("", "今天天气很好。", "本年度没有安排。"):
        assert extract(text).findings == ()
        assert not any(tally.consistent or tally.inconsistent for tally in extract(text).checks)


def test_without_checks_there_are_none() -> None:
    assert extract(CLEAN, checks=False).checked is None
    assert "findings" not in extract(CLEAN, checks=False).to_dict()
    assert extract(CLEAN).to_dict()["checks"]


TABLE = (
    "支出决算表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t30.00\t20.00\t10.00\n"
    "208\t社会保障和就业支出\t20.00\t10.00\t10.00\n20805\t行政事业单位养老支出\t20.00\t10.00\t10.00\n"
    "2080505\t机关事业单位基本养老保险缴费支出\t20.00\t10.00\t10.00\n221\t住房保障支出\t10.00\t10.00\t\n"
    "22102\t住房改革支出\t10.00\t10.00\t\n2210201\t住房公积金\t10.00\t10.00\t\n"
)


def damaged(text: str) -> Iterator[str]:
    """A table as converters leave it: tabs lost, one cell a line, columns cut off, a column moved, rows half."""
    yield text.replace("\t", " ")
    yield text.replace("\t", "\n")
    yield "\n".join(line.rpartition("\t")[0] or line for line in text.split("\n"))
    yield "\n".join("\t" + line if number % 2 else line for number, line in enumerate(text.split("\n")))
    yield "\n".join("\t".join(reversed(line.split("\t"))) for line in text.split("\n"))
    yield "\n".join(line[: len(line) // 2] if "208" in line else line for line in text.split("\n"))
    yield text.replace("20.00", "20.0 0").replace("10.00", "l0.00")


@pytest.mark.parametrize("text", list(damaged(TABLE)), ids=range(7))
def test_a_damaged_table_is_no_error(text: str) -> None:
    assert extract(TABLE).findings == ()
    assert [finding for finding in extract(text).findings if finding.severity == "error"] == []


LINES = [
    CLEAN,
    "2024年支出合计5627314.43元，其中：基本支出3748076.80元，占76%；项目支出1879237.63元，占24%；",
    "公务接待费支出决算4.16万元，完成预算的77.04%，决算数大于预算数，占26.13%，比2023年减少1.93万元，增长31.69%，",
    "1.教育支出（类）年初预算为0元，支出决算为0元，完成年初预算的0%，决算数大于预算数。\n",
    "共有车辆3辆，其中：应急保障用车1辆、其他用车1辆，",
    TABLE,
]


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_checks_are_linear_in_the_length_of_the_text(line: str) -> None:
    def seconds(times: int) -> float:
        found = parts(line * times)
        best = 9.9
        for _ in range(3):
            start = time.process_time()
            check(*found)
            best = min(best, time.process_time() - start)
        return best

    size = 30_000 // len(line)
    assert seconds(4 * size) < 8 * seconds(size) + 0.05
