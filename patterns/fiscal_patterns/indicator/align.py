"""Which cell of a row stands in which column, also where merged or empty cells shifted or vanished."""

from __future__ import annotations

from collections.abc import Sequence

from fiscal_patterns.indicator.shapes import misfit, shape
from fiscal_patterns.tables import Cell, Column

Placed = dict[str, Cell]
"""Cells of one indicator by the role of their column."""

# What it costs that a column of this role is empty. Levels run down, units and notes are often empty; an indicator
# without name is none. In tenths, like the shifts below; a misfit of 1 weighs 10.
_EMPTY = {
    "level1": 1, "level2": 2, "name": 200, "comparator": 10, "target": 15, "unit": 3, "actual": 11, "weight": 10, "score": 9,
    "note": 1, "method": 2, "meaning": 3, "other": 1, "project": 1, "goal": 1, "money": 1,
}  # fmt: skip
_SHIFT = 4
# A row in its printed places is taken as it stands up to this misfit: 总体绩效 for a level, a digit in a name.
_DOUBTFUL = 3
_LENIENT = ("level1", "level2", "unit", "other")
_NEVER = 10_000
# Columns in a row that one row leaves empty at most: comparator, unit, method, meaning, note.
_WIDEST_GAP = 5
# Cells of one run without rows: 100 indicators of 8 cells are more than any form has.
_LONGEST_RUN = 900


def in_place(words: Sequence[str], cells: Sequence[Cell], columns: Sequence[Column]) -> Placed | None:
    """The row as its columns say; None where a cell does not suit its column."""
    roles = {column.index: column.role for column in columns}
    first = columns[0].index
    placed: Placed = {}
    for word, cell in zip(words, cells, strict=True):
        role = roles.get(cell.column)
        if role is None:
            if cell.column < first:
                continue
            return None
        if misfit(shape(word), role) > (_DOUBTFUL if role in _LENIENT or "level2" in placed else 1):
            return None
        placed[role] = cell
    return placed if "name" in placed else None


def shifted(words: Sequence[str], cells: Sequence[Cell], columns: Sequence[Column]) -> Placed | None:
    """The row with its cells in the order of the columns, each where its shape suits best."""
    count = len(columns)
    skipped = _sums(columns)
    shapes = [shape(word) for word in words]
    best = [[_NEVER] * count for _ in cells]
    came = [[-1] * count for _ in cells]
    for place, found in enumerate(shapes):
        for column in range(place, count):
            cost = 10 * misfit(found, columns[column].role)
            if place == 0:
                best[0][column] = cost + skipped[column] + (_SHIFT if cells[0].column != columns[column].index else 0)
                continue
            for before in range(max(place - 1, column - _WIDEST_GAP), column):
                total = best[place - 1][before] + skipped[column] - skipped[before + 1] + cost
                total += _SHIFT if _moved(cells, columns, place, before, column) else 0
                if total < best[place][column]:
                    best[place][column], came[place][column] = total, before
    ends = [best[-1][column] + skipped[count] - skipped[column + 1] for column in range(count)]
    if not ends or min(ends) >= 200:
        return None
    return _traced(came, ends.index(min(ends)), cells, columns)


def _moved(cells: Sequence[Cell], columns: Sequence[Column], place: int, before: int, column: int) -> bool:
    printed = cells[place].column - cells[place - 1].column
    return printed != columns[column].index - columns[before].index


def _traced(came: list[list[int]], column: int, cells: Sequence[Cell], columns: Sequence[Column]) -> Placed:
    placed: Placed = {}
    for place in range(len(cells) - 1, -1, -1):
        placed[columns[column].role] = cells[place]
        column = came[place][column]
    return placed


def _sums(columns: Sequence[Column]) -> list[int]:
    """What it costs to leave the first 0, 1, 2 … columns empty."""
    sums = [0]
    for column in columns:
        sums.append(sums[-1] + _EMPTY[column.role])
    return sums


def in_stream(words: Sequence[str], cells: Sequence[Cell], columns: Sequence[Column]) -> list[Placed]:
    """Rows out of a run of cells that has lost its rows: each cell goes on with the row or begins the next."""
    words, cells = words[:_LONGEST_RUN], cells[:_LONGEST_RUN]
    count, skipped = len(columns), _sums(columns)
    costs = {
        found: [10 * misfit(found, column.role) for column in columns] for found in {shape(word) for word in words}
    }
    best = [0]
    came: list[list[int]] = []
    for place, word in enumerate(words):
        cost = costs[shape(word)]
        now, back = _step(best, cost, skipped, count, place == 0)
        came.append(back)
        best = now
    return _rows(came, best, cells, columns, skipped)


def _step(best: list[int], cost: list[int], skipped: list[int], count: int, first: bool) -> tuple[list[int], list[int]]:
    """Costs of the next cell in each column; a negative way back says that it begins a row."""
    if first:
        return [skipped[column] + cost[column] for column in range(count)], [-1] * count
    ends = [best[column] + skipped[count] - skipped[column + 1] for column in range(count)]
    end = min(range(count), key=ends.__getitem__)
    now, back = [], []
    run, run_from = _NEVER * 100, -1
    for column in range(count):
        anew = ends[end] + skipped[column]
        on = run + skipped[column]
        now.append(min(anew, on) + cost[column])
        back.append(run_from if on <= anew else -end - 2)
        if (left := best[column] - skipped[column + 1]) < run:
            run, run_from = left, column
    return now, back


def _rows(
    came: list[list[int]], best: list[int], cells: Sequence[Cell], columns: Sequence[Column], skipped: list[int]
) -> list[Placed]:
    if not came:
        return []
    count = len(columns)
    column = min(range(count), key=lambda place: best[place] - skipped[place + 1])
    rows: list[Placed] = [{}]
    for place in range(len(came) - 1, -1, -1):
        rows[-1][columns[column].role] = cells[place]
        back = came[place][column]
        if back < -1:
            rows.append({})
            column = -back - 2
        else:
            column = back
    return [row for row in reversed(rows) if "name" in row]
