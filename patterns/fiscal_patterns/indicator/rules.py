"""Read indicator rows from performance forms and from prose that names target or result."""

from __future__ import annotations

from fiscal_patterns.indicator.nouns import IndicatorRow
from fiscal_patterns.project.nouns import Mention
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence
from fiscal_patterns.tables.nouns import Tables
from fiscal_patterns.text import Document

RULES: tuple[Rule, ...] = ()


def find(
    document: Document, sentences: tuple[Sentence, ...], tables: Tables, mentions: tuple[Mention, ...]
) -> tuple[IndicatorRow, ...]:
    """All indicators, in order of position."""
    return ()
