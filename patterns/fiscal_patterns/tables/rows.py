"""Lines to rows: cells between tabs, one cell per line with a tab before it, one cell per line without."""

from __future__ import annotations

from collections.abc import Iterator

from fiscal_patterns.tables.nouns import Cell, Row

# In a form with one cell per line, at most this share of the lines holds a second tab (a cell that begins with one).
_INNER_TABS = 5


def read_rows(clean: str, start: int, end: int) -> tuple[Row, ...]:
    """Rows of the clean range, which runs over whole lines.

    Where lines hold one cell each, behind a tab, a blank line separates rows and a line without a tab goes on with the
    cell before it. Elsewhere a line with tabs is a row, and a line without is a row of one cell.
    """
    lines = list(_lines(clean, start, end))
    tabbed = [line for line in lines if line[2]]
    inner = sum(1 for first, last, _ in tabbed if "\t" in clean[first:last].strip())
    if tabbed and inner * _INNER_TABS < len(tabbed) and any(clean[first] == "\t" for first, _, _ in tabbed):
        return tuple(_one_cell_per_line(clean, lines))
    return tuple(row for first, last, _ in lines if (row := _split(clean, first, last)))


def _lines(clean: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """First and last offset of each line, and whether it holds a tab; blank lines are empty ranges."""
    for line in clean[start:end].split("\n"):
        yield start, start + len(line), "\t" in line
        start += len(line) + 1


def _split(clean: str, start: int, end: int) -> Row | None:
    """A line as a row: cells between tabs; None where all are empty."""
    line = clean[start:end]
    if "\t" not in line:
        cell = _cell(line, start, 0)
        return Row((cell,), placed=False) if cell else None
    cells = []
    for column, words in enumerate(line.split("\t")):
        if words and (cell := _cell(words, start, column)):
            cells.append(cell)
        start += len(words) + 1
    return Row(tuple(cells)) if cells else None


def _cell(words: str, start: int, column: int) -> Cell | None:
    """The cell that prints ``words`` at ``start``, without the blanks round it."""
    stripped = words.strip()
    if not stripped:
        return None
    if len(stripped) < len(words):
        start += words.index(stripped[0])
    return Cell(start, start + len(stripped), column)


def _one_cell_per_line(clean: str, lines: list[tuple[int, int, bool]]) -> Iterator[Row]:
    """Rows of lines that hold one cell each; cells wrapped over several lines are put together."""
    cells: list[tuple[int, int]] = []
    for start, end, tabbed in lines:
        if start == end:
            yield from _row(clean, cells)
            cells = []
        elif tabbed and "\t" in clean[start:end].strip():
            yield from _row(clean, cells)
            cells = []
            yield from filter(None, [_split(clean, start, end)])
        elif tabbed or not cells:
            cells.append((start, end))
        else:
            cells[-1] = (cells[-1][0], end)
    yield from _row(clean, cells)


def _row(clean: str, cells: list[tuple[int, int]]) -> Iterator[Row]:
    found = [
        cell
        for column, (start, end) in enumerate(cells)
        if (cell := _cell(clean[start:end], start, column)) is not None
    ]
    if found:
        yield Row(tuple(found))
