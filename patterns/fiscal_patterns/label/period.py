"""Periods: which year or months a clause speaks of, and the period of the document for all that say nothing."""

from __future__ import annotations

from collections import Counter

import regex

_MONTHS = r"(?:(?P<first>\d{1,2}|元)(?:月份?)?(?:[-—–~至到])(?P<last>\d{1,2})月份?|(?P<month>\d{1,2})月(?:份)?(?:\d{1,2}日)?|(?P<half>上半年|下半年|前三季度|[一二三四]季度))"
_TIME = rf"(?:(?P<year>20\d\d)年度?{_MONTHS}?+|{_MONTHS.replace('?P<first>', '?P<first2>').replace('?P<last>', '?P<last2>').replace('?P<month>', '?P<month2>').replace('?P<half>', '?P<half2>')})(?:当月|[末底]|累计|初)?"

LEADING = regex.compile(rf"(?:截至|截止|到|在|于|自|从)?{_TIME}(?!结转|结余)[，,]?")
_STATED = regex.compile(
    rf"(?<=^|[，,。；;：:（(\s局心会位门院校镇乡区市县厅处所办中是]|截至|截止|其中|目前|主要原因){_TIME}(?!相比|同期)"
)
_HALVES = {
    "上半年": ("01", "06"), "下半年": ("07", "12"), "前三季度": ("01", "09"),
    "一季度": ("01", "03"), "二季度": ("04", "06"), "三季度": ("07", "09"), "四季度": ("10", "12"),
}  # fmt: skip


def document_period(clean: str) -> str | None:
    """The period that a document reports: the year named most (three times over in its first lines), with its months."""
    years = Counter(regex.findall(r"(20\d\d)年(?!\d{1,2}月\d)", clean))
    years.update({year: 3 * count for year, count in Counter(regex.findall(r"(20\d\d)年", clean[:160])).items()})
    year = years.most_common(1)[0][0] if years else None
    title = _STATED.search(clean[:160])
    if title and year and (months := _months(title)):
        return f"{year}-{months[0]}/{year}-{months[1]}" if months[0] != months[1] else f"{year}-{months[0]}"
    return year


def stated_period(words: str, default: str | None) -> tuple[str, bool] | None:
    """The last period that ``words`` state at the head of a clause, and whether it is a point (截至…底); else None."""
    if "年" not in words and "月" not in words and "季度" not in words:
        return None
    found = None
    for found in _STATED.finditer(words):
        pass
    if found is None:
        return None
    year = found["year"] or (default or "")[:4]
    point = words[max(0, found.start() - 2) : found.start()] in ("截至", "截止") or found.group()[-1] in "末底"
    return _written(year, _months(found), point), point


def _months(found: regex.Match[str]) -> tuple[str, str] | None:
    half = found["half"] or found["half2"]
    if half:
        return _HALVES[half]
    first, last = found["first"] or found["first2"], found["last"] or found["last2"]
    if first and last:
        return ("01" if first == "元" else first.zfill(2)), last.zfill(2)
    month = found["month"] or found["month2"]
    return (month.zfill(2), month.zfill(2)) if month else None


def _written(year: str, months: tuple[str, str] | None, point: bool) -> str:
    if not months or (point and months[1] == "12") or not year:
        return year
    return f"{year}-{months[1]}" if point or months[0] == months[1] else f"{year}-{months[0]}/{year}-{months[1]}"
