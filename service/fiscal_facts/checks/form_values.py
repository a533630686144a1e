"""Indicators of a performance form: target, actual value and score against each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex
from fiscal_patterns.facts import Indicator, IndicatorValue

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.form_examples import form
from fiscal_facts.checks.form_nouns import Form
from fiscal_facts.checks.intervals import last_digit
from fiscal_facts.checks.nouns import Code, Outcome, Severity
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable

SCORE_CUT = Code(
    "form.score_cut",
    "warning",
    "目标达到了，得分却被扣，也没有写原因",
    form("产出指标\t数量指标\t培训场次\t20\t≥5场\t6场\t18\t无"),
    form("产出指标\t数量指标\t培训场次\t20\t≥5场\t6场\t18\t超出目标较多，目标设置偏低"),
)
FULL_SCORE = Code(
    "form.full_score_missed",
    "warning",
    "目标没有达到，得分却是满分",
    form("产出指标\t数量指标\t培训场次\t20\t=5场\t4场\t20\t一场取消"),
    form("产出指标\t数量指标\t培训场次\t20\t=5场\t6场\t20", "\t成本指标\t场均成本\t10\t=7000元\t6910.57元\t10"),
)
NOT_MEASURED = Code(
    "form.actual_not_measured",
    "note",
    "目标是数字，完成值没有写实际数",
    form("产出指标\t时效指标\t响应时间\t20\t≤1小时\t完成\t20"),
    form("产出指标\t时效指标\t响应时间\t20\t≤1小时\t0.5小时\t20", "\t质量指标\t验收\t10\t合格\t合格\t10"),
)
NO_VALUE = Code(
    "form.value_missing",
    "note",
    "有得分，却没有目标值或完成值",
    form("产出指标\t数量指标\t培训场次\t20\t≥5场\t\t20"),
    form("产出指标\t数量指标\t培训场次\t20\t≥5场\t5场\t20"),
)
WEAKER = Code(
    "form.weaker_result",
    "note",
    "完成值的程度弱于目标（显著提升、较上年提高），得分却是满分",
    form("效益指标\t社会效益指标\t服务能力\t20\t显著提升\t较上年提升\t20"),
    form("效益指标\t社会效益指标\t服务能力\t20\t显著提升\t显著提升\t20", "\t\t满意情况\t10\t有所提升\t较上年提升\t10"),
)
CODES: tuple[Code, ...] = (SCORE_CUT, FULL_SCORE, NOT_MEASURED, NO_VALUE, WEAKER)

_NO_NOTE = regex.compile(r"(?:无|没有|不适用|无偏差|未偏离|[-—–/0])?[。.]?")
_BARE = regex.compile(r"[\s,，。;；、]")
# More of these is worse: an actual above a target that prints = is missed, one below it is not.
_LIMITS = ("成本", "时效")
_SIGN = regex.compile(r"[≥≤><]")
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}
# 2024年11月20日, 2024.11.20, 11月底; 2024年底 has no month.
_DATE = regex.compile(
    r"(?:(?P<year>20\d\d)[年./-])?(?<!\d)(?P<month>1[0-2]|0?[1-9])(?:月|[./-](?=\d{1,2}(?!\d)))(?:(?P<day>\d{1,2})日?)?"
    r"|(?P<year>20\d\d)年(?=[底末内]|年[底末内]|完成|前)"
)
_AFTER = regex.compile(r"后|以来|起|至|—|~|不早于")
_LAST = 31
_STRONG = regex.compile(r"显著|明显|大幅|极大|全面")
_BETTER = regex.compile(r"提升|提高|增强|改善|完善|加强|改进")


def values(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    """Everything about targets and actual values of one form."""
    both = form.has("target") and form.has("actual")
    for indicator in form.indicators if both else ():
        if not form.sound:
            yield not_checkable(SCORE_CUT, "damaged_table")
            continue
        if indicator.target is None or indicator.actual is None:
            yield from _missing(indicator)
        else:
            yield from _measured(indicator, indicator.target, indicator.actual)
            yield from _scored(form, indicator, indicator.target, indicator.actual)


def _missing(indicator: Indicator) -> Iterator[Outcome]:
    if indicator.score is None:
        return
    lacks = "目标值" if indicator.target is None else "完成值"
    message = f"“{indicator.name}”得分{indicator.score}，没有{lacks}。"
    yield inconsistent(NO_VALUE, message, (indicator,))


def _measured(indicator: Indicator, target: IndicatorValue, actual: IndicatorValue) -> Iterator[Outcome]:
    """A number that is answered with words or with the target's own threshold."""
    if target.value is None:
        return
    threshold = actual.value == target.value and _SIGN.search(actual.text) is not None
    if actual.value is not None and not threshold:
        yield consistent(NOT_MEASURED)
    elif threshold or not any(digit.isdigit() for digit in actual.text):
        message = f"“{indicator.name}”目标是{_said(target)}，完成值只写“{actual.text}”，没有实际数。"
        yield inconsistent(NOT_MEASURED, message, (indicator,), printed=actual.text)


def _scored(form: Form, indicator: Indicator, target: IndicatorValue, actual: IndicatorValue) -> Iterator[Outcome]:
    weight, score = indicator.weight, indicator.score
    if not weight or score is None or score > weight:
        return
    if score == weight and _is_late(target, actual):
        message = f"“{indicator.name}”目标{target.text}，完成{actual.text}，晚于期限，得分却是满分{score}。"
        yield inconsistent(FULL_SCORE, message, (indicator,), printed=str(score))
        return
    if indicator.met is None and score == weight and _is_weaker(target, actual):
        message = f"“{indicator.name}”目标{target.text}，完成{actual.text}，程度弱于目标，得分是满分{score}。"
        yield inconsistent(WEAKER, message, (indicator,), printed=actual.text)
    elif indicator.met is None:
        yield not_checkable(SCORE_CUT if score < weight else FULL_SCORE, "ambiguous")
    elif indicator.met:
        yield _cut(form, indicator, target, actual, score, weight)
    elif score < weight or not _worse(indicator, target, actual):
        yield consistent(FULL_SCORE)
    elif _rounds_up(target, actual, weight, score, _finest(form)):
        yield not_checkable(FULL_SCORE, "imprecise")
    else:
        mild: Severity | None = None if target.value is not None else "note"
        message = f"“{indicator.name}”目标{_said(target)}，完成{_said(actual)}，没有达到，得分却是满分{score}。"
        yield inconsistent(FULL_SCORE, message, (indicator,), printed=str(score), severity=mild)


def _is_late(target: IndicatorValue, actual: IndicatorValue) -> bool:
    """Whether the date of an actual value lies behind the last day that its target allows."""
    limit, done = _DATE.search(target.text), _DATE.search(actual.text)
    if limit is None or done is None or _AFTER.search(target.text) or _DATE.search(actual.text, done.end()):
        return False
    if (limit["year"] is None) != (done["year"] is None):
        return False
    return _first_day(done) > _last_day(limit)


def _last_day(date: regex.Match[str]) -> tuple[int, int, int]:
    """The last day that a printed date may mean; 11月前 is taken as 11月底前."""
    return int(date["year"] or 0), int(date["month"] or 12), int(date["day"] or _LAST)


def _first_day(date: regex.Match[str]) -> tuple[int, int, int]:
    return int(date["year"] or 0), int(date["month"] or 1), int(date["day"] or 1)


def _cut(
    form: Form, indicator: Indicator, target: IndicatorValue, actual: IndicatorValue, score: Decimal, weight: Decimal
) -> Outcome:
    """A score below its weight although the target is reached; sure where a number or the same words say so."""
    if score == weight or not _NO_NOTE.fullmatch(indicator.note or ""):
        return consistent(SCORE_CUT)
    plain = target.value is not None or _BARE.sub("", target.text) == _BARE.sub("", actual.text)
    mild: Severity | None = None if plain and form.has("note") else "note"
    message = f"“{indicator.name}”目标{_said(target)}，完成{_said(actual)}，已经达到，得分{score}低于分值{weight}，没有写原因。"
    return inconsistent(SCORE_CUT, message, (indicator,), printed=str(score), expected=str(weight), severity=mild)


def _is_weaker(target: IndicatorValue, actual: IndicatorValue) -> bool:
    """Whether the target promises a strong change and the actual value tells of a change without that."""
    strong = target.value is None and _STRONG.search(target.text) is not None
    return strong and _STRONG.search(actual.text) is None and _BETTER.search(actual.text) is not None


def _said(value: IndicatorValue) -> str:
    """The words of a value with its sign, also where that stands in a cell of its own."""
    sign = _SIGNS.get(value.comparator, "")
    unit = value.unit or ""
    words = value.text if unit and unit in value.text else value.text + (unit if value.value is not None else "")
    return words if not words[:1].isdigit() else sign + words


def _worse(indicator: Indicator, target: IndicatorValue, actual: IndicatorValue) -> bool:
    """Whether an actual value misses its target on the bad side: a plain = is also kept by more, or by lower cost."""
    if target.value is None or actual.value is None or target.comparator != "=":
        return True
    limit = any(word in level for word in _LIMITS for level in indicator.levels)
    return actual.value > target.value if limit else actual.value < target.value


def _finest(form: Form) -> Decimal:
    """The last digit that the scores below their weight are printed to: a form that gives 9.50 rounds nothing to 10."""
    cut = [row.score for row in form.indicators if row.score is not None and row.weight and row.score < row.weight]
    return min((last_digit(score) for score in cut), default=Decimal(1))


def _rounds_up(
    target: IndicatorValue, actual: IndicatorValue, weight: Decimal, score: Decimal, finest: Decimal
) -> bool:
    """Whether the share of the target that was reached gives the full score by rounding: 94 of 95 % is 19.79 of 20."""
    one, other = target.value, actual.value
    if not one or not other or target.unit != (actual.unit or target.unit):
        return False
    reached = min(one, other) / max(one, other)
    return abs(weight * reached - score) <= min(last_digit(score), finest) / 2
