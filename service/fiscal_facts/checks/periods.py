"""Years that cannot be: a year compared with itself, a stock of the wrong year, a total of another year's document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex
from fiscal_patterns.facts import Amount, Delta
from fiscal_patterns.sections import Sentence
from fiscal_patterns.text import Span

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome, Severity
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.places import block_at
from fiscal_facts.checks.things import is_known
from fiscal_facts.checks.wording import named

SELF = Code(
    "time.self",
    "error",
    "一年与它自己相比",
    "2023年收支预算总数377.86万元，比2023年收支预算总数增加22.35万元。",
    "2024年收支预算总数377.86万元，比2023年收支预算总数增加22.35万元。",
)
STALE = Code(
    "time.stale",
    "error",
    "决算里车辆、资产、人员的时点是上年末",
    "宁川县水务局2024年度部门决算\n截至2023年12月底，单位共有公务用车1辆。",
    "宁川县水务局2024年度部门决算\n截至2024年12月底，单位共有公务用车1辆。",
)
LATER = Code(
    "time.later",
    "error",
    "决算、绩效报告里把下一年度的事说成已发生",
    "宁川县水务局2024年度部门决算\n我局2025年度资产保存完整、配置合理、账实相符。",
    "宁川县水务局2024年度部门决算\n我局2024年度资产保存完整、配置合理、账实相符。",
)
YEAR = Code(
    "time.year",
    "warning",
    "总额所写的年度与文件的年度不同",
    "宁川县水务局2024年度部门决算\n一、收入支出决算总体情况说明\n2023年度收入总计829.13万元。\n二、支出\n2024年度本年支出合计829.13万元。",
    "宁川县水务局2024年度部门决算\n一、收入支出决算总体情况说明\n2024年度收入总计829.13万元。\n二、支出\n2024年度本年支出合计829.13万元。",
)
BASE = Code(
    "time.base",
    "warning",
    "决算与前年而不是上年相比，似沿用了旧文",
    "宁川县水务局2024年度部门决算\n2024年度收入总计829.13万元，与2022年相比，收入总计减少499.39万元，下降37.59%。",
    "宁川县水务局2024年度部门决算\n2024年度收入总计829.13万元，与2023年相比，收入总计减少499.39万元，下降37.59%。",
)
CODES = (SELF, STALE, LATER, YEAR, BASE)

# Characters before a change in which its level and its base are printed.
_REACH = 120
_BEFORE = ("previous_year", "same_period")
_AS_OF = regex.compile(r"截(?:至|止)(?:到)?(?P<year>20\d\d)年(?:12月(?:31日|底|末)|底|末|年底|年末)")
# The stocks of accounts are of the year's end, those of a budget of the end of the year before.
_ENDS = {"final_account": 0, "budget": -1}
_STOCK = regex.compile(r"车辆|公务用车|固定资产|资产总额|房屋|设备|在职|实有|编制|人员")
# Said of what has happened: a budget or a plan of the next year is no error.
_HAPPENED = regex.compile(
    r"(?P<year>20\d\d)年度?(?=(?:资产(?!处置计划|配置计划|配置预算)|(?:部门|单位)?决算|收入总计|支出总计|收、支总计|本年(?:收入|支出)合计"
    r"|“三公”经费(?:财政拨款)?支出决算|机关运行经费支出|政府采购支出总额))"
)
_PLANNED = regex.compile(r"计划|预计|将|拟|下一步|今后|打算|下年")
# A point in time or a span of months, not the year of a total.
_MOMENT = regex.compile(r"20\d\d年(?:底|末|初|\d)|截[至止]")
_TOTALS = regex.compile(
    r"(?:本年|财政拨款)?(?:收入|支出|收支|收、支)(?:决算|预算)?(?:总计|总数|合计|总额)|收支总预算"
    r"|一般公共预算(?:总)?(?:收入|支出|财政拨款支出)|“三公”经费(?:财政拨款)?(?:支出)?|机关运行经费(?:支出)?|政府采购支出总额"
)


def compared_with_itself(evidence: Evidence) -> Iterator[Outcome]:
    """A change against the previous year whose base is printed with the year of the level."""
    for delta in evidence.deltas:
        budgets = delta.basis == "budget" and evidence.identity.kind == "budget"
        if not (delta.basis in _BEFORE or budgets) or not delta.base_period or delta.template:
            continue
        if delta.base_period != delta.period:
            yield consistent(SELF)
        elif (outcome := _itself(evidence, delta, delta.base_period)) is not None:
            yield outcome


def _itself(evidence: Evidence, delta: Delta, year: str) -> Outcome | None:
    sentence = evidence.sentence(delta)
    words = f"{year}年"
    start = max(sentence.start, evidence.place_of[delta.id] - _REACH) if sentence else 0
    before = evidence.document.clean[start : evidence.place_of[delta.id]] if sentence else ""
    if sentence is None or before.count(words) < 2:
        return not_checkable(SELF, "ambiguous")
    first = start + before.index(words)
    current = evidence.figure(next(iter(delta.current), None))
    end = evidence.place_of[current.id] if current else first + len(words)
    place = evidence.document.span(first, max(end, first + len(words)))
    message = f"{named(delta)}的{words}与{words}相比，一年不能与自己比较，请核对哪一个是上年。"
    expected = f"{evidence.identity.year}年" if str(evidence.identity.year) not in (year, "None") else None
    return inconsistent(
        SELF, message, [place, delta, *([current] if current else [])], printed=words, expected=expected
    )


def stale(evidence: Evidence) -> Iterator[Outcome]:
    """截至2023年12月底 of vehicles, assets or staff in the accounts of 2024."""
    if evidence.identity.kind not in _ENDS or evidence.identity.year is None:
        return
    year = evidence.identity.year + _ENDS[evidence.identity.kind]
    for found in _AS_OF.finditer(evidence.document.clean):
        sentence = evidence.sentence_at(found.start())
        if sentence is None or not _STOCK.search(evidence.document.clean, found.end(), sentence.end):
            continue
        if int(found["year"]) != year - 1:
            yield consistent(STALE)
            continue
        if _tells_this_year(evidence, found.start(), year):
            yield not_checkable(STALE, "ambiguous")
            continue
        place = evidence.document.span(*found.span())
        accounts = evidence.identity.kind == "final_account"
        message = f"{year}年末的时点写成“{found.group()}”，早了一年，似应为{year}年。"
        expected = found.group().replace(found["year"], str(year))
        # A budget may go back to the last stock that was audited.
        mild: Severity | None = None if accounts else "note"
        yield inconsistent(STALE, message, [place], printed=found.group(), expected=expected, severity=mild)


def _tells_this_year(evidence: Evidence, position: int, year: int) -> bool:
    """Whether the end of this year stands beside that of the last: both are told."""
    block = block_at(evidence, position)
    return block is not None and any(
        int(found["year"]) == year for found in _AS_OF.finditer(evidence.document.clean, block.start, block.end)
    )


def later(evidence: Evidence) -> Iterator[Outcome]:
    """Assets, totals or accounts of the year after the document's, told as done."""
    year = evidence.identity.year
    if evidence.identity.kind not in ("final_account", "performance_report") or year is None:
        return
    for found in _HAPPENED.finditer(evidence.document.clean):
        sentence = evidence.sentence_at(found.start())
        if sentence is None:
            continue
        if int(found["year"]) <= year or _PLANNED.search(evidence.document.clean, sentence.start, sentence.end):
            yield consistent(LATER)
            continue
        place = evidence.document.span(found.start(), _end(evidence, sentence, found.end()))
        message = f"{year}年度的文件写“{place.text}”，{found['year']}年度尚未发生，似应为{year}年度。"
        yield inconsistent(LATER, message, [place], printed=f"{found['year']}年", expected=f"{year}年")


def _end(evidence: Evidence, sentence: Sentence, start: int) -> int:
    """End of the two characters that the year is said of."""
    return min(start + 2, sentence.end)


def years(evidence: Evidence) -> Iterator[Outcome]:
    """Totals under the explicit year of another document, where most totals are of this one."""
    year = evidence.identity.year
    if evidence.identity.kind not in ("final_account", "budget") or year is None:
        return
    totals = [fact for fact in evidence.amounts if fact.role == "level" and fact.labels and _is_total(fact)]
    own = [fact for fact in totals if fact.period == str(year)]
    yield from _same_value(evidence, year)
    for fact in totals:
        if fact.period in (None, str(year)) or not fact.period.isdigit():
            yield consistent(YEAR)
        elif len(own) * 2 < len(totals) or not _opens(evidence, fact, fact.period):
            yield not_checkable(YEAR, "unlike")
        else:
            place = _year_place(evidence, fact, fact.period)
            message = f"{year}年度的文件把{named(fact)}{fact.clean}写作{fact.period}年的数，似应为{year}年。"
            yield inconsistent(YEAR, message, [place, fact], printed=f"{fact.period}年", expected=f"{year}年")


def _same_value(evidence: Evidence, year: int) -> Iterator[Outcome]:
    """A figure that opens its paragraph under the year before, and is told of this year elsewhere to the last digit."""
    before = [fact for fact in evidence.amounts if fact.period == str(year - 1) and fact.role == "level"]
    told = {fact.value for fact in evidence.amounts if fact.period == str(year)} if before else set()
    for fact in before:
        if fact.value not in told or not _many_digits(fact) or _is_total(fact):
            continue
        block = evidence.block(fact)
        words = evidence.document.clean[block.start : block.end] if block else ""
        if f"{year}年" not in words and _opens(evidence, fact, str(year - 1)):
            place = _year_place(evidence, fact, str(year - 1))
            message = f"{fact.clean}在别处是{year}年的数，这里写作{year - 1}年，似应为{year}年。"
            yield inconsistent(YEAR, message, [place, fact], printed=f"{year - 1}年", expected=f"{year}年")


def _many_digits(fact: Amount) -> bool:
    return len(fact.number.normalize().as_tuple().digits) >= _TELLING


_TELLING = 4  # digits: figures with fewer may meet by chance


def _is_total(fact: Amount) -> bool:
    return any(_TOTALS.fullmatch(label.text) or is_known(label.text) for label in fact.labels)


def _opens(evidence: Evidence, fact: Amount, year: str) -> bool:
    """Whether the sentence begins with that year, says no other, and the figure is its first."""
    sentence = evidence.sentence(fact)
    if sentence is None:
        return False
    words = evidence.words(sentence)
    first = evidence.first_beside(fact)
    years = set(regex.findall(r"20\d\d(?=年)", words[: evidence.place_of[fact.id] - sentence.start]))
    return years == {year} and first is fact and not _MOMENT.search(words)


def _year_place(evidence: Evidence, fact: Amount, year: str) -> Span:
    sentence = evidence.sentence(fact)
    start = sentence.start + evidence.words(sentence).index(f"{year}年") if sentence else evidence.place_of[fact.id]
    return evidence.document.span(start, start + len(year) + 1)


def bases(evidence: Evidence) -> Iterator[Outcome]:
    """Changes against the year before last, where the same thing is not compared with the last year too."""
    kind, year = evidence.identity.kind, evidence.identity.year
    if kind not in _COMPARING or year is None:
        return
    gaps = [(delta, _gap(delta)) for delta in evidence.deltas if delta.basis in _BASED]
    usual = {place for delta, gap in gaps if gap == 1 for place in _told_of(evidence, delta)}
    common = sum(gap == 1 for _, gap in gaps)
    odd = [delta for delta, gap in gaps if gap == _TWO_YEARS and (delta.period or "").startswith(str(year))]
    yield from (consistent(BASE) for _ in range(common))
    rare = len(odd) * _TIMES <= common
    for delta in odd:
        place = _base_place(evidence, delta)
        both = not usual.isdisjoint(_told_of(evidence, delta))
        if place is None or both or not (rare or kind == "final_account"):
            yield not_checkable(BASE, "unlike")
            continue
        last = f"{year - 1}年"
        message = f"{year}年的{named(delta)}与{place.text}相比，隔了一年，似应为{last}。"
        yield inconsistent(BASE, message, [place, delta], printed=place.text, expected=last)


def _told_of(evidence: Evidence, delta: Delta) -> set[tuple[int, str]]:
    """The sentence of a change with what it is stated of; with nothing where that is not known."""
    sentence = evidence.sentence_number(delta)
    return {(sentence, label.text) for label in delta.labels} or {(sentence, "")}


_TWO_YEARS = 2
_YEAR_ONLY = 4
_COMPARING = ("final_account", "budget", "performance_report", "bulletin")
_BASED = ("previous_year", "same_period", "budget", "other")
# Documents other than accounts may look further back: then a base of two years ago is rare, one in four at most.
_TIMES = 4
_LONG_AGO = regex.compile(r"两年|平均|年均|累计")


def _gap(delta: Delta) -> int:
    """Years from the base to the level: of whole years, of the same months of both, or of a base that is a year."""
    one, other = delta.period or "", delta.base_period or ""
    if delta.template:
        return 0
    if not (one[:4].isdecimal() and other[:4].isdecimal()):
        return 0
    years = int(one[:4]) - int(other[:4])
    return years if len(other) == _YEAR_ONLY or one == other.replace(other[:4], one[:4]) else 0


def _base_place(evidence: Evidence, delta: Delta) -> Span | None:
    """Where the year of the base stands: the last mention before the figure of the change; None where there is none."""
    sentence = evidence.sentence(delta)
    words = f"{(delta.base_period or '')[:4]}年"
    if sentence is None or _LONG_AGO.search(evidence.words(sentence)):
        return None
    at = evidence.document.clean.rfind(words, sentence.start, evidence.place_of[delta.id] + _NEAR)
    return evidence.document.span(at, at + len(words)) if at >= 0 else None


_NEAR = 12  # 较2022年度的: the base may stand between the direction and the figure


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (compared_with_itself, stale, later, years, bases)
