"""A mention of a budget project. Offsets are clean; money in yuan, rates in percent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fiscal_patterns.sections.nouns import Section


@dataclass(slots=True, eq=False)  # not frozen: see records
class Mention:
    """A project before it has an id. ``form`` is the clean range of the performance form it names, if any."""

    start: int
    end: int
    section: Section | None
    name: str
    code: str | None
    category: str | None
    period: str | None
    rule: str
    budget: Decimal | None = None
    initial_budget: Decimal | None = None
    outturn: Decimal | None = None
    execution_rate: Decimal | None = None
    score: Decimal | None = None
    form: tuple[int, int] | None = None
    cues: tuple[tuple[int, int], ...] = ()
