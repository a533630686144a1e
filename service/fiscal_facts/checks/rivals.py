"""Other figures of a passage that make a relation come out: then the link is in doubt, not the document.

A figure whose name is inherited may be that of another item; one with a name of its own can only be taken for another
figure of that name, of another scope, stage or year.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from fiscal_patterns.facts import Delta, Label, Percentage

from fiscal_facts.checks.changes import Change
from fiscal_facts.checks.evidence import NEAR, Evidence, Figure, Quantity, texts_of
from fiscal_facts.checks.intervals import HUNDRED, Interval, last_digit, minus, overlap, plus

# Figures looked at behind a rate: a level may follow its change.
_BEHIND = 3
# A rate of fewer digits fits one figure in ten by chance: then only the nearest are asked.
_DIGITS, _NEAREST = 3, 4
# Figures before a rate that may be its part where its name is inherited.
_PARTS = 6


def of_change(evidence: Evidence, change: Change, amount: Figure, rate: Percentage, *, near: bool = False) -> bool:
    """Whether amount and rate of a change fit the level of another figure of the paragraph that they may be stated of.

    ``near``: only of the same sentence, where the present level explains them too.
    """
    size, result = evidence.interval(amount), abs(rate.number)
    level = change.current
    block = evidence.block(rate)
    sentence = evidence.sentence_number(rate)
    for other in _others(evidence, rate, change.delta, (change.current, change.base)):
        if evidence.block(other) is not block or (near and evidence.sentence_number(other) != sentence):
            continue
        if type(other) is not type(amount) or (level is not None and other.value == level.value):
            continue
        one = evidence.interval(other)
        base = minus(one, size) if change.rising else plus(one, size)
        if _fits(size, base, result) or _fits(size, one, result):
            return True
    return False


def of_ratio(evidence: Evidence, rate: Percentage, part: Figure, whole: Figure) -> bool:
    """Whether a share or completion rate fits another part or another whole that it may be of."""
    taken, result = (part, whole), rate.number
    one, other = evidence.interval(part), evidence.interval(whole)
    if rate.of is not None and any(
        _fits(one, evidence.interval(found), result) for found in _named_or_near(evidence, rate, rate.of, taken)
    ):
        return True
    if not rate.labels or not rate.labels[0].inherited:
        return False
    near = [found for found in _near(evidence, rate, taken) if found.span.start < rate.span.start][-_PARTS:]
    return any(
        _fits(mine, other, result) or (_telling(rate) and _fits(mine, one, result))
        for mine in (evidence.interval(found) for found in near if not _has_a_rate(evidence, found))
    )


def of_gap(evidence: Evidence, place: Delta, size: Interval, taken: Sequence[Figure]) -> bool:
    """Whether a change is the gap between one of the two levels taken for it and another figure of the passage."""
    for other in _near(evidence, place, taken):
        one = evidence.interval(other)
        for figure in taken:
            if type(figure) is type(other) and figure.value != other.value:
                level = evidence.interval(figure)
                if overlap(plus(level, size), one) or overlap(plus(one, size), level):
                    return True
    return False


def larger(evidence: Evidence, delta: Delta, amount: Figure) -> bool:
    """Whether a change that inherits its name may be stated of a figure before it that is larger than the change."""
    if not all(label.inherited for label in delta.labels):
        return False
    before = evidence.before_in_block(delta)
    return any(type(other) is type(amount) and other.value > amount.value for other in before)


def loose(evidence: Evidence, delta: Delta, level: Figure | None) -> bool:
    """Whether a change has its level from another paragraph, or from another sentence without naming it."""
    if level is None:
        return False
    if evidence.block(level) is not evidence.block(delta):
        return True
    unnamed = all(label.inherited for label in delta.labels)
    return unnamed and evidence.sentence_number(level) != evidence.sentence_number(delta)


def _fits(part: Interval, whole: Interval, result: Decimal) -> bool:
    """Whether a rate comes out to its last digit: among many figures one would come near it by chance."""
    if whole.middle <= 0:
        return False
    found = part.middle / whole.middle * HUNDRED
    return abs(found - result) * 2 <= last_digit(result)


def _telling(rate: Percentage) -> bool:
    return len(rate.number.as_tuple().digits) >= _DIGITS


def _others(evidence: Evidence, rate: Percentage, delta: Delta, taken: Sequence[Figure | None]) -> Iterable[Figure]:
    if len(delta.labels) == 1:
        return _named_or_near(evidence, rate, delta.labels[0], taken)
    return _near(evidence, rate, taken)


def _named_or_near(
    evidence: Evidence, rate: Percentage, label: Label, taken: Sequence[Figure | None]
) -> Iterator[Figure]:
    near = _near(evidence, rate, taken)
    return near if label.inherited else (figure for figure in near if label.text in texts_of(figure))


def _near(evidence: Evidence, place: Quantity | Delta, taken: Sequence[Figure | None]) -> Iterator[Figure]:
    """Levels and parts around a place; of a rate of few digits the nearest before it."""
    figures = evidence.figures
    at = bisect_left(figures, place.span.start, key=lambda fact: fact.span.start)
    few = isinstance(place, Percentage) and not _telling(place)
    found = figures[max(0, at - _NEAREST) : at] if few else figures[max(0, at - NEAR) : at + _BEHIND]
    return (figure for figure in found if all(figure is not other for other in taken))


def _has_a_rate(evidence: Evidence, figure: Figure) -> bool:
    """Whether a figure has a share of its own."""
    return any(label.span in evidence.shares_of for label in figure.labels if label.span is not None)
