"""What kind of text a position of the cleaned view stands in."""

from __future__ import annotations

from bisect import bisect_right

from fiscal_patterns.sections import Block

from fiscal_facts.checks.evidence import Evidence

# Headings, tables, contents lists and definitions name what may be, not what is: 本年增加（减少）额.
_SILENT = frozenset(("heading", "contents", "definition", "caption", "page"))


def block_at(evidence: Evidence, position: int) -> Block | None:
    """The block that holds a clean position, or the last one before it."""
    at = bisect_right(evidence.block_starts, position) - 1
    return evidence.outline.blocks[at] if at >= 0 else None


def in_prose(evidence: Evidence, position: int) -> bool:
    """Whether a clean position is in a paragraph, or in a cell that holds sentences."""
    block = block_at(evidence, position)
    if block is None or block.kind in _SILENT:
        return False
    if block.kind != "table":
        return True
    cells = evidence.tables.sentences
    at = bisect_right(cells, position, key=lambda sentence: sentence.start) - 1
    return at >= 0 and position < cells[at].end
