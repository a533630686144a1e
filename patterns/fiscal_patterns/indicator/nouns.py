"""A row of a performance form. Offsets are clean."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fiscal_patterns.facts import Comparator
from fiscal_patterns.project.nouns import Mention
from fiscal_patterns.records import record
from fiscal_patterns.sections.nouns import Section


@record
class Value:
    """A target or actual value: its cell's clean range and what it says."""

    start: int
    end: int
    comparator: Comparator
    value: Decimal | None
    unit: str | None


@dataclass(slots=True, eq=False)  # not frozen: see records
class IndicatorRow:
    """An indicator before it has an id."""

    start: int
    end: int
    section: Section | None
    project: Mention | None
    levels: tuple[str, ...]
    name: str
    target: Value | None
    actual: Value | None
    weight: Decimal | None
    score: Decimal | None
    note: str | None
    met: bool | None
    period: str | None
    rule: str
