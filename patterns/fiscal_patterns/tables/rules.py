"""Read tables from the blocks that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import regex

from fiscal_patterns.sections.nouns import Block, Outline, Sentence
from fiscal_patterns.tables.columns import grids, is_project_name, unfolded
from fiscal_patterns.tables.nouns import Row, Table, TableKind, Tables
from fiscal_patterns.tables.prose import sentences
from fiscal_patterns.tables.rows import read_rows

_TITLE = regex.compile(r"(?!公开|[附表])[^,，。;；]{3,60}表(?:[(（][^()（）]{1,20}[)）])?")
# Looked for in whole tables: re finds the one class of its first character at four times the speed of an alternation.
_UNIT = re.compile(r"[位(（](?:(?<=单位)[:：]|(?<=[(（]))(?P<unit>万元|亿元|千元|元)(?:[)）]|$)")
_PERFORMANCE = regex.compile(r"绩效(?!工资|奖)|自评|三级指标|年度总体目标|指标值|目标完成情况|年度资金总额|全年执行数")
_ACCOUNT = regex.compile(
    r"科目编码|科目名称|行次|决算数|收入合计|支出合计|[总明细]表|决算表|预算表|功能分类|经济分类|财政拨款|基本支出"
)
# Blocks above a table that may hold its title and unit: 表 1 / title / 公开部门 / 金额单位, with a year between.
_ABOVE = 6


def read(clean: str, outline: Outline) -> Tables:
    """All tables of a document, and the sentences in their cells."""
    tables: list[Table] = []
    found: list[Sentence] = []
    for first, last in _groups(outline.blocks):
        for table in _read(clean, outline.blocks, first, last):
            tables.append(table)
            found += sentences(clean, table)
    return Tables(tuple(tables), tuple(found))


def rows_of(clean: str, table: Table) -> tuple[Row, ...]:
    """The rows of a table; those of an account table are read only when asked for, for they give no facts."""
    return table.rows or read_rows(clean, clean.rfind("\n", 0, table.start) + 1, table.end)


def _read(clean: str, blocks: Sequence[Block], first: int, last: int) -> Iterator[Table]:
    start, end = blocks[first].start, blocks[last].end
    title_at, unit = _above(clean, blocks, first)
    title = clean[slice(*title_at)] if title_at else None
    if _kind(clean, start, end, title) == "account":
        printed = _UNIT.search(clean, start, end)
        unit = printed["unit"] if printed else unit
        yield Table("account", title, start, end, (), unit, blocks[first].section, title_at)
        return
    line, stop = clean.rfind("\n", 0, start) + 1, clean.find("\n", end)
    for rows in _parts(clean, unfolded(clean, read_rows(clean, line, stop if stop >= 0 else len(clean)))):
        yield _table(clean, rows, title_at, unit, blocks[first])
        title_at = None


def _groups(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Runs of table rows, by first and last block; a page number between rows does not end a run."""
    first = last = -1
    for index, block in enumerate(blocks):
        if block.kind == "table":
            first = index if first < 0 else first
            last = index
        elif first >= 0 and block.kind != "page":
            yield first, last
            first = -1
    if first >= 0:
        yield first, last


def _above(clean: str, blocks: Sequence[Block], first: int) -> tuple[tuple[int, int] | None, str | None]:
    """Title and unit from the lines above the table."""
    title: tuple[int, int] | None = None
    unit: str | None = None
    for block in reversed(blocks[max(0, first - _ABOVE) : first]):
        if block.kind in ("table", "contents", "definition"):
            break
        if unit is None and (printed := _UNIT.search(clean, block.start, block.end)):
            unit = printed["unit"]
        if _TITLE.fullmatch(clean, block.start, block.end):
            title = (block.start, block.end)
            break
    return title, unit


def _parts(clean: str, rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """Rows of one table each: a title, or the name of the next project, begins a new one."""
    start, named = 0, False
    for index, row in enumerate(rows):
        words = clean[row.cells[0].start : row.cells[0].end]
        name = is_project_name(words)
        title = len(row.cells) == 1 and _is_title(words)
        if index > start and (title or (name and named)):
            yield rows[start:index]
            start, named = index, False
        named = named or name
    if rows:
        yield rows[start:]


def _is_title(words: str) -> bool:
    return words.endswith(("表", "）", ")")) and _TITLE.fullmatch(words) is not None


def _table(
    clean: str, rows: tuple[Row, ...], title_at: tuple[int, int] | None, unit: str | None, block: Block
) -> Table:
    first = rows[0].cells[0]
    if len(rows[0].cells) == 1 and _is_title(clean[first.start : first.end]):
        title_at = (first.start, first.end)
    start, end = first.start, rows[-1].cells[-1].end
    title = clean[slice(*title_at)] if title_at else None
    printed = _UNIT.search(clean, start, end)
    return Table(
        _kind(clean, start, end, title),
        title,
        start,
        end,
        rows,
        printed["unit"] if printed else unit,
        block.section,
        title_at,
        tuple(grids(clean, rows)),
    )


def _kind(clean: str, start: int, end: int, title: str | None) -> TableKind:
    if _PERFORMANCE.search(title or "") or _PERFORMANCE.search(clean, start, end):
        return "performance"
    if _ACCOUNT.search(title or "") or _ACCOUNT.search(clean, start, end):
        return "account"
    return "other"
