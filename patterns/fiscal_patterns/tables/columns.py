"""Heads of columns: which column of a performance form holds what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

import regex

from fiscal_patterns.lexicon import table
from fiscal_patterns.tables.nouns import Cell, Column, Grid, Row

ROLES = (
    "level1", "level2", "name", "comparator", "target", "unit", "actual", "weight", "score", "note", "method",
    "meaning", "other", "project", "goal", "money",
)  # fmt: skip

_BRACKETED = regex.compile(r"[(（\[][^()（）\[\]]{0,40}[)）\]]|\s|[:：]$|^\d{1,2}[.、]")
# Heads that the vocabulary does not list, by their end: 本年权重, 2024年指标值, 年度实际完成值.
_ENDING = regex.compile(
    r"(?P<actual>(?:完成|实际|达成)值|实际完成情况)$|(?P<target>(?:指标|目标|计划)值)$|(?P<weight>权重|分值)$|(?P<score>得分)$"
    r"|(?P<note>原因(?:分析|说明)?(?:[及和]改进措施)?)$|(?P<unit>[度计]量单位)$|(?P<method>(?:评分|评价|计分|打分)(?:标准|方法|规则|依据))$"
)
_LONGEST_HEAD = 16
# Longest head in the vocabulary: 11 characters, plus a bracket: 偏差原因分析及改进措施（…）.
_HEAD_LENGTH = 30
# Rows above the names of the levels may hold the heads of further columns (指标解释, 评分说明): at most this many rows.
_ROWS_ABOVE = 1
# Columns that make a head of indicators out of a row with a name column.
_WIDEST_ROW = 14  # widest head met: 12 columns
_MEASURES = {"target", "actual", "weight", "score"}


@lru_cache(maxsize=4096)  # forms print the same heads over and over
def head(words: str) -> str:
    """A head as the vocabulary has it: ``分值(10 分)`` is ``分值``."""
    return _BRACKETED.sub("", words) if len(words) <= _HEAD_LENGTH else ""


@cache
def _roles() -> dict[str, str]:
    return dict(table("tables", "column", ROLES))


@cache
def _closing() -> dict[str, str]:
    return dict(table("tables", "close", ("total", "after")))


@lru_cache(maxsize=4096)
def role(words: str) -> str | None:
    """What a column with this head holds, or None."""
    name = head(words)
    found = _roles().get(name)
    if found is None and 2 < len(name) <= _LONGEST_HEAD and (ending := _ENDING.search(name)):
        found = ending.lastgroup
    return found


def is_project_name(words: str) -> bool:
    """Whether a cell is the label of the name of a project."""
    return _roles().get(head(words)) == "project"


def grids(clean: str, rows: tuple[Row, ...]) -> Iterator[Grid]:
    """The parts of a form that hold one indicator a row: from below the heads to the total."""
    index = 0
    while index < len(rows):
        columns, after = _columns(clean, rows, index)
        if columns:
            last = _last(clean, rows, after)
            yield Grid(columns, after, last)
            index = last
        else:
            index += 1


def unfolded(clean: str, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows, where one line holds heads and indicators together one cell a row."""
    found: list[Row] = []
    for row in rows:
        if len(row.cells) > _WIDEST_ROW and _heads_open(clean, row):
            found += [Row((Cell(cell.start, cell.end, 0),), placed=False) for cell in row.cells]
        else:
            found.append(row)
    return tuple(found)


def _heads_open(clean: str, row: Row) -> bool:
    """Whether a row begins with the heads of indicators and goes on with other cells."""
    roles = [role(_words(clean, cell)) for cell in row.cells]
    named = "name" in roles and bool(_MEASURES.intersection(roles))
    return named and roles.count(None) > len(roles) // 2


def _columns(clean: str, rows: tuple[Row, ...], index: int) -> tuple[tuple[Column, ...], int]:
    """Columns of the head that begins with row ``index``, and the row after it; no columns where none begins."""
    cells = list(rows[index].cells)
    if "指标" not in clean[cells[0].start : cells[-1].end]:
        return (), index
    after = index + 1
    if len(cells) == 1 and not rows[index].placed:
        while after < len(rows) and not rows[after].placed and role(_words(clean, rows[after].cells[0])):
            cells.extend(rows[after].cells)
            after += 1
        cells = [Cell(cell.start, cell.end, column) for column, cell in enumerate(cells)]
    columns = [Column(found, cell.column) for cell in cells if (found := role(_words(clean, cell)))]
    roles = {column.role for column in columns}
    if [column.role for column in columns].count("target") > 1:  # 绩效目标 beside 指标值 is no column of values
        named = {cell.column for cell in cells if head(_words(clean, cell)) == "绩效目标"}
        columns = [column for column in columns if column.index not in named]
    columns = [*_unnamed_levels(clean, cells, roles, placed=rows[index].placed), *columns]
    if "name" not in roles or not (roles & _MEASURES):
        return (), index
    return (*columns, *_from_above(clean, rows, index, columns)), after


def _unnamed_levels(clean: str, cells: list[Cell], roles: set[str], *, placed: bool) -> Iterator[Column]:
    """Columns of levels whose heads say 绩效指标, or nothing where each line holds a cell."""
    if "level1" in roles or "name" not in roles:
        return
    if "level2" in roles:
        if head(_words(clean, cells[0])) in ("绩效指标", "绩效目标"):
            yield Column("level1", cells[0].column)
    elif not placed:
        yield from (Column("level1", -2), Column("level2", -1))


def _from_above(clean: str, rows: tuple[Row, ...], index: int, columns: list[Column]) -> Iterator[Column]:
    """Columns whose heads stand one row higher, over the merged head 绩效指标."""
    known = {column.role for column in columns}
    at = columns[-1].index
    if index < _ROWS_ABOVE or not rows[index].placed:
        return
    for cell in rows[index - _ROWS_ABOVE].cells[1:]:
        found = role(_words(clean, cell))
        if found is None or found in known:
            return
        at += 1
        yield Column(found, at)


def _words(clean: str, cell: Cell) -> str:
    return clean[cell.start : cell.end]


def _last(clean: str, rows: tuple[Row, ...], index: int) -> int:
    """The row after the last one of the grid that begins with row ``index``."""
    while index < len(rows) and not closing(clean, rows[index]):
        index += 1
    return index


def closing(clean: str, row: Row) -> str | None:
    """``total`` or ``after`` for a row that ends the indicators, else None."""
    cell = row.cells[0]
    words = clean[cell.start : cell.end]
    if len(words) > _HEAD_LENGTH:
        return None
    found = _closing().get(words) or _closing().get(head(words).partition(":")[0].partition("：")[0])
    return found or ("after" if words.endswith(("自评表", "目标表", "情况表")) else None)
