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
    lines = clean[start:end].split("\n")
    printed = tabbed = inner = led = 0
    for line in lines:
        printed += bool(line)
        if "\t" in line:
            tabbed += 1
            inner += "\t" in line.strip()
            led += line[0] == "\t"
    if led and inner * _INNER_TABS < tabbed and tabbed * 2 > printed:
        return tuple(_one_cell_per_line(lines, start))
    return tuple(_one_row_per_line(lines, start))


def _one_row_per_line(lines: list[str], start: int) -> Iterator[Row]:
    for line in lines:
        if line and (row := _split(line, start)):
            yield row
        start += len(line) + 1


def _split(line: str, start: int) -> Row | None:
    """A line as a row: cells between tabs; None where all are empty."""
    if "\t" not in line:
        return _row([(start, line)], placed=False)
    cells = []
    for words in line.split("\t"):
        cells.append((start, words))
        start += len(words) + 1
    return _row(cells)


def _row(cells: list[tuple[int, str]], *, placed: bool = True) -> Row | None:
    """The row of the cells that print something, each without the blanks round it; None where all are empty."""
    found = []
    for column, (start, words) in enumerate(cells):
        stripped = words.strip()
        if stripped:
            if len(stripped) < len(words):
                start += words.index(stripped[0])
            found.append(Cell(start, start + len(stripped), column))
    return Row(tuple(found), placed) if found else None


def _one_cell_per_line(lines: list[str], start: int) -> Iterator[Row]:
    """Rows of lines that hold one cell each; cells wrapped over several lines are put together."""
    cells: list[tuple[int, str]] = []
    for line in [*lines, ""]:
        # A line with a tab elsewhere than before its words is a row of its own.
        own = "\t" in line and (line[0] != "\t" or "\t" in line.strip())
        if cells and (own or not line):
            yield from filter(None, [_row(cells)])
            cells = []
        if own:
            yield from filter(None, [_split(line, start)])
        elif line and (line[0] == "\t" or not cells):
            cells.append((start, line))
        elif line:
            cells[-1] = (cells[-1][0], cells[-1][1] + "\n" + line)
        start += len(line) + 1
