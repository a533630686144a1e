"""Which lines are rows or cells of a table: lines with tabs, the lines a cell wraps over, runs of short lines."""

from __future__ import annotations

import re

from fiscal_patterns.breaks import cell_lines

_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）])[^\t,，;；:：]{2,30}"
)
# Most lines that one cell was seen to wrap over: 4 (产 / 出 / 指 / 标); as many again for the blank lines between rows.
_WRAPPED = 8


def grid_lines(lines: list[str]) -> set[int]:
    """Indices of the lines that belong to tables."""
    found = cell_lines(lines)
    printed = [index for index, line in enumerate(lines) if line and not line.isspace()]
    tabs = ["\t" in lines[index] for index in printed]
    if True in tabs:
        _tabbed(lines, printed, tabs, found)
        _wrapped(lines, printed, tabs, found)
    return found


def _tabbed(lines: list[str], printed: list[int], tabs: list[bool], found: set[int]) -> None:
    """Add lines with tabs; a tab that only leads or trails counts where a line beside it has one too."""
    for index, above, here, below in zip(printed, [False, *tabs], tabs, [*tabs[1:], False], strict=False):
        if here and (above or below or "\t" in lines[index].strip() or _cell_alone(lines[index])):
            found.add(index)


def _wrapped(lines: list[str], printed: list[int], tabs: list[bool], found: set[int]) -> None:
    """Add the lines without tabs that a cell wraps over, in order: each may lean on the one above."""
    for above, index, tab in zip(printed, printed[1:], tabs[1:], strict=False):
        if not tab and index - 1 == above and above in found and index not in found and _wraps(lines, index):
            found.add(index)


def _cell_alone(line: str) -> bool:
    return line[0] == "\t" and not _HEADING.fullmatch(line.strip())


def _wraps(lines: list[str], index: int) -> bool:
    """Whether a line without tab goes on with the cell above it: a form with one cell per line, tab first."""
    above = next((line for line in reversed(lines[max(0, index - _WRAPPED) : index]) if "\t" in line or not line), "")
    if above[:1] != "\t" or "\t" in above.strip():
        return False
    below = next((line for line in lines[index + 1 : index + _WRAPPED] if "\t" in line), "")
    return below[:1] == "\t"
