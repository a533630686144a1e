"""Every numeral is accounted for: what no fact claims is returned with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fiscal_patterns.facts import Fact
from fiscal_patterns.sections.nouns import Outline
from fiscal_patterns.tables.nouns import Tables
from fiscal_patterns.text import Document, Span

UnclaimedReason = Literal[
    "date", "ordinal", "heading", "document_number", "code", "table", "page", "definition", "formula", "contact",
    "name", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A numeral that no fact holds, and why."""

    span: Span
    reason: UnclaimedReason


def unclaimed(
    document: Document, outline: Outline, tables: Tables, facts: Sequence[Fact]
) -> tuple[tuple[Unclaimed, ...], Decimal]:
    """Unclaimed numerals in order, and ``coverage`` = 1 - unknown / all numerals in prose (1 where there are none)."""
    return (), Decimal(1)
