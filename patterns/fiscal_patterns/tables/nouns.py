"""Rows and cells, whatever the layout they were printed in. Offsets are clean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fiscal_patterns.sections.nouns import Section, Sentence

TableKind = Literal["performance", "account", "other"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its clean range (``start == end`` when empty) and its column, 0 based, as far as the layout tells."""

    start: int
    end: int
    column: int


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row, left to right."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table from its title to its last row. ``unit`` of a header such as 金额单位：万元, else None."""

    kind: TableKind
    title: str | None
    start: int
    end: int
    rows: tuple[Row, ...]
    unit: str | None
    section: Section | None


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables, and the sentences found in cells that hold prose (年度目标, 完成情况, 评价结论 …)."""

    tables: tuple[Table, ...]
    sentences: tuple[Sentence, ...]
