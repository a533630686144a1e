"""The words between a boundary and a number, and what they turn out to say. Offsets are into the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fiscal_patterns.facts import Kind, Stage
from fiscal_patterns.label.nouns import Range
from fiscal_patterns.quantity.nouns import QuantityKind

Turn = Literal["change", "reached"]


@dataclass(slots=True)
class Phrase:
    """A phrase as it is trimmed from both sides; what is left, ``text[start:end]``, is the name. Then only read.

    ``bare`` is a word such as 金额 that needs the subject before it, ``rate`` a word of completion (执行率),
    ``whole`` what a percentage is measured against, ``based`` whether a base of comparison stands before the number, ``per`` the unit
    of a mean that stands before the name (人均补助).
    """

    text: str
    what: QuantityKind
    start: int
    end: int
    stage: Stage | None = None
    turn: Turn | None = None
    each: str | None = None
    mean: bool = False
    per: str | None = None
    kind: Kind | None = None
    whole: Range | None = None
    rate: Range | None = None
    bare: Range | None = None
    based: bool = False

    @property
    def name(self) -> Range:
        """Range of the name; empty where the phrase names nothing."""
        return self.start, self.end

    def named(self) -> bool:
        """Whether anything is left that names something."""
        return self.end > self.start
