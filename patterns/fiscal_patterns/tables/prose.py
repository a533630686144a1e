"""Cells that hold sentences: goals, results, conclusions, reasons; never scoring rules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from fiscal_patterns import lexicon
from fiscal_patterns.sections import Block, Sentence, split
from fiscal_patterns.tables.columns import head
from fiscal_patterns.tables.nouns import Cell, Grid, Row, Table

_PUNCTUATED = regex.compile(r"[,，。;；](?!\d)")
_MARK = regex.compile(r"(?:\d{1,2}[.、;；](?!\d)|[(（]\d{1,2}[)）]|[一二三四五六七八九十]{1,2}[、.])\s*+")
# 得分计算方法, 评分说明: rules of scoring give no facts.
_SCORING = regex.compile(
    r"[×÷]|得分=|扣\d|扣完为止|记满?分|计分|该指标(?:得分|分值)|指标解释|评分标准|得\d[\d.]{0,4}分"
)
_LABEL = regex.compile(r"[^,，。;；]{1,12}[:：][^,，。;；]{0,30}")
_HAN = regex.compile(r"\p{Han}")
_BRACKET_END = regex.compile(r"[(（][^()（）]{1,20}[)）]$")  # heads: 年度预算数（万元）
# Shortest cells with a fact: 采购5台国产电脑。(9 characters), 收到补助资金30日内 (10).
_SHORTEST = 8
# In a table of another kind a cell is prose only when it is a whole sentence: longest name of an item met is 30.
_WHOLE_SENTENCE = 24


@cache
def _heads() -> frozenset[str]:
    return frozenset(lexicon.table("tables", "prose", ("head",)))


def sentences(clean: str, table: Table) -> Iterator[Sentence]:
    """Sentences of the cells that hold prose, in order."""
    if table.kind == "account":
        return
    cells = _performance(clean, table.rows, table.grids) if table.kind == "performance" else _other(clean, table.rows)
    for cell in cells:
        mark = _MARK.match(clean, cell.start, cell.end)
        block = Block("prose", cell.start, cell.end, mark.end() if mark else cell.start, table.section)
        yield from split(clean, block)


def _other(clean: str, rows: tuple[Row, ...]) -> Iterator[Cell]:
    for row in rows:
        for cell in row.cells:
            whole = cell.end - cell.start >= _WHOLE_SENTENCE and clean[cell.end - 1] in "。；;"
            if whole and not _SCORING.search(clean, cell.start, cell.end):
                yield cell


def _performance(clean: str, rows: tuple[Row, ...], grids: tuple[Grid, ...]) -> Iterator[Cell]:
    """Cells outside the grids, and the goals inside them. Heads hold for their column and for the row below."""
    goals = {index: grid for grid in grids for index in range(grid.first, grid.last)}
    columns: set[int] = set()
    below = False
    prose_heads = _heads()
    for index, row in enumerate(rows):
        if index in goals:
            yield from _goals(clean, row, goals[index])
            columns, below = set(), False
            continue
        heads = [column for start, end, column in row.cells if head(clean[start:end]) in prose_heads]
        for cell in row.cells:
            start, end, column = cell
            if end - start < _SHORTEST or column in heads:  # four in five are too short
                continue
            if _is_prose(clean, cell, headed=bool(below or column in columns or (heads and column > heads[0]))):
                yield cell
        columns = set(heads) if heads else columns
        below = bool(heads)


def _goals(clean: str, row: Row, grid: Grid) -> Iterator[Cell]:
    columns = {column.index for column in grid.columns if column.role == "goal"}
    for cell in row.cells:
        long = cell.end - cell.start >= _SHORTEST
        if long and cell.column in columns and _is_prose(clean, cell, headed=True):
            yield cell


def _is_prose(clean: str, cell: Cell, headed: bool) -> bool:
    """Whether a cell that is long enough holds a sentence; under a head for prose it needs no punctuation."""
    start, end, _ = cell
    if not headed and not _PUNCTUATED.search(clean, start + 1, end):
        return False
    if clean[end - 1] in ")）" and _BRACKET_END.search(clean, start, end):
        return False
    if _SCORING.search(clean, start, end) or not _HAN.search(clean, start, end):
        return False
    return not _LABEL.fullmatch(clean, start, end)
