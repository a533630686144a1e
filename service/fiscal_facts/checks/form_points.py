"""Points of a performance form: weights against levels and total, scores against weights and total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex
from fiscal_patterns.facts import Indicator

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.form_examples import form
from fiscal_facts.checks.form_nouns import Form, Points
from fiscal_facts.checks.form_reading import figure, rows_of
from fiscal_facts.checks.intervals import HUNDRED, Interval, admits, exact, last_digit, printed, total
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import Place, consistent, inconsistent, not_checkable
from fiscal_facts.checks.wording import rounded

LEVEL_POINTS = Code(
    "form.level_points",
    "error",
    "指标分值之和与上一级标题写明的分数不符",
    form("产出指标(40分)\t数量指标\t培训场次\t25\t≥5场\t5场\t25", "\t质量指标\t合格率\t20\t100%\t100%\t20", total=55),
    form("产出指标(45分)\t数量指标\t培训场次\t25\t≥5场\t5场\t25", "\t质量指标\t合格率\t20\t100%\t100%\t20", total=55),
)
WEIGHTS = Code(
    "form.weights",
    "error",
    "各指标分值之和与合计行的分值不符",
    form("产出指标\t数量指标\t培训场次\t50\t≥5场\t5场\t50", "\t质量指标\t合格率\t30\t100%\t100%\t30", total="100\t80"),
    form("产出指标\t数量指标\t培训场次\t50\t≥5场\t5场\t50", "\t质量指标\t合格率\t40\t100%\t100%\t40", total="100\t100"),
)
TOTAL_SCORE = Code(
    "form.total_score",
    "error",
    "各项得分之和与总分不符",
    form("产出指标\t数量指标\t培训场次\t60\t≥5场\t5场\t60", "\t质量指标\t合格率\t40\t100%\t99%\t39.6", total="96"),
    form("产出指标\t数量指标\t培训场次\t50\t≥5场\t5场\t50", "\t质量指标\t合格率\t40\t100%\t99%\t39.6", total="99.6"),
)
OVER_WEIGHT = Code(
    "form.score_over_weight",
    "error",
    "得分高于该指标的分值",
    form("产出指标\t数量指标\t培训场次\t10\t≥5场\t5场\t15"),
    form("产出指标\t数量指标\t培训场次\t15\t≥5场\t5场\t15"),
)
FORMULA_CAP = Code(
    "form.formula_cap",
    "warning",
    "得分高于评分公式能给出的最高分",
    form("项目执行\t\t项目调整\t6\t部门是否调整\t该项指标得分=4-未调整项目数÷项目总数×100%×6\t6", method=True),
    form("项目执行\t\t项目调整\t6\t部门是否调整\t该项指标得分=6-未调整项目数÷项目总数×100%×6\t6", method=True),
)
UNIT_SLIP = Code(
    "template.points_unit",
    "note",
    "指标的分数写成了“份”",
    form("产出指标(20份)\t数量指标\t培训场次\t20\t≥5场\t5场\t20"),
    form("产出指标(20分)\t数量指标\t发放资料\t20\t≥5份\t5份\t20"),
)
CODES: tuple[Code, ...] = (UNIT_SLIP, LEVEL_POINTS, WEIGHTS, TOTAL_SCORE, OVER_WEIGHT, FORMULA_CAP)

_ALL = ("绩效指标", "指标")
# 90 points for indicators where budget execution has the other 10: the ministry's form and all provinces' seen.
_EXECUTION_POINTS = Decimal(10)
_CAP = regex.compile(r"得分\s?=\s?(?P<cap>\d{1,3}(?:\.\d{1,2})?)\s?[-—–－]")


def points(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    """Everything about the points of one form."""
    yield from _slips(evidence, form)
    yield from _over_weight(form)
    yield from _caps(evidence, form)
    if not form.sound:
        yield not_checkable(TOTAL_SCORE, "damaged_table")
        return
    yield from _levels(evidence, form)
    yield from _weights(evidence, form)
    yield from _total(evidence, form)


def _slips(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    for level in form.levels:
        if level.unit == "份":
            span = evidence.document.span(level.cell.start, level.cell.end)
            words = "".join(span.text.split())
            yield inconsistent(UNIT_SLIP, f"“{words}”：分数的单位应当是分。", (span,), printed="份", expected="分")


def _sum(numbers: Sequence[Decimal]) -> str:
    return "+".join(format(number, "f") for number in numbers)


def _levels(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    """Each level that prints its points, against the weights of the indicators below it."""
    below = _by_level(form)
    merged = _merged(form, below)
    for name, level in {level.name: level for level in reversed(form.levels)}.items():
        indicators = below.get(name)
        if indicators is None:
            continue
        known = _weights_of(indicators)
        if sum(known) == level.points:
            yield consistent(LEVEL_POINTS)
        elif not known or any(row.weight is None and row.id not in merged for row in indicators):
            yield not_checkable(LEVEL_POINTS, "missing")
        else:
            yield _wrong_level(evidence, level, indicators, known)


def _wrong_level(
    evidence: Evidence, level: Points, indicators: Sequence[Indicator], known: Sequence[Decimal]
) -> Outcome:
    span = evidence.document.span(level.cell.start, level.cell.end)
    words = "".join(span.text.split())
    added = sum(known, Decimal(0))
    message = f"“{words}”下各指标分值合计{_sum(known)}={added}，不是{level.points}。"
    places: tuple[Place, ...] = (span, *indicators)
    return inconsistent(LEVEL_POINTS, message, places, printed=str(level.points), expected=str(added))


def _by_level(form: Form) -> dict[str, list[Indicator]]:
    """The indicators below each level, by its name; 绩效指标 stands over all."""
    found: dict[str, list[Indicator]] = {}
    for indicator in form.indicators:
        for name in {*indicator.levels, *_ALL}:
            found.setdefault(name, []).append(indicator)
    return found


def _weights_of(indicators: Sequence[Indicator]) -> list[Decimal]:
    return [indicator.weight for indicator in indicators if indicator.weight is not None]


def _merged(form: Form, below: dict[str, list[Indicator]]) -> set[str]:
    """Ids of indicators that share one cell of points, where the level above them confirms it."""
    found: set[str] = set()
    for level in form.levels:
        indicators = below.get(level.name, []) if level.name not in _ALL else []
        if sum(_weights_of(indicators)) == level.points:
            found.update(indicator.id for indicator in indicators)
    return found


def _weights(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    """The printed sum of weights, the points of budget execution counted or not."""
    if form.weights is None:
        return
    known = [indicator.weight for indicator in form.indicators if indicator.weight is not None]
    if len(known) < len(form.indicators) or not known:
        yield not_checkable(WEIGHTS, "missing")
        return
    found, whole = form.weights.number, sum(known)
    if found - whole in (0, _execution_weight(form)):
        yield consistent(WEIGHTS)
        return
    span = evidence.document.span(form.weights.cell.start, form.weights.cell.end)
    message = f"各指标分值合计{_sum(known)}={whole}，加上预算执行也不是{found}。"
    yield inconsistent(WEIGHTS, message, (span, *form.indicators), printed=str(found), expected=str(whole))


def _execution_weight(form: Form) -> Decimal:
    whole = form.whole
    found = whole.figures.get("weight") if whole else None
    return found.number if found else _EXECUTION_POINTS


def _total(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    """The printed total of scores, the score of budget execution counted or not."""
    if form.total is None:
        return
    scores = [indicator.score for indicator in form.indicators if indicator.score is not None]
    if not scores or any(row.score is None and row.weight is not None for row in form.indicators):
        yield not_checkable(TOTAL_SCORE, "missing")
        return
    known = total(printed(score) if last_digit(score) < 1 else exact(score) for score in scores)
    found, alone = form.total.number, sum(scores, Decimal(0))
    execution = _execution(form)
    if admits(known, found, _tail(found, alone)) or (
        execution is not None and admits(_plus(known, execution), found, _tail(found, alone + execution.middle))
    ):
        yield consistent(TOTAL_SCORE)
        return
    full = _full(form)
    if execution is None and full and alone < found <= alone + full:
        yield not_checkable(TOTAL_SCORE, "missing")
        return
    if execution is None and _printed_above(evidence, form, found - alone):
        yield not_checkable(TOTAL_SCORE, "ambiguous")
        return
    yield _wrong_total(evidence, form, scores, execution, full)


def _printed_above(evidence: Evidence, form: Form, gap: Decimal) -> bool:
    """Whether what lacks to the total stands above the indicators: a score under a head that is not known."""
    numbers = (
        figure(evidence.document.clean, cell) for row in form.table.rows[: form.grid.first] for cell in row.cells
    )
    return gap > 0 and any(number is not None and number.number == gap for number in numbers)


def _tail(found: Decimal, reckoned: Decimal) -> Decimal:
    """A total with fewer decimals than its parts may be rounded; else it must be met."""
    return last_digit(found) if last_digit(reckoned.normalize()) < last_digit(found) else Decimal(0)


def _plus(one: Interval, other: Interval) -> Interval:
    return Interval(one.low + other.low, one.high + other.high)


def _execution(form: Form) -> Interval | None:
    """The score of budget execution as printed, or as its printed rate gives it."""
    whole = form.whole
    if whole is None:
        return None
    if score := whole.figures.get("score"):
        return printed(score.number) if last_digit(score.number) < 1 else exact(score.number)
    rate, weight = whole.figures.get("execution_rate"), _full(form)
    if rate is None or weight is None or rate.unit != "%":
        return None
    reached = printed(min(rate.number, HUNDRED))
    return Interval(reached.low * weight / HUNDRED, reached.high * weight / HUNDRED)


def _full(form: Form) -> Decimal | None:
    """Points that budget execution may have: as printed, or what the weights leave of 100."""
    whole = form.whole
    if whole and (weight := whole.figures.get("weight")):
        return weight.number
    weights = [indicator.weight for indicator in form.indicators]
    known = sum(weight for weight in weights if weight is not None)
    return HUNDRED - known if None not in weights and known < HUNDRED else None


def _wrong_total(
    evidence: Evidence, form: Form, scores: Sequence[Decimal], execution: Interval | None, full: Decimal | None
) -> Outcome:
    found = form.total
    assert found is not None  # noqa: S101 the caller looked
    alone = sum(scores, Decimal(0))
    span = evidence.document.span(found.cell.start, found.cell.end)
    message = f"各项得分合计{_sum(scores)}={alone}"
    expected = alone
    if execution is not None:
        expected = alone + execution.middle
        message += f"，加预算执行得分{rounded(execution.middle)}为{rounded(expected)}"
    message += f"，不是总分{found.number}"
    scored = form.whole is not None and "score" in form.whole.figures
    if full and not scored and found.number == alone + full:
        message += f"；只有预算执行得满分{full}分才够"
    return inconsistent(
        TOTAL_SCORE, message + "。", (span, *form.indicators), printed=str(found.number), expected=rounded(expected)
    )


def _over_weight(form: Form) -> Iterator[Outcome]:
    for indicator in form.indicators:
        weight, score = indicator.weight, indicator.score
        if weight is None or score is None:
            continue
        if not form.sound:
            yield not_checkable(OVER_WEIGHT, "damaged_table")
        elif score <= weight:
            yield consistent(OVER_WEIGHT)
        else:
            message = f"“{indicator.name}”得分{score}高于分值{weight}。"
            yield inconsistent(OVER_WEIGHT, message, (indicator,), printed=str(score), expected=f"≤{weight}")


def _caps(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    """Scores above the first number of a formula that only subtracts: 得分=4-…."""
    if not form.has("method"):
        return
    clean = evidence.document.clean
    rows = form.table.rows[form.grid.first : form.grid.last]
    for number, indicator in rows_of(evidence, rows, form.indicators).items():
        cells = rows[number].cells
        rule = _CAP.search(clean, cells[0].start, cells[-1].end)
        if rule is None or indicator.score is None:
            continue
        if indicator.score <= Decimal(rule["cap"]):
            yield consistent(FORMULA_CAP)
        else:
            span = evidence.document.span(*rule.span())
            message = f"“{indicator.name}”得分{indicator.score}，而公式“{rule.group()}…”最多给{rule['cap']}分。"
            places = (span, indicator)
            yield inconsistent(FORMULA_CAP, message, places, printed=str(indicator.score), expected=f"≤{rule['cap']}")
