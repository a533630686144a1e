"""Rounding by intervals: a printed figure stands for every number that rounds to it.

An operand lies within half a unit of its last printed digit; a printed result may moreover be off by one whole unit
of its own last digit. What lies inside is no contradiction, whatever exact arithmetic says.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

HUNDRED = Decimal(100)
_HALF = Decimal("0.5")


class Interval(NamedTuple):
    """All numbers from ``low`` to ``high``, both included."""

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        """The number as printed, where both ends are as far from it."""
        return (self.low + self.high) / 2


@cache
def _unit_of(exponent: int) -> Decimal:
    return Decimal(1).scaleb(exponent)


def last_digit(number: Decimal) -> Decimal:
    """One unit of the last printed digit: 0.01 for 18.65, 1 for 270."""
    exponent = number.as_tuple().exponent
    return _unit_of(exponent if isinstance(exponent, int) else 0)


def printed(number: Decimal) -> Interval:
    """What a printed number may stand for."""
    half = last_digit(number) * _HALF
    return Interval(number - half, number + half)


def exact(number: Decimal) -> Interval:
    """A number that is not rounded: a count, a sum of counts."""
    return Interval(number, number)


def scaled(one: Interval, factor: Decimal) -> Interval:
    """Times a factor that is exact and positive: a unit, a hundred."""
    return Interval(one.low * factor, one.high * factor)


def plus(one: Interval, other: Interval) -> Interval:
    """Sum of two."""
    return Interval(one.low + other.low, one.high + other.high)


def minus(one: Interval, other: Interval) -> Interval:
    """Difference of two."""
    return Interval(one.low - other.high, one.high - other.low)


def total(many: Iterable[Interval]) -> Interval:
    """Sum of many; of none it is zero."""
    low = high = Decimal(0)
    for one in many:
        low += one.low
        high += one.high
    return Interval(low, high)


def over(one: Interval, other: Interval) -> Interval | None:
    """Quotient of two; None where the divisor may be zero."""
    if other.low <= 0 <= other.high:
        return None
    ends = (one.low / other.low, one.low / other.high, one.high / other.low, one.high / other.high)
    return Interval(min(ends), max(ends))


def percent(part: Interval, whole: Interval) -> Interval | None:
    """``part`` as a percentage of ``whole``; None where the whole may be zero."""
    found = over(part, whole)
    return None if found is None else scaled(found, HUNDRED)


def admits(computed: Interval, result: Decimal, unit: Decimal | None = None) -> bool:
    """Whether a printed result fits what was computed, one unit of its last digit allowed (``unit`` where given)."""
    tail = last_digit(result) if unit is None else unit
    return computed.low - tail <= result <= computed.high + tail


# A figure of one digit, times ten thousand, would fit nearly anything.
_TELLING = Decimal("0.02")


def telling(one: Interval) -> bool:
    """Whether an interval is narrow enough for a fit to mean something: 2 % of its middle."""
    return one.high - one.low <= abs(one.high + one.low) / 2 * _TELLING


def overlap(one: Interval, other: Interval) -> bool:
    """Whether two printed figures may stand for the same number."""
    return one.low <= other.high and other.low <= one.high
