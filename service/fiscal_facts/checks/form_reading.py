"""A performance form as its checks need it: rows of funds, indicators, points of levels, the row of totals."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

import regex
from fiscal_patterns.facts import Indicator
from fiscal_patterns.lexicon import table
from fiscal_patterns.tables import Cell, Grid, Row, Table
from fiscal_patterns.tables.columns import closing, head, role

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.form_nouns import FIGURES, Figure, Form, Funds, Points

_NUMBER = re.compile(  # every cell is tried, some twice: re takes half the time
    r"(?P<number>[+-]?(?>\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+)\s?+(?P<unit>万元|亿元|千元|元|万|亿|%|分)?+"
)
_NUMERIC = frozenset("0123456789+-")
# 产出指标（40分）, also with the slip 40份; a level as long as any met: 服务对象满意度指标.
_POINTED = regex.compile(r"(?P<name>[^()（）]{2,16}?)\s?[(（](?P<points>\d{1,3}(?:\.\d{1,2})?)\s?(?P<unit>[分份])[)）]")
_LONGEST_HEAD = 30  # with its bracket: 偏差原因分析及改进措施（…）
_PROPORTIONAL = regex.compile(r"执行率[×*xX](?:该|本)?(?:项)?(?:指标)?(?:分值|权重|10)")


@cache
def _roles() -> dict[str, str]:
    return dict(table("project", "figure", (*FIGURES, "score", "other")))


@cache
def _whole() -> frozenset[str]:
    return frozenset(table("project", "whole", ("row",)))


def read_forms(evidence: Evidence) -> Iterator[Form]:
    """All performance forms with indicators, in order; funds may stand in a table of their own in front."""
    funds: list[Funds] = []
    for form in evidence.tables.tables:
        if form.kind != "performance":
            continue
        begin = 0
        for grid in form.grids:
            rows = form.rows[begin : grid.first]
            funds = [*([] if _names_project(evidence, rows) else funds), *_funds(evidence.document.clean, rows)]
            yield _form(evidence, form, grid, rows, funds)
            begin, funds = grid.last, []
        rest = form.rows[begin:]
        funds = [*([] if _names_project(evidence, rest) else funds), *_funds(evidence.document.clean, rest)]


def _names_project(evidence: Evidence, rows: Sequence[Row]) -> bool:
    clean = evidence.document.clean
    named = [row for row in rows if clean.find("称", row.cells[0].start, row.cells[-1].end) >= 0]
    return any(head(_words(clean, cell)) == "项目名称" for row in named for cell in row.cells)


def _form(evidence: Evidence, form: Table, grid: Grid, above: Sequence[Row], funds: Sequence[Funds]) -> Form:
    clean, rows = evidence.document.clean, form.rows[grid.first : grid.last]
    indicators = _indicators(evidence, rows)
    weights, total = _totals(clean, form, grid, indicators)
    levels = [points for row in (*above[-1:], *rows) for points in _points(clean, row)]
    text = clean[above[0].cells[0].start : above[-1].cells[-1].end] if above else ""
    return Form(
        grid,
        form,
        indicators,
        tuple(funds),
        tuple(levels),
        weights,
        total,
        _PROPORTIONAL.search(text) is not None,
        _sound(evidence, rows, indicators) or _adds_up(indicators, funds, total),
    )


def _indicators(evidence: Evidence, rows: Sequence[Row]) -> tuple[Indicator, ...]:
    if not rows:
        return ()
    first = evidence.document.source(rows[0].cells[0].start)
    last = evidence.document.source(rows[-1].cells[-1].end - 1)
    at = bisect_left(evidence.indicators, first, key=lambda fact: fact.span.start)
    end = bisect_left(evidence.indicators, last, key=lambda fact: fact.span.start)
    return tuple(evidence.indicators[at:end])


def _sound(evidence: Evidence, rows: Sequence[Row], indicators: Sequence[Indicator]) -> bool:
    """Whether every row became one indicator; of cells without rows, whether all weights were read."""
    if not indicators:
        return False
    if any(not row.placed for row in rows):
        weights = [indicator.weight for indicator in indicators]
        return None not in weights and sum(weight for weight in weights if weight is not None) in (90, 100)
    held = rows_of(evidence, rows, indicators)
    rest = [row for number, row in enumerate(rows) if number not in held]
    return len(held) == len(indicators) and all(not _holds_number(evidence.document.clean, row) for row in rest)


def rows_of(evidence: Evidence, rows: Sequence[Row], indicators: Sequence[Indicator]) -> dict[int, Indicator]:
    """The indicator of each row that became one, by the number of the row."""
    starts = [evidence.document.source(row.cells[0].start) for row in rows]
    return {bisect_right(starts, indicator.span.start) - 1: indicator for indicator in indicators}


def _adds_up(indicators: Sequence[Indicator], funds: Sequence[Funds], total: Figure | None) -> bool:
    """Whether the scores that were read make the printed total: then none was read wrongly."""
    scores = [indicator.score for indicator in indicators]
    if total is None or None in scores:
        return False
    rest = total.number - sum(score for score in scores if score is not None)
    return rest == 0 or any(
        row.whole and row.figures["score"].number == rest for row in funds if "score" in row.figures
    )


def _holds_number(clean: str, row: Row) -> bool:
    return any(_is_figure(clean, cell) for cell in row.cells)


def _words(clean: str, cell: Cell) -> str:
    return clean[cell.start : cell.end]


def _is_figure(clean: str, cell: Cell) -> bool:
    return clean[cell.start] in _NUMERIC and _NUMBER.fullmatch(clean, cell.start, cell.end) is not None


def figure(clean: str, cell: Cell) -> Figure | None:
    """The number a cell holds, None where it holds anything else."""
    if clean[cell.start] not in _NUMERIC:
        return None
    found = _NUMBER.fullmatch(clean, cell.start, cell.end)
    return Figure(Decimal(found["number"].replace(",", "")), found["unit"], cell) if found else None


def _points(clean: str, row: Row) -> Iterator[Points]:
    for cell in row.cells:
        if clean[cell.end - 1] in ")）" and (found := _POINTED.fullmatch(clean, cell.start, cell.end)):
            yield Points("".join(found["name"].split()), Decimal(found["points"]), found["unit"], cell)


def _totals(
    clean: str, form: Table, grid: Grid, indicators: Sequence[Indicator]
) -> tuple[Figure | None, Figure | None]:
    """Sum of weights and sum of scores from the row behind the indicators; a lone number is the score if scores are given."""
    if grid.last >= len(form.rows) or closing(clean, form.rows[grid.last]) != "total":
        return None, None
    numbers = [found for cell in _total_cells(clean, form.rows, grid.last) if (found := figure(clean, cell))]
    roles = {column.role for column in grid.columns}
    if len(numbers) == 2 and {"weight", "score"} <= roles:
        return numbers[0], numbers[1]
    if len(numbers) != 1:
        return None, None
    scored = any(indicator.score is not None for indicator in indicators)
    weights = {column.index for column in grid.columns if column.role == "weight"}
    if not scored or (numbers[0].cell.column in weights and form.rows[grid.last].placed):
        return numbers[0], None
    return None, numbers[0]


def _total_cells(clean: str, rows: Sequence[Row], index: int) -> list[Cell]:
    cells = list(rows[index].cells)
    if not rows[index].placed:
        for row in rows[index + 1 : index + 3]:
            if row.placed or figure(clean, row.cells[0]) is None:
                break
            cells.append(row.cells[0])
    return cells


def _funds(clean: str, rows: Sequence[Row]) -> Iterator[Funds]:
    """Rows of funds: under heads of columns, as pairs of label and number, or one cell a line."""
    heads: dict[int, str] = {}
    stream: list[Cell] = []
    for row in rows:
        if not row.placed:
            stream.append(row.cells[0])
        elif any(_is_figure(clean, cell) for cell in row.cells):
            yield from _under(clean, heads, row) if heads else _beside(clean, row)
        elif len(row.cells) > 1 and len(roles := _roles_of(clean, row)) > 1:
            heads = roles
    yield from _streamed(clean, stream)


def _roles_of(clean: str, row: Row) -> dict[int, str]:
    return {cell.column: found for cell in row.cells if (found := _role(clean, cell))}


def _role(clean: str, cell: Cell) -> str | None:
    return _role_of(_words(clean, cell)) if cell.end - cell.start <= _LONGEST_HEAD else None


@lru_cache(maxsize=4096)  # forms print the same heads over and over
def _role_of(words: str) -> str | None:
    found = _roles().get(head(words))
    if found in (None, "other"):
        return "weight" if role(words) == "weight" else None
    return found


def _under(clean: str, heads: dict[int, str], row: Row) -> Iterator[Funds]:
    figures = {
        heads[cell.column]: found for cell in row.cells if cell.column in heads and (found := figure(clean, cell))
    }
    label = next((cell for cell in row.cells if figure(clean, cell) is None), None)
    words = _words(clean, label) if label else ""
    columns = {name: column for column, name in heads.items()}
    unscored = "score" in columns and all(cell.column != columns["score"] for cell in row.cells)
    if figures:
        yield Funds(words, head(words) in _whole(), figures, unscored)


def _beside(clean: str, row: Row) -> Iterator[Funds]:
    figures: dict[str, Figure] = {}
    for label, cell in pairwise(row.cells):
        found, name = figure(clean, cell), _role(clean, label)
        if found and name:
            figures.setdefault(name, found)
    if len(figures) > 1:
        yield Funds("", True, figures, False)


def _streamed(clean: str, cells: Sequence[Cell]) -> Iterator[Funds]:
    """One cell a line: as many numbers in a row as labels before them."""
    roles: list[str] = []
    values: list[Figure] = []
    found: dict[str, Figure] = {}
    for cell in cells:
        value, name = figure(clean, cell), _role(clean, cell)
        if value is not None:
            values.append(value)
            if len(values) == len(roles):
                found = dict(zip(roles, values, strict=True)) | found
                roles, values = [], []
        elif name:
            roles = [name] if values else [*roles, name]
            values = []
        elif head(_words(clean, cell)) not in _whole():
            roles, values = [], []
    if len(found) > 1:
        yield Funds("", True, found, False)
