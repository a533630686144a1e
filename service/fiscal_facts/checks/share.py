"""Shares and completion rates against the figures they are worked out from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import regex
from fiscal_patterns.facts import Percentage

from fiscal_facts.checks import rivals, units
from fiscal_facts.checks.evidence import Evidence, Figure
from fiscal_facts.checks.explanations import Explanation, copied, slips
from fiscal_facts.checks.intervals import admits, percent, total
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.wholes import budget_of, part_of, whole_of
from fiscal_facts.checks.wording import common_unit, in_unit, named, percentage, quoted, rounded

PART = Code(
    "share.part",
    "error",
    "占比与按部分、整体算出的不一致",
    "2024年度支出合计5627314.43元，其中：基本支出3748076.80元，占76%；项目支出1879237.63元，占24%。",
    "2024年度支出合计5627314.43元，其中：基本支出3748076.80元，占66.61%；项目支出1879237.63元，占33.39%。",
)
COMPLETION = Code(
    "share.completion",
    "error",
    "完成率与按决算数、预算数算出的不一致",
    "住房公积金年初预算为44.70万元，支出决算为43.60万元，完成年初预算的79.54%。",
    "住房公积金年初预算为44.70万元，支出决算为43.60万元，完成年初预算的97.54%。",
)
TOTAL = Code(
    "share.total",
    "error",
    "同一组占比合计超过100%",
    "“三公”经费支出中，因公出国（境）费支出占0%，公务用车购置及运行维护费支出占73.87%，公务接待费支出占77.04%。",
    "“三公”经费支出中，因公出国（境）费支出占0%，公务用车购置及运行维护费支出占73.87%，公务接待费支出占26.13%。",
)
POINTS = Code(
    "share.points",
    "note",
    "比重、比率的变动以%计，似应为百分点",
    "税收占一般公共预算收入的比重为61.4%，较上年同期下降5.1%。",
    "税收占一般公共预算收入的比重为61.4%，较上年同期下降5.1个百分点。",
)
# Shares of contracts and of people are of several wholes, and their kinds overlap.
_OVERLAPPING = regex.compile(r"采购|合同|企业|到位|学历|党员|女性|人员|率$")
# A department's 万元 have fewer digits than this: a number as large as this is one of yuan.
_OF_YUAN = Decimal(1000000)
# Completion rates of one thing looked at for one that stands in the place of a share.
_COMPLETIONS = 4
CODES = (PART, COMPLETION, TOTAL, POINTS)


def parts(evidence: Evidence) -> Iterator[Outcome]:
    """Each share against its part and its whole."""
    found: list[tuple[Percentage, Figure | None, Outcome]] = []
    trusted: set[str] = set()
    for rate in evidence.percentages:
        if rate.kind != "share" or rate.unit != "percent":
            continue
        part = part_of(evidence, rate)
        whole = whole_of(evidence, rate, part) if part else None
        outcome = _ratio(evidence, PART, rate, part, whole)
        found.append((rate, whole, outcome))
        if whole is not None and outcome.why is None and outcome.finding is None:
            trusted.add(whole.id)
    yield from (_trusted(evidence, trusted, *one) for one in found)


def _trusted(
    evidence: Evidence, trusted: set[str], rate: Percentage, whole: Figure | None, outcome: Outcome
) -> Outcome:
    """A share of a whole in another paragraph that it does not name is sure only where another share of it fits."""
    if outcome.finding is None or whole is None or whole.id in trusted or rate.of is None or not rate.of.inherited:
        return outcome
    block = evidence.block(rate)
    if outcome.code != PART.code or evidence.block(whole) is block:
        return outcome
    if block and rate.of.span and block.start <= evidence.document.place(rate.of.span.start) < block.end:
        return outcome  # named in this paragraph: “三公”经费支出中，
    return replace(outcome, finding=replace(outcome.finding, severity="note"))


def completions(evidence: Evidence) -> Iterator[Outcome]:
    """Each completion rate against what was done and the budget."""
    for rate in evidence.completions:
        if rate.unit != "percent":
            continue
        part = part_of(evidence, rate)
        whole = budget_of(evidence, rate, part) if part else None
        yield _ratio(evidence, COMPLETION, rate, part, whole)


def _ratio(evidence: Evidence, code: Code, rate: Percentage, part: Figure | None, whole: Figure | None) -> Outcome:
    if part is None or whole is None:
        return not_checkable(code, "missing")
    if rate.approximation or part.approximation or whole.approximation:
        return not_checkable(code, "approximate")
    computed = percent(evidence.interval(part), evidence.interval(whole))
    if computed is None:
        return not_checkable(code, "zero_base")
    if admits(computed, rate.number):
        return consistent(code)
    return _wrong(evidence, code, rate, part, whole)


def _wrong(evidence: Evidence, code: Code, rate: Percentage, part: Figure, whole: Figure) -> Outcome:
    found = _explained(evidence, rate, part, whole)
    if (found is None or found.slip == "shift") and rivals.of_ratio(evidence, rate, part, whole):
        return not_checkable(code, "ambiguous")
    unit = common_unit(part, whole)
    expected = percentage(part.value / whole.value * 100)
    reason = f"，{found.words}" if found else ""
    message = (
        f"{named(rate)}{'占比' if code is PART else '完成率'}{quoted(rate)}与计算不符："
        f"{in_unit(part, unit)}÷{in_unit(whole, unit)}={expected}{reason}。"
    )
    if found and found.operand is not None:
        wrong, other = (part, whole) if found.operand == 0 else (whole, part)
        if found.slip == "yuan" and other.unit == wrong.unit and other.number > max(wrong.number, _OF_YUAN):
            wrong, other = other, wrong
        slip = units.YUAN if found.slip == "yuan" else units.SEPARATOR
        return inconsistent(slip, message, (wrong, rate, other), printed=wrong.clean)
    return inconsistent(code, message, (rate, part, whole), printed=rate.clean, expected=expected)


def _explained(evidence: Evidence, rate: Percentage, part: Figure, whole: Figure) -> Explanation | None:
    """A completion rate in the place of a share, a neighbour's share, a slip of size."""
    label = rate.labels[0].text
    if rate.kind == "share":
        for other in evidence.completions_of.near(label, rate.span.start, _COMPLETIONS):
            if other.number == rate.number and other.number != 100:
                return Explanation("neighbour", f"{rate.clean}是它的预算完成率，似误作占比")
    if found := copied(evidence, rate):
        return found
    return next(slips(percent, evidence.interval(part), evidence.interval(whole), rate), None)


def totals(evidence: Evidence) -> Iterator[Outcome]:
    """Shares of one whole in one sentence; looked at only where the figures behind them are not printed."""
    groups: dict[tuple[int, str], list[Percentage]] = {}
    for rate in evidence.percentages:
        if rate.kind == "share" and rate.of is not None and rate.unit == "percent":
            groups.setdefault((evidence.sentence_number(rate), rate.of.text), []).append(rate)
    for rates in groups.values():
        if len(rates) > 1 and not any(part_of(evidence, rate) for rate in rates):
            yield _total(evidence, rates)


def _total(evidence: Evidence, rates: list[Percentage]) -> Outcome:
    if any(rate.approximation for rate in rates):
        return not_checkable(TOTAL, "approximate")
    if "其中" in evidence.between(rates[0], rates[-1]) or len({named(rate) for rate in rates}) < len(rates):
        return not_checkable(TOTAL, "ambiguous")
    if total(evidence.interval(rate) for rate in rates).low <= 100:
        return consistent(TOTAL)
    if any(_OVERLAPPING.search(named(rate)) for rate in rates):
        return not_checkable(TOTAL, "unlike")
    value = sum((rate.number for rate in rates), Decimal(0))
    terms = "+".join(format(rate.number, "f") for rate in rates)
    assert rates[0].of is not None  # noqa: S101 - grouped by it
    message = f"{rates[0].of.text}的各项占比合计超过100%：{terms}={rounded(value)}%。"
    return inconsistent(TOTAL, message, rates, printed=f"{rounded(value)}%", expected="100%")


def points(evidence: Evidence) -> Iterator[Outcome]:
    """The change of a share or a rate, stated in percent without an amount."""
    for delta in evidence.deltas:
        rate = evidence.percentage(delta.rate)
        current = [evidence.percentage(identity) for identity in delta.current]
        if rate is None or delta.amount or not current or delta.template:
            continue
        share = current[0]
        if share is None or share.kind not in ("share", "rate", "completion"):
            continue
        if rate.unit != "percent":
            yield consistent(POINTS)
            continue
        message = f"{named(rate)}是比率（{share.clean}），其变动{quoted(rate)}似应以百分点计，请核对。"
        expected = f"{format(rate.number, 'f')}个百分点"
        yield inconsistent(POINTS, message, (delta, rate, share), printed=rate.clean, expected=expected)


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (parts, completions, totals, points)
