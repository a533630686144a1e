"""Which cell of a row stands in which column, also where merged or empty cells shifted or vanished."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from fiscal_patterns.indicator.shapes import misfit, shape
from fiscal_patterns.tables import Cell

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
_LEVELS = ("first", "second", "either")
_NEVER = 10_000
# Columns in a row that one row leaves empty at most: comparator, unit, method, meaning, note.
_WIDEST_GAP = 5
# Cells of one run without rows: 100 indicators of 8 cells are more than any form has.
_LONGEST_RUN = 900


@lru_cache(maxsize=4096)  # the rows of a form, and of the forms of a document, look alike
def in_place(
    shapes: tuple[str, ...], places: tuple[int, ...], roles: tuple[str, ...], indexes: tuple[int, ...]
) -> tuple[str | None, ...] | None:
    """Roles of the cells at ``places`` as the columns at ``indexes`` say; None where a cell does not suit its column."""
    columns = dict(zip(indexes, roles, strict=True))
    found: list[str | None] = []
    for look, place in zip(shapes, places, strict=True):
        role = columns.get(place)
        if role is None:
            if place > indexes[0] or look in _LEVELS:
                return None
        elif misfit(look, role) > (_DOUBTFUL if role in _LENIENT or "level2" in found else 1):
            return None
        found.append(role)
    return tuple(found) if "name" in found else None


@lru_cache(maxsize=4096)
def shifted(
    shapes: tuple[str, ...], places: tuple[int, ...], roles: tuple[str, ...], indexes: tuple[int, ...]
) -> tuple[str, ...] | None:
    """Roles of the cells in the order of the columns, each where its shape suits best."""
    count = len(roles)
    skipped = _sums(roles)
    best = [[_NEVER] * count for _ in shapes]
    came = [[-1] * count for _ in shapes]
    for place, found in enumerate(shapes):
        for column in range(place, count):
            cost = 10 * misfit(found, roles[column]) + skipped[column]
            if place == 0:
                best[0][column] = cost + (_SHIFT if places[0] != indexes[column] else 0)
                continue
            printed = places[place] - places[place - 1]
            for before in range(max(place - 1, column - _WIDEST_GAP), column):
                total = best[place - 1][before] - skipped[before + 1] + cost
                total += _SHIFT if printed != indexes[column] - indexes[before] else 0
                if total < best[place][column]:
                    best[place][column], came[place][column] = total, before
    ends = [best[-1][column] + skipped[count] - skipped[column + 1] for column in range(count)]
    if min(ends) >= _EMPTY["name"]:
        return None
    return _traced(came, ends.index(min(ends)), roles)


def _traced(came: list[list[int]], column: int, roles: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for back in reversed(came):
        found.append(roles[column])
        column = back[column]
    return tuple(reversed(found))


def _sums(roles: Sequence[str]) -> list[int]:
    """What it costs to leave the first 0, 1, 2 … columns empty."""
    sums = [0]
    for role in roles:
        sums.append(sums[-1] + _EMPTY[role])
    return sums


def in_stream(words: Sequence[str], cells: Sequence[Cell], roles: tuple[str, ...]) -> list[Placed]:
    """Rows out of a run of cells that has lost its rows: each cell goes on with the row or begins the next."""
    shapes = [shape(word) for word in words[:_LONGEST_RUN]]
    skipped = _sums(roles)
    costs = {found: [10 * misfit(found, role) for role in roles] for found in set(shapes)}
    best = [0]
    came: list[list[int]] = []
    for place, found in enumerate(shapes):
        best, back = _step(best, costs[found], skipped, place == 0)
        came.append(back)
    return _rows(came, best, cells, roles, skipped)


def _step(best: list[int], cost: list[int], skipped: list[int], first: bool) -> tuple[list[int], list[int]]:
    """Costs of the next cell in each column; a negative way back says that it begins a row."""
    count = len(cost)
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
    came: list[list[int]], best: list[int], cells: Sequence[Cell], roles: tuple[str, ...], skipped: list[int]
) -> list[Placed]:
    if not came:
        return []
    column = min(range(len(roles)), key=lambda place: best[place] - skipped[place + 1])
    rows: list[Placed] = [{}]
    for place in range(len(came) - 1, -1, -1):
        rows[-1][roles[column]] = cells[place]
        back = came[place][column]
        if back < -1:
            rows.append({})
            column = -back - 2
        else:
            column = back
    return [row for row in reversed(rows) if "name" in row]
