"""From what the finders found to the facts that are returned: one order, ids, received spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from fiscal_patterns.delta.nouns import Change
from fiscal_patterns.facts import (
    FACT_TYPES,
    Amount,
    Count,
    Delta,
    Fact,
    FactType,
    Indicator,
    IndicatorValue,
    Label,
    Percentage,
    Project,
    Reason,
)
from fiscal_patterns.indicator.nouns import IndicatorRow, Value
from fiscal_patterns.label.nouns import Label as CleanLabel
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.project.nouns import Mention
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.reason.nouns import Explanation
from fiscal_patterns.sections.nouns import Section
from fiscal_patterns.text import Document, Span

Found = Labelled | Change | Explanation | Mention | IndicatorRow


def settle(
    document: Document,
    labelled: Iterable[Labelled],
    changes: Iterable[Change],
    explanations: Iterable[Explanation],
    mentions: Iterable[Mention],
    rows: Iterable[IndicatorRow],
) -> tuple[Fact, ...]:
    """Facts in order of position (then the longer first, then by type), numbered ``f1``, ``f2`` …

    The numbers of an indicator that prose states belong to it and are no facts of their own.
    """
    rows = list(rows)
    figures: list[Labelled | Change] = [*labelled, *changes]
    claimed = _claimed(rows, figures)
    free = [item for item in figures if id(item) not in claimed]
    found: list[Found] = sorted([*free, *explanations, *mentions, *rows], key=_order)
    settler = _Settler(document, found, claimed)
    return tuple([settler.fact(item) for item in found])


def _claimed(rows: list[IndicatorRow], items: list[Labelled | Change]) -> dict[int, IndicatorRow]:
    """The indicator whose range holds an item, by the item's ``id()``."""
    ordered = sorted(rows, key=lambda row: row.start)
    starts = [row.start for row in ordered]
    claimed = {}
    for item in items:
        start, end, _ = _order(item)
        index = bisect_right(starts, start) - 1
        if index >= 0 and -end <= ordered[index].end:
            claimed[id(item)] = ordered[index]
    return claimed


_TYPES = {kind: place for place, kind in enumerate(FACT_TYPES)}
_NOUNS: dict[type, FactType] = {
    Change: "delta",
    Explanation: "reason",
    Mention: "project",
    IndicatorRow: "indicator",
}


def _order(item: Found) -> tuple[int, int, int]:
    if isinstance(item, Labelled):
        quantity = item.quantity
        return quantity.start, -quantity.end, _TYPES[quantity.kind]
    return item.start, -item.end, _TYPES[_NOUNS[type(item)]]


class _Settler:
    """Writes facts; knows every id, and remembers spans and paths that many facts share."""

    def __init__(self, document: Document, found: list[Found], claimed: Mapping[int, IndicatorRow]) -> None:
        self._document = document
        self._ids = {id(item): f"f{number}" for number, item in enumerate(found, 1)}
        # A reason for a number of an indicator explains the indicator.
        self._explained = self._ids | {item: self._ids[id(row)] for item, row in claimed.items()}
        self._reasons: dict[int, list[str]] = {}
        for item in found:
            if isinstance(item, Explanation):
                for explained in item.explains:
                    self._reasons.setdefault(id(explained), []).append(self._ids[id(item)])
        self._spans: dict[tuple[int, int], Span] = {}
        self._paths: dict[int, tuple[str, ...]] = {}
        self._written: dict[int, Label] = {}

    def fact(self, item: Found) -> Fact:
        match item:
            case Labelled():
                return self._quantity(item)
            case Change():
                return self._delta(item)
            case Explanation():
                return self._reason(item)
            case Mention():
                return self._project(item)
            case IndicatorRow():
                return self._indicator(item)

    def _span(self, place: tuple[int, int]) -> Span:
        found = self._spans.get(place)
        if found is None:
            found = self._spans[place] = self._document.span(*place)
        return found

    def _label(self, label: CleanLabel) -> Label:
        found = self._written.get(id(label))
        if found is None:
            span = self._span((label.start, label.end)) if label.end > label.start else None
            found = Label(label.text, span, label.inherited, label.classification, label.scope)
            self._written[id(label)] = found
        return found

    def _labels(self, labels: Iterable[CleanLabel]) -> tuple[Label, ...]:
        return tuple([self._label(label) for label in labels])

    def _cues(self, cues: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple([self._span(cue) for cue in cues])

    def _path(self, section: Section | None) -> tuple[str, ...]:
        if section is None:
            return ()
        if id(section) not in self._paths:
            self._paths[id(section)] = section.path()
        return self._paths[id(section)]

    def _place(
        self, item: Found, start: int, end: int, section: Section | None
    ) -> tuple[str, Span, str, tuple[str, ...]]:
        """The first four fields of every fact: id, span, clean, section."""
        return self._ids[id(item)], self._span((start, end)), self._document.printed(start, end), self._path(section)

    def _quantity(self, item: Labelled) -> Fact:
        quantity = item.quantity
        shared = (
            *self._place(item, quantity.start, quantity.end, item.sentence.block.section),
            item.period,
            quantity.rule,
            self._cues((*quantity.cues, *item.cues)),
            quantity.number,
            _unit(self._document, quantity) if quantity.kind == "count" else quantity.unit,
            quantity.value,
            quantity.approximation,
            self._labels(item.labels),
        )
        if quantity.kind == "amount":
            return Amount(*shared, item.stage, item.role, quantity.per)
        if quantity.kind == "percentage":
            return Percentage(*shared, item.kind, self._label(item.of) if item.of else None)
        return Count(*shared)

    def _delta(self, item: Change) -> Delta:
        return Delta(
            *self._place(item, item.start, item.end, item.sentence.block.section),
            period=item.period,
            rule=item.rule,
            cues=self._cues(item.cues),
            direction=item.direction,
            basis=item.basis,
            base_period=item.base_period,
            labels=self._labels(item.labels),
            amount=self._ids.get(id(item.amount)) if item.amount else None,
            rate=self._ids.get(id(item.rate)) if item.rate else None,
            current=tuple([self._ids.get(id(level)) if level else None for level in item.current]),
            caliber=item.caliber,
            order=item.order,
            template=item.template,
            reasons=tuple(self._reasons.get(id(item), ())),
        )

    def _reason(self, item: Explanation) -> Reason:
        return Reason(
            *self._place(item, item.start, item.end, item.sentence.block.section),
            period=item.period,
            rule=item.rule,
            cues=self._cues([item.cue] if item.cue else []),
            cue=self._document.printed(*item.cue) if item.cue else None,
            explains=tuple([self._explained[id(explained)] for explained in item.explains]),
            items=self._cues(item.items),
            placeholder=item.placeholder,
        )

    def _project(self, item: Mention) -> Project:
        return Project(
            *self._place(item, item.start, item.end, item.section),
            period=item.period,
            rule=item.rule,
            cues=self._cues(item.cues),
            name=item.name,
            code=item.code,
            category=item.category,
            budget=item.budget,
            initial_budget=item.initial_budget,
            outturn=item.outturn,
            execution_rate=item.execution_rate,
            score=item.score,
        )

    def _indicator(self, item: IndicatorRow) -> Indicator:
        return Indicator(
            *self._place(item, item.start, item.end, item.section),
            period=item.period,
            rule=item.rule,
            cues=(),
            project=self._ids[id(item.project)] if item.project else None,
            levels=item.levels,
            name=item.name,
            target=self._value(item.target),
            actual=self._value(item.actual),
            weight=item.weight,
            score=item.score,
            note=item.note,
            met=item.met,
        )

    def _value(self, value: Value | None) -> IndicatorValue | None:
        if value is None:
            return None
        text = self._document.printed(value.start, value.end)
        return IndicatorValue(text, self._span((value.start, value.end)), value.comparator, value.value, value.unit)


def _unit(document: Document, quantity: Quantity) -> str:
    """The unit of a count in the script of the text (``輛``); the clean view is simplified, one to one."""
    clean, printed = document.clean[quantity.start : quantity.end], document.printed(quantity.start, quantity.end)
    if clean == printed:
        return quantity.unit
    script = dict(zip(clean, printed, strict=True))
    return "".join([script.get(character, character) for character in quantity.unit])
