"""What prose says of performance as forms do: scores that make a total, execution of a project's budget."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

import regex
from fiscal_patterns.facts import Amount, Count, Fact, Percentage

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.form_funds import EXECUTION_RATE
from fiscal_facts.checks.intervals import HUNDRED, admits, exact, last_digit, percent, printed, total
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.wholes import budget_of, part_of
from fiscal_facts.checks.wording import percentage

_Near = TypeVar("_Near", bound=Fact)

SCORES = Code(
    "form.scores_in_prose",
    "error",
    "正文列出的各项得分之和与总分不符",
    "项目自评得分96.6分，其中预算执行9.48分、产出47.12分、效益28分、满意度9分。",
    "项目自评得分93.6分，其中预算执行9.48分、产出47.12分、效益28分、满意度9分。",
)
CODES: tuple[Code, ...] = (SCORES,)

_UNIT = "分"
_TOTAL = regex.compile(r"得分$|总分$|总得分|评分$|总计$|合计$")
_PARTS_FOLLOW = regex.compile(r"^[,，]?\s?[(（]?(?:其中|包括|分别为|由)[:：,，]?")
_TOTAL_FOLLOWS = regex.compile(r"^(?:构成|组成)[,，]\s?(?:自评|综合|评价|项目)?(?:总分|得分|总得分)(?:为|是|共)?\s?$")
# 产出指标30分，得28分: the first is what there was to get.
_OF = regex.compile(r"^[,，]?\s?(?:实际|自评|评价)?(?:得分?|实得)(?:为)?\s?$")
_BETWEEN = regex.compile(r"^[,，、；;和及]\s?[^。\d]{2,24}$")
# Fewer parts than these need not be all: 其中产出指标45分、效益指标28分.
_FEWEST = 4
_MOST = 40  # parts of one total; forms have 25 indicators at most


def scores(evidence: Evidence) -> Iterator[Outcome]:
    """Totals of scores with the scores that make them, in one paragraph."""
    received = evidence.document.received
    for counts in _by_block(evidence):
        for place, whole in enumerate(counts):
            if _is_total(whole):
                yield from _behind(received, whole, counts[place + 1 : place + 1 + _MOST])
                yield from _in_front(received, whole, counts[max(0, place - _MOST) : place])
        yield from _pairs(received, counts)


def _by_block(evidence: Evidence) -> Iterator[list[Count]]:
    blocks: dict[int, list[Count]] = {}
    for count in evidence.counts:
        if count.unit == _UNIT and count.approximation is None:
            blocks.setdefault(id(evidence.block(count)), []).append(count)
    return (counts for counts in blocks.values() if len(counts) > 2)


def _behind(received: str, whole: Count, counts: Sequence[Count]) -> Iterator[Outcome]:
    """自评得分93.6分，其中预算执行9.48分、产出47.12分 …"""
    if counts and _PARTS_FOLLOW.match(received[whole.span.end : counts[0].span.start]):
        parts = _listed(received, counts)
        yield from _made_of(whole, parts, complete=len(parts) >= _FEWEST)


def _in_front(received: str, whole: Count, counts: Sequence[Count]) -> Iterator[Outcome]:
    """由预算执行10分、产出48分 … 构成，总分为97分."""
    if not counts or not _TOTAL_FOLLOWS.match(received[counts[-1].span.end : whole.span.start]):
        return
    first = len(counts) - 1
    while first and _BETWEEN.match(received[counts[first - 1].span.end : counts[first].span.start]):
        first -= 1
    yield from _made_of(whole, counts[first:], complete=True)


def _is_total(count: Count) -> bool:
    return any(_TOTAL.search(label.text) for label in count.labels)


def _listed(received: str, counts: Sequence[Count]) -> list[Count]:
    """The scores that follow one another with nothing but their names between."""
    found = [counts[0]]
    for count in counts[1:]:
        if _is_total(count) or not _BETWEEN.match(received[found[-1].span.end : count.span.start]):
            break
        found.append(count)
    return found


def _made_of(whole: Count, parts: Sequence[Count], *, complete: bool) -> Iterator[Outcome]:
    if len(parts) < 2:
        return
    numbers = [part.number for part in parts]
    added = total(printed(number) if last_digit(number) < 1 else exact(number) for number in numbers)
    if admits(added, whole.number, Decimal(0)) or sum(numbers) == whole.number:
        yield consistent(SCORES)
    elif not complete and added.high < whole.number:
        yield not_checkable(SCORES, "missing")
    else:
        words = "+".join(format(number, "f") for number in numbers)
        message = f"各项得分{words}={sum(numbers)}，不是{whole.clean}。"
        yield inconsistent(SCORES, message, (whole, *parts), printed=whole.clean, expected=f"{sum(numbers)}{_UNIT}")


def _pairs(received: str, counts: Sequence[Count]) -> Iterator[Outcome]:
    """产出指标30分，得28分; …综合得分95分: all points there were make 100, so the scores must make the total."""
    got: list[Count] = []
    points = Decimal(0)
    for before, count in pairwise(counts):
        if _OF.match(received[before.span.end : count.span.start]):
            points += before.number
            got.append(count)
    whole = next((count for count in reversed(counts) if _is_total(count) and count not in got), None)
    if whole is not None and points == HUNDRED:
        yield from _made_of(whole, got, complete=True)


_RATE = regex.compile(r"(?:执行率|支付率|支出率|使用率)(?:为|是|达到?|仅)?[:：]?\s*$")
_SPENT = regex.compile(r"(?:支出|执行|支付|使用|拨付|列支)(?:资金|金额|数)?(?:为|共计|共|计|了)?\s*$")
_BUDGETS = ("budget", "initial_budget", "adjusted_budget")
_STOPS = "；;。\n"
_LONGEST = 160  # from budget to rate; the longest of a project in the documents has 70 characters


def execution(evidence: Evidence) -> Iterator[Outcome]:
    """执行率 in prose where budget and outturn stand before it, and no other check found both."""
    for rate in evidence.percentages:
        if rate.kind != "completion" or rate.unit != "percent" or rate.approximation:
            continue
        before = evidence.document.received[max(0, rate.span.start - 10) : rate.span.start]
        if not _RATE.search(before):
            continue
        part = part_of(evidence, rate)
        if part is None or budget_of(evidence, rate, part) is None:
            yield from _executed(evidence, rate)


def _executed(evidence: Evidence, rate: Percentage) -> Iterator[Outcome]:
    near = _near(evidence, rate)
    spent = [amount for amount in near if _is_spent(evidence, amount)]
    budgets = [amount for amount in near if amount.stage in _BUDGETS]
    if len(spent) != 1 or not budgets:
        yield not_checkable(EXECUTION_RATE, "missing")
        return
    pairs = [(one, other) for one in near for other in near if one is not other]
    found = [percent(evidence.interval(one), evidence.interval(other)) for one, other in pairs]
    if any(computed is not None and admits(computed, rate.number) for computed in found):
        yield consistent(EXECUTION_RATE)
        return
    budget = next((amount for amount in budgets if amount.stage == "adjusted_budget"), budgets[-1])
    computed = percent(evidence.interval(spent[0]), evidence.interval(budget))
    if computed is None:
        yield not_checkable(EXECUTION_RATE, "zero_base")
        return
    expected = percentage(spent[0].value / budget.value * HUNDRED)
    message = f"支出{spent[0].clean}÷预算{budget.clean}={expected}，不是{rate.clean}。"
    places = (rate, spent[0], budget)
    yield inconsistent(EXECUTION_RATE, message, places, printed=rate.clean, expected=expected)


def _is_spent(evidence: Evidence, amount: Amount) -> bool:
    start = amount.span.start
    return amount.stage not in _BUDGETS and bool(_SPENT.search(evidence.document.received[max(0, start - 12) : start]))


def _near(evidence: Evidence, rate: Percentage) -> list[Amount]:
    """Levels before the rate in its clause, or since the sentence before where that holds the budget; of one project."""
    block, first = evidence.block(rate), rate.span.start - _LONGEST
    found = [
        amount
        for amount in _before(evidence.amounts, first, rate)
        if amount.role in ("level", "part") and amount.approximation is None and evidence.block(amount) is block
    ]
    received = evidence.document.received
    stop = max(received.rfind(mark, max(0, first), rate.span.start) for mark in _STOPS)
    here = [amount for amount in found if amount.span.start > stop]
    if any(amount.stage in _BUDGETS for amount in here):
        return here
    names = {project.name for project in _before(evidence.projects, first, rate)}
    return [] if len(names) > 1 or _before(evidence.percentages, first, rate) else found


def _before(facts: Sequence[_Near], first: int, rate: Percentage) -> Sequence[_Near]:
    """The facts that begin between ``first`` and the rate."""
    low = bisect_left(facts, first, key=_start)
    return facts[low : bisect_left(facts, rate.span.start, key=_start)]


def _start(fact: Fact) -> int:
    return fact.span.start


CHECKS = (scores, execution)
