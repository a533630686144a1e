"""Account tables as lines: code, name and amounts, whatever number of blocks a row holds side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex
from fiscal_patterns.records import record
from fiscal_patterns.tables import Cell, Row, Table, rows_of

from fiscal_facts.checks.evidence import Evidence

NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?")  # every cell is tried: re takes half the time
_NUMERIC = frozenset("-0123456789")
_CODE_LENGTH = range(2, 8)
_CODED_NAME = regex.compile(r"(?P<code>\d{3}(?:\d\d){0,2})\s*(?P<name>\p{Han}.*)")
# 208 05 05 in three cells, 301 01 in two.
_CODE_LENGTHS = (3, 5, 7)
_ORDINALS = "行次"
_GARBLED = regex.compile(r"(?=[\d.,]{0,24}[lIOoSB])[\dlIOoSB]{1,12}[.,][\dlIOoSB.,]{0,12}\d")
_COLUMN_NUMBERS = frozenset(str(number) for number in range(1, 31))
# Accounts print two decimals, estimates up to six; the data of charts has a dozen.
_MOST_DECIMALS = 6


@record
class Sum:
    """A printed amount of a table: its value, its clean range and its column."""

    value: Decimal
    start: int
    end: int
    column: int


@record
class Line:
    """One item of a table: its code where it has one, its name, its clean range, its amounts left to right."""

    code: str | None
    name: str
    start: int
    end: int
    sums: tuple[Sum, ...]


@record
class Ledger:
    """A table read: its lines by row. ``blocks`` is how many items stand side by side; ``damaged`` where columns fail.

    ``bare`` are rows of numbers without a name; ``decimals`` is how many most sums print.
    """

    table: Table
    rows: tuple[tuple[Line, ...], ...]
    bare: tuple[tuple[Sum, ...], ...]
    blocks: int
    damaged: bool
    decimals: int = 0

    @property
    def lines(self) -> list[Line]:
        """All lines, row by row."""
        return [line for row in self.rows for line in row]


def read(evidence: Evidence) -> list[Ledger]:
    """All account tables of a document."""
    return evidence.remembered("ledgers", lambda: [_ledger(evidence, table) for table in _accounts(evidence)])


def _accounts(evidence: Evidence) -> Iterator[Table]:
    return (table for table in evidence.tables.tables if table.kind == "account")


def _ledger(evidence: Evidence, table: Table) -> Ledger:
    clean = evidence.document.clean
    rows = rows_of(clean, table)
    words = [[clean[start:end].replace(" ", "") for start, end, _ in row.cells] for row in rows]
    look = _look(rows, words)
    found: list[tuple[Line, ...]] = []
    bare: list[tuple[Sum, ...]] = []
    for row, cells in zip(rows, words, strict=True) if look.amounts and not look.residue else ():
        if look.amounts.isdisjoint([cell.column for cell in row.cells]) or _numbers_columns(cells):
            continue
        reader = _Reader(look.amounts, look.ordinals)
        for cell, printed in zip(row.cells, cells, strict=True):
            reader.take(cell, printed)
        if lines := reader.ended():
            found.append(lines)
        elif reader.bare:
            bare.append(tuple(reader.bare))
    blocks = max((sum(bool(line.sums or line.code) for line in row) for row in found), default=0)
    damaged = look.residue or not look.amounts or sum(row.placed for row in rows) * 2 < len(rows)
    damaged = damaged or (blocks == 1 and _shifted(found))
    return Ledger(table, tuple(found), tuple(bare), blocks, damaged, look.decimals)


@record
class _Look:
    """What the columns of a table hold: amounts, numbers of rows; how many decimals; whether it is no table."""

    amounts: frozenset[int]
    ordinals: frozenset[int]
    decimals: int
    residue: bool


def _look(rows: tuple[Row, ...], words: list[list[str]]) -> _Look:
    """Columns with a number that has decimals are amounts; letters read for digits, a chart's digits are residue."""
    amounts: set[int] = set()
    ordinals: set[int] = set()
    decimals: Counter[int] = Counter()
    residue = False
    for row, cells in zip(rows, words, strict=True):
        for cell, printed in zip(row.cells, cells, strict=True):
            if printed == _ORDINALS:
                ordinals.add(cell.column)
            elif "." in printed and printed[-1] in _NUMERIC:
                if NUMBER.fullmatch(printed):
                    amounts.add(cell.column)
                    decimals[len(printed) - printed.index(".") - 1] += 1
                else:
                    residue = residue or _GARBLED.fullmatch(printed) is not None
    most = decimals.most_common(1)[0][0] if decimals else 0
    residue = residue or max(decimals, default=0) > _MOST_DECIMALS
    return _Look(frozenset(amounts - ordinals), frozenset(ordinals), most, residue)


def _shifted(rows: Sequence[tuple[Line, ...]]) -> bool:
    """Whether the first sums of lines with codes stand in different columns."""
    return len({line.sums[0].column for row in rows for line in row if line.code and line.sums}) > 1


def _numbers_columns(cells: list[str]) -> bool:
    """Whether a row only numbers the columns: 栏次 1 2 3."""
    if cells[0].startswith("栏次"):
        return True
    if cells[-1] not in _COLUMN_NUMBERS:
        return False
    numbers = [printed for printed in cells if printed in _COLUMN_NUMBERS]
    return len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


class _Reader:
    """The items of one row: each a name with the codes before it and the amounts behind it."""

    def __init__(self, amounts: frozenset[int], ordinals: frozenset[int]) -> None:
        self._amounts = amounts
        self._ordinals = ordinals
        self._lines: list[Line] = []
        self._codes: list[str] = []
        self._name: tuple[Cell, str] | None = None
        self._first: Cell | None = None
        self._sums: list[Sum] = []
        self.bare: list[Sum] = []

    def take(self, cell: Cell, printed: str) -> None:
        """The next cell of the row."""
        if cell.column in self._ordinals:
            return
        number = printed[0] in _NUMERIC and NUMBER.fullmatch(printed) is not None
        if number and cell.column in self._amounts:
            found = Sum(Decimal(printed.replace(",", "")), cell.start, cell.end, cell.column)
            (self._sums if self._first else self.bare).append(found)
        elif number and len(printed) in _CODE_LENGTH and printed.isdecimal():
            if self._name or self._sums:
                self._close()
            self._codes.append(printed)
            self._first = self._first or cell
        elif not number:
            if self._name or self._sums:
                self._close()
            if printed[0] in _NUMERIC and (coded := _CODED_NAME.fullmatch(printed)):
                self._codes, printed = [coded["code"]], coded["name"]
            self._name = (cell, printed)
            self._first = self._first or cell

    def _close(self) -> None:
        code = _code(self._codes) if self._codes else None
        if self._first and (code or (self._name and self._sums)):
            cell, text = self._name or (self._first, "")
            self._lines.append(Line(code, text, cell.start, cell.end, tuple(self._sums)))
        self._codes, self._name, self._first, self._sums = [], None, None, []

    def ended(self) -> tuple[Line, ...]:
        """All items, when the row is over."""
        self._close()
        return tuple(self._lines)


def _code(codes: list[str]) -> str | None:
    """The longest code: one printed whole, or put together from its parts."""
    joined = ""
    for part in codes:
        if len(joined) in (0, 3, 5) and len(part) == (2 if joined else 3):
            joined += part
    whole = [code for code in codes if len(code) in _CODE_LENGTHS]
    found = max([*whole, joined], key=len, default="")
    return found if len(found) in _CODE_LENGTHS else None
