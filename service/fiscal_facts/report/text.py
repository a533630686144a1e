"""The report as plain text: worst first, at the end what was checked and what could not be and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fiscal_facts.checks import CODES, WHY, Finding, Tally
from fiscal_facts.checks.nouns import Checked
from fiscal_facts.extraction import Extraction
from fiscal_facts.printing import table
from fiscal_facts.report.passages import NOTHING, SEVERITY_NAMES, Piece, counted, nothing_to_check, passages, place

MEANINGS = {code.code: code.meaning for code in CODES}
HEADS = ("核对项目", "内容", "一致", "不一致", "无法核对", "原因")
_BRACKETS = {0: ("", ""), 1: ("【", "】"), 2: ("〔", "〕")}


def as_text(checked: Iterable[tuple[str, Extraction]]) -> Iterator[bytes]:
    """The report on each input."""
    for name, extraction in checked:
        lines = [name, counted(extraction.findings), ""]
        for finding in extraction.findings:
            lines += [*_finding(extraction.text, finding), ""]
        lines += [*_tallies(extraction), "", ""]
        yield "\n".join(lines).encode("utf-8", "replace")


def _finding(text: str, finding: Finding) -> Iterator[str]:
    yield f"[{SEVERITY_NAMES[finding.severity]}] {finding.code}  {MEANINGS.get(finding.code, '')}"
    for passage in passages(text, finding):
        yield f"    {''.join(map(_marked, passage)).strip()}"
    yield f"    {finding.message}"
    parts = (("原文", finding.printed), ("应为", finding.expected), ("位置", place(text, finding)))
    yield "    " + "  ".join(f"{name}：{' '.join(words.split())}" for name, words in parts if words)


def _marked(piece: Piece) -> str:
    before, behind = _BRACKETS[piece.marked]
    return f"{before}{piece.words}{behind}"


def _tallies(extraction: Extraction) -> Iterator[str]:
    if nothing_to_check(extraction.checked or Checked()):
        yield NOTHING
    if extraction.checks:
        yield "核对了什么"
        yield table([HEADS, *map(row, extraction.checks)])


def row(tally: Tally) -> tuple[str, ...]:
    """A line of the table of what was checked."""
    numbers = (tally.consistent, tally.inconsistent, tally.not_checkable)
    return (tally.code, MEANINGS.get(tally.code, ""), *map(str, numbers), why(tally))


def why(tally: Tally) -> str:
    """Reasons why places could not be checked, the most frequent first."""
    listed = sorted(tally.why.items(), key=lambda item: -item[1])
    return "，".join(f"{WHY[reason]}{times}处" for reason, times in listed)
