"""The explanation of a change. Offsets are clean."""

from __future__ import annotations

from dataclasses import dataclass

from fiscal_patterns.delta.nouns import Change
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.sections.nouns import Sentence


@dataclass(slots=True, eq=False)  # not frozen: see records
class Explanation:
    """A reason before it has an id. ``cue`` is the clean range of the cue, ``items`` those of the enumerated parts."""

    start: int
    end: int
    sentence: Sentence
    cue: tuple[int, int] | None
    explains: tuple[Change | Labelled, ...]
    items: tuple[tuple[int, int], ...]
    placeholder: bool
    period: str | None
    rule: str
