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
    if _tab_leads(lines):
        return tuple(_one_cell_per_line(lines, start))
    return tuple(_one_row_per_line(lines, start))


def _tab_leads(lines: list[str]) -> bool:
    """Whether most lines hold one cell, behind a tab."""
    tabbed = [line for line in lines if "\t" in line]
    if not any(line[0] == "\t" for line in tabbed):
        return False
    inner = sum(["\t" in line.strip() for line in tabbed])
    return inner * _INNER_TABS < len(tabbed) and len(tabbed) * 2 > len(lines) - lines.count("")


def _one_row_per_line(lines: list[str], start: int) -> Iterator[Row]:
    for line in lines:
        if line and (row := _row(line.split("\t"), start, placed="\t" in line)):
            yield row
        start += len(line) + 1


def _row(cells: list[str], start: int, *, placed: bool = True) -> Row | None:
    """The row of the cells that print something, each without the blanks round it; None where all are empty.

    ``start`` is where the first cell begins; one character, a tab or a line end, stands between two cells.
    """
    found = []
    for column, words in enumerate(cells):
        if words and (stripped := words.strip()):
            first = start if len(stripped) == len(words) else start + words.index(stripped[0])
            found.append(Cell(first, first + len(stripped), column))
        start += len(words) + 1
    return Row(tuple(found), placed) if found else None


def _one_cell_per_line(lines: list[str], start: int) -> Iterator[Row]:
    """Rows of lines that hold one cell each; cells wrapped over several lines are put together."""
    cells: list[str] = []
    first = start
    for line in [*lines, ""]:
        # A line with a tab elsewhere than before its words is a row of its own.
        own = "\t" in line and (line[0] != "\t" or "\t" in line.strip())
        if cells and (own or not line):
            if row := _row(cells, first):
                yield row
            cells = []
        if own:
            if row := _row(line.split("\t"), start):
                yield row
        elif line and not cells:
            cells, first = [line], start
        elif line and line[0] == "\t":
            cells.append(line)
        elif line:
            cells[-1] += "\n" + line
        start += len(line) + 1
