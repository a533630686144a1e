"""A stated change. Offsets are clean; other facts are referred to as objects, ids come when facts are settled."""

from __future__ import annotations

from dataclasses import dataclass

from fiscal_patterns.facts import Basis, Direction
from fiscal_patterns.label.nouns import Label, Labelled
from fiscal_patterns.sections.nouns import Sentence


@dataclass(slots=True, eq=False)  # not frozen: see records
class Change:
    """A delta before it has an id; ``current`` is parallel to ``labels``."""

    start: int
    end: int
    sentence: Sentence
    direction: Direction
    basis: Basis
    base_period: str | None
    period: str | None
    labels: tuple[Label, ...]
    amount: Labelled | None
    rate: Labelled | None
    current: tuple[Labelled | None, ...]
    caliber: str | None
    order: int
    template: bool
    rule: str
    cues: tuple[tuple[int, int], ...] = ()
