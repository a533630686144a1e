"""A table of words, and how figures are written in it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

NONE = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table. The first column is left-aligned words, the rest figures."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure(value: Fraction | Decimal | None, places: str = "0.001") -> str:
    """A share with three decimals; a dash where there is nothing to measure."""
    if value is None:
        return NONE
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
    return str(exact.quantize(Decimal(places), ROUND_HALF_EVEN))


def verdict(reached: Fraction | None, asked: str) -> str:
    """Whether a share reaches what was asked for."""
    return NONE if reached is None else "yes" if reached >= Fraction(asked) else "no"
