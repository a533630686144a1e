"""Indicators from the grids of performance forms, whatever the layout."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from fiscal_patterns.indicator.align import Placed, in_place, in_stream, shifted
from fiscal_patterns.indicator.levels import Levels
from fiscal_patterns.indicator.met import is_met
from fiscal_patterns.indicator.nouns import IndicatorRow, Value
from fiscal_patterns.indicator.values import explicit, read_value, signs, units
from fiscal_patterns.project import Mention
from fiscal_patterns.project.names import normalised
from fiscal_patterns.tables import Cell, Grid, Row, Table, Tables
from fiscal_patterns.text import Document

# Merged cells before a name that were printed as none: 绩效指标, 一级, 二级.
_MOVED = 3
_LACKS_UNIT = regex.compile(r"(?:[≥≤=<>]|\\[gl]eq?)?\s?+[\d,.]++")
_POINTS = regex.compile(r"(?P<number>(?>\d++)(?:\.\d++)?+)\s?+[分%]?")


def form_rows(
    document: Document, tables: Tables, projects: Sequence[Mention], period: str | None
) -> Iterator[IndicatorRow]:
    """Indicators of all forms in order; ``projects`` are the mentions that name a form, in order of position."""
    starts = [mention.form[0] for mention in projects if mention.form]
    for table in tables.tables:
        for grid in table.grids:
            levels = Levels()
            for placed, end in _rows(document.clean, table, grid):
                above = levels.below(document, placed)
                index = bisect_right(starts, placed["name"].start) - 1
                project = projects[index] if index >= 0 and _holds(projects[index], placed["name"]) else None
                if row := _indicator(document, table, placed, end, above, project, period):
                    yield row


def _holds(mention: Mention, cell: Cell) -> bool:
    return mention.form is not None and cell.start < mention.form[1]


def _merged(clean: str, cells: Sequence[Cell], grid: Grid) -> list[Cell]:
    """Cells with sign, number and unit put together again, where the head has one column for the three."""
    if any(column.role in ("comparator", "unit") for column in grid.columns):
        return list(cells)
    found: list[Cell] = []
    for cell in cells:
        words = clean[cell.start : cell.end]
        before = clean[found[-1].start : found[-1].end] if found else ""
        if (before in signs() and words[:1].isdigit()) or (_LACKS_UNIT.fullmatch(before) and _is_unit(words)):
            found[-1] = Cell(found[-1].start, cell.end, found[-1].column)
        else:
            found.append(cell)
    return found


def _is_unit(words: str) -> bool:
    return units().fullmatch(words) is not None


def _rows(clean: str, table: Table, grid: Grid) -> Iterator[tuple[Placed, int]]:
    """Each row's cells by role, and where the row ends."""
    run: list[Cell] = []
    for row in table.rows[grid.first : grid.last]:
        if row.placed:
            if placed := _placed(clean, row, grid):
                yield placed, row.cells[-1].end
        else:
            run.append(row.cells[0])
    run = _merged(clean, run, grid)
    for placed in in_stream([clean[cell.start : cell.end] for cell in run], run, grid.columns):
        yield placed, max(cell.end for cell in placed.values())


def _placed(clean: str, row: Row, grid: Grid) -> Placed | None:
    words = [clean[cell.start : cell.end] for cell in row.cells]
    found = in_place(words, row.cells, grid.columns)
    if found is None:
        cells = _merged(clean, row.cells, grid)
        if 1 < len(cells) <= len(grid.columns):
            found = shifted([clean[cell.start : cell.end] for cell in cells], cells, grid.columns)
    if found is None or "name" not in found or not _near(found["name"], grid):
        return None
    return found


def _near(name: Cell, grid: Grid) -> bool:
    """Whether a name stands no further from its column than merged levels can move it; a sum of a unit stands further."""
    return any(column.role == "name" and abs(column.index - name.column) <= _MOVED for column in grid.columns)


def _indicator(
    document: Document,
    table: Table,
    placed: Placed,
    end: int,
    levels: tuple[str, ...],
    project: Mention | None,
    period: str | None,
) -> IndicatorRow | None:
    """The indicator in a row; None where it has neither target nor actual, weight nor score."""
    clean, name = document.clean, placed["name"]
    sign = _words(clean, placed.get("comparator"))
    target = _value(clean, placed.get("target"), sign, _words(clean, placed.get("unit")))
    actual = _value(clean, placed.get("actual"), None, target.unit if target else None)
    weight, score = _points(clean, placed.get("weight")), _points(clean, placed.get("score"))
    if target is None and actual is None and weight is None and score is None:
        return None
    met = None
    if target and actual:
        words = clean[target.start : target.end], clean[actual.start : actual.end]
        met = is_met(target, actual, words, explicit(clean, target, sign), levels)
    return IndicatorRow(
        name.start,
        end,
        table.section,
        project,
        levels,
        normalised(document, name.start, name.end),
        target,
        actual,
        weight,
        score,
        _note(document, placed.get("note")),
        met,
        period,
        "indicator.row" if sign is None or sign not in signs() else "indicator.row_in_three_cells",
    )


def _words(clean: str, cell: Cell | None) -> str | None:
    return clean[cell.start : cell.end] if cell else None


def _value(clean: str, cell: Cell | None, sign: str | None, unit: str | None) -> Value | None:
    return read_value(clean, cell.start, cell.end, sign, unit) if cell else None


def _points(clean: str, cell: Cell | None) -> Decimal | None:
    found = _POINTS.fullmatch(clean, cell.start, cell.end) if cell else None
    return Decimal(found["number"]) if found else None


def _note(document: Document, cell: Cell | None) -> str | None:
    return "".join(document.printed(cell.start, cell.end).split()) if cell else None
