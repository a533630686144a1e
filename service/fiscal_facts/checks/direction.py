"""Words of direction against each other, against a sign, against the levels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from fiscal_patterns.facts import Amount, Delta, Label, Percentage

from fiscal_facts.checks.changes import STAGES, Change, read
from fiscal_facts.checks.directions import word_before
from fiscal_facts.checks.evidence import Evidence, Figure
from fiscal_facts.checks.intervals import Interval, admits, last_digit, minus, overlap, percent, plus
from fiscal_facts.checks.nouns import Code, Outcome, Severity
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.wholes import ANY_BUDGET, BUDGETS
from fiscal_facts.checks.wording import common_unit, in_unit, named, percentage, worked

WORDS = Code(
    "direction.words",
    "error",
    "变动额与变动率的方向词相反",
    "公务用车购置及运行维护费支出2.5万元，比2023年减少0.19万元，增长7.16%。",
    "公务用车购置及运行维护费支出2.5万元，比2023年减少0.19万元，下降7.06%。",
)
SIGN = Code(
    "direction.sign",
    "error",
    "表示减少的词后面又带负号",
    "公务接待费支出4.16万元，比2023年减少1.93万元，下降-31.69%。",
    "公务接待费支出4.16万元，比2023年减少1.93万元，下降31.69%。",
)
LEVELS = Code(
    "direction.levels",
    "error",
    "方向词与印出的现值、基数不符",
    "“三公”经费支出预算为18.60万元，支出决算为15.92万元，比预算增加2.68万元。",
    "“三公”经费支出预算为18.60万元，支出决算为15.92万元，比预算减少2.68万元。",
)
UNCHANGED = Code(
    "direction.unchanged",
    "error",
    "说持平，印出的数却有变动",
    "“三公”经费支出预算为18.60万元，支出决算为15.92万元，与预算持平。",
    "“三公”经费支出预算为18.60万元，支出决算为18.60万元，与预算持平。",
)
COMPARISON = Code(
    "direction.comparison",
    "error",
    "决算数大于、小于或等于预算数的说法与数字不符",
    "1.教育支出（类）年初预算为0元，支出决算为0元，决算数大于预算数。",
    "1.教育支出（类）年初预算为0元，支出决算为0元，决算数等于预算数。",
)
CODES = (WORDS, SIGN, LEVELS, UNCHANGED, COMPARISON)

# A level a hundred times the other is in another unit.
_FAR = Decimal(100)
_SAYS = {"increase": "大于", "decrease": "小于", "unchanged": "等于"}
_HUNDRED = Decimal(100)
# 基本持平 says that there is a small change.
_NEARLY = ("基本", "大致", "大体")


def words(evidence: Evidence) -> Iterator[Outcome]:
    """The word before the amount of a change against the word before its rate."""
    for change in read(evidence):
        if change.amount is None or change.rate is None:
            continue
        if not change.mixed:
            yield consistent(WORDS)
        elif change.delta.caliber or change.delta.order != 1:
            yield not_checkable(WORDS, "caliber")
        else:
            yield _opposite(evidence, change, change.amount, change.rate)


def _opposite(evidence: Evidence, change: Change, amount: Figure, rate: Percentage) -> Outcome:
    first, second = word_before(evidence, amount), word_before(evidence, rate)
    said = (first[1] if first else "", second[1] if second else "")
    message = f"{named(amount) or named(rate)}“{said[0]}{amount.clean}”与“{said[1]}{rate.clean}”方向相反"
    expected = None
    if change.current and not change.trouble:
        level, size = evidence.interval(change.current), evidence.interval(amount)
        unit = common_unit(change.current, amount)
        number, whole = in_unit(amount, unit), in_unit(change.current, unit)
        tried = []
        for falling, base in ((True, plus(level, size)), (False, minus(level, size))):
            found = percent(size, base) if base.low > 0 else None
            if found is None:
                continue
            value = percentage(size.middle / base.middle * 100)
            tried.append(
                f"按{'减少' if falling else '增加'}计{number}÷({whole}{'+' if falling else '-'}{number})={value}"
            )
            if admits(found, abs(rate.number)):
                expected = f"{'下降' if falling else '增长'}{rate.clean}"
        message += f"：{'，'.join(tried)}" if tried else ""
    places = [place for place in (change.delta, amount, rate, change.current) if place]
    return inconsistent(WORDS, message + "。", places, printed=f"{said[1]}{rate.clean}", expected=expected)


def signs(evidence: Evidence) -> Iterator[Outcome]:
    """No minus sign behind a word that means a fall."""
    for delta in evidence.deltas:
        for figure in (evidence.figure(delta.amount), evidence.percentage(delta.rate)):
            if figure is None or delta.template:
                continue
            found = word_before(evidence, figure) if figure.number < 0 else None
            if found is None or found[0] == "increase":
                yield consistent(SIGN)
                continue
            right = figure.clean.lstrip("-－−")
            message = f"{named(figure)}“{found[1]}{figure.clean}”已说{found[1]}又带负号，方向自相矛盾，似应为{found[1]}{right}。"
            yield inconsistent(SIGN, message, (figure, delta), printed=figure.clean, expected=right)


def levels(evidence: Evidence) -> Iterator[Outcome]:
    """The word of a change against the two levels, where both are printed."""
    for change in read(evidence):
        if change.current is None or change.base is None or change.mixed or change.delta.order != 1:
            continue
        if change.trouble:
            yield not_checkable(LEVELS, change.trouble)
            continue
        less, more = sorted((change.current.value, change.base.value))
        if 0 < less * _FAR <= more:
            yield not_checkable(LEVELS, "unlike")  # a slip of units: no word of direction is wrong
            continue
        gap = minus(evidence.interval(change.current), evidence.interval(change.base))
        if gap.high >= 0 if change.rising else gap.low <= 0:
            yield consistent(LEVELS)
            continue
        if not _of_gap(evidence, change, gap, change.base):
            yield not_checkable(LEVELS, "ambiguous")  # neither word nor figures fit: the base is another
            continue
        unit = common_unit(change.current, change.base)
        value = worked(change.current.value - change.base.value, unit)
        message = (
            f"{named(change.current)}说{change.word}，印出的数却{'减少' if change.rising else '增加'}："
            f"{in_unit(change.current, unit)}-{in_unit(change.base, unit)}={value}。"
        )
        yield inconsistent(LEVELS, message, (change.delta, change.current, change.base), printed=change.word)


def _of_gap(evidence: Evidence, change: Change, gap: Interval, base: Figure) -> bool:
    """Whether the change is as large as the gap between the two levels, or as its rate; true where it prints neither."""
    size = Interval(-gap.high, -gap.low) if gap.high <= 0 else gap
    if change.amount is not None:
        return overlap(size, evidence.interval(change.amount))
    found = percent(size, evidence.interval(base)) if change.rate is not None else None
    return found is None or (change.rate is not None and admits(found, abs(change.rate.number)))


def comparisons(evidence: Evidence) -> Iterator[Outcome]:
    """持平, 决算数小于预算数 and the like against the two figures, or against the completion rate."""
    for delta in evidence.deltas:
        if delta.amount or delta.rate or delta.template or delta.order != 1:
            continue
        code = UNCHANGED if delta.rule == "delta.unchanged" else COMPARISON
        if delta.caliber:
            yield not_checkable(code, "caliber")
        elif evidence.before(delta, 2) in _NEARLY:
            yield not_checkable(code, "approximate")
        else:
            yield _compared(evidence, code, delta)


def _compared(evidence: Evidence, code: Code, delta: Delta) -> Outcome:
    for identity, label in zip(delta.current, delta.labels, strict=False):
        current = evidence.figure(identity)
        base = _base(evidence, delta, label, current)
        if current is not None and base is not None and not (current.approximation or base.approximation):
            return _against_figures(evidence, code, delta, current, base)
        if rate := _completion(evidence, delta, label):
            return _against_rate(code, delta, rate)
    return not_checkable(code, "missing")


def _base(evidence: Evidence, delta: Delta, label: Label, current: Figure | None) -> Amount | None:
    """The budget that a level is compared with: beside it, under its label, of a stage that the word may mean."""
    stages = STAGES.get(delta.basis, ())
    found = [fact for fact in evidence.beside(delta, label.text) if isinstance(fact, Amount) and fact is not current]
    right = [fact for fact in found if fact.stage in stages]
    if delta.basis == "budget" and not right:
        right = [fact for fact in found if fact.stage == "initial_budget"]
    if delta.basis not in STAGES:
        right = [fact for fact in found if fact.period == delta.base_period and fact.period != delta.period]
    return right[-1] if len({fact.value for fact in right}) == 1 else None


def _against_figures(evidence: Evidence, code: Code, delta: Delta, current: Figure, base: Amount) -> Outcome:
    one, other = evidence.interval(current), evidence.interval(base)
    if current.value == base.value == 0:
        truth = "unchanged"
    elif overlap(one, other):
        return consistent(code) if delta.direction == "unchanged" else not_checkable(code, "imprecise")
    else:
        truth = "increase" if current.value > base.value else "decrease"
    if truth == delta.direction:
        return consistent(code)
    severity: Severity | None = None
    if delta.basis == "budget" and base.stage == "initial_budget" and truth != "unchanged":
        if not _of_initial(evidence, delta):
            return not_checkable(code, "unlike")
        severity = "warning"  # 预算数 may still be the adjusted one
    unit = common_unit(current, base)
    relation = {"increase": ">", "decrease": "<", "unchanged": "="}[truth]
    message = (
        f"{named(current)}说“{delta.clean}”，而{in_unit(current, unit)}{relation}{in_unit(base, unit)}{unit or ''}，"
        f"应为{_SAYS[truth]}。"
    )
    expected = _expected(delta, truth)
    places = (delta, current, base)
    return inconsistent(code, message, places, printed=delta.clean, expected=expected, severity=severity)


def _of_initial(evidence: Evidence, delta: Delta) -> bool:
    """Whether the sentence measures completion against 年初预算: then its 预算数 is that one."""
    rates = [_completion(evidence, delta, label) for label in delta.labels]
    return any(rate is not None and rate.of is not None and rate.of.text == "年初预算" for rate in rates)


def _expected(delta: Delta, truth: str) -> str:
    for word in _SAYS.values():
        if word in delta.clean:
            return delta.clean.replace(word, _SAYS[truth])
    return _SAYS[truth]


def _completion(evidence: Evidence, delta: Delta, label: Label) -> Percentage | None:
    """How much of the budget was done, printed in the same sentence before the comparison."""
    if delta.basis not in STAGES:
        return None
    found = evidence.completions_of.before((evidence.sentence_number(delta), label.text), delta.span.start, 1)
    rate = found[0] if found and not found[0].approximation else None
    return rate if rate is not None and rate.of is not None and _of_basis(rate.of.text, delta) else None


def _of_basis(budget: str, delta: Delta) -> bool:
    """Whether a rate is of the budget that a level is compared with; 预算数 may be any."""
    return delta.basis == "budget" or any(stage in STAGES[delta.basis] for stage in BUDGETS.get(budget, ANY_BUDGET))


def _against_rate(code: Code, delta: Delta, rate: Percentage) -> Outcome:
    tail = last_digit(rate.number)
    if abs(rate.number - _HUNDRED) <= tail:
        return consistent(code) if delta.direction == "unchanged" else not_checkable(code, "imprecise")
    if rate.number == 0:  # 0 of 0 is printed as 0%
        return not_checkable(code, "zero_base")
    truth = "increase" if rate.number > _HUNDRED else "decrease"
    if truth == delta.direction:
        return consistent(code)
    message = f"{named(rate)}说“{delta.clean}”，而完成率{rate.clean}{'大' if truth == 'increase' else '小'}于100%，应为{_SAYS[truth]}。"
    return inconsistent(code, message, (delta, rate), printed=delta.clean, expected=_expected(delta, truth))


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (words, signs, levels, comparisons)
