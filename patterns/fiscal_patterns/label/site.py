"""The place of one quantity in the walk: its sentence, its neighbours and the words before it."""

from __future__ import annotations

from dataclasses import dataclass

from fiscal_patterns.label.gap import Gap
from fiscal_patterns.label.nouns import Label, Range
from fiscal_patterns.label.phrase import Phrase
from fiscal_patterns.label.standing import Standing
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.sections.nouns import Sentence


@dataclass(slots=True)
class Site:
    """``start`` is where the gap begins, ``own`` where the number's own phrase does, ``limit`` the next boundary.

    ``bracketed``: a bracket opens right before the number.
    """

    standing: Standing
    sentence: Sentence
    inside: tuple[Quantity, ...]
    number: int
    quantity: Quantity
    start: int
    words: str
    gap: Gap
    phrase: Phrase
    own: int
    name: Range
    limit: int
    clean: str
    bracketed: bool
    labels: tuple[Label, ...] = ()

    def place(self, part: Range) -> Range:
        """Clean range of a range in the number's own phrase."""
        return self.own + part[0], self.own + part[1]

    def said(self, part: Range) -> Range:
        """Clean range of a range in the gap."""
        return self.start + part[0], self.start + part[1]

    def following(self) -> Quantity | None:
        """The next quantity of the sentence."""
        return self.inside[self.number + 1] if self.number + 1 < len(self.inside) else None
