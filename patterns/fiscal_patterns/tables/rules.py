"""Read tables from the blocks that hold them."""

from __future__ import annotations

from fiscal_patterns.sections.nouns import Outline
from fiscal_patterns.tables.nouns import Tables


def read(clean: str, outline: Outline) -> Tables:
    """All tables of a document, and the sentences in their cells."""
    return Tables((), ())
