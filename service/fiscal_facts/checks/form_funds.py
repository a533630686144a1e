"""Rows of funds in a performance form: rate and score of budget execution, parts against the whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fiscal_patterns.text import Span

from fiscal_facts.checks.evidence import UNITS, Evidence
from fiscal_facts.checks.form_examples import form
from fiscal_facts.checks.form_nouns import Figure, Form, Funds
from fiscal_facts.checks.intervals import (
    HUNDRED,
    Interval,
    admits,
    exact,
    last_digit,
    overlap,
    percent,
    printed,
    scaled,
    total,
)
from fiscal_facts.checks.nouns import Code, Outcome, Severity
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.wording import rounded

_ROW = "产出指标\t数量指标\t培训场次\t90\t≥5场\t5场\t90"
EXECUTION_RATE = Code(
    "form.execution_rate",
    "error",
    "绩效表的执行率不等于执行数÷预算数",
    form(_ROW, funds="20.00\t20.00\t15.00\t10\t85.00%\t8.5"),
    form(_ROW, funds="20.00\t16.00\t15.00\t10\t93.75%\t9.38"),
)
EXECUTION_SCORE = Code(
    "form.execution_score",
    "error",
    "预算执行的得分与执行率×分值不符",
    form(_ROW, funds="137.00\t137.00\t0.30\t10\t0.22%\t12"),
    form(_ROW, funds="137.00\t137.00\t135.63\t10\t99.00%\t10"),
)
UNSCORED = Code(
    "form.execution_unscored",
    "warning",
    "预算执行有执行率和分值，没有得分",
    form(_ROW, funds="20.00\t20.00\t15.00\t10\t75.00%\t"),
    form(_ROW, funds="20.00\t20.00\t15.00\t10\t75.00%\t/"),
)
BARE_RATE = Code(
    "form.rate_without_figures",
    "warning",
    "有执行率，没有预算数和执行数",
    form(_ROW, funds="20.00\t20.00\t15.00\t10\t75.00%\t7.5\n其中：财政拨款\t\t\t\t\t75.00%\t"),
    form(_ROW, funds="20.00\t20.00\t15.00\t10\t75.00%\t7.5\n其中：财政拨款\t20.00\t20.00\t15.00\t\t75.00%\t"),
)
PARTS = Code(
    "form.funds_parts",
    "warning",
    "各项资金之和与资金总额不符",
    form(
        _ROW,
        funds="20.00\t20.00\t15.00\t10\t75.00%\t7.5\n其中：财政拨款\t15.00\t15.00\t10.00\n其他资金\t5.00\t6.00\t5.00",
    ),
    form(
        _ROW,
        funds="20.00\t20.00\t15.00\t10\t75.00%\t7.5\n其中：财政拨款\t15.00\t15.00\t10.00\n其他资金\t5.00\t5.00\t5.00",
    ),
)
CODES: tuple[Code, ...] = (EXECUTION_RATE, EXECUTION_SCORE, UNSCORED, BARE_RATE, PARTS)

_SCALE = {**UNITS, "万": UNITS["万元"], "亿": UNITS["亿元"]}
_ONE = Decimal(1)
# Sources of money that exclude each other, as the forms print them; 中央 and 地方 may be parts of 财政拨款.
_SOURCES = ("财政资金", "财政拨款", "财政专户管理资金", "单位资金", "其他资金", "自有资金", "其他")
# A score further than this share of the points from rate × points follows no scale of tiers that we have seen.
_TIER = Decimal("0.5")


def funds(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    """Everything about the money of one form; a row that repeats the figures of the one above is not told again."""
    seen: set[tuple[Decimal, ...]] = set()
    for row in form.funds:
        figures = tuple(figure.number for figure in row.figures.values())
        if figures in seen:
            continue
        seen.add(figures)
        yield from _rate(evidence, form, row)
        yield from _score(evidence, form, row)
    yield from _parts(evidence, form)


def _span(evidence: Evidence, figure: Figure) -> Span:
    return evidence.document.span(figure.cell.start, figure.cell.end)


def _money(form: Form, figure: Figure, other: Figure) -> Interval:
    """Yuan, or the unit of the form where it is not known but the same for both."""
    unit = figure.unit or form.table.unit or other.unit
    return scaled(printed(figure.number), _SCALE.get(unit or "", _ONE))


def _budgets(row: Funds) -> list[Figure]:
    """What the rate may be measured against: the adjusted budget, else the initial one."""
    return [row.figures[name] for name in ("budget", "initial_budget") if name in row.figures]


def _rate(evidence: Evidence, form: Form, row: Funds) -> Iterator[Outcome]:
    rate, outturn, budgets = row.figures.get("execution_rate"), row.figures.get("outturn"), _budgets(row)
    if rate is None:
        return
    if outturn is None or not budgets:
        yield from _bare(evidence, row, rate)
        return
    against = [found for budget in budgets if (found := _reached(form, outturn, budget)) is not None]
    if not against:
        yield not_checkable(EXECUTION_RATE, "zero_base")
    elif any(admits(found, value) for found in against for value in _as_percent(rate)):
        yield consistent(EXECUTION_RATE)
    else:
        reached = _money(form, outturn, budgets[0]).middle / _money(form, budgets[0], outturn).middle * HUNDRED
        yield _wrong_rate(evidence, (rate, outturn, budgets[0]), reached)


def _reached(form: Form, outturn: Figure, budget: Figure) -> Interval | None:
    if budget.number == 0:
        return None
    return percent(_money(form, outturn, budget), _money(form, budget, outturn))


def _as_percent(rate: Figure) -> tuple[Decimal, ...]:
    """0.95 without a sign may be 95 % as well."""
    return (rate.number,) if rate.unit == "%" else (rate.number, rate.number * HUNDRED)


def _bare(evidence: Evidence, row: Funds, rate: Figure) -> Iterator[Outcome]:
    empty = row.figures.get("outturn") is None and not _budgets(row) and not row.whole
    if empty and rate.number:
        message = f"“{row.label}”写了执行率{_span(evidence, rate).text}，预算数和执行数是空的。"
        yield inconsistent(BARE_RATE, message, (_span(evidence, rate),), printed=_span(evidence, rate).text)
    else:
        yield not_checkable(EXECUTION_RATE, "missing")


def _wrong_rate(evidence: Evidence, figures: tuple[Figure, Figure, Figure], reached: Decimal) -> Outcome:
    spans = tuple(_span(evidence, figure) for figure in figures)
    words, expected = spans[0].text, rounded(reached) + "%"
    message = f"执行数{spans[1].text}÷预算数{spans[2].text}={expected}，不是{words}"
    if rounded(reached * HUNDRED) == rounded(figures[0].number) or rounded(reached) == rounded(
        figures[0].number * HUNDRED
    ):
        message += "（差100倍）"
    return inconsistent(EXECUTION_RATE, message + "。", spans, printed=words, expected=expected)


def _score(evidence: Evidence, form: Form, row: Funds) -> Iterator[Outcome]:
    """The score that the printed rate gives; without a printed rule only what no scale of tiers can give."""
    rate, weight, score = (row.figures.get(name) for name in ("execution_rate", "weight", "score"))
    if rate is None or weight is None or rate.unit != "%":
        return
    if score is None:
        if row.whole and row.unscored:
            words = f"执行率{_span(evidence, rate).text}，分值{weight.number}，没有得分。"
            expected = rounded(_proportional(rate, weight).middle)
            yield inconsistent(UNSCORED, words, (_span(evidence, weight),), expected=expected)
        return
    found = _proportional(rate, weight)
    if admits(found, score.number):
        yield consistent(EXECUTION_SCORE)
    elif (severity := _how_wrong(form, row, found)) is None:
        yield not_checkable(EXECUTION_SCORE, "ambiguous")
    else:
        yield _wrong_score(evidence, (score, rate, weight), found, severity)


def _proportional(rate: Figure, weight: Figure) -> Interval:
    found = scaled(printed(rate.number), weight.number / HUNDRED)
    return Interval(min(found.low, weight.number), min(found.high, weight.number))


def _how_wrong(form: Form, row: Funds, found: Interval) -> Severity | None:
    """How sure it is that a score is wrong which its rate does not give: None where a scale of tiers may give it."""
    score, weight = row.figures["score"].number, row.figures["weight"].number
    fits = _fits_total(form, row, found)
    if score > weight or form.proportional or fits:
        return "error"
    if fits is None and _exchanged(found, score):
        return "error"
    far = abs(score - found.middle) > weight * _TIER
    return "warning" if far else None


def _fits_total(form: Form, row: Funds, found: Interval) -> bool | None:
    """Whether the printed total needs the score that the rate gives (True) or the one printed (False), else None."""
    scores = [indicator.score for indicator in form.indicators]
    if form.total is None or None in scores or not row.whole or not form.sound:
        return None
    rest = form.total.number - sum((score for score in scores if score is not None), Decimal(0))
    if rest == row.figures["score"].number:
        return False
    return True if admits(found, rest) else None


def _exchanged(found: Interval, score: Decimal) -> bool:
    """Whether two digits of the score changed places: 9.74 for 9.47. No scale gives points of two decimals."""
    right, printed_score = rounded(found.middle), format(score, "f")
    return last_digit(score) < 1 and printed_score != right and sorted(printed_score) == sorted(right)


def _wrong_score(
    evidence: Evidence, figures: tuple[Figure, Figure, Figure], found: Interval, severity: Severity
) -> Outcome:
    score, rate, weight = figures
    words = _span(evidence, rate).text
    message = f"执行率{words}×分值{weight.number}={rounded(found.middle)}，得分却是{score.number}"
    if admits(scaled(found, HUNDRED), score.number):
        message += f"（把{words}当成了{format((rate.number * HUNDRED).normalize(), 'f')}%）"
    places = tuple(_span(evidence, figure) for figure in figures)
    expected = rounded(found.middle)
    return inconsistent(
        EXECUTION_SCORE, message + "。", places, printed=str(score.number), expected=expected, severity=severity
    )


def _parts(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    """Sources of money against the whole, where every source that is printed is one of those that exclude each other."""
    whole = form.whole
    parts = [row for row in form.funds if not row.whole]
    if whole is None or not parts or any(_source(row) not in _SOURCES for row in parts):
        return
    for name in ("initial_budget", "budget", "outturn"):
        listed = [row.figures[name] for row in parts if name in row.figures]
        printed_whole = whole.figures.get(name)
        if printed_whole is None or not listed or any(_unit(item) != _unit(printed_whole) for item in listed):
            continue
        added = total(exact(item.number) if not item.number else printed(item.number) for item in listed)
        if overlap(Interval(added.low - _slack(listed), added.high + _slack(listed)), printed(printed_whole.number)):
            yield consistent(PARTS)
        elif len(listed) < len(parts) and added.high < printed_whole.number:
            yield not_checkable(PARTS, "missing")
        else:
            yield _wrong_parts(evidence, printed_whole, listed)


def _slack(listed: list[Figure]) -> Decimal:
    """A hundredth: the 0.01 tail that sums of rounded figures have."""
    return Decimal("0.01") * min(1, len(listed) - 1)


def _unit(figure: Figure) -> str:
    return (figure.unit or "").removesuffix("元")


def _source(row: Funds) -> str:
    return row.label.removeprefix("其中").lstrip(":： ").rstrip(":： ")


def _wrong_parts(evidence: Evidence, whole: Figure, listed: list[Figure]) -> Outcome:
    added = sum((item.number for item in listed), Decimal(0))
    words = "+".join(format(item.number, "f") for item in listed)
    message = f"各项资金{words}={added}，资金总额是{whole.number}。"
    places = tuple(_span(evidence, figure) for figure in (whole, *listed))
    return inconsistent(PARTS, message, places, printed=str(whole.number), expected=str(added))
