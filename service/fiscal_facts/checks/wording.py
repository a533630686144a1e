"""Figures and arithmetic as messages show them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from fiscal_patterns.facts import Amount, Delta

from fiscal_facts.checks.evidence import UNITS, Figure, Quantity


def rounded(number: Decimal, places: int = 2) -> str:
    """A figure worked out, half up to ``places`` decimals, without exponent."""
    return format(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")


def percentage(number: Decimal, places: int = 2) -> str:
    """A rate worked out, with its sign."""
    return rounded(number, places) + "%"


def common_unit(*figures: Figure) -> str | None:
    """The unit that all figures print, None where they differ or are counted."""
    units = {figure.unit for figure in figures}
    return units.pop() if len(units) == 1 else None


def in_unit(figure: Figure, unit: str | None) -> str:
    """The number of a figure as printed, or in yuan where the units of an arithmetic differ."""
    if unit is not None or not isinstance(figure, Amount):
        return format(abs(figure.number), "f")
    return format(abs(figure.value).normalize(), "f")


def worked(value: Decimal, unit: str | None, places: int = 2) -> str:
    """A sum of money worked out in yuan, as a number of ``unit`` (yuan where None)."""
    return rounded(value / UNITS.get(unit or "元", Decimal(1)), places)


def quoted(fact: Quantity) -> str:
    """A figure as it stands in the text."""
    return f"“{fact.clean}”"


def named(fact: Quantity | Delta) -> str:
    """What a figure measures, for the beginning of a message."""
    return "、".join(label.text for label in fact.labels)
