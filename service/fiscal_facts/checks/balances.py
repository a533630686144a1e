"""Income against spending: their totals are equal, in this year and in the one before."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

import regex
from fiscal_patterns.facts import Amount, Delta

from fiscal_facts.checks.evidence import Evidence, Figure
from fiscal_facts.checks.intervals import Interval, minus, overlap, plus
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.shelves import Shelves
from fiscal_facts.checks.wording import common_unit, in_unit, named, quoted, worked

BALANCE = Code(
    "sum.balance",
    "error",
    "收入总计与支出总计不等",
    "2024年度收入总计784.39万元，支出总计774.39万元。",
    "2024年度收入总计784.39万元，支出总计784.39万元。",
)
PREVIOUS = Code(
    "sum.previous",
    "error",
    "由变动额推出的上年收入总计与支出总计不等",
    "2024年度收入总计784.39万元，支出总计784.39万元。与2023年相比，收入总计增加18.65万元，增长2.44%；支出总计增加19.01万元，增长2.48%。",
    "2024年度收入总计784.39万元，支出总计784.39万元。与2023年相比，收入总计增加18.65万元，增长2.44%；支出总计增加18.65万元，增长2.44%。",
)
CODES = (BALANCE, PREVIOUS)

_INCOME, _SPENDING = "收入总计", "支出总计"


def balances(evidence: Evidence) -> Iterator[Outcome]:
    """Income against spending where both are stated as totals, which are equal by definition."""
    for income, spending in _pairs(evidence):
        if income is spending:
            continue
        if income.approximation or spending.approximation:
            yield not_checkable(BALANCE, "approximate")
        elif overlap(evidence.interval(income), evidence.interval(spending)):
            yield consistent(BALANCE)
        elif _left_over(evidence, income, spending):
            yield not_checkable(BALANCE, "unlike")
        else:
            unit = common_unit(income, spending)
            gap = f"{in_unit(income, unit)}-{in_unit(spending, unit)}={worked(income.value - spending.value, unit)}"
            message = f"{named(income)}{quoted(income)}与{named(spending)}{quoted(spending)}应当相等：{gap}。"
            yield inconsistent(BALANCE, message, (spending, income), printed=spending.clean, expected=income.clean)


def _pairs(evidence: Evidence) -> Iterator[tuple[Amount, Amount]]:
    """Income and spending totals of one fund in one section, same period, stage and scope."""
    spending: Shelves[Amount] = Shelves()
    for text, facts in evidence.levels.items():
        if isinstance(text, str) and text.endswith(_SPENDING):
            for fact in facts:
                spending.put((text.removesuffix(_SPENDING), *_whole(fact)), fact)
    for text, facts in evidence.levels.items():
        if isinstance(text, str) and text.endswith(_INCOME):
            for income in facts:
                for other in spending.near((text.removesuffix(_INCOME), *_whole(income)), income.span.start, 1):
                    yield income, other


# 收入总计599.2亿元，支出总计515.5亿元，结余83.7亿元: what a government carries over is not always among its spending.
_REST = regex.compile(r"相抵|滚存|结余|结转")
_REACH = 60


def _left_over(evidence: Evidence, income: Amount, spending: Amount) -> bool:
    """Whether the totals are those of a place, or the gap between them is told as what is left."""
    if any(label.scope is not None for label in (*income.labels, *spending.labels)):
        return True
    start, end = sorted(evidence.place_of[fact.id] for fact in (income, spending))
    found = _REST.search(evidence.document.clean, start, end + _REACH)
    return found is not None and income.value > spending.value


def _whole(fact: Amount) -> tuple[Hashable, ...]:
    """What income and spending must have in common to be equal."""
    return fact.section, fact.period, fact.stage, frozenset(label.scope for label in fact.labels)


def previous(evidence: Evidence) -> Iterator[Outcome]:
    """The totals of the previous year that the changes of income and of spending imply: they are equal too."""
    changes: Shelves[Delta] = Shelves()
    for delta in evidence.deltas:
        if delta.amount and len(delta.labels) == 1 and not delta.template and delta.basis == "previous_year":
            changes.put((delta.labels[0].text, delta.section, delta.base_period, delta.caliber), delta)
    for one in evidence.deltas:
        name = one.labels[0].text if len(one.labels) == 1 and one.amount and one.basis == "previous_year" else ""
        if name.endswith(_INCOME):
            key = (name.removesuffix(_INCOME) + _SPENDING, one.section, one.base_period, one.caliber)
            for other in changes.near(key, one.span.start, 1):
                yield _previous(evidence, one, other)


def _previous(evidence: Evidence, one: Delta, other: Delta) -> Outcome:
    pairs = [(evidence.figure(delta.current[0]), evidence.figure(delta.amount)) for delta in (one, other)]
    (income, rise), (spending, growth) = pairs
    if income is None or spending is None or rise is None or growth is None:
        return not_checkable(PREVIOUS, "missing")
    if any(fact.approximation for fact in (income, spending, rise, growth)):
        return not_checkable(PREVIOUS, "approximate")
    if not overlap(evidence.interval(income), evidence.interval(spending)):
        return not_checkable(PREVIOUS, "unlike")
    bases = [
        _before(evidence, delta, level, size)
        for delta, (level, size) in zip((one, other), pairs, strict=True)
        if level and size
    ]
    if overlap(*bases):
        return consistent(PREVIOUS)
    unit = common_unit(income, spending, rise, growth)
    signs = ["-" if delta.direction == "increase" else "+" for delta in (one, other)]
    terms = [
        f"{in_unit(level, unit)}{sign}{in_unit(size, unit)}={worked(base.middle, unit)}"
        for level, size, sign, base in ((income, rise, signs[0], bases[0]), (spending, growth, signs[1], bases[1]))
    ]
    message = f"{named(one)}与{named(other)}本期相等，推出的上期却不等：{terms[0]}，{terms[1]}。"
    return inconsistent(PREVIOUS, message, (one, other, income, spending), printed=f"{rise.clean}，{growth.clean}")


def _before(evidence: Evidence, delta: Delta, level: Figure, size: Figure) -> Interval:
    work = minus if delta.direction == "increase" else plus
    return work(evidence.interval(level), evidence.interval(size))


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (balances, previous)
