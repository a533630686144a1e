"""Find reasons and what they explain."""

from __future__ import annotations

from fiscal_patterns.delta.nouns import Change
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.reason.nouns import Explanation
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence
from fiscal_patterns.tables.nouns import Tables
from fiscal_patterns.text import Document

RULES: tuple[Rule, ...] = ()


def find(
    document: Document,
    sentences: tuple[Sentence, ...],
    tables: Tables,
    changes: tuple[Change, ...],
    labelled: tuple[Labelled, ...],
) -> tuple[Explanation, ...]:
    """All reasons, in order of position."""
    return ()
