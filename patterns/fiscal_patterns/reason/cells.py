"""Explanations in performance forms: the cell under 原因 in the row of a budget figure."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from fiscal_patterns.reason.cues import find_cues
from fiscal_patterns.reason.extent import read_items
from fiscal_patterns.reason.nouns import Explanation
from fiscal_patterns.sections.nouns import Block, Sentence
from fiscal_patterns.tables.nouns import Cell, Row, Table, Tables

_HEAD = regex.compile(r"(?:偏差|未完成|执行|资金)?(?:主要|变动|差异)?原因(?:分析|说明)?")
_MONEY_HEAD = regex.compile(r"执行率|执行数")
_MONEY_ROW = regex.compile(r"总额|资金|拨款|其中|小计|合计|[上年]级")
_PROSE = regex.compile(r"\p{Han}[^\n\t]{2,}\p{Han}")
_MARK = regex.compile(r"1[.、;；)](?!\d)\s*")


def cell_reasons(clean: str, tables: Tables) -> Iterator[Explanation]:
    """The explanations in budget rows, which no fact of the row stands for: ``explains`` is empty."""
    for table in tables.tables:
        if table.kind == "performance" and clean.find("原因", table.start, table.end) >= 0:
            for cell in _cells(clean, table):
                yield _explanation(clean, table, cell)


def _cells(clean: str, table: Table) -> Iterator[Cell]:
    column = -1
    for row in table.rows:
        head = _reason_column(clean, row)
        if head >= 0:
            column = head
        elif column >= 0 and not any(_MONEY_ROW.search(clean, cell.start, cell.end) for cell in row.cells[:2]):
            column = -1
        elif column >= 0 and (cell := _under(clean, row, column)):
            yield cell


def _reason_column(clean: str, row: Row) -> int:
    """The column headed 原因 in a row that heads budget figures, else -1."""
    if not row.cells or clean.find("原因", row.cells[0].start, row.cells[-1].end) < 0:
        return -1
    if not any(_MONEY_HEAD.search(clean, cell.start, cell.end) for cell in row.cells):
        return -1
    return next((cell.column for cell in row.cells if _HEAD.fullmatch(clean, cell.start, cell.end)), -1)


def _under(clean: str, row: Row, column: int) -> Cell | None:
    """The cell of the row in that column; the last one where empty cells vanished."""
    cells = [cell for cell in row.cells if cell.column == column] if row.placed else list(row.cells[-1:])
    return cells[0] if cells and _PROSE.search(clean, cells[0].start, cells[0].end) else None


def _explanation(clean: str, table: Table, cell: Cell) -> Explanation:
    start, end = cell.start, cell.end
    listed = _MARK.match(clean, start, end)
    while end > start and clean[end - 1] in "。;；, ，":
        end -= 1
    cues = find_cues(clean, listed.end() if listed else start, end)
    cue = cues[0] if cues and cues[0].start == (listed.end() if listed else start) else None
    start = cue.after if cue else listed.end() if listed else start
    items = read_items(clean, start, end)
    sentence = Sentence(cell.start, cell.end, Block("table", cell.start, cell.end, cell.start, table.section))
    at = (cue.start, cue.end) if cue else None
    return Explanation(start, end, sentence, at, (), items, False, None, "reason.cell")
