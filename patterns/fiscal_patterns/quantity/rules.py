"""Find quantities by pattern on characters; no segmentation."""

from __future__ import annotations

from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence

RULES: tuple[Rule, ...] = ()


def find(clean: str, sentences: tuple[Sentence, ...]) -> tuple[Quantity, ...]:
    """All quantities of the sentences, in order of position."""
    return ()
