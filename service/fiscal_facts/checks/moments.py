"""Moments and titles of the year before the document's: 截至2023年12月31日 of what was spent in 2024."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache

import regex
from fiscal_patterns.facts import Amount, Fact
from fiscal_patterns.sections import Sentence

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.places import block_at

MOMENT = Code(
    "time.moment",
    "error",
    "本年度的执行数、余额写成截至上一年的同一天",
    "宁川县2025年一季度财政预算执行情况\n截至2024年3月底，全县已发行新增债券4.60亿元，占2025年新增债券额度18.40亿元的25.0%。",
    "宁川县2025年一季度财政预算执行情况\n截至2025年3月底，全县已发行新增债券4.60亿元，较截至2024年3月底增加0.30亿元。",
)
TITLE = Code(
    "time.title",
    "warning",
    "标题或表名的年度不是本文件的年度",
    "宁川县水务局2024年度部门决算\n第一部分 概况\n2024年度收、支总计均为829.13万元。\n第二部分 2023年度部门决算情况说明\n2024年度本年支出合计829.13万元。",
    "宁川县水务局2024年度部门决算\n第一部分 概况\n2024年度收、支总计均为829.13万元。\n第二部分 2024年度部门决算情况说明\n2024年度本年支出合计829.13万元。",
)
CODES: tuple[Code, ...] = (MOMENT, TITLE)

_AS_OF = regex.compile(r"截[至止]到?(?P<year>20\d\d)年(?P<when>年?[底末]|\d{1,2}月(?:底|末|\d{1,2}日))")
_YEAR_END = regex.compile(r"年?[底末]|12月(?:底|末|31日)")
# Both years are told, or the year before is what is compared with.
_COMPARED = regex.compile(r"同期|上年|去年|累计|结转|历年|以前年度|跨年|分年度|\d年期")
_AGAINST = ("比", "较", "与")
_NEXT_TO = 4
_DONE = regex.compile(r"执行|支出|支付|拨付|到位|使用|发行|完成")
_WHOLE_YEAR = regex.compile(r"全年|本年度?(?!结[转余])|年度(?:执行|支出)")
_MONTHS = regex.compile(r"(?<!\d)(?P<month>\d{1,2})月|(?P<span>一季度|上半年|前三季度|三季度|二季度|全年)")
_SPANS = {"一季度": "3", "上半年": "6", "二季度": "6", "前三季度": "9", "三季度": "9", "全年": "12"}
_DIGITS = 4  # figures with fewer may meet by chance
_KINDS = ("final_account", "performance_report", "bulletin")


def moments(evidence: Evidence) -> Iterator[Outcome]:
    """截至 with the year before the document's, where the sentence tells of the document's own year."""
    year = evidence.identity.year
    if evidence.identity.kind not in _KINDS or year is None:
        return
    found = list(_AS_OF.finditer(evidence.document.clean))
    own = {mark["when"] for mark in found if int(mark["year"]) == year}
    for mark in found:
        if int(mark["year"]) != year - 1:
            yield consistent(MOMENT)
            continue
        sentence = evidence.sentence_at(mark.start())
        if sentence is None or _both(evidence, mark, sentence, year):
            yield not_checkable(MOMENT, "unlike")
        elif (why := _why(evidence, mark, sentence, year, own)) is None:
            yield not_checkable(MOMENT, "ambiguous")
        else:
            right = mark.group().replace(mark["year"], str(year))
            message = f"“{mark.group()}”：{why}，似应为“{right}”。"
            span = evidence.document.span(*mark.span())
            yield inconsistent(MOMENT, message, (span,), printed=mark.group(), expected=right)


def _both(evidence: Evidence, mark: regex.Match[str], sentence: Sentence, year: int) -> bool:
    """Whether the sentence speaks of the year before besides, or compares with it."""
    clean = evidence.document.clean
    before, behind = (
        clean[max(sentence.start, mark.start() - _NEXT_TO) : mark.start()],
        clean[mark.end() : sentence.end],
    )
    if f"{year - 1}年" in before + behind or _COMPARED.search(behind):
        return True
    return _COMPARED.search(before) is not None or before.endswith(_AGAINST)


def _why(evidence: Evidence, mark: regex.Match[str], sentence: Sentence, year: int, own: set[str]) -> str | None:
    """What shows that the sentence is of the document's own year; None where nothing does."""
    clean = evidence.document.clean
    behind = clean[mark.end() : sentence.end]
    if not _DONE.search(behind):
        return None
    told = _told_elsewhere(evidence, sentence, str(year))
    if told is not None:
        return f"{told.clean}是{year}年的数"
    if evidence.identity.kind == "bulletin":
        fits = mark["when"] in own or _month(mark["when"]) == _month(evidence.identity.title or "")
        return f"同一句说的是{year}年" if fits and f"{year}年" in behind else None
    if _YEAR_END.fullmatch(mark["when"]) and _WHOLE_YEAR.search(behind) and "执行率" in behind:
        return f"说的是{year}年度全年的执行"
    return None


def _month(words: str) -> str | None:
    """The month of a moment, or the last of the months that a title names."""
    found = list(_MONTHS.finditer(words))
    return (found[-1]["month"] or _SPANS[found[-1]["span"]]) if found else None


def _told_elsewhere(evidence: Evidence, sentence: Sentence, year: str) -> Amount | None:
    """An amount of the sentence that the form of a project has spent in this year."""
    spent = evidence.remembered("spent by projects", lambda: _spent(evidence))
    first, last = evidence.document.source(sentence.start), evidence.document.source(sentence.end - 1)
    amounts = evidence.amounts
    for amount in amounts[bisect_left(amounts, first, key=_start) : bisect_left(amounts, last, key=_start)]:
        telling = len(amount.number.normalize().as_tuple().digits) >= _DIGITS and amount.role != "change"
        if telling and (amount.value, year) in spent:
            return amount
    return None


def _spent(evidence: Evidence) -> frozenset[tuple[Decimal, str | None]]:
    return frozenset((project.outturn, project.period) for project in evidence.projects if project.outturn)


def _start(fact: Fact) -> int:
    return fact.span.start


_NO_TITLE = regex.compile(r"[比较与。；;，,]|对比|上年|执行情况|草案|批复|文件|通知|安排|调整")
_LONGEST = 40
_YEAR = regex.compile(r"20\d\d(?=年)")
_UNTITLED = frozenset(("table", "contents", "definition", "page"))


@cache
def _titled(kind: str, year: int) -> regex.Pattern[str]:
    """The year, and behind it what this kind of document is called: begins with the digits, which are quickly found."""
    word = {"final_account": "决算", "budget": "预算"}[kind]
    return regex.compile(rf"{year}年度?(?=\p{{Han}}{{0,24}}?{word})")


def titles(evidence: Evidence) -> Iterator[Outcome]:
    """Headings and names of tables with the year before the document's."""
    year, kind = evidence.identity.year, evidence.identity.kind
    if kind not in ("final_account", "budget") or year is None:
        return
    clean = evidence.document.clean
    for found in _titled(kind, year - 1).finditer(clean):
        block = block_at(evidence, found.start())
        if block is None or block.kind in _UNTITLED or not block.start <= found.start() < block.end:
            continue
        words = clean[block.mark : block.end]
        if _NO_TITLE.search(words) or (block.kind != "heading" and len(words) > _LONGEST):
            yield consistent(TITLE)
            continue
        span = evidence.document.span(found.start(), found.start() + len(f"{year}年"))
        message = f"{year}年度的文件，标题写“{words}”，似应为{year}年。"
        yield inconsistent(TITLE, message, (span,), printed=span.text, expected=f"{year}年")


# Sentences that begin with the year after the title's, and none with the title's own: so many make it sure.
_OPENINGS = 3


def own_title(evidence: Evidence) -> Iterator[Outcome]:
    """The year of the document's title against the year that its paragraphs begin with."""
    year, title = evidence.identity.year, evidence.identity.title or ""
    if year is None or set(_YEAR.findall(title)) != {str(year)}:
        return
    clean = evidence.document.clean
    at = clean.find(str(year))
    own, next_year = (clean.count(f"\n{opening}年") for opening in (year, year + 1))
    if own or next_year < _OPENINGS or at < 0:
        yield consistent(TITLE) if own else not_checkable(TITLE, "missing")
        return
    span = evidence.document.span(at, at + len(f"{year}年"))
    message = f"标题写{year}年，正文{next_year}段以{year + 1}年开头，没有一段以{year}年开头。"
    yield inconsistent(TITLE, message, (span,), printed=span.text, expected=f"{year + 1}年")


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (moments, titles, own_title)
