"""From what the finders found to the facts that are returned: one order, ids, received spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from itertools import starmap

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
    places = [_place(item) for item in figures]
    claimed = _claimed(rows, figures, places) if rows else {}
    found: list[Found] = [*figures, *explanations, *mentions, *rows]
    places += [_place(item) for item in found[len(figures) :]]
    order = sorted(range(len(found)), key=places.__getitem__)
    found = [found[index] for index in order if id(found[index]) not in claimed]
    return _Settler(document, found, claimed).facts(found)


_Place = tuple[int, int, int]
"""What facts are ordered by: start, then the longer first, then the type."""


def _claimed(rows: list[IndicatorRow], items: list[Labelled | Change], places: list[_Place]) -> dict[int, IndicatorRow]:
    """The indicator whose range holds an item, by the item's ``id()``."""
    ordered = sorted(rows, key=lambda row: row.start)
    starts = [row.start for row in ordered]
    claimed = {}
    for item, (start, end, _) in zip(items, places, strict=True):
        if start >= starts[0]:
            row = ordered[bisect_right(starts, start) - 1]
            if -end <= row.end:
                claimed[id(item)] = row
    return claimed


_TYPES = {kind: place for place, kind in enumerate(FACT_TYPES)}
_NOUNS: dict[type, FactType] = {
    Change: "delta",
    Explanation: "reason",
    Mention: "project",
    IndicatorRow: "indicator",
}


def _place(item: Found) -> _Place:
    if isinstance(item, Labelled):
        quantity = item.quantity
        return quantity.start, -quantity.end, _TYPES[quantity.kind]
    return item.start, -item.end, _TYPES[_NOUNS[type(item)]]


class _Settler:
    """Writes facts; knows every id, and remembers labels and paths that many facts share."""

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
        self._span = document.span
        self._paths: dict[int, tuple[str, ...]] = {}
        self._written: dict[int, Label] = {}

    def facts(self, found: Iterable[Found]) -> tuple[Fact, ...]:
        write: Mapping[type, Callable[..., Fact]] = {
            Labelled: self._quantity,
            Change: self._delta,
            Explanation: self._reason,
            Mention: self._project,
            IndicatorRow: self._indicator,
        }
        return tuple([write[type(item)](item) for item in found])

    def _label(self, label: CleanLabel) -> Label:
        found = self._written.get(id(label))
        if found is None:
            span = self._span(label.start, label.end) if label.end > label.start else None
            found = Label(label.text, span, label.inherited, label.classification, label.scope)
            self._written[id(label)] = found
        return found

    def _labels(self, labels: Iterable[CleanLabel]) -> tuple[Label, ...]:
        return tuple(map(self._label, labels))

    def _spans(self, places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(starmap(self._span, places))

    def _head(
        self, item: Found, start: int, end: int, section: Section | None
    ) -> tuple[str, Span, str, tuple[str, ...]]:
        """The first four fields of every fact: id, span, clean, section."""
        span = self._span(start, end)
        whole = span.end - span.start == end - start  # nothing was cut inside
        printed = span.text if whole else self._document.printed(start, end)
        path = self._paths.get(id(section))
        if path is None:
            path = self._paths[id(section)] = section.path() if section else ()
        return self._ids[id(item)], span, printed, path

    def _quantity(self, item: Labelled) -> Fact:
        quantity = item.quantity
        name, span, printed, path = self._head(item, quantity.start, quantity.end, item.sentence.block.section)
        period, rule, cues = item.period, quantity.rule, self._spans(quantity.cues + item.cues)
        number, unit, value, approximation = quantity.number, quantity.unit, quantity.value, quantity.approximation
        labels = self._labels(item.labels)
        if quantity.kind == "amount":
            return Amount(
                name,
                span,
                printed,
                path,
                period,
                rule,
                cues,
                number,
                unit,
                value,
                approximation,
                labels,
                item.stage,
                item.role,
                quantity.per,
            )
        if quantity.kind == "percentage":
            of = self._label(item.of) if item.of else None
            return Percentage(
                name, span, printed, path, period, rule, cues, number, unit, value, approximation, labels, item.kind, of
            )
        clean = self._document.clean[quantity.start : quantity.end]
        if printed != clean:
            unit = _in_script(unit, clean, printed)
        return Count(name, span, printed, path, period, rule, cues, number, unit, value, approximation, labels)

    def _delta(self, item: Change) -> Delta:
        return Delta(
            *self._head(item, item.start, item.end, item.sentence.block.section),
            period=item.period,
            rule=item.rule,
            cues=self._spans(item.cues),
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
            *self._head(item, item.start, item.end, item.sentence.block.section),
            period=item.period,
            rule=item.rule,
            cues=self._spans([item.cue] if item.cue else []),
            cue=self._document.printed(*item.cue) if item.cue else None,
            explains=tuple([self._explained[id(explained)] for explained in item.explains]),
            items=self._spans(item.items),
            placeholder=item.placeholder,
        )

    def _project(self, item: Mention) -> Project:
        return Project(
            *self._head(item, item.start, item.end, item.section),
            period=item.period,
            rule=item.rule,
            cues=self._spans(item.cues),
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
            *self._head(item, item.start, item.end, item.section),
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
        span = self._span(value.start, value.end)
        text = self._document.printed(value.start, value.end)
        return IndicatorValue(text, span, value.comparator, value.value, value.unit)


def _in_script(unit: str, clean: str, printed: str) -> str:
    """The unit of a count in the script of the text (``輛``); the clean view is simplified, one to one."""
    script = dict(zip(clean, printed, strict=True))
    return "".join([script.get(character, character) for character in unit])
