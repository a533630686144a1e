"""Figures of a form: budget, outturn and rate from its rows of funds, the score from its total row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache

import regex

from fiscal_patterns.lexicon import table
from fiscal_patterns.tables import Cell, Row, Table
from fiscal_patterns.tables.columns import closing, head

FIGURES = ("initial_budget", "budget", "outturn", "execution_rate")
_ROLES = (*FIGURES, "score", "other")

_NUMBER = regex.compile(
    r"(?P<number>[+-]?(?>\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+)\s?+(?P<unit>万元|亿元|千元|元|万|亿|%)?+"
)
_NUMERIC = frozenset("0123456789+-")
_YUAN = {"元": 1, "千元": 1000, "万": 10_000, "万元": 10_000, "亿": 100_000_000, "亿元": 100_000_000}


@cache
def _role_of() -> dict[str, str]:
    return dict(table("project", "figure", _ROLES))


@cache
def _whole() -> frozenset[str]:
    return frozenset(table("project", "whole", ("row",)))


def yuan(number: Decimal, unit: str | None) -> Decimal | None:
    """``number`` of ``unit`` in yuan; None where the unit is not known."""
    return number * _YUAN[unit] if unit in _YUAN else None


def figures(clean: str, tables: list[Table]) -> dict[str, Decimal]:
    """What the rows of funds of a form say, the first row of each kind (the whole before its parts)."""
    found: dict[str, Decimal] = {}
    for form in tables:
        rows = form.rows
        for grid in reversed(form.grids):
            rows = rows[: grid.first] + rows[grid.last :]
        for role, cell in _labelled_cells(clean, rows):
            value = _value(clean, cell, role, form.unit)
            if role in FIGURES and value is not None:
                found.setdefault(role, value)
    return found


def score(clean: str, tables: list[Table]) -> Decimal | None:
    """The score in the total row below the indicators: the last number, or the only one that is not the full marks."""
    for form in tables:
        for grid in form.grids:
            if grid.last >= len(form.rows) or closing(clean, form.rows[grid.last]) != "total":
                continue
            numbers = _numbers_of_total(clean, form.rows, grid.last)
            weights = {column.index for column in grid.columns if column.role == "weight"}
            scores = {column.index for column in grid.columns if column.role == "score"}
            if len(numbers) == 1 and numbers[0][0] in weights - scores:
                return None
            if numbers and scores:
                return numbers[-1][1]
    return None


def _numbers_of_total(clean: str, rows: tuple[Row, ...], index: int) -> list[tuple[int, Decimal]]:
    cells = list(rows[index].cells)
    if not rows[index].placed:
        for row in rows[index + 1 : index + 3]:
            if row.placed or not _NUMBER.fullmatch(clean, row.cells[0].start, row.cells[0].end):
                break
            cells.append(row.cells[0])
    return [
        (cell.column, Decimal(found["number"].replace(",", "")))
        for cell in cells
        if (found := _NUMBER.fullmatch(clean, cell.start, cell.end))
    ]


def _value(clean: str, cell: Cell, role: str, unit: str | None) -> Decimal | None:
    found = _NUMBER.fullmatch(clean, cell.start, cell.end)
    if not found:
        return None
    number = Decimal(found["number"].replace(",", ""))
    if role == "execution_rate":
        return number if found["unit"] in (None, "%") else None
    return yuan(number, found["unit"] or unit)


def _labelled_cells(clean: str, rows: tuple[Row, ...]) -> Iterator[tuple[str, Cell]]:
    """Cells with what they hold, by the head above them or the label before them."""
    heads: dict[int, str] = {}
    stream: list[Cell] = []
    for row in rows:
        if not row.placed:
            stream.append(row.cells[0])
            continue
        numbers = [place for place, cell in enumerate(row.cells) if _is_number(clean, cell)]
        if numbers:
            whole = heads and any(_label(clean, cell) in _whole() for cell in row.cells)
            yield from _below(heads, row) if whole else _beside(clean, row, numbers)
        elif len(row.cells) > 1:
            roles = {column: role for start, end, column in row.cells if (role := _role(clean[start:end]))}
            heads = roles if len(roles) > 1 else heads
    yield from _streamed(clean, stream)


def _below(heads: Mapping[int, str], row: Row) -> Iterator[tuple[str, Cell]]:
    for cell in row.cells:
        if role := heads.get(cell.column):
            yield role, cell


def _beside(clean: str, row: Row, numbers: list[int]) -> Iterator[tuple[str, Cell]]:
    for place in numbers:
        if place and (role := _role(_words(clean, row.cells[place - 1]))):
            yield role, row.cells[place]


def _streamed(clean: str, cells: list[Cell]) -> Iterator[tuple[str, Cell]]:
    """One cell per line: the values in a row belong to the labels in a row before them."""
    roles: list[str] = []
    values: list[Cell] = []
    for cell in cells:
        if _is_number(clean, cell):
            values.append(cell)
            continue
        if values:
            yield from _paired(roles, values)
            roles, values = [], []
        role = _role(_words(clean, cell))
        if role and not (roles and _label(clean, cell) in _whole()):
            roles.append(role)
        elif _label(clean, cell) not in _whole():
            roles = []
    yield from _paired(roles, values)


def _paired(roles: list[str], values: list[Cell]) -> Iterator[tuple[str, Cell]]:
    """Labels with their values; a label without one may only be the last, and of no figure (得分计算方法)."""
    if len(values) <= len(roles) and all(role == "other" for role in roles[len(values) :]):
        yield from zip(roles, values, strict=False)


def _is_number(clean: str, cell: Cell) -> bool:
    return clean[cell.start] in _NUMERIC and _NUMBER.fullmatch(clean, cell.start, cell.end) is not None


def _words(clean: str, cell: Cell) -> str:
    return clean[cell.start : cell.end]


def _label(clean: str, cell: Cell) -> str:
    return head(_words(clean, cell))


@lru_cache(maxsize=4096)  # forms print the same labels over and over
def _role(words: str) -> str | None:
    return _role_of().get(head(words))
