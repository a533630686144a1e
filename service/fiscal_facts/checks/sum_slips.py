"""Why parts may not make their total: a unit, a separator, two digits exchanged."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fiscal_patterns.facts import Amount

from fiscal_facts.checks import units
from fiscal_facts.checks.evidence import Evidence, Figure
from fiscal_facts.checks.explanations import SEPARATOR as THOUSANDS
from fiscal_facts.checks.explanations import YUAN as TEN_THOUSANDS
from fiscal_facts.checks.intervals import minus, overlap, plus, scaled, telling, total
from fiscal_facts.checks.nouns import Code
from fiscal_facts.checks.wording import common_unit

_ZERO = Decimal(0)


def explained(evidence: Evidence, whole: Amount, run: Sequence[Amount]) -> bool:
    """Whether a slip of units, or two digits exchanged, makes the sum come out."""
    return bool(slip_of(evidence, whole, run) or exchanged(whole, run, common_unit(whole, *run)))


def slip_of(evidence: Evidence, whole: Figure, found: Sequence[Figure]) -> tuple[Figure, Code, str] | None:
    """A figure that, taken ten thousand or a thousand times larger or smaller, makes the sum come out."""
    printed = evidence.interval(whole)
    for code, factors, words in (
        (units.YUAN, TEN_THOUSANDS, "元与万元似混用"),
        (units.SEPARATOR, THOUSANDS, "千分位与小数点似混用"),
    ):
        for factor in factors:
            rest = total(evidence.interval(part) for part in found)
            other = scaled(evidence.interval(whole), factor)
            if telling(other) and overlap(other, rest):
                return whole, code, words
            for part in found:
                one = evidence.interval(part)
                other = plus(minus(rest, one), scaled(one, factor))
                changed = scaled(one, factor)
                seen = changed.low > printed.high - printed.low
                if part.value and seen and telling(changed) and overlap(other, printed):
                    return part, code, words
    return None


def exchanged(whole: Figure, found: Sequence[Figure], unit: str | None) -> tuple[Figure, str] | None:
    """The one part whose digits, two of them exchanged, make the sum come out."""
    if unit is None:
        return None
    gap = whole.number - sum((part.number for part in found), _ZERO)
    fitting = [(part, format(part.number + gap, "f")) for part in found]
    fits = [(part, right) for part, right in fitting if _swapped(format(part.number, "f"), right)]
    return fits[0] if len(fits) == 1 else None


# In a number of two or three digits one gap in ten is that of two digits exchanged.
_FEWEST_DIGITS = 4


def _swapped(printed: str, right: str) -> bool:
    if len(printed.replace(".", "")) < _FEWEST_DIGITS:
        return False
    places = [at for at, (one, other) in enumerate(zip(printed, right, strict=False)) if one != other]
    return len(printed) == len(right) and len(places) == 2 and sorted(printed) == sorted(right)
