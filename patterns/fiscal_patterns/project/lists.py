"""Projects in lists: names in quotes, names before 等N个项目, names behind 项目N个：."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

import regex

from fiscal_patterns.project.drafts import Draft
from fiscal_patterns.project.figures import yuan
from fiscal_patterns.project.names import without_closing
from fiscal_patterns.project.phrases import can_be_name, ends_like_a_name, is_generic, name_start

Range = tuple[int, int]

_COUNT = r"(?:[\d一二三四五六七八九十百两]{1,4}+个)"
_KIND = r"(?:专项|预算|重点|一级|二级|三级|特定目标类|一次性|延续性|子|部门|财政支出|民生|公益|政策性){0,2}+"
# Not 项目支出 (a kind of spending), 项目库, 项目类别.
_WORD = r"项目(?!支出(?!绩效|\d)|库|类|名称|化|制)"
_PROJECT = f"{_KIND}{_WORD}"


def _projects_behind(lead: str) -> str:
    """``lead``, a kind and the word 项目: led by the word itself, which a search finds faster than what may precede it."""
    return f"{_WORD}(?<=(?P<lead>{lead}){_KIND}项目)"


# A single quote is a name only where more is said of it than of a slogan: “最多跑一次”项目办结率.
_QUOTED = regex.compile(
    rf"(?:[“「\"](?P<name>[^“”「」\"，。；\n]{{3,44}}+)[”」\"][、和及]?+){{1,30}}+(?P<counted>等?+{_COUNT}?+){_PROJECT}"
    r"(?P<said>(?=(?:开展|进行|得分|完成|绩效|自评|预算|资金|支出|经费|全年|年初|由|因|已|于|共|等|[,，。、；;和与及])))?"
)
_LISTED = regex.compile(_projects_behind("[等个]"))
_COUNTED = regex.compile(r"(?P<etc>等)?+(?P<number>[\d一二三四五六七八九十百两]{1,4}+)个$")
_COUNT_BEFORE = 6  # 等101个
_OPENING = regex.compile(
    rf"(?:项目(?:(?:共计?|总数)?{_COUNT}|(?<=(?P<lead>主要|以下|下列)项目))|{_projects_behind('个')})[,，]?(?:"
    r"(?:(?:分别|主要)?(?:为|是|有|包括)|即)?[:：]|分别(?:为|是)|主要有|包括|即)"
)
_ITEM_END = regex.compile(r"[、，;；。:：\n|]|,(?!\d)|(?<=元|元[)）])[和及与]")
_LONGEST_ITEM = 60
# A bracket behind the amount says how it was made up: 救助资金15万元(每人1万元,计划15人).
_AMOUNT = regex.compile(
    r"[(（]?(?<![\d,.])(?P<number>(?>\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+)(?P<unit>万元|亿元|元)[)）]?(?:[(（][^()（）\n]{1,60}[)）])?等?$"
)
_OPENED = regex.compile(r"[(（][^()（）\n]{0,60}$")
_CLOSED = regex.compile(r"[)）]")
_PLANNED = regex.compile(r"安排|预算|下达|设置")
_SUMMED = regex.compile(r"(?<=[,，])(?:年初)?预算(?:合计|共计|总计|总额)(?:为|共)?\d")
_SPENT = regex.compile(r"支出|执行|使用")
_VERB_BEFORE = 40  # 2024年安排项目资金480万元，主要用于以下项目：
_LAST_STOP = regex.compile(r"(?r)[。！!？?；;：:\n,，]")
_MARKS = regex.compile(r"[、（）()]")
_AND = regex.compile(r"以及|及|和|与")
# Longest list met: 12 names, 157 characters; the wording inventory has one of 21 names.
_LONGEST_LIST = 900
_WORKS = 4
_MONEY = regex.compile(r"(?:费|经费|资金|补助|补贴)$")
_HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}


def quoted(clean: str) -> Iterator[Draft]:
    """“甲”“乙”项目: names in quotes that the word 项目 follows; slogans in quotes are none."""
    for found in _QUOTED.finditer(clean):
        names = found.spans("name")
        if len(names) == 1 and not found["counted"] and found["said"] is None:
            continue
        for start, end in names:
            yield Draft(*without_closing(clean, start, end), "project.quoted", found.span(), len(names) == 1)


def listed(clean: str) -> Iterator[Draft]:
    """对甲、乙及丙等3个项目: the names before 等, or before their number."""
    after = 0
    for found in _LISTED.finditer(clean):
        end, number, exact = found.start("lead"), None, False
        if clean[end] == "个":
            counted = _COUNTED.search(clean, max(0, end - _COUNT_BEFORE), end + 1)
            if counted is None:
                continue
            end, number, exact = counted.start(), _number(counted["number"]), counted["etc"] is None
        members = _members(clean, after, end)
        after = found.end()
        if _complete(clean, members, number, exact):
            for start, stop in members:
                yield Draft(start, stop, "project.list", (end, found.end()), len(members) == 1)


def opened(clean: str) -> Iterator[Draft]:
    """设置项目2个：甲、乙, with the amount where one follows each name."""
    for found in _OPENING.finditer(clean):
        members = list(items(clean, found.end()))
        named = list(takewhile(lambda item: can_be_name(clean, item.start, item.end, generic=True), members))
        # What follows a list in which each has its amount is no member: …，预算合计486万元.
        cut = len(named) < len(members) and not all(item.budget for item in named)
        members = [] if cut else named
        if len(members) > 1:
            role = _role(clean, found.end())
            cue = (found.start("lead") if found["lead"] else found.start(), found.end())
            for item in members:
                yield replace(
                    item,
                    cue=cue,
                    budget=item.budget if role == "budget" else None,
                    outturn=item.budget if role == "outturn" else None,
                )


def items(clean: str, start: int) -> Iterator[Draft]:
    """Names from ``start`` on: between 、, or between commas where each has its amount."""
    priced = True
    while (end := _item_end(clean, start)) - start > 2:
        amount = _AMOUNT.search(clean, start, end)
        if not priced and amount is None:
            return
        value = yuan(Decimal(amount["number"].replace(",", "")), amount["unit"]) if amount else None
        name = without_closing(clean, start, amount.start() if amount else end)
        yield Draft(*name, "project.list", None, False, value)
        # Behind a comma an item goes on with the list only with an amount of its own, after one that had an amount.
        mark = clean[end : end + 1]
        priced = mark == "、"
        if not priced and (amount is None or not mark or mark not in ",，;；|和及与"):
            return
        start = end + 1


def _item_end(clean: str, start: int) -> int:
    """Where the words from ``start`` on meet a mark; ``start`` where they do not in the length of an item."""
    end = _ITEM_END.search(clean, start, start + _LONGEST_ITEM)
    if end and _OPENED.search(clean, start, end.start()):
        closed = _CLOSED.search(clean, end.start(), start + _LONGEST_ITEM)
        end = (_ITEM_END.search(clean, closed.end(), start + _LONGEST_ITEM) if closed else None) or end
    return end.start() if end else len(clean) if len(clean) - start < _LONGEST_ITEM else start


def _role(clean: str, end: int) -> str | None:
    """What the amounts of a list are, by the verb before it."""
    words = clean[max(0, end - _VERB_BEFORE) : end].rpartition("。")[2]
    if _PLANNED.search(words) or _SUMMED.search(clean, end, end + _LONGEST_LIST):
        return "budget"
    return "outturn" if _SPENT.search(words) else None


def _number(digits: str) -> int | None:
    return int(digits) if digits.isdecimal() else _HAN_DIGITS.get(digits)


def _complete(clean: str, members: list[Range], number: int | None, exact: bool) -> bool:
    """Whether the members are names: no more than counted, and not mere kinds of project."""
    if not members or (number is not None and len(members) > number) or (exact and len(members) != number):
        return False
    if len(members) == 1:
        return number == 1 and can_be_name(clean, *members[0])
    generic = sum(1 for start, end in members if is_generic(clean[start:end]))
    if number is not None:
        return generic * 2 <= len(members)
    # 道路硬化、路灯安装等项目 are works; names are longer, or say that they are money.
    return generic == 0 and all(end - start > _WORKS or _MONEY.search(clean, start, end) for start, end in members)


def _members(clean: str, low: int, end: int) -> list[Range]:
    """Names before a list's end: between 、, the last also at 及 or 和; empty where one of them can be no name."""
    low = max(low, end - _LONGEST_LIST)
    last = _LAST_STOP.search(clean, low, end)
    low = last.end() if last else low
    parts = list(_between_commas(clean, low, end))
    parts[0] = (name_start(clean, *parts[0], years=True), parts[0][1])
    parts[-1:] = _divided(clean, *parts[-1])
    found = [without_closing(clean, *part) for part in parts]
    if found and not can_be_name(clean, *found[0], generic=True):
        found = found[1:]
    return found if all(can_be_name(clean, *part, generic=True) for part in found) else []


def _between_commas(clean: str, start: int, end: int) -> Iterator[Range]:
    depth = 0
    for mark in _MARKS.finditer(clean, start, end):
        if mark.group() != "、":
            depth += 1 if mark.group() in "（(" else -1
        elif depth <= 0:
            yield start, mark.start()
            start = mark.end()
    yield start, end


def _divided(clean: str, start: int, end: int) -> list[Range]:
    """The last member at 及 or 和, where a name may end before it and another one begins behind it."""
    for found in _AND.finditer(clean, start, end):
        if ends_like_a_name(clean, start, found.start()) and ends_like_a_name(clean, found.end(), end):
            return [(start, found.start()), (found.end(), end)]
    return [(start, end)]
