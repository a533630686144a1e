"""Amount, rate, present and previous level of a change against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import regex
from fiscal_patterns.facts import Count, Delta, Percentage

from fiscal_facts.checks import rivals, units
from fiscal_facts.checks.changes import Change, read
from fiscal_facts.checks.evidence import Evidence, Figure
from fiscal_facts.checks.explanations import SEPARATOR, YUAN, Explanation, copied, slips
from fiscal_facts.checks.intervals import Interval, admits, minus, overlap, percent, plus, scaled, telling
from fiscal_facts.checks.nouns import Code, Outcome, Severity
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.wording import common_unit, in_unit, named, percentage, quoted, worked

RATE = Code(
    "change.rate",
    "error",
    "变动率与按现值、变动额算出的不一致",
    "2024年度收入总计642.37万元。与2023年相比，收入总计增加37.15万元，增长16.14%。",
    "2024年度收入总计642.37万元。与2023年相比，收入总计增加37.15万元，增长6.14%。",
)
AMOUNT = Code(
    "change.amount",
    "error",
    "变动额不等于现值与基数之差",
    "“三公”经费支出预算为18.60万元，支出决算为15.92万元，比预算减少3.68万元，下降19.78%。",
    "“三公”经费支出预算为18.60万元，支出决算为15.92万元，比预算减少2.68万元，下降14.41%。",
)
FALL = Code(
    "change.fall",
    "error",
    "支出、收入一类的数下降超过100%",
    "2024年公务接待费支出0.30万元，比2023年减少0.40万元，下降133.33%。",
    "2024年公务接待费支出0.30万元，比2023年减少0.40万元，下降57.14%。",
)
BASE = Code(
    "change.base",
    "error",
    "增加额大于现值，推出的基数为负",
    "2024年培训费支出3.20万元，比2023年增加5.20万元。",
    "2024年培训费支出3.20万元，比2023年增加2.20万元。",
)
ZERO_BASE = Code(
    "change.zero_base",
    "note",
    "基数为零，增长率没有意义",
    "2024年培训费支出3.20万元，比2023年增加3.20万元，增长100%。",
    "2024年培训费支出3.20万元，比2023年增加3.20万元。",
)
CODES = (RATE, AMOUNT, FALL, BASE, ZERO_BASE)

# What may be below zero, so that it can fall by more than itself.
_SIGNED = regex.compile(r"结余|结转|利润|差额|赤字|逆差|净|盈余|余额|增幅|增速|收支|亏损|收益|缺口|贡献|顺差")


def rates(evidence: Evidence) -> Iterator[Outcome]:
    """The rate of each change against its amount and its levels."""
    for change in read(evidence):
        if change.rate is None or change.delta.order != 1:
            continue
        if change.rate.unit != "percent" or change.amount is None:
            yield not_checkable(RATE, "missing")
        elif change.trouble:
            yield not_checkable(RATE, change.trouble)
        else:
            yield _rate(evidence, change, change.amount, change.rate)


def _rate(evidence: Evidence, change: Change, amount: Figure, rate: Percentage) -> Outcome:
    level = evidence.interval(change.current) if change.current else None
    size = evidence.interval(amount) if amount.number >= 0 else None
    base = evidence.interval(change.base) if change.base else None
    if size is None or (level is None and base is None):
        return not_checkable(RATE, "missing")
    if base is None and level is not None and size is not None:
        base = _base(level, size, change.rising)
    assert base is not None  # noqa: S101 - one of the two levels is there
    if base.low <= 0:
        return _without_base(evidence, change, amount, rate)
    if admits(_both(percent(size, base)), abs(rate.number)):
        return consistent(RATE)
    if change.mixed and level and admits(_both(percent(size, _base(level, size, not change.rising))), abs(rate.number)):
        return consistent(RATE)
    return _wrong_rate(evidence, change, amount, rate, base)


def _both(found: Interval | None) -> Interval:
    return found if found is not None else Interval(Decimal(-1), Decimal(-1))


def _base(level: Interval, size: Interval, rising: bool) -> Interval:
    """The level before a change."""
    return minus(level, size) if rising else plus(level, size)


def _without_base(evidence: Evidence, change: Change, amount: Figure, rate: Percentage) -> Outcome:
    level = change.current
    if level is None:
        return not_checkable(RATE, "zero_base")
    if change.base is None and (found := _slip(evidence, change, amount, rate)):
        return _wrong_unit(change, amount, rate, found)
    if not (change.rising and level.value == amount.value and amount.value > 0 and rate.number):
        return not_checkable(RATE, "zero_base")
    message = f"{named(level)}增加额{amount.clean}与现值相同，基数为零，{quoted(rate)}没有意义。"
    return inconsistent(ZERO_BASE, message, (rate, amount, level), printed=rate.clean)


def _slip(evidence: Evidence, change: Change, amount: Figure, rate: Percentage) -> Explanation | None:
    """A slip of units that explains a level below its own change."""
    found = _explained(evidence, change, amount, rate)
    return found if found and found.operand is not None else None


def _wrong_unit(change: Change, amount: Figure, rate: Percentage, found: Explanation) -> Outcome:
    figures = [figure for figure in (amount, change.current) if figure]
    wrong = figures[found.operand or 0]
    others = [figure for figure in (*figures, rate) if figure is not wrong]
    message = (
        f"{named(wrong)}{quoted(wrong)}与{change.word}{quoted(rate)}不符："
        f"{_arithmetic(change, amount, common_unit(*figures))}得不出{rate.clean}，{found.words}。"
    )
    return inconsistent(
        units.YUAN if found.slip == "yuan" else units.SEPARATOR, message, (wrong, *others), printed=wrong.clean
    )


def _wrong_rate(evidence: Evidence, change: Change, amount: Figure, rate: Percentage, base: Interval) -> Outcome:
    found = _explained(evidence, change, amount, rate)
    if found and found.operand is not None:
        return _wrong_unit(change, amount, rate, found)
    plain = found is None or found.slip in ("sign", "shift")
    if (plain or (found and found.slip == "present_year")) and rivals.of_change(
        evidence, change, amount, rate, near=not plain
    ):
        return not_checkable(RATE, "ambiguous")
    mild: Severity | None = "note" if found is None and rivals.loose(evidence, change.delta, change.current) else None
    figures = [figure for figure in (amount, change.current if change.base is None else change.base) if figure]
    expected = percentage(evidence.interval(amount).middle / base.middle * 100)
    message = (
        f"{named(rate)}{change.word}{quoted(rate)}与计算不符："
        f"{_arithmetic(change, amount, common_unit(*figures))}={expected}{'，' + found.words if found else ''}。"
    )
    return inconsistent(RATE, message, (rate, *figures), printed=rate.clean, expected=expected, severity=mild)


def _arithmetic(change: Change, amount: Figure, unit: str | None) -> str:
    size = in_unit(amount, unit)
    if change.base is not None:
        return f"{size}÷{in_unit(change.base, unit)}"
    level = in_unit(change.current, unit) if change.current else ""
    return f"{size}÷({level}{'-' if change.rising else '+'}{size})"


def _explained(evidence: Evidence, change: Change, amount: Figure, rate: Percentage) -> Explanation | None:
    """The first usual slip that fits: present year as denominator, a neighbour's rate, size, sign."""
    if change.current is None:
        return None
    level, size = evidence.interval(change.current), evidence.interval(amount)
    result = abs(rate.number)
    if admits(_both(percent(size, level)), result):
        return Explanation("present_year", "似以本期数为分母")
    if found := copied(evidence, rate):
        return found

    def of_change(part: Interval, whole: Interval) -> Interval | None:
        return percent(part, _base(whole, part, change.rising))

    for slip in slips(of_change, size, level, rate):
        return slip
    if admits(_both(percent(size, _base(level, size, not change.rising))), result):
        return Explanation("sign", f"按{'减少' if change.rising else '增加'}计算则相符")
    return None


def amounts(evidence: Evidence) -> Iterator[Outcome]:
    """The amount of each change against the two levels, where both are printed, and against zero."""
    for change in read(evidence):
        if change.amount is None or change.current is None or change.delta.order != 1:
            continue
        if change.trouble:
            yield not_checkable(AMOUNT, change.trouble)
        elif change.base is not None:
            yield _amount(evidence, change, change.amount, change.current, change.base)
        elif change.rising and not _SIGNED.search(named(change.current)):
            yield _not_below_zero(evidence, change, change.amount, change.current)


def _slipped(evidence: Evidence, change: Change) -> bool:
    """Whether the rate of the change shows that a unit is wrong: then that is the finding."""
    return bool(change.amount and change.rate and _slip(evidence, change, change.amount, change.rate))


def _amount(evidence: Evidence, change: Change, amount: Figure, level: Figure, base: Figure) -> Outcome:
    gap = minus(evidence.interval(level), evidence.interval(base))
    size = evidence.interval(amount)
    if gap.low < 0:
        gap = Interval(-gap.high, -gap.low) if gap.high <= 0 else Interval(Decimal(0), max(-gap.low, gap.high))
    tail = size.high - size.low
    if size.low - tail <= gap.high and gap.low <= size.high + tail:
        return consistent(AMOUNT)
    if found := _level_slip(evidence, size, level, base):
        return _wrong_size(change, found, (amount, level, base))
    if (level.value < base.value) is change.rising or rivals.of_gap(evidence, change.delta, size, (level, base)):
        return not_checkable(AMOUNT, "ambiguous")
    mild: Severity | None = "note" if rivals.loose(evidence, change.delta, level) else None
    unit = common_unit(amount, level, base)
    expected = worked(abs(level.value - base.value), unit) if unit != "counted" else ""
    message = (
        f"{named(level)}{change.word}{quoted(amount)}与计算不符："
        f"{in_unit(level, unit)}-{in_unit(base, unit)}={worked(level.value - base.value, unit)}。"
    )
    return inconsistent(AMOUNT, message, (amount, level, base), printed=amount.clean, expected=expected, severity=mild)


def _level_slip(evidence: Evidence, size: Interval, level: Figure, base: Figure) -> tuple[Figure, Code, str] | None:
    """A level that, ten thousand or a thousand times larger or smaller, is as far from the other as is printed."""
    for wrong, right in ((level, base), (base, level)):
        other = evidence.interval(right)
        for code, factors, words in (
            (units.YUAN, YUAN, "元与万元似混用"),
            (units.SEPARATOR, SEPARATOR, "千分位与小数点似混用"),
        ):
            for factor in factors:
                one = scaled(evidence.interval(wrong), factor)
                if telling(one) and (overlap(plus(other, size), one) or overlap(plus(one, size), other)):
                    return wrong, code, words
    return None


def _wrong_size(change: Change, found: tuple[Figure, Code, str], figures: tuple[Figure, Figure, Figure]) -> Outcome:
    wrong, code, words = found
    amount, level, base = figures
    unit = common_unit(level, base)
    gap = f"{in_unit(level, unit)}-{in_unit(base, unit)}={worked(level.value - base.value, unit)}"
    message = f"{named(wrong)}{quoted(wrong)}与{change.word}{quoted(amount)}不符：{gap}，{words}。"
    others = [figure for figure in figures if figure is not wrong]
    return inconsistent(code, message, (wrong, *others), printed=wrong.clean)


def _not_below_zero(evidence: Evidence, change: Change, amount: Figure, level: Figure) -> Outcome:
    base = minus(evidence.interval(level), evidence.interval(amount))
    if base.high >= 0 or _slipped(evidence, change):
        return consistent(BASE)
    if isinstance(level, Count) and change.rate is None:
        return not_checkable(BASE, "ambiguous")  # what is counted is told of parts and of brackets too
    if rivals.loose(evidence, change.delta, level) or rivals.larger(evidence, change.delta, amount):
        return not_checkable(BASE, "ambiguous")
    unit = common_unit(amount, level)
    value = worked(level.value - amount.value, unit)
    message = f"{named(level)}增加{quoted(amount)}大于现值：{in_unit(level, unit)}-{in_unit(amount, unit)}={value}，基数不应为负。"
    return inconsistent(BASE, message, (amount, level), printed=amount.clean)


def falls(evidence: Evidence) -> Iterator[Outcome]:
    """No fall of more than all there was."""
    for change in read(evidence):
        rate = change.rate
        if rate is None or change.rising or change.delta.order != 1 or rate.unit != "percent" or change.delta.template:
            continue
        if change.mixed or rate.number <= 100:
            yield consistent(FALL)
        elif _SIGNED.search(named(rate)):
            yield not_checkable(FALL, "unlike")
        else:
            yield _fall(evidence, change, change.delta, rate)


def _fall(evidence: Evidence, change: Change, delta: Delta, rate: Percentage) -> Outcome:
    found = _explained(evidence, change, change.amount, rate) if change.amount and not change.trouble else None
    severity: Severity | None = None
    if change.amount and change.current and not change.trouble:
        unit = common_unit(change.amount, change.current)
        base = _base(evidence.interval(change.current), evidence.interval(change.amount), rising=False)
        worked_out = percentage(evidence.interval(change.amount).middle / base.middle * 100) if base.middle else None
    else:
        unit, worked_out = None, None
    arithmetic = (
        f"，应为{_arithmetic(change, change.amount, unit)}={worked_out}" if worked_out and change.amount else ""
    )
    words = f"，{found.words}" if found else ""
    message = f"{named(rate)}{change.word}{quoted(rate)}超过100%，减少不会多于原有数{arithmetic}{words}。"
    places = [place for place in (rate, change.amount, change.current) if place]
    return inconsistent(FALL, message, places, printed=rate.clean, expected=worked_out, severity=severity)


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (rates, amounts, falls)
