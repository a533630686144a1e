"""The rows of a grid with their cells by role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fiscal_patterns.indicator.align import Placed, in_place, in_stream, shifted
from fiscal_patterns.indicator.shapes import shape
from fiscal_patterns.indicator.values import signs, units
from fiscal_patterns.tables import Cell, Grid, Row, Table

# Merged cells before a name that were printed as none: 绩效指标, 一级, 二级. A sum of a unit stands further off.
_MOVED = 3
_FULL = 4  # cells that make a row an indicator wherever they stand: name, target and two more
_NO_NAMES = ("unit", "number", "sign", "dash")
_LACKS_UNIT = regex.compile(r"(?:[≥≤=<>]|\\[gl]eq?)?\s?+[\d,.]++")


def placed_rows(clean: str, table: Table, grid: Grid) -> Iterator[tuple[Placed, int]]:
    """Each row's cells by role, and where the row ends."""
    roles = tuple(column.role for column in grid.columns)
    indexes = tuple(column.index for column in grid.columns)
    run: list[Cell] = []
    for row in table.rows[grid.first : grid.last]:
        if not row.placed:
            run.append(row.cells[0])
        elif placed := _placed(clean, row, roles, indexes):
            yield placed, row.cells[-1].end
    if run:
        run = _merged(clean, _with_one_level(clean, run), roles)
        for placed in in_stream([clean[cell.start : cell.end] for cell in run], run, roles):
            name = placed["name"]
            if shape(clean[name.start : name.end]) not in _NO_NAMES:
                yield placed, max(cell.end for cell in placed.values())


def _with_one_level(clean: str, run: list[Cell]) -> list[Cell]:
    """The cells less those of levels that hold no indicator: 生态效益指标 directly before 可持续影响指标."""
    levels = [
        clean.startswith("指标", cell.end - 2) and shape(clean[cell.start : cell.end]) == "second" for cell in run
    ]
    return [cell for cell, here, after in zip(run, levels, [*levels[1:], False], strict=True) if not (here and after)]


def _placed(clean: str, row: Row, roles: tuple[str, ...], indexes: tuple[int, ...]) -> Placed | None:
    cells: Sequence[Cell] = row.cells
    found: Sequence[str | None] | None = in_place(*_looks(clean, cells), roles, indexes)
    if found is None:
        cells = _merged(clean, cells, roles)
        if not 1 < len(cells) <= len(roles):
            return None
        found = shifted(*_looks(clean, cells), roles, indexes)
    if found is None:
        return None
    placed = {role: cell for role, cell in zip(found, cells, strict=True) if role}
    name = placed.get("name")
    near = name is not None and abs(indexes[roles.index("name")] - name.column) <= _MOVED
    return placed if near or (name and len(placed) >= _FULL) else None


def _looks(clean: str, cells: Sequence[Cell]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Shapes and places of cells."""
    return tuple([shape(clean[start:end]) for start, end, _ in cells]), tuple([place for _, _, place in cells])


def _merged(clean: str, cells: Sequence[Cell], roles: tuple[str, ...]) -> list[Cell]:
    """Cells with sign, number and unit put together again, where the head has one column for the three."""
    if "comparator" in roles or "unit" in roles:
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
