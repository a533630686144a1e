"""Which lines are rows or cells of a table: lines with tabs, the lines a cell wraps over, runs of short lines."""

from __future__ import annotations

import regex

from fiscal_patterns.breaks import cell_lines

_HEADING = regex.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）])[^\t,，;；:：]{2,30}"
)
# Most lines that one cell was seen to wrap over: 4 (产 / 出 / 指 / 标); as many again for the blank lines between rows.
_WRAPPED = 8


def grid_lines(lines: list[str]) -> set[int]:
    """Indices of the lines that belong to tables."""
    found = cell_lines(lines)
    if any("\t" in line for line in lines):
        _tabbed(lines, found)
    return found


def _tabbed(lines: list[str], found: set[int]) -> None:
    """Add lines with tabs; a tab that only leads or trails counts where a line beside it has one too."""
    printed = [index for index, line in enumerate(lines) if line and not line.isspace()]
    for place, index in enumerate(printed):
        line = lines[index]
        if "\t" in line:
            inner = "\t" in line.strip()
            if (
                inner
                or any("\t" in lines[beside] for beside in _beside(printed, place))
                or (line[0] == "\t" and not _HEADING.fullmatch(line.strip()))
            ):
                found.add(index)
        elif index - 1 in found and _wraps(lines, index):
            found.add(index)


def _beside(printed: list[int], place: int) -> list[int]:
    """The printed lines before and after a place."""
    return printed[max(0, place - 1) : place] + printed[place + 1 : place + 2]


def _wraps(lines: list[str], index: int) -> bool:
    """Whether a line without tab goes on with the cell above it: a form with one cell per line, tab first."""
    above = next((line for line in reversed(lines[max(0, index - _WRAPPED) : index]) if "\t" in line or not line), "")
    if above[:1] != "\t" or "\t" in above.strip():
        return False
    below = next((line for line in lines[index + 1 : index + _WRAPPED] if "\t" in line), "")
    return below[:1] == "\t"
