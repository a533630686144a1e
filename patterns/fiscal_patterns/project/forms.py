"""Projects named by performance forms: in the cell 项目名称, in a column of names, in the title of the form."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import regex

from fiscal_patterns.project.figures import figures, score, yuan
from fiscal_patterns.project.names import name_range, normalised
from fiscal_patterns.project.nouns import Mention
from fiscal_patterns.records import record
from fiscal_patterns.sections.nouns import Section
from fiscal_patterns.tables import Cell, Grid, Row, Table, Tables
from fiscal_patterns.tables.columns import head, is_project_name, role
from fiscal_patterns.text import Document

_CODE_HEADS = ("项目编码", "项目代码", "项目编号")
_CODE = regex.compile(r"[0-9A-Za-z-]{6,32}")
_MONEY = regex.compile(r"(?>\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+")
_LABELLED = regex.compile(r"项目名称\s?[:：]\s?(?=[^\s:：]{3})")
_NOT_A_NAME = regex.compile(r"[\d\s,.%/—-]*+|无|.*[:：]")


@record
class _Head:
    """Where a form names its project: the range of the cell or title, and what a cell beside it says."""

    start: int
    end: int
    rule: str
    budget: Decimal | None = None
    code: str | None = None


def form_mentions(
    document: Document, tables: Tables, titles: tuple[tuple[int, int], ...], period: str | None
) -> list[Mention]:
    """One mention per form, its figures read from the form. ``titles`` are the names in titles of forms and reports.

    A form reaches from its name to the name or title of the next.
    """
    clean = document.clean
    forms = [form for form in tables.tables if form.kind == "performance"]
    heads = [(head, form) for form in forms for head in _heads(clean, form)]
    heads += _entitled(clean, forms, titles, {item.start for item, _ in heads})
    heads.sort(key=lambda head: head[0].start)
    starts = sorted({item.start for item, _ in heads} | {start for start, _ in titles} | _titled(forms))
    parts = [table for table in tables.tables if table.rows]
    found = []
    for item, form in heads:
        end = _next(starts, item.start, len(clean))
        first = bisect_right(parts, item.start, key=lambda part: part.end)
        last = bisect_left(parts, end, key=lambda part: part.start)
        found.append(_mention(document, item, form.section, (item.start, end), parts[first:last], period))
    return found


def _titled(forms: list[Table]) -> set[int]:
    return {form.title_at[0] for form in forms if form.title_at}


def _next(starts: list[int], position: int, end: int) -> int:
    after = bisect_right(starts, position)
    return starts[after] if after < len(starts) else end


def _heads(clean: str, form: Table) -> Iterator[_Head]:
    columns = [grid for grid in form.grids if any(column.role == "project" for column in grid.columns)]
    if columns:
        for grid in columns:
            yield from _column(clean, form, grid)
        return
    before = form.grids[0].first if form.grids else len(form.rows)
    for index in range(before):
        if cell := _name_cell(clean, form.rows, index):
            yield _Head(cell.start, cell.end, "project.form", code=_code(clean, form.rows[:before]))


def _entitled(
    clean: str, forms: list[Table], titles: tuple[tuple[int, int], ...], named: set[int]
) -> list[tuple[_Head, Table]]:
    """Names in titles of forms that do not name their project again: up to the next title stands no cell 项目名称."""
    found = []
    for place, (start, end) in enumerate(titles):
        stop = titles[place + 1][0] if place + 1 < len(titles) else len(clean)
        form = next((form for form in forms if form.title_at and form.title_at[0] <= start < form.title_at[1]), None)
        if form and not any(start <= other < stop for other in named):
            found.append((_Head(start, end, "project.form_title"), form))
    return found


def _name_cell(clean: str, rows: tuple[Row, ...], index: int) -> Cell | None:
    """The cell behind 项目名称, or below it where each line holds one cell."""
    row = rows[index]
    if clean.find("称", row.cells[0].start, row.cells[-1].end) < 0:  # 项目名称, 专项资金名称
        return None
    cells = list(row.cells)
    label = next((place for place, cell in enumerate(cells) if is_project_name(clean[cell.start : cell.end])), None)
    if label is None:
        return _name_behind_colon(clean, cells[0])
    if len(cells) == 1 and not row.placed and index + 1 < len(rows):
        cells += rows[index + 1].cells
    name = cells[label + 1] if label + 1 < len(cells) else None
    return name if name and _is_name(clean, name) else None


def _name_behind_colon(clean: str, cell: Cell) -> Cell | None:
    """项目名称：城区绿化管护 in one cell."""
    found = _LABELLED.match(clean, cell.start, cell.end)
    name = Cell(found.end(), cell.end, cell.column) if found else None
    return name if name and _is_name(clean, name) else None


def _code(clean: str, rows: tuple[Row, ...]) -> str | None:
    """The code in the cell behind 项目编码."""
    for row in rows:
        for label, cell in pairwise(row.cells):
            if head(clean[label.start : label.end]) in _CODE_HEADS:
                words = clean[cell.start : cell.end]
                return words if _CODE.fullmatch(words) else None
    return None


def _is_name(clean: str, cell: Cell) -> bool:
    words = clean[cell.start : cell.end]
    return not _NOT_A_NAME.fullmatch(words) and role(words) is None


def _column(clean: str, form: Table, grid: Grid) -> Iterator[_Head]:
    """Names in a column of a grid, each with the money in its row."""
    place = {column.role: column.index for column in grid.columns}
    for row in form.rows[grid.first : grid.last]:
        cells = {cell.column: cell for cell in row.cells}
        name, money = cells.get(place["project"]), cells.get(place.get("money", -1))
        if name and _is_name(clean, name):
            number = _MONEY.fullmatch(clean, money.start, money.end) if money else None
            # Where empty cells vanished, other cells stand in these places: 产出指标, 数量指标.
            if number is None and "money" in place:
                continue
            budget = yuan(Decimal(number.group().replace(",", "")), form.unit) if number else None
            yield _Head(name.start, name.end, "project.form_column", budget)


def _mention(
    document: Document,
    item: _Head,
    section: Section | None,
    reach: tuple[int, int],
    within: list[Table],
    period: str | None,
) -> Mention:
    """The mention of a head, with the figures of the tables that its form holds."""
    clean = document.clean
    start, stop, code, category = name_range(clean, item.start, item.end)
    name = normalised(document, start, stop)
    mention = Mention(
        start, stop, section, name, code or item.code, category, period, item.rule, item.budget, form=reach
    )
    if item.rule == "project.form_column":
        return mention
    found = figures(clean, within)
    return replace(
        mention,
        budget=found.get("budget"),
        initial_budget=found.get("initial_budget"),
        outturn=found.get("outturn"),
        execution_rate=found.get("execution_rate"),
        score=score(clean, within),
    )
