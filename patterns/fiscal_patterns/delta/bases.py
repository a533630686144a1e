"""What a change is measured against: the words that name a base, and the basis and period that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import regex

from fiscal_patterns.facts import Basis
from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.records import record

Match = re.Match[str] | regex.Match[str]
_BASIS = table("delta", "basis")
_HAN_YEAR = {han: str(digit) for digit, han in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}

_YEAR = r"(?:(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})"
_MONTHS = r"(?:\d{1,2}|元)(?:月?份?[-—~至到]\d{1,2})?月(?:份|末|底)?"
# What may stand between the year and 预算/决算; no word of change (比2023年减少公用经费预算).
_STAGE = (
    r"(?:[^,，。;；:：、\s\d增减降升提持无超多少]{0,16}?(?:预算|决算|执行)(?:支出|收入)?(?:总数|总额|数|额|金额)?|数)?"
)
# Another place: no word of time, base or change stands in its name.
_PLACE = r"[^,，。;；:：、\s\d较比年月期预算增减升降提回扩加放]{2,10}"
# Another statement of the same year: 与报告的执行数相比, 比快报数.
_REPORTED = r"[^,，。;；:：、\s\d增减升降]{0,16}?(?:执行数|快报数?|预计数|预计执行数?)"
# The base itself, without 比/较/与: a year, months, a word of the table with what stands before and after it, a place.
INNER = (
    rf"(?:(?P<year>{_YEAR})年(?:度|末|底)?(?P<months>(?:{_MONTHS})?)(?P<same>同期)?(?P<stage>{_STAGE})"
    rf"|(?P<range>{_MONTHS}|(?:第?[一二三四]|前[一二三])季度|[上下]半年)"
    r"|(?:当年|本年度?|今年|批复的?|下达的?|部门|单位|(?P<last>(?:上年度?|去年)(?!同期)))?"
    rf"(?P<word>{one_of(_BASIS)})(?!结转|结余)(?:的)?(?P<tail>{_STAGE})"
    r"|(?P<place>(?:项目)?(?:建设|改造|治理|整治|实施|改革|调整|搬迁|投用)前|[^,，。;；:：、\s\d]{0,10}?(?:平均(?:水平|增幅|增速|增长率|值|数)?|(?:增速|增幅|增长率)(?=约?[\d高低快慢]))"
    rf"|{_PLACE}?(?=[高低快慢]出?\d)|{_PLACE}(?=\d[\d.]*个百分点)|{_REPORTED}))"
)
_PATTERN = re.compile(
    r"(?P<yoy>同比)|(?P<mom>环比)"
    rf"|(?:(?P<by>比|较|与|同|和|跟|对比|相较于?|相比于?|相对于?){INNER}(?P<close>相比较?|比较|对比|相较|比)?)"
)
_HINT = re.compile("[同环]比|[比较与同和跟]|对比|相[比较对]")
# 与 and 和 also join words: a base only where a comparison follows.
_JOINS = frozenset("与同和跟")
_COMPARES = regex.compile(r"[^,，。;；]{0,12}?(?:持平|[无没未]|一致|相同|相等|不变|基本|[增减升降]|提高|回落)")
_BARE = regex.compile(rf"(?<=[,，。;；]|^)(?P<word>{one_of(_BASIS)})(?P<tail>数?)(?=(?:基本|总体)?持平)")


@record
class Base:
    """A named base: its clean range, what it is by its words, the period printed, and whether 相比 closes it."""

    start: int
    end: int
    basis: Basis
    printed: str | None
    closed: bool
    words: str

    def against(self, period: str | None, label: str | None) -> tuple[Basis, str | None]:
        """Basis and base period for a fact of ``period`` and ``label`` (the printed year may be the fact's own)."""
        if self.printed is None:
            return self.basis, base_period(self.basis, self.words, period)
        year, own = self.printed[:4], (period or "")[:4] or None
        if self.basis == "same_period":
            return self.basis, _moved(period, year)
        if self.basis in BUDGETS and year == own and not (label and label in self.words):
            return self.basis, year
        if "/" in self.printed or len(self.printed) > len("2024"):
            return ("previous_year" if own and year < own else "other"), self.printed
        if own is None or int(own) - int(year) in (0, 1):
            return "previous_year", self.printed
        return "other", self.printed


BUDGETS = ("initial_budget", "budget", "adjusted_budget")
_SAME_YEARS = regex.compile(r"年初|执行数|快报|预计")
_SAME_YEAR = (*BUDGETS, "plan")


def find_bases(clean: str, start: int, end: int, period: str | None) -> list[Base]:
    """The bases that the range names, in order; ``period`` is the year in which months without a year stand."""
    found = [
        inner_base(clean, match, period)
        for match in _matches(clean, start, end)
        if match["by"] not in _JOINS or match["close"] or _COMPARES.match(clean, match.end(), end)
    ]
    if clean.find("持平", start, end) < 0:
        return found
    found += [inner_base(clean, match, period) for match in _BARE.finditer(clean, start, end)]
    return sorted(found, key=lambda base: base.start)


def _matches(clean: str, start: int, end: int) -> Iterator[Match]:
    """The matches of the whole phrase, from where one may begin."""
    done = start
    for hint in _HINT.finditer(clean, start, end):
        if hint.start() >= done and (match := _PATTERN.match(clean, hint.start(), end)):
            done = match.end()
            yield match


def inner_base(clean: str, match: Match, period: str | None = None) -> Base:
    """The base of a match of :data:`INNER` or of the whole phrase."""
    groups = match.groupdict()
    basis, printed = _meaning(groups, period)
    closed = bool(groups.get("close") or groups.get("yoy"))
    return Base(match.start(), match.end(), basis, printed, closed, clean[match.start() : match.end()])


def _meaning(groups: dict[str, str | None], period: str | None) -> tuple[Basis, str | None]:
    """Basis and printed period by what was matched."""
    if year := groups.get("year"):
        printed = "".join(_HAN_YEAR.get(digit, digit) for digit in year)
        if groups["same"]:
            return "same_period", printed
        return _stage_basis(groups["stage"] or ""), with_months(printed, groups["months"] or "")
    if months := groups.get("range"):
        return "other", with_months(period[:4], months) if period else None
    if _GOAL.search(groups.get("place") or ""):
        return "plan", None
    if groups.get("yoy") or groups.get("last"):
        return "previous_year", None
    word = _BASIS.get(groups["word"] or "", "other")
    return cast(Basis, "previous_year" if word == "year_end" else word), None


def _stage_basis(stage: str) -> Basis:
    if "年初预算" in stage:
        return "initial_budget"
    if "调整" in stage or "全年预算" in stage:
        return "adjusted_budget"
    return "budget" if "预算" in stage else "previous_year"


_GOAL = regex.compile(r"(?:目标|计划|任务)值?数?$")
_MONTH = regex.compile(r"\d{1,2}|元")
_QUARTER = {"一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}


def with_months(year: str, months: str) -> str:
    """``2024`` and ``1-8月`` as ``2024-01/2024-08``."""
    if months.endswith(("季度", "半年")):
        return "/".join(f"{year}-{month:02d}" for month in _part_of_year(months))
    numbers = [1 if month == "元" else int(month) for month in _MONTH.findall(months)]
    return "/".join(f"{year}-{month:02d}" for month in numbers) if numbers else year


def _part_of_year(words: str) -> tuple[int, int]:
    """First and last month of 一季度, 前三季度, 上半年."""
    if words.endswith("半年"):
        return (1, 6) if words[0] == "上" else (7, 12)
    first, last = _QUARTER[words[-3]]
    return (1, last) if words[0] == "前" else (first, last)


def base_period(basis: Basis, words: str, period: str | None) -> str | None:
    """The period that a base without a printed year implies for a fact of ``period``; None where it is no time."""
    if not period or not period[:4].isdigit():
        return None
    if basis in _SAME_YEAR:
        return None if "进度" in words or ("目标" in words and "年" not in words) else period[:4]
    if basis == "other":
        return (
            _month_before(period)
            if "上月" in words or "环比" in words
            else period[:4]
            if _SAME_YEARS.search(words)
            else None
        )
    year = str(int(period[:4]) - 1)
    return year if words and any(end in words for end in ("末", "底")) else _moved(period, year)


def _moved(period: str | None, year: str) -> str:
    """``period`` moved to ``year``: ``2024-01/2024-09`` and 2023 give ``2023-01/2023-09``."""
    return "/".join(year + part[4:] for part in period.split("/")) if period else year


_MEAN = regex.compile(r"(?r)(?P<years>[两二三四五六七八九\d])年(?:间|来)?(?:平均|年均)|年平均|年均")


def mean_of_years(clean: str, at: int, base: int) -> int:
    """Over how many years a growth whose word stands at ``at`` is the mean (两年平均增长: 2; 年均增长: 1); 0 for any other.

    ``base`` is where the base it has been given ends: one in the same clause is its own.
    """
    found = _MEAN.match(clean, max(base, at - 8), at) if clean[at - 1] == "均" else None
    if found is None or (base and not _CLAUSE.search(clean, base, found.start())):
        return 0
    years = found["years"]
    return (int(years) if years.isdigit() else "一二三四五六七八九".find(years) + 1 or 2) if years else 1


_CLAUSE = regex.compile("[,，。;；]")


def years_before(period: str | None, years: int) -> str | None:
    """The period ``years`` earlier; None where the text does not say how many they are."""
    return _moved(period, str(int(period[:4]) - years)) if period and years > 1 and period[:4].isdigit() else None


def _month_before(period: str) -> str | None:
    last = period.split("/")[-1]
    if len(last) != len("2024-09"):
        return None
    year, month = int(last[:4]), int(last[5:])
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02d}"
