"""A number with its unit, before anything is known of what it measures. Offsets are clean."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fiscal_patterns.facts import Approximation

QuantityKind = Literal["amount", "percentage", "count"]


@dataclass(slots=True, eq=False)  # made for each number: not frozen at run time, as with records
class Quantity:
    """``number`` as printed with its sign; ``value`` yuan, the printed percentage, or the count multiplied out.

    ``per`` is the unit of a price (``人`` in ``95元/人``); ``cues`` the words beside it that set an attribute (``约``).
    """

    kind: QuantityKind
    start: int
    end: int
    number: Decimal
    unit: str
    value: Decimal
    approximation: Approximation | None
    per: str | None
    rule: str
    cues: tuple[tuple[int, int], ...] = ()
