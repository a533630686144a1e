"""Why a printed rate may be wrong: the usual slips, tried in order; the first that fits is named in the message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fiscal_patterns.facts import Percentage

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.intervals import Interval, admits, scaled, telling

Slip = Literal["present_year", "neighbour", "shift", "yuan", "separator", "sign"]
Rate = Callable[[Interval, Interval], Interval | None]
"""A rate in percent from a part (or a change) and a whole (or a level)."""

SHIFTS = (Decimal(100), Decimal("0.01"), Decimal(10), Decimal("0.1"))
YUAN = (Decimal(10000), Decimal("0.0001"))
SEPARATOR = (Decimal(1000), Decimal("0.001"))
# Neighbours looked at for a copied rate: lists repeat the rate of the item before or after.
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Explanation:
    """A slip that makes the arithmetic come out: ``words`` for the message, and whose figure it is (0 part, 1 whole)."""

    slip: Slip
    words: str
    operand: int | None = None


def slips(rate: Rate, part: Interval, whole: Interval, printed: Percentage) -> Iterator[Explanation]:
    """Slips of size that make ``rate`` come out as printed, in the order in which they are tried."""
    result = abs(printed.number)
    computed = rate(part, whole)
    if computed is not None and any(admits(scaled(computed, factor), result) for factor in SHIFTS):
        yield Explanation("shift", "小数点似错位")
    for slip, factors, words in (("yuan", YUAN, "元与万元似混用"), ("separator", SEPARATOR, "千分位与小数点似混用")):
        for factor in factors:
            for operand, pair in enumerate(((scaled(part, factor), whole), (part, scaled(whole, factor)))):
                other = rate(*pair)
                if other is not None and telling(pair[operand]) and admits(other, result):
                    yield Explanation("yuan" if slip == "yuan" else "separator", words, operand)


def copied(evidence: Evidence, printed: Percentage) -> Explanation | None:
    """Whether a rate is that of the item before or after, digit for digit."""
    for fact in evidence.alike.near(printed.kind, printed.span.start, _NEIGHBOURS + 1):
        same = fact.number == printed.number and fact.number not in (0, 100)
        if same and fact.labels and printed.labels and fact.labels[0].text != printed.labels[0].text:
            return Explanation("neighbour", f"与相邻的“{fact.labels[0].text}”相同，似误抄")
    return None
