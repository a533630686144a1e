"""What changed, where no number says it, and the level that a change led to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from fiscal_patterns.delta.drafts import Draft
from fiscal_patterns.label.nouns import Label, Labelled
from fiscal_patterns.sections.nouns import Section
from fiscal_patterns.text import Document

_CLAUSE = regex.compile(r"[,，。;；:：!！?？\t\n]")
_LEAD = regex.compile(
    r"(?:\s?\d{1,2}[、.)](?!\d)|[一二三四五六七八九]是|(?:其中|但|且|并且?|而|同时|另外?|全年|[本当今该]年度?|20\d\d年度?|我[局院校所站]|[我本](?:单位|部门|中心)|的)[:：]?)*"
)
_TAIL = regex.compile(
    r"(?:(?:年初)?预算数?|决算数?|执行数|数据|金额|(?<=\p{Han}{2})总额|总体|基本|大体|均|也|都|仍|则|同样|的|显示|,|，)*$",
    regex.REVERSE,
)
_NOUN = regex.compile(r"[\p{Han}“”（）()、《》]{2,40}")
_BASE_STAGES = ("budget", "initial_budget", "adjusted_budget")


def heading(section: Section | None) -> int:
    """Where the lowest heading begins; -1 above the first."""
    return section.start if section else -1


class Levels:
    """The quantities read so far: per label text, and in order; emptied at each new heading."""

    def __init__(self, labelled: Sequence[Labelled]) -> None:
        self._all = labelled
        self._next = 0
        self._heading = -1
        self._by_text: dict[str, list[Labelled]] = {}
        self._by_name: dict[str, list[Labelled]] = {}
        self._latest: list[Labelled] = []

    def read_until(self, position: int) -> None:
        """Take in every quantity that begins before the clean offset."""
        while self._next < len(self._all) and self._all[self._next].quantity.start < position:
            item = self._all[self._next]
            self._next += 1
            if heading(item.sentence.block.section) != self._heading:
                self._heading = heading(item.sentence.block.section)
                self._by_text, self._by_name, self._latest = {}, {}, []
            if item.role in ("level", "part"):
                self._latest.append(item)
                for label in item.labels if item.quantity.kind != "percentage" else ():
                    self._by_text.setdefault(label.text, []).append(item)
                    if item.quantity.kind == "amount":
                        self._by_name.setdefault(_name(label.text), []).append(item)

    def current(self, label: Label, draft: Draft, section: Section | None, period: str | None) -> Labelled | None:
        """The nearest earlier level of ``label`` under the same heading.

        Not the denominator 1万元 of 完成预算1万元的43% where the sentence has another level of that label.
        """
        if heading(section) != self._heading or draft.move.form == "reached":
            return None
        for known in (self._by_text.get(label.text), self._by_name.get(_name(label.text))):
            found = [item for item in known or () if period is None or item.period in (period, None)]
            if found:
                beside = (item for item in reversed(found) if item.sentence is found[-1].sentence)
                return next((item for item in beside if item.stage not in _BASE_STAGES), found[-1])
        return None

    def nearest(self, position: int, section: Section | None) -> Iterator[Labelled]:
        """Levels before ``position`` under ``section``, the nearest first."""
        if heading(section) == self._heading:
            yield from (item for item in reversed(self._latest) if item.quantity.start < position and item.labels)


def _name(text: str) -> str:
    """A label without the words that notices add or leave out: 因公出国（境）经费支出 and 因公出国（境）支出."""
    return text.replace("财政", "").replace("经费", "").removesuffix("支出").removesuffix("费")


def labels(document: Document, draft: Draft, levels: Levels, start: int, section: Section | None) -> tuple[Label, ...]:
    """What changed: the labels of the numbers, else the clause's own subject, else that of the level before.

    ``start`` is where the draft's sentence begins.
    """
    for number in (draft.amount, draft.rate, *draft.move.quantities):
        if number and number.labels:
            return number.labels
    if own := _subject(document, draft, start):
        return (own,)
    near = list(levels.nearest(draft.start, section))
    same = [item for item in near if item.quantity.start >= start] or near
    level = next((item for item in same if item.quantity.kind == "amount"), same[0] if same else None)
    return tuple(replace(label, inherited=True) for label in level.labels) if level else ()


def _subject(document: Document, draft: Draft, start: int) -> Label | None:
    """The subject in the clause of the draft, before its base (与2023年相比,收入持平: after it)."""
    clean, base, stop = document.clean, draft.base, draft.move.start
    if base and base.end <= stop and base.start >= start and not _CLAUSE.search(clean, base.end, stop):
        between = _range(clean, base.end, stop)
        if between and base.words.endswith("比"):
            return _label(document, *between)
        stop = base.start
    begin = max((match.end() for match in _CLAUSE.finditer(clean, start, stop)), default=start)
    found = _range(clean, begin, stop)
    return _label(document, *found) if found else None


def _range(clean: str, start: int, end: int) -> tuple[int, int] | None:
    """The noun phrase in the range, without what leads up to it and the stage behind it."""
    lead = _LEAD.match(clean, start, end)
    start = lead.end() if lead else start
    tail = _TAIL.search(clean, start, end)
    end = tail.start() if tail else end
    return (start, end) if _NOUN.fullmatch(clean, start, end) else None


def _label(document: Document, start: int, end: int) -> Label:
    return Label(document.printed(start, end).replace("(", "（").replace(")", "）"), start, end)
