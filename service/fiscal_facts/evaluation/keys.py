"""What is compared: each fact as attributes that mean the same on both sides.

References are compared by the place of what they point to, labels by their text, numbers as decimals, words without
spaces. Which attributes decide a mode is stated here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Literal

from fiscal_patterns.facts import (
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

Mode = Literal["exact", "strict", "span", "overlap", "value"]
MODES: tuple[Mode, ...] = ("exact", "strict", "span", "overlap", "value")
Attributes = dict[str, Hashable]
ById = Mapping[str, Fact]

STRICT: Mapping[str, tuple[str, ...]] = {
    "amount": ("value", "unit", "role"),
    "percentage": ("value", "unit", "kind"),
    "count": ("value", "unit"),
    "delta": ("direction", "basis", "amount", "rate"),
    "reason": (),
    "project": ("name",),
    "indicator": ("name", "target", "actual"),
}
"""The key attributes: with the span they make a fact right in mode ``strict``."""

RIGHT: Mapping[str, tuple[str, ...]] = {
    **{name: (*STRICT[name], "labels") for name in ("amount", "percentage", "count")},
    "delta": (*STRICT["delta"], "labels", "current"),
    "reason": ("explains",),
    "project": STRICT["project"],
    "indicator": (*STRICT["indicator"], "project"),
}
"""What a sentence must have right in every fact to be wholly right: key attributes, labels and relations."""


def squeezed(words: str) -> str:
    """Words without any white space."""
    return "".join(words.split())


def attributes(fact: Fact, by_id: ById) -> Attributes:
    """Every attribute of a fact in comparable form; the span is not among them."""
    found: Attributes = {"period": fact.period}
    match fact:
        case Amount() | Percentage() | Count():
            found |= _quantity(fact)
        case Delta():
            found |= _delta(fact, by_id)
        case Reason():
            found |= _reason(fact, by_id)
        case Project():
            found |= _project(fact)
        case Indicator():
            found |= _indicator(fact, by_id)
    return found


def key(fact: Fact, by_id: ById, mode: Mode) -> Hashable:
    """What two facts must share to match in ``mode`` (not ``overlap``, which is no equality)."""
    if mode == "value":
        return fact.type, _value(fact, by_id)
    if mode == "span":
        return place(fact)
    found = attributes(fact, by_id)
    names = STRICT[fact.type] if mode == "strict" else tuple(found)
    return place(fact), tuple(found[name] for name in names)


def right_key(fact: Fact, by_id: ById) -> Hashable:
    """What must be shared for the sentence to be wholly right."""
    found = attributes(fact, by_id)
    return place(fact), tuple(found[name] for name in RIGHT[fact.type])


def place(fact: Fact) -> tuple[str, int, int]:
    """Type, start and end."""
    return fact.type, fact.span.start, fact.span.end


def _at(identity: str | None, by_id: ById) -> Hashable:
    return place(by_id[identity]) if identity else None


def _all_at(identities: Sequence[str], by_id: ById) -> Hashable:
    return tuple(sorted(place(by_id[identity]) for identity in identities))


def label_texts(labels: Sequence[Label]) -> tuple[str, ...]:
    """The normalised names, in order."""
    return tuple(squeezed(label.text) for label in labels)


def _label_details(labels: Sequence[Label]) -> Attributes:
    return {
        "labels": label_texts(labels),
        "inherited": tuple(label.inherited for label in labels),
        "classification": tuple(label.classification for label in labels),
        "scope": tuple(label.scope for label in labels),
    }


def _quantity(fact: Amount | Percentage | Count) -> Attributes:
    found: Attributes = {
        "value": fact.value,
        "unit": squeezed(fact.unit),
        "approximation": fact.approximation,
        **_label_details(fact.labels),
    }
    if isinstance(fact, Amount):
        found |= {"role": fact.role, "stage": fact.stage, "per": fact.per}
    if isinstance(fact, Percentage):
        found |= {"kind": fact.kind, "of": squeezed(fact.of.text) if fact.of else None}
    return found


def _delta(fact: Delta, by_id: ById) -> Attributes:
    return {
        "direction": fact.direction,
        "basis": fact.basis,
        "base_period": fact.base_period,
        "amount": _at(fact.amount, by_id),
        "rate": _at(fact.rate, by_id),
        "current": tuple(_at(item, by_id) for item in fact.current),
        **_label_details(fact.labels),
        "caliber": fact.caliber,
        "order": fact.order,
        "template": fact.template,
    }


def _reason(fact: Reason, by_id: ById) -> Attributes:
    return {
        "cue": squeezed(fact.cue) if fact.cue else None,
        "explains": _all_at(fact.explains, by_id),
        "items": tuple((item.start, item.end) for item in fact.items),
        "placeholder": fact.placeholder,
    }


def _project(fact: Project) -> Attributes:
    names = ("code", "category", "budget", "initial_budget", "outturn", "execution_rate", "score")
    return {"name": squeezed(fact.name), **{name: getattr(fact, name) for name in names}}


def _indicator(fact: Indicator, by_id: ById) -> Attributes:
    return {
        "name": squeezed(fact.name),
        "levels": tuple(squeezed(level) for level in fact.levels),
        "target": cell(fact.target),
        "actual": cell(fact.actual),
        "weight": fact.weight,
        "score": fact.score,
        "note": squeezed(fact.note) if fact.note else None,
        "met": fact.met,
        "project": _at(fact.project, by_id),
    }


def cell(value: IndicatorValue | None) -> Hashable:
    """A target or actual value: comparator, number and unit; of a qualitative one its words."""
    if value is None:
        return None
    words = squeezed(value.span.text) if value.value is None else None
    return value.comparator, value.value, value.unit and squeezed(value.unit), words


def _value(fact: Fact, by_id: ById) -> Hashable:
    """What a fact says, wherever it stands: normalised value, unit and label."""
    if isinstance(fact, Amount | Percentage | Count):
        unit = "元" if isinstance(fact, Amount) else squeezed(fact.unit)
        return fact.value, unit, label_texts(fact.labels)
    if isinstance(fact, Delta):
        figures = tuple(_figure(identity, by_id) for identity in (fact.amount, fact.rate))
        return fact.direction, fact.basis, figures, label_texts(fact.labels)
    if isinstance(fact, Indicator):
        return squeezed(fact.name), cell(fact.target), cell(fact.actual)
    return squeezed(fact.name) if isinstance(fact, Project) else squeezed(fact.span.text)


def _figure(identity: str | None, by_id: ById) -> Hashable:
    fact = by_id[identity] if identity else None
    return fact.value if isinstance(fact, Amount | Percentage | Count) else None
