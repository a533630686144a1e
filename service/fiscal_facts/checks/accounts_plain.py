"""Account tables without codes: lines under a total, columns whose heads say what they make, names and numbers apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex
from fiscal_patterns.records import record
from fiscal_patterns.tables import rows_of

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.ledger import NUMBER, Ledger, Line, Sum

TOTAL = regex.compile(r"(?:本年|全年)?(?:收入|支出|预算|决算|收支|采购)?(?:合计|总计|总额)")
_CHILDREN = regex.compile(r"其中[:：]?")
# Columns that are no amounts, or amounts of which lines have no sum.
_NO_SUM = regex.compile(r"[%％率比占均]|单价|标准|排名|排位|年份|编码|代码|序号|行次|增幅|数量|面积|人数")
_WHOLE = regex.compile(
    r"(?:本年)?(?:收入|支出|预算|决算)?(?:合计|总计|小计|总额)|(?:本年)?(?:支出|预算|决算)(?:总)?数|(?:本年)?(?:收入|支出)"
)
# What the columns beside a total may be: kinds that exclude each other and are all there are.
_COLUMNS = tuple(
    regex.compile(pattern)
    for pattern in (
        r"基本支出|项目支出|上缴上级支出|(?:事业单位)?经营支出|对附属单位补助支出",
        r"人员(?:经费|支出)|(?:日常)?公用(?:经费|支出)",
        r"货物(?:类|支出)?|工程(?:类|支出)?|服务(?:类|支出)?",
        r"(?:一般公共预算)?(?:财政拨款|拨款)(?:收入)?|上级补助收入|事业收入|(?:事业单位)?经营收入|附属单位上缴收入|其他收入",
        r"一般公共预算(?:财政)?(?:拨款)?|政府性基金(?:预算)?(?:财政)?(?:拨款)?|国有资本经营(?:预算)?(?:财政)?(?:拨款)?|其他资金",
    )
)
_FEWEST = 2
_MOST = 60  # lines that may be parts of one; tables of this kind are short
_SPACED = re.compile(r"(?P<name>[^\d\s][^\d]{1,40}?)\s*(?P<sums>(?:-?\d[\d,]*\.\d+)(?:\s+-?\d[\d,]*\.\d+)*)")
_ZERO = Decimal(0)

Relation = tuple[Line, Sum, list[Sum]]
"""A line, the total in it, and the sums that it should be made of."""


@record
class Plain:
    """Lines of a table and the heads of its columns, by number of column."""

    lines: tuple[Line, ...]
    heads: dict[int, str]


def read(evidence: Evidence, table: Ledger) -> Plain | None:
    """A table of lines without codes as it stands, or put together from cells that stand one a line; else None."""
    if table.blocks > 1 or any(line.code for line in table.lines):
        return None
    if not table.damaged:
        return Plain(tuple(line for line in table.lines if line.sums), _heads(evidence, table))
    return _restored(evidence, table)


def _heads(evidence: Evidence, table: Ledger) -> dict[int, str]:
    """The words above each column, of the last row of heads that has some there."""
    first = min((line.start for line in table.lines), default=0)
    clean = evidence.document.clean
    heads: dict[int, str] = {}
    for row in rows_of(clean, table.table):
        if row.cells[0].start >= first:
            break
        if len(row.cells) > 1:
            heads.update({cell.column: clean[cell.start : cell.end] for cell in row.cells})
    return heads


def _restored(evidence: Evidence, table: Ledger) -> Plain | None:
    """Names and numbers that follow one another, as many numbers behind each name: then no empty cell is lost."""
    clean = evidence.document.clean
    heads: list[str] = []
    lines: list[Line] = []
    for row in rows_of(clean, table.table):
        for start, end, _ in row.cells:
            words = clean[start:end]
            number = NUMBER.fullmatch(words) is not None
            if number and not lines:
                return None
            if not number and lines and not lines[-1].sums:
                heads.append(lines.pop().name)  # words behind words: those before were the heads
            if number:
                lines[-1] = _longer(lines[-1], words, start)
            else:
                spaced = _SPACED.fullmatch(words)
                lines.append(_spaced(spaced, start) if spaced else Line(None, words, start, end, ()))
    counts = {len(line.sums) for line in lines}
    if len(counts) != 1 or not (count := counts.pop()) or len(lines) <= _FEWEST:
        return None
    return Plain(tuple(lines), dict(enumerate(heads[-count:], start=1)) if len(heads) > count else {})


def _longer(line: Line, words: str, start: int) -> Line:
    found = Sum(Decimal(words.replace(",", "")), start, start + len(words), len(line.sums) + 1)
    return Line(None, line.name, line.start, line.end, (*line.sums, found))


def _spaced(words: re.Match[str], start: int) -> Line:
    at = start + words.start("sums")
    sums = tuple(
        Sum(Decimal(number.group().replace(",", "")), at + number.start(), at + number.end(), place)
        for place, number in enumerate(NUMBER.finditer(words["sums"]), start=1)
    )
    return Line(None, words["name"], start, start + words.end("name"), sums)


# ---- columns -----------------------------------------------------------------------------------------------------


def columns(plain: Plain) -> Iterator[Relation]:
    """The line of the total against the lines of its table, in every column of amounts; lines against their 其中."""
    totals = [at for at, line in enumerate(plain.lines) if TOTAL.fullmatch(line.name)]
    if len(totals) != 1 or totals[0] not in (0, len(plain.lines) - 1) or len(plain.lines) > _MOST:
        return
    whole = plain.lines[totals[0]]
    items = plain.lines[:-1] if totals[0] else plain.lines[1:]
    groups = _nested(plain, items)
    if groups is None:
        return
    yield from _against(plain, whole, [line for line, _ in groups])
    for line, below in groups:
        if below:
            yield from _against(plain, line, below)


def _amounts(plain: Plain) -> list[int]:
    """Columns of amounts: none that its head says is a rate, a price, a number of things."""
    found = sorted({one.column for line in plain.lines for one in line.sums})
    return [column for column in found if not _NO_SUM.search(plain.heads.get(column, ""))]


def _against(plain: Plain, whole: Line, parts: Sequence[Line]) -> Iterator[Relation]:
    for column in _amounts(plain):
        total = _at(whole, column)
        found = [one for part in parts if (one := _at(part, column)) is not None]
        # A cell that is empty may be one that was lost: then a sum that fails shows nothing.
        lost = len(found) < len(parts) and not _adds_up(whole, column, parts)
        if total is not None and len(found) >= _FEWEST and not lost:
            yield whole, total, found


def _at(line: Line, column: int) -> Sum | None:
    return next((one for one in line.sums if one.column == column), None)


def _nested(plain: Plain, items: Sequence[Line]) -> list[tuple[Line, list[Line]]] | None:
    """The lines that the total adds up, each with those below it; None where it is not known where 其中 ends."""
    found: list[tuple[Line, list[Line]]] = []
    at = 0
    while at < len(items):
        if not _CHILDREN.match(items[at].name):
            found.append((items[at], []))
            at += 1
            continue
        length = _length(plain, found[-1][0], items[at:]) if found else 0
        if not length:
            return None
        found[-1][1].extend(items[at : at + length])
        at += length
    return found


def _length(plain: Plain, parent: Line, below: Sequence[Line]) -> int:
    """How many lines from 其中 on make the line above them, in most columns; 0 where no number does."""
    for length in range(1, len(below) + 1):
        told = [_adds_up(parent, column, below[:length]) for column in _amounts(plain)]
        if sum(told) * 2 > len(told):
            return length
    return 0


def _adds_up(line: Line, column: int, parts: Sequence[Line]) -> bool:
    total = _at(line, column)
    sums = [one.value for part in parts if (one := _at(part, column)) is not None]
    return abs(sum(sums, _ZERO) - (total.value if total else _ZERO)) <= Decimal("0.01")


# ---- rows --------------------------------------------------------------------------------------------------------


def rows(plain: Plain) -> list[Relation]:
    """Lines whose first amount is the total of the others, as the heads of the columns say; none where they do not."""
    amounts = sorted({one.column for line in plain.lines for one in line.sums})
    heads = [_bare(plain.heads.get(column, "")) for column in amounts]
    if len(heads) <= _FEWEST or not _WHOLE.fullmatch(heads[0]):
        return []
    if not any(all(kind.fullmatch(head) for head in heads[1:]) for kind in _COLUMNS):
        return []
    return [
        (line, line.sums[0], list(line.sums[1:]))
        for line in plain.lines
        if len(line.sums) == len(amounts) or (len(line.sums) > 1 and _adds_across(line, amounts[0]))
    ]


def _adds_across(line: Line, first: int) -> bool:
    rest = sum((one.value for one in line.sums[1:]), _ZERO)
    return line.sums[0].column == first and rest == line.sums[0].value


def _bare(head: str) -> str:
    return regex.sub(r"\s|[(（][^()（）]{0,10}[)）]$", "", head)


def telling(relation: Relation) -> bool:
    """Whether a relation is of two parts or more: a total that equals its only part shows nothing."""
    return sum(part.value != 0 for part in relation[2]) >= _FEWEST
