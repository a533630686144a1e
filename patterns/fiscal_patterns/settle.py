"""From what the finders found to the facts that are returned: one order, ids, received spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fiscal_patterns.delta.nouns import Change
from fiscal_patterns.facts import (
    FACT_TYPES,
    Amount,
    Count,
    Delta,
    Fact,
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
    """Facts in order of position (then the longer first, then by type), numbered ``f1``, ``f2`` …"""
    found: list[Found] = sorted([*labelled, *changes, *explanations, *mentions, *rows], key=_order)
    ids = {id(item): f"f{number}" for number, item in enumerate(found, 1)}
    reasons: dict[int, list[str]] = {}
    for item in found:
        if isinstance(item, Explanation):
            for explained in item.explains:
                reasons.setdefault(id(explained), []).append(ids[id(item)])
    return tuple(_fact(document, item, ids, reasons) for item in found)


def _order(item: Found) -> tuple[int, int, int]:
    start, end = _range(item)
    return start, -end, FACT_TYPES.index(_type(item))


def _range(item: Found) -> tuple[int, int]:
    return (item.quantity.start, item.quantity.end) if isinstance(item, Labelled) else (item.start, item.end)


def _type(item: Found) -> str:
    if isinstance(item, Labelled):
        return item.quantity.kind
    return {Change: "delta", Explanation: "reason", Mention: "project", IndicatorRow: "indicator"}[type(item)]


def _fact(document: Document, item: Found, ids: Mapping[int, str], reasons: Mapping[int, list[str]]) -> Fact:
    match item:
        case Labelled():
            return _quantity(document, item, ids)
        case Change():
            return _delta(document, item, ids, reasons)
        case Explanation():
            return _reason(document, item, ids)
        case Mention():
            return _project(document, item, ids)
        case IndicatorRow():
            return _indicator(document, item, ids)


def _common(
    document: Document,
    item: Found,
    ids: Mapping[int, str],
    section: Section | None,
    cues: Iterable[tuple[int, int]],
) -> dict[str, Any]:
    start, end = _range(item)
    return {
        "id": ids[id(item)],
        "span": document.span(start, end),
        "clean": document.printed(start, end),
        "section": section.path() if section else (),
        "cues": tuple(document.span(*cue) for cue in cues),
    }


def _label(document: Document, label: CleanLabel) -> Label:
    span = document.span(label.start, label.end) if label.end > label.start else None
    return Label(label.text, span, label.inherited, label.classification, label.scope)


def _labels(document: Document, labels: Iterable[CleanLabel]) -> tuple[Label, ...]:
    return tuple(_label(document, label) for label in labels)


def _quantity(document: Document, item: Labelled, ids: Mapping[int, str]) -> Fact:
    quantity = item.quantity
    shared = _common(document, item, ids, item.sentence.block.section, (*quantity.cues, *item.cues))
    shared |= {
        "period": item.period,
        "rule": quantity.rule,
        "number": quantity.number,
        "unit": quantity.unit,
        "value": quantity.value,
        "approximation": quantity.approximation,
        "labels": _labels(document, item.labels),
    }
    if quantity.kind == "amount":
        return Amount(**shared, stage=item.stage, role=item.role, per=quantity.per)
    if quantity.kind == "percentage":
        return Percentage(**shared, kind=item.kind, of=_label(document, item.of) if item.of else None)
    return Count(**shared)


def _delta(document: Document, item: Change, ids: Mapping[int, str], reasons: Mapping[int, list[str]]) -> Delta:
    return Delta(
        **_common(document, item, ids, item.sentence.block.section, item.cues),
        period=item.period,
        rule=item.rule,
        direction=item.direction,
        basis=item.basis,
        base_period=item.base_period,
        labels=_labels(document, item.labels),
        amount=ids[id(item.amount)] if item.amount else None,
        rate=ids[id(item.rate)] if item.rate else None,
        current=tuple(ids[id(level)] if level else None for level in item.current),
        caliber=item.caliber,
        order=item.order,
        template=item.template,
        reasons=tuple(reasons.get(id(item), ())),
    )


def _reason(document: Document, item: Explanation, ids: Mapping[int, str]) -> Reason:
    return Reason(
        **_common(document, item, ids, item.sentence.block.section, [item.cue] if item.cue else []),
        period=item.period,
        rule=item.rule,
        cue=document.printed(*item.cue) if item.cue else None,
        explains=tuple(ids[id(explained)] for explained in item.explains),
        items=tuple(document.span(*part) for part in item.items),
        placeholder=item.placeholder,
    )


def _project(document: Document, item: Mention, ids: Mapping[int, str]) -> Project:
    return Project(
        **_common(document, item, ids, item.section, item.cues),
        period=item.period,
        rule=item.rule,
        name=item.name,
        code=item.code,
        category=item.category,
        budget=item.budget,
        initial_budget=item.initial_budget,
        outturn=item.outturn,
        execution_rate=item.execution_rate,
        score=item.score,
    )


def _indicator(document: Document, item: IndicatorRow, ids: Mapping[int, str]) -> Indicator:
    return Indicator(
        **_common(document, item, ids, item.section, ()),
        period=item.period,
        rule=item.rule,
        project=ids[id(item.project)] if item.project else None,
        levels=item.levels,
        name=item.name,
        target=_value(document, item.target),
        actual=_value(document, item.actual),
        weight=item.weight,
        score=item.score,
        note=item.note,
        met=item.met,
    )


def _value(document: Document, value: Value | None) -> IndicatorValue | None:
    if value is None:
        return None
    span: Span = document.span(value.start, value.end)
    return IndicatorValue(span.text, span, value.comparator, value.value, value.unit)
