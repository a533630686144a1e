"""Changes with the figures they join: amount, rate, present level, base; read once, used by several checks."""

from __future__ import annotations

from collections.abc import Iterator

from fiscal_patterns.facts import Amount, Basis, Delta, Percentage, Stage
from fiscal_patterns.records import record

from fiscal_facts.checks.bases import is_base
from fiscal_facts.checks.directions import word_before
from fiscal_facts.checks.evidence import Evidence, Figure
from fiscal_facts.checks.nouns import Why

STAGES: dict[Basis, tuple[Stage, ...]] = {
    "initial_budget": ("initial_budget",),
    "adjusted_budget": ("adjusted_budget",),
    "budget": ("budget", "adjusted_budget"),
}
"""Stages that the base of a comparison with a budget may have."""


@record
class Change:
    """One change of one level. ``rising`` by its first word; ``mixed`` where amount and rate have opposite words.

    ``base`` only where it is printed; ``trouble`` is why the figures cannot be compared, None where they can.
    """

    delta: Delta
    amount: Figure | None
    rate: Percentage | None
    current: Figure | None
    base: Figure | None
    rising: bool
    mixed: bool
    word: str
    trouble: Why | None


def read(evidence: Evidence) -> tuple[Change, ...]:
    """All changes of a document that have a figure, one for each level that they are stated of."""
    return evidence.remembered("changes", lambda: tuple(_read(evidence)))


def _read(evidence: Evidence) -> Iterator[Change]:
    for delta in evidence.deltas:
        if delta.template or delta.direction == "unchanged" or not (delta.amount or delta.rate):
            continue
        amount, rate = evidence.figure(delta.amount), evidence.percentage(delta.rate)
        first = word_before(evidence, amount) if amount else None
        second = word_before(evidence, rate) if rate else None
        mixed = bool(first and second and first[0] != second[0])
        rising = (first[0] if first else delta.direction) == "increase"
        signed = amount if amount is not None else rate
        if signed is not None and signed.number < 0:
            rising = not rising if rising else rising
        word = (second or first or (None, ""))[1]
        for current in _levels(evidence, delta):
            base = _base(evidence, delta, current) if current else None
            trouble = _trouble(evidence, delta, amount, rate, current)
            yield Change(delta, amount, rate, current, base, rising, mixed, word, trouble)


def _levels(evidence: Evidence, delta: Delta) -> list[Figure | None]:
    """The present levels, one of each value; one None where none is known."""
    found: list[Figure | None] = []
    for identity in delta.current:
        level = evidence.figure(identity)
        if level is not None and all(level.value != other.value for other in found if other):
            found.append(level)
    return found or [None]


def _trouble(
    evidence: Evidence, delta: Delta, amount: Figure | None, rate: Percentage | None, current: Figure | None
) -> Why | None:
    if delta.caliber:
        return "caliber"
    parts = [fact for fact in (amount, rate, current) if fact is not None]
    if any(fact.approximation for fact in parts):
        return "approximate"
    if amount is not None and current is not None and not _alike(amount, current):
        return "unlike"
    if current is not None and current.period != delta.period:
        return "unlike"
    if isinstance(current, Amount) and is_base(evidence, current):
        return "ambiguous"
    return None


# 增长1.12倍 of 倍 is a rate of a rate.
_RATES = ("倍", "成")


def _alike(amount: Figure, current: Figure) -> bool:
    """Whether a change and a level are both money, or both counted in one unit that is no rate."""
    if type(amount) is not type(current):
        return False
    return isinstance(amount, Amount) or (amount.unit == current.unit and not amount.unit.startswith(_RATES))


def _base(evidence: Evidence, delta: Delta, current: Figure) -> Figure | None:
    """The level compared with, where it is printed beside the present one; None where it is not, or in doubt."""
    found = [
        fact
        for text in {label.text for label in current.labels}
        for fact in evidence.beside(delta, text)
        if fact is not current and type(fact) is type(current) and not fact.approximation and _is_base(delta, fact)
    ]
    values = {fact.value for fact in found}
    return found[-1] if len(values) == 1 else None


def _is_base(delta: Delta, fact: Figure) -> bool:
    if delta.basis in STAGES:
        return isinstance(fact, Amount) and fact.stage in STAGES[delta.basis] and fact.period == delta.period
    return delta.base_period is not None and fact.period == delta.base_period and fact.period != delta.period
