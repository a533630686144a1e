"""What a quantity measures. Offsets are clean."""

from __future__ import annotations

from dataclasses import dataclass

from fiscal_patterns.facts import Classification, Kind, Role, Stage
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.records import record
from fiscal_patterns.sections.nouns import Sentence

Range = tuple[int, int]


@record
class Label:
    """Normalised name and the place it was read from; see the contract for what ``text`` keeps and drops."""

    text: str
    start: int
    end: int
    inherited: bool = False
    classification: Classification | None = None
    scope: str | None = None


@dataclass(slots=True, eq=False)  # made for each quantity: not frozen at run time, as with records
class Labelled:
    """A quantity with its labels. ``kind`` and ``of`` only for percentages; ``stage`` and ``role`` only for amounts."""

    quantity: Quantity
    sentence: Sentence
    labels: tuple[Label, ...]
    period: str | None
    role: Role = "level"
    stage: Stage | None = None
    kind: Kind = "rate"
    of: Label | None = None
    cues: tuple[tuple[int, int], ...] = ()
