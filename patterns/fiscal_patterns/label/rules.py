"""Attach labels to quantities inside clause, sentence and section."""

from __future__ import annotations

from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence
from fiscal_patterns.text import Document

RULES: tuple[Rule, ...] = ()


def attach(
    document: Document, sentences: tuple[Sentence, ...], quantities: tuple[Quantity, ...], engine: str
) -> tuple[Labelled, ...]:
    """One :class:`Labelled` per quantity, in the same order."""
    return ()
