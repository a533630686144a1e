"""Find changes in the sentences."""

from __future__ import annotations

from fiscal_patterns.delta.nouns import Change
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence
from fiscal_patterns.text import Document

RULES: tuple[Rule, ...] = ()


def find(document: Document, sentences: tuple[Sentence, ...], labelled: tuple[Labelled, ...]) -> tuple[Change, ...]:
    """All changes, in order of position."""
    return ()
