"""Where an unquoted name begins, and whether a phrase can be the name of a project."""

from __future__ import annotations

from functools import cache

import regex

from fiscal_patterns.lexicon import one_of, table

# Longest unquoted name met: 27 characters (医疗服务与保障能力提升（医疗保障服务能力建设部分）).
LONGEST = 40
_SHORTEST = 4
_OBJECT = ("对", "将")  # the name is the object whatever its first word: 组织对向上争取资金工作经费
_LONGEST_MEMBER = 44
# A number that opens an item is a break too: …三成。2.检测设备购置项目.
_LAST_BREAK = regex.compile(
    r"(?r)[,，。;；:：、!！?？\n\t《》]|(?<![\d.])\d{1,2}[.．](?!\d)|[(（][一二三四五六七八九十\d]{1,2}[)）]"
)
_YEAR = regex.compile(r"20\d\d年度?(?:\d{1,2}月)?")
_BRACKET_END = regex.compile(r"[(（][^()（）]{1,30}[)）]$")
_BRACKETS = (")", "）")
_FIGURE = regex.compile(r"\d(?:万|亿|元|%|个|项|分)")
_REPORT = regex.compile(
    r"(?:报告|自评|评价|绩效|情况|目标|预算|决算|支出|收入|说明|(?<!代)表|办法|通知|意见|规定|[合共总]计|总额)$"
)


@cache
def _leads() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    words = table("project", "lead", ("anywhere", "start"))
    anywhere = one_of(word for word, code in words.items() if code == "anywhere")
    start = one_of(word for word, code in words.items() if code == "start")
    return regex.compile(f"{anywhere}|{_YEAR.pattern}"), regex.compile(start)


@cache
def _opened() -> regex.Pattern[str]:
    """Words that lead to a name, at the beginning of what was left for one: 二是追加, 2024年安排."""
    return regex.compile(f"^(?:{one_of(table('project', 'lead', ('anywhere', 'start')))}|{_YEAR.pattern})+")


@cache
def _tails() -> tuple[str, ...]:
    return tuple(table("project", "tail", ("word",)))


@cache
def _generic() -> regex.Pattern[str]:
    return regex.compile(f"(?:{one_of(table('project', 'generic', ('word',)))}|[与和及、的])*+")


def name_start(clean: str, low: int, end: int, *, years: bool = False) -> int:
    """Where the phrase that ends at ``end`` begins: behind the last break, lead word or year; not before ``low``.

    With ``years`` a year that follows a lead word belongs to the name: 对2022年路灯维护费、…等3个项目.
    """
    low = max(low, end - LONGEST)
    last = _LAST_BREAK.search(clean, low, end)
    first = start = last.end() if last else low
    anywhere, at_start = _leads()
    for found in anywhere.finditer(clean, start, end):
        dated = years and found.group().startswith("20") and start > first
        if found.end() <= end - _SHORTEST and not dated:
            start = found.end()
    if clean[start - 1 : start] in _OBJECT:
        return start
    while (found_lead := at_start.match(clean, start, end)) and found_lead.end() <= end - _SHORTEST:
        start = found_lead.end()
    return start


def can_be_name(clean: str, start: int, end: int, *, generic: bool = False) -> bool:
    """Whether the phrase can name a project; ``generic`` lets pass what only a list makes a name (信息系统维护费)."""
    if end - start > _LONGEST_MEMBER or _FIGURE.search(clean, start, end):
        return False
    words = clean[start:end]
    if len(_opened().sub("", words)) < _SHORTEST - generic:
        return False
    if words.count("（") + words.count("(") != words.count("）") + words.count(")"):
        return False
    return not _REPORT.search(words) and (generic or not is_generic(words))


def ends_like_a_name(clean: str, start: int, end: int) -> bool:
    """Whether a phrase of some length ends as names of projects do: 建设, 维护费, 补助."""
    closing = _BRACKET_END.search(clean, start, end)
    if closing:
        end = closing.start()
    return end - start >= _SHORTEST and clean.endswith(_tails(), start, end)


def may_end_a_name(clean: str, end: int) -> bool:
    """Whether :func:`ends_like_a_name` may hold of a phrase that ends there, wherever it begins."""
    return clean[end - 1 : end] in _BRACKETS or clean.endswith(_tails(), 0, end)


def is_generic(words: str) -> bool:
    """Whether a phrase is made of words that name no project: 重点建设, 医疗服务."""
    return _generic().fullmatch(words) is not None
