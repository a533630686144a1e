"""Find project names in sentences and in the heads of performance forms."""

from __future__ import annotations

from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.label.period import document_period
from fiscal_patterns.project.forms import form_mentions
from fiscal_patterns.project.nouns import Mention
from fiscal_patterns.project.titles import title_names
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Outline, Sentence
from fiscal_patterns.tables.nouns import Tables
from fiscal_patterns.text import Document

RULES: tuple[Rule, ...] = ()


def find(
    document: Document,
    outline: Outline,
    sentences: tuple[Sentence, ...],
    tables: Tables,
    labelled: tuple[Labelled, ...],
    engine: str,
) -> tuple[Mention, ...]:
    """All mentions, in order of position."""
    period = document_period(document.clean)
    titles = title_names(document.clean, outline, tables)
    return tuple(sorted(form_mentions(document, tables, titles, period), key=lambda mention: mention.start))
