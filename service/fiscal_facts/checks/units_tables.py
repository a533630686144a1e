"""Amounts of the text that an account table has digit for digit, in a unit ten thousand times larger or smaller."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from decimal import Decimal

from fiscal_patterns.facts import Amount
from fiscal_patterns.text import Span

from fiscal_facts.checks import ledger
from fiscal_facts.checks.evidence import UNITS, Evidence
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent

IN_TABLE = Code(
    "unit.table",
    "error",
    "正文与表里数字相同，单位一处是元、一处是万元，别处的数证明正文的单位错了",
    "支出预算表\n单位：元\n科目名称\t合计\n项目支出\t3555834.80\n基本支出\t6128412.60\n\n项目支出355.58万元。\n项目涉及预算资金3555834.80万元。\n",
    "支出预算表\n单位：元\n科目名称\t合计\n项目支出\t3555834.80\n基本支出\t6128412.60\n\n项目支出355.58万元。\n项目涉及预算资金3555834.80元。\n",
)
CODES: tuple[Code, ...] = (IN_TABLE,)

_OTHER = {"元": "万元", "万元": "元"}
# Figures with fewer digits may meet by chance in two units.
_DIGITS = 5


def in_tables(evidence: Evidence) -> Iterator[Outcome]:
    """Amounts that stand in a table with the same digits and another unit."""
    amounts = [amount for amount in evidence.amounts if amount.unit in _OTHER]
    cells = _cells(evidence, {amount.number for amount in amounts})
    if not cells:
        return
    values = sorted(amount.value for amount in evidence.amounts)
    for amount in amounts:
        number = amount.number
        if (number, amount.unit) in cells:
            yield consistent(IN_TABLE)
        elif (span := cells.get((number, _OTHER[amount.unit]))) and _rounded(values, amount):
            other = _OTHER[amount.unit]
            message = f"正文写{amount.clean}，表里同一个数的单位是{other}，相差一万倍；别处的数与{number}{other}相符。"
            expected = f"{amount.number:f}{other}"
            yield inconsistent(IN_TABLE, message, (amount, span), printed=amount.clean, expected=expected)


def _telling(number: Decimal) -> bool:
    return len(number.normalize().as_tuple().digits) >= _DIGITS


def _cells(evidence: Evidence, told: set[Decimal]) -> dict[tuple[Decimal, str], Span]:
    """The first cell of each of the numbers ``told`` in the account tables, with the unit of its table."""
    found: dict[tuple[Decimal, str], Span] = {}
    for table in ledger.read(evidence) if told else ():
        unit = table.table.unit
        if unit in _OTHER:
            for one in (one for line in table.lines for one in line.sums if one.value in told):
                if (one.value, unit) not in found and _telling(one.value):
                    found[one.value, unit] = evidence.document.span(one.start, one.end)
    return found


def _rounded(values: list[Decimal], amount: Amount) -> bool:
    """Whether the amount in the table's unit is told elsewhere, rounded to a hundredth of 万元 or to the last digit."""
    value = amount.number * UNITS[_OTHER[amount.unit]]
    slack = Decimal(50) if amount.unit == "万元" else Decimal(0)
    return bisect_right(values, value + slack) > bisect_left(values, value - slack)


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (in_tables,)
