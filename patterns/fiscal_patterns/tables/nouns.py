"""Rows and cells, whatever the layout they were printed in. Offsets are clean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from fiscal_patterns.sections.nouns import Section, Sentence

TableKind = Literal["performance", "account", "other"]


class Cell(NamedTuple):
    """A cell that is not empty: its clean range and its column, 0 based, as far as the layout tells."""

    start: int
    end: int
    column: int


class Row(NamedTuple):
    """Cells of one row, left to right. Empty cells are left out; ``Cell.column`` counts them.

    ``placed`` is false where empty cells vanished (one cell per line without tabs): then columns tell nothing.
    """

    cells: tuple[Cell, ...]
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid: what it holds (``name``, ``target``, ``actual``, ``weight`` …) and its place in a row."""

    role: str
    index: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The part of a form that holds one indicator a row: its columns, and its rows ``[first, last)`` of the table."""

    columns: tuple[Column, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table from its first row to its last. ``unit`` of a header such as 金额单位：万元, else None.

    ``rows`` of an account table are left unread: ask :func:`fiscal_patterns.tables.rows_of`.
    ``title`` is the line above the table or its first row; ``title_at`` its clean range.
    """

    kind: TableKind
    title: str | None
    start: int
    end: int
    rows: tuple[Row, ...]
    unit: str | None
    section: Section | None
    title_at: tuple[int, int] | None = None
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables, and the sentences found in cells that hold prose (年度目标, 完成情况, 评价结论 …)."""

    tables: tuple[Table, ...]
    sentences: tuple[Sentence, ...]
