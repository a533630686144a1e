"""Rows and columns of account tables against their totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import repeat

import regex
from fiscal_patterns.text import Span

from fiscal_facts.checks import accounts_plain, ledger
from fiscal_facts.checks.accounts_plain import Plain, Relation
from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.intervals import Interval, last_digit, printed, total
from fiscal_facts.checks.ledger import Ledger, Line, Sum
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable

COLUMN = Code(
    "sum.table",
    "error",
    "决算（预算）表里上级科目不等于下级科目之和",
    "支出决算表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t30.00\t20.00\t10.00\n"
    "208\t社会保障和就业支出\t20.00\t10.00\t10.00\n20805\t行政事业单位养老支出\t20.00\t10.00\t10.00\n2080505\t机关事业单位基本养老保险缴费支出\t20.00\t10.00\t10.00\n"
    "221\t住房保障支出\t12.00\t10.00\t\n22102\t住房改革支出\t10.00\t10.00\t\n2210201\t住房公积金\t10.00\t10.00\t\n",
    "支出决算表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t30.00\t20.00\t10.00\n"
    "208\t社会保障和就业支出\t20.00\t10.00\t10.00\n20805\t行政事业单位养老支出\t20.00\t10.00\t10.00\n2080505\t机关事业单位基本养老保险缴费支出\t20.00\t10.00\t10.00\n"
    "221\t住房保障支出\t10.00\t10.00\t\n22102\t住房改革支出\t10.00\t10.00\t\n2210201\t住房公积金\t10.00\t10.00\t\n",
)
ROW = Code(
    "sum.table_row",
    "error",
    "表中一行的合计不等于各列之和",
    COLUMN.silent.replace("2210201\t住房公积金\t10.00\t10.00", "2210201\t住房公积金\t10.00\t9.00"),
    COLUMN.silent,
)
BALANCE = Code(
    "sum.table_balance",
    "error",
    "收支表里各项之和、本年合计与总计不符，或收支两边的总计不等",
    "收入支出决算总表\n金额单位：万元\n项目\t决算数\t项目\t决算数\n一、一般公共预算财政拨款收入\t377.86\t八、社会保障和就业支出\t39.28\n"
    "二、其他收入\t1.00\t九、卫生健康支出\t339.58\n本年收入合计\t378.86\t本年支出合计\t378.86\n总计\t379.86\t总计\t378.86\n",
    "收入支出决算总表\n金额单位：万元\n项目\t决算数\t项目\t决算数\n一、一般公共预算财政拨款收入\t377.86\t八、社会保障和就业支出\t39.28\n"
    "二、其他收入\t1.00\t九、卫生健康支出\t339.58\n本年收入合计\t378.86\t本年支出合计\t378.86\n总计\t378.86\t总计\t378.86\n",
)
THREE = Code(
    "sum.table_three_public",
    "error",
    "“三公”经费表里合计、小计与各项不符",
    "“三公”经费支出决算表\n金额单位：万元\n合计\t因公出国（境）费\t小计\t公务用车购置费\t公务用车运行费\t公务接待费\n3.10\t0.00\t2.50\t0.00\t2.50\t0.49\n",
    "“三公”经费支出决算表\n金额单位：万元\n合计\t因公出国（境）费\t小计\t公务用车购置费\t公务用车运行费\t公务接待费\n2.99\t0.00\t2.50\t0.00\t2.50\t0.49\n",
)
CODES = (COLUMN, ROW, BALANCE, THREE)

_TOTAL = regex.compile(r"(?:收入|支出)?(?:合计|总计)")
_YEAR_TOTAL = regex.compile(r"本年(?:收入|支出)(?:合计|小计)")
_NUMBERED = regex.compile(r"[一二三四五六七八九十]{1,3}、")
_STAFF, _OPERATION = "人员经费合计", "公用经费合计"
_STAFF_CODES = ("301", "303")
# A relation that rows of a table keep is learned from at least three, and from four times as many as break it.
_LEARNED, _TIMES = 3, 4
# 合计, 因公出国, 小计, 购置, 运行, 接待; once for the budget and once for the accounts.
_THREE_PUBLIC = 6
_ZERO = Decimal(0)


def tables(evidence: Evidence) -> Iterator[Outcome]:
    """Every account table: columns by code, rows, both sides, 三公."""
    for table in ledger.read(evidence):
        plain = accounts_plain.read(evidence, table)
        if plain is not None:
            yield from _plain(evidence, table, plain)
        if table.damaged:
            if plain is None:
                yield not_checkable(COLUMN, "damaged_table")
            continue
        yield from _believed(evidence, table, COLUMN, list(_columns(table)))
        if plain is None or not accounts_plain.rows(plain):
            yield from _rows(evidence, table)
        yield from _believed(evidence, table, BALANCE, list(_balance(table)))
        yield from _believed(evidence, table, THREE, list(_three(table)))


def _believed(evidence: Evidence, table: Ledger, code: Code, relations: Sequence[Relation]) -> Iterator[Outcome]:
    """Relations of one table; where more fail than hold, it is the table that is damaged."""
    holding, wrong = _judged(table, relations)
    if len(wrong) > holding and holding + len(wrong) > 1:
        yield from repeat(not_checkable(code, "damaged_table"), holding + len(wrong))
        return
    yield from repeat(consistent(code), holding)
    yield from (_wrong(evidence, table, code, relation) for relation in wrong)


def _plain(evidence: Evidence, table: Ledger, plain: Plain) -> Iterator[Outcome]:
    """Columns and rows of a table without codes: believed where they hold at least as often as not."""
    for code, relations in ((ROW, accounts_plain.rows(plain)), (COLUMN, list(accounts_plain.columns(plain)))):
        holding, wrong = _judged(table, relations)
        telling = sum(accounts_plain.telling(relation) and _holds(relation) for relation in relations)
        if not wrong or telling >= len(wrong):
            yield from repeat(consistent(code), holding)
            yield from (_wrong(evidence, table, code, relation) for relation in wrong)
        else:
            yield from repeat(not_checkable(code, "unlike"), len(relations))


def _judged(table: Ledger, relations: Sequence[Relation]) -> tuple[int, list[Relation]]:
    """How many relations hold, and those that do not though no sum of theirs has lost its end."""
    failing = [relation for relation in relations if not _holds(relation)]
    wrong = [relation for relation in failing if not _cut(table, (relation[1], *relation[2]))]
    return len(relations) - len(failing), wrong


def _cut(table: Ledger, sums: Sequence[Sum]) -> bool:
    """Whether a sum has lost its end: fewer decimals than the sums of its table have."""
    return any(one.value and -last_digit(one.value).adjusted() < table.decimals for one in sums)


def _holds(relation: Relation) -> bool:
    return _adds_up(relation[1], relation[2])


def _sum(parts: Sequence[Sum], whole: Sum) -> Interval:
    """What the parts add up to, one unit of the total's last digit allowed."""
    found = total(printed(part.value) for part in parts)
    tail = last_digit(whole.value)
    return Interval(found.low - tail, found.high + tail)


def _wrong(evidence: Evidence, table: Ledger, code: Code, relation: Relation) -> Outcome:
    line, whole, parts = relation
    added = sum((part.value for part in parts), Decimal(0))
    terms = [format(part.value, "f") for part in parts if part.value]
    shown = "+".join(terms if len(terms) <= 6 else [*terms[:3], "…", terms[-1]])
    unit = table.table.unit or ""
    name = line.name or line.code or ""
    message = f"{table.table.title or '表'}“{name}”{whole.value}{unit}与其组成之和不符：{shown or 0}={added}。"
    places = [_span(evidence, place) for place in (whole, *(part for part in parts if part.value))]
    return inconsistent(code, message, places, printed=format(whole.value, "f"), expected=format(added, "f"))


def _span(evidence: Evidence, place: Sum) -> Span:
    return evidence.document.span(place.start, place.end)


# ---- columns by code ---------------------------------------------------------------------------------------------


def _columns(table: Ledger) -> Iterator[Relation]:
    """Each code against the codes directly below it, and the total against the codes without a code above."""
    coded = {line.code: line for line in table.lines if line.code}
    if len(coded) < 2 or len(coded) < sum(line.code is not None for line in table.lines):
        return
    above = {code: _above(code, coded) for code in coded}
    below: dict[str | None, list[Line]] = {}
    for code, line in coded.items():
        below.setdefault(above[code], []).append(line)
    corrected: dict[int, Sum] = {}
    for code in sorted((code for code in below if code), key=len, reverse=True):
        for relation in _by_column(table, coded[code], below[code], corrected):
            yield relation
            if not _holds(relation):
                whole = relation[1]
                value = sum((part.value for part in relation[2]), Decimal(0))
                corrected[whole.start] = Sum(value, whole.start, whole.end, whole.column)
    yield from _totals(table, below.get(None, []), corrected)


def _above(code: str, coded: dict[str, Line]) -> str | None:
    """The nearest code above that is printed too."""
    return next((code[:length] for length in (5, 3) if length < len(code) and code[:length] in coded), None)


def _by_column(table: Ledger, line: Line, parts: Sequence[Line], corrected: dict[int, Sum]) -> Iterator[Relation]:
    if any(_cut(table, part.sums) for part in parts):
        return
    columns: dict[int, list[Sum]] = {}
    for part in parts:
        for place, one in enumerate(part.sums):
            columns.setdefault(one.column if table.blocks == 1 else place, []).append(one)
    for place, whole in enumerate(line.sums):
        if found := columns.get(whole.column if table.blocks == 1 else place):
            yield line, whole, _best(whole, found, corrected)


def _best(whole: Sum, parts: list[Sum], corrected: dict[int, Sum]) -> list[Sum]:
    """The parts as printed, or as their own parts have them where only so they add up: one error is told once."""
    if not corrected:
        return parts
    other = [corrected.get(part.start, part) for part in parts]
    return other if other != parts and _adds_up(whole, other) and not _adds_up(whole, parts) else parts


def _adds_up(whole: Sum, parts: Sequence[Sum]) -> bool:
    if sum([part.value for part in parts], _ZERO) == whole.value:
        return True
    found = _sum(parts, whole)
    return found.low <= whole.value <= found.high


def _totals(table: Ledger, top: Sequence[Line], corrected: dict[int, Sum]) -> Iterator[Relation]:
    """The lines of totals against the highest codes; staff and operation apart where the table has both."""
    named = {line.name: line for line in table.lines if line.code is None and line.sums}
    staff, operation = named.get(_STAFF), named.get(_OPERATION)
    whole = next((line for name, line in named.items() if _TOTAL.fullmatch(name)), None)
    if staff and operation:
        halves = ([line for line in top if (line.code in _STAFF_CODES) is wanted] for wanted in (True, False))
        for half, lines in zip((staff, operation), halves, strict=True):
            yield from _by_column(table, half, lines, corrected)
        if whole:
            yield whole, whole.sums[0], [staff.sums[0], operation.sums[0]]
    elif whole and top:
        yield from _by_column(table, whole, top, corrected)


# ---- rows --------------------------------------------------------------------------------------------------------


def _rows(evidence: Evidence, table: Ledger) -> Iterator[Outcome]:
    """The first sum of each line against the others, where most lines of the table show that it is their total."""
    relations: list[Relation] = [
        (line, line.sums[0], list(line.sums[1:])) for line in table.lines if len(line.sums) > 1
    ]
    holding, wrong = _judged(table, relations)
    if holding < max(_LEARNED, _TIMES * len(wrong)):
        yield from repeat(not_checkable(ROW, "unlike"), len(relations))
        return
    yield from repeat(consistent(ROW), holding)
    yield from (_wrong(evidence, table, ROW, relation) for relation in wrong)


# ---- both sides of a balance -------------------------------------------------------------------------------------


def _balance(table: Ledger) -> Iterator[Relation]:
    """Items against 本年合计 on each side, and the totals of both sides against each other."""
    if table.blocks != 2 or any(line.code for line in table.lines):
        return
    for side in _sides(table):
        yield from _side(side)
    for row in table.rows:
        totals = [line for line in row if _TOTAL.fullmatch(line.name) and line.sums]
        if len(totals) == 2:
            yield totals[1], totals[1].sums[0], [totals[0].sums[0]]


def _sides(table: Ledger) -> Iterator[list[Line]]:
    lines = [line for line in table.lines if line.sums]
    left = min((line.sums[0].column for line in lines), default=0)
    for wanted in (True, False):
        yield [line for line in lines if (line.sums[0].column == left) is wanted]


def _side(lines: Sequence[Line]) -> Iterator[Relation]:
    at = next((place for place, line in enumerate(lines) if _YEAR_TOTAL.fullmatch(line.name)), None)
    if at is None:
        return
    items = [line for line in lines[:at] if not line.name.startswith("其中")]
    if items and all(_NUMBERED.match(line.name) for line in items):
        yield lines[at], lines[at].sums[0], [line.sums[0] for line in items]
    end = next((place for place in range(at + 1, len(lines)) if _TOTAL.fullmatch(lines[place].name)), None)
    if end is not None and end - at <= 2:
        yield lines[end], lines[end].sums[0], [line.sums[0] for line in lines[at:end]]


# ---- 三公 --------------------------------------------------------------------------------------------------------


def _three(table: Ledger) -> Iterator[Relation]:
    """Rows of six sums, or of twice six: the total of three, and the vehicles of two."""
    if "三公" not in (table.table.title or ""):
        return
    for row in (*table.bare, *(line.sums for line in table.lines)):
        if len(row) % _THREE_PUBLIC or not row:
            continue
        for start in range(0, len(row), _THREE_PUBLIC):
            whole, abroad, vehicles, bought, run, received = row[start : start + _THREE_PUBLIC]
            line = Line(None, "合计", whole.start, whole.end, (whole,))
            yield line, whole, [abroad, vehicles, received]
            line = Line(None, "小计", vehicles.start, vehicles.end, (vehicles,))
            yield line, vehicles, [bought, run]


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (tables,)
