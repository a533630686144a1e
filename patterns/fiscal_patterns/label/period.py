"""Periods: which year or months a clause speaks of, and the period of the document for all that say nothing."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import regex

from fiscal_patterns.records import record
from fiscal_patterns.sections.nouns import Section

_MONTHS = (
    r"(?:(?P<first>\d{1,2}|元)(?:月份?)?[-—–~至到](?P<last>\d{1,2})月份?|(?P<month>\d{1,2})月份?(?:\d{1,2}日)?"
    r"|(?P<half>上半年|下半年|前三季度|第?[一二三四]季度))"
)
_TIME = rf"(?:(?P<year>20\d\d)年(?!第(?![一二三四]季))度?{_MONTHS}?+|{_MONTHS})(?:当月|[末底]|累计|初)?"

LEADING = regex.compile(
    rf"(?:去年|上年|上一年|20\d\d年)度?同期(?=\p{{Han}}{{2}}|$)|(?:去年|上年|上一年)度?+(?![结末底滚决预执])(?=\p{{Han}}{{2}}|$)|(?:截至|截止|到|在|于|自|从)?{_TIME}(?!结转|结余)(?:(?<=[底末月日])前(?!期))?[，,]?"
)
_STATED = regex.compile(
    rf"(?<=^|[，,。；;：:（(\s局心会位门院校镇乡区市县厅处所办中是]|截至|截止|其中|目前|情况|主要原因|针对|力争|确保|财政局对){_TIME}(?!相比|同期|公告|发布|印发|公布)"
)
_PLAIN = regex.compile(_TIME)
_HALVES = {
    "上半年": ("01", "06"), "下半年": ("07", "12"), "前三季度": ("01", "09"),
    "一季度": ("01", "03"), "二季度": ("04", "06"), "三季度": ("07", "09"), "四季度": ("10", "12"),
}  # fmt: skip


_YEAR = regex.compile(r"(20\d\d)年(?!\d{1,2}月\d|第(?![一二三四]季))")
_HAN_YEAR = regex.compile(r"二[〇○零][一二三][一二三四五六七八九〇○零]年")
_HAN_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_TITLE = 120  # characters that hold the title: the longest of the corpus ends at 98


def document_period(clean: str) -> str | None:
    """The period that a document reports: the year of its title, else the year it names most, with the title's months."""
    title = _HAN_YEAR.sub(lambda found: "".join(_HAN_DIGITS.get(sign, sign) for sign in found.group()), clean[:_TITLE])
    years = _YEAR.findall(title) or [year for year, _ in Counter(_YEAR.findall(clean)).most_common(1)]
    if not years:
        return _dated_period(title)
    found = _STATED.search(title, max(0, title.find(years[0])))
    months = _months(found) if found else None
    year = str(years[0])
    if not found or not months or months == _WHOLE_YEAR:
        return year
    reported = months[0] != months[1] or _OF_MONTH.match(title, found.end())
    return _written(year, months, False) if reported else year


_WHOLE_YEAR = ("01", "12")
# 2021年4月份财政收支: the month is reported; without such words it is a date.
_OF_MONTH = regex.compile(
    r"(?<=份)|全[省市区县州]|(?:地方)?(?:财政|一般公共预算|预算|经济)?(?:收支|收入|支出|执行|运行)"
)


_DATED = regex.compile(r"(?<!\d)(20\d\d)[-/.](\d{1,2})[-/.]\d{1,2}(?!\d)")


def _dated_period(title: str) -> str | None:
    """The months of a title without a year, in the year of the date beside it, or the one before if they lie ahead."""
    dated, found = _DATED.search(title), _STATED.search(title)
    months = _months(found) if found else None
    if not dated or not months:
        return None
    year = int(dated[1]) - (int(months[1]) > int(dated[2]))
    return _written(str(year), months, False)


def section_year(section: Section | None, default: str | None) -> str | None:
    """The year that the nearest heading names, where it is another than the document's: 二、2025年预算草案."""
    while section is not None and section.rank:
        if "20" in section.title and (years := set(_YEAR.findall(section.title))):
            year = str(years.pop())
            found = None if years else _PLAIN.search(section.title)
            months = _months(found) if found and found["year"] else None
            if months and months[0] != months[1]:
                return _written(year, months, False)
            return year if not years and year != (default or "")[:4] else None
        section = section.parent
    return None


@record
class Stated:
    """A period in words: ``at`` as written out, ``point`` for 截至…底, ``dated`` where the words name the year.

    ``leads`` where a sentence begins with it. ``closed`` is false where a month runs on into the name (1-12月预算执行进度): it then holds for that name alone.
    """

    at: str
    point: bool
    dated: bool
    closed: bool
    leads: bool


@lru_cache(maxsize=8192)
def stated_period(words: str, default: str | None) -> Stated | None:
    """The last period that ``words`` state at the head of a clause, else None."""
    stated = list(_STATED.finditer(words))
    if not stated:
        return _planned(words, default) or _earlier(words, default)
    found = stated[-1]
    dated = bool(found["year"])
    year = found["year"] or (default or "")[:4]
    if not year:
        return None
    due = words.startswith("前", found.end())  # 2024年6月底前: the month it is due in
    since = words[max(0, found.start() - 2) : found.start()] in ("截至", "截止")
    point = not due and (since or found.group()[-1] in "末底")
    months = _months(found)
    closed = months is None or point or bool(_CLOSED.match(words, found.end()))
    closed = closed and words[found.start() - 1 : found.start()] != "对"
    leads = closed and not point and len(stated) == 1 and not words[: found.start()].strip()
    leads = leads and not found.group().endswith("当月")
    return Stated(_written(year, months, point), point, dated, closed, leads)


_THIS_YEAR = regex.compile(
    r"今年(?:[我本全][省市区县州乡镇])?(?:将|拟|计划|预计|力争|要)|全年(?:预计|计划|力争|拟)|预计(?:今年|全年)"
)


def _planned(words: str, default: str | None) -> Stated | None:
    """今年将安排…in a report on some months of it: the whole year."""
    if not default or "-" not in default or not _THIS_YEAR.search(words):
        return None
    return Stated(default[:4], False, False, True, False)


_EARLIER = regex.compile(
    r"(?<=^|[，,。；;：:（(\s])(?P<year>上年|去年|上一年|今年(?!以来|初)|20\d\d年)度?(?P<same>同期)?(?![的结末底滚]|相比|决算公开)(?P<rest>\p{Han}{0,12})$"
)


def _earlier(words: str, default: str | None) -> Stated | None:
    """去年同期280万元, 2023年同期收入11亿元: the year before, the same months of it."""
    found = _EARLIER.search(words)
    if not found or not default or not (found["same"] or not found["year"].startswith("20")):
        return None
    if "相比" in found["rest"] or "结转" in found["rest"] or "结余" in found["rest"]:
        return None
    if found["year"] == "今年":
        return Stated(default, False, True, False, False)
    year = found["year"][:4] if found["year"].startswith("20") else str(int(default[:4]) - 1)
    at = default.replace(default[:4], year) if found["same"] else year
    return Stated(at, False, True, False, False)


_CLOSED = regex.compile(r"[，,]|份?(?:全[省市区县州]|[我本][省市区县州乡镇]|[省市区县]本?级)|$")


_BASE_YEAR = regex.compile(r"(20\d\d)年|上年|去年|上一年")


def base_year(words: str, default: str | None) -> str | None:
    """The year of the base that ``words`` name: 较上年, 比2022年的."""
    at = max(words.rfind(sign) for sign in "比较与")
    found = _BASE_YEAR.search(words, at + 1) or _BASE_YEAR.search(words)
    if not found or not default:
        return None
    return found[1] or str(int(default[:4]) - 1)


_STOCK = regex.compile(r"余额|库款|保有量|存量|结存|存款|滚存|结余$|累计结余|参保|在册|实有")


_HELD = regex.compile(r"[共现实拥尚]有(?!权|资本|企业|资产)")


def period_of(stated: Stated, default: str | None, name: str, words: str) -> str | None:
    """The period of a figure: a point in time for a stock (余额), the running period for what has flowed until then."""
    if not stated.point or "-" not in stated.at or _STOCK.search(name) or _HELD.search(words):
        return stated.at
    return stated.at[:4] if stated.dated and stated.at[:4] != (default or "")[:4] else default


def _months(found: regex.Match[str]) -> tuple[str, str] | None:
    if found["half"]:
        return _HALVES[found["half"].removeprefix("第")]
    if found["first"]:
        return ("01" if found["first"] == "元" else found["first"].zfill(2)), found["last"].zfill(2)
    month = found["month"]
    return (month.zfill(2), month.zfill(2)) if month else None


def _written(year: str, months: tuple[str, str] | None, point: bool) -> str:
    if not months or (point and months[1] == "12") or not year:
        return year
    return f"{year}-{months[1]}" if point or months[0] == months[1] else f"{year}-{months[0]}/{year}-{months[1]}"
