"""The sentences that a finding speaks of, with its places marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex
from fiscal_patterns.text import Span

from fiscal_facts.checks import Finding, Severity
from fiscal_facts.checks.nouns import Checked

SEVERITY_NAMES: dict[Severity, str] = {"error": "错误", "warning": "疑点", "note": "提示"}
NOTHING = "没有可以核对的数字。"

# A sentence is shown whole up to this many characters to each side of a place; the longest of the real documents
# (a list of projects in one sentence) has 1,900.
_MARGIN = 60
_STOP = regex.compile(r"[。！？!?\n\r]")
# Places shown for one finding: lists of twenty parts would hide the one that is wrong.
MOST_PASSAGES = 4
_BREAKS = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a passage; ``marked`` is 0 for words between places, 1 for the first place, 2 for the others."""

    words: str
    marked: int


def passages(text: str, finding: Finding) -> Iterator[list[Piece]]:
    """Each stretch of text that holds places of a finding; the one with the first place comes first."""
    groups: list[list[Span]] = []
    for span in sorted(set(finding.spans), key=lambda span: span.start):
        if groups and span.start <= _end(text, groups[-1][-1].end):
            groups[-1].append(span)
        else:
            groups.append([span])
    first = finding.spans[0] if finding.spans else None
    groups.sort(key=lambda group: first not in group)
    for group in groups[:MOST_PASSAGES]:
        yield list(_pieces(text, group, first))


def _pieces(text: str, group: Sequence[Span], first: Span | None) -> Iterator[Piece]:
    start, stop = _start(text, group[0].start), _end(text, group[-1].end)
    if start and not _STOP.match(text, start - 1):
        yield Piece("…", 0)
    ends = sorted({start, stop, *(min(max(end, start), stop) for span in group for end in (span.start, span.end))})
    for left, right in pairwise(ends):
        yield Piece(_inline(text[left:right]), _mark(left, right, group, first))
    if stop < len(text) and not _STOP.match(text, stop - 1) and not _STOP.match(text, stop):
        yield Piece("…", 0)


def _mark(left: int, right: int, group: Sequence[Span], first: Span | None) -> int:
    """How a stretch between two ends of places is marked; the first place wins where places nest."""
    if first is not None and first.start <= left and right <= first.end:
        return 1
    return 2 if any(span.start <= left and right <= span.end for span in group) else 0


def _start(text: str, position: int) -> int:
    floor = max(0, position - _MARGIN)
    stops = [found.end() for found in _STOP.finditer(text, floor, position)]
    return stops[-1] if stops else floor


def _end(text: str, position: int) -> int:
    ceiling = min(len(text), position + _MARGIN)
    found = _STOP.search(text, position, ceiling)
    return ceiling if found is None else found.start() if text[found.start()] in "\r\n" else found.end()


def _inline(words: str) -> str:
    return _BREAKS.sub(" ", words)


def place(text: str, finding: Finding) -> str:
    """Line and character of the first place, for people who open the file."""
    if not finding.spans:
        return ""
    start = finding.spans[0].start
    return f"第{text.count(chr(10), 0, start) + 1}行，第{start + 1}字"


def counted(findings: Iterable[Finding]) -> str:
    """``错误2项，疑点1项，提示0项``."""
    severities = [finding.severity for finding in findings]
    return "，".join(f"{name}{severities.count(severity)}项" for severity, name in SEVERITY_NAMES.items())


def nothing_to_check(checked: Checked) -> bool:
    """Whether no place could be checked at all."""
    return not any(tally.consistent or tally.inconsistent for tally in checked.checks)
