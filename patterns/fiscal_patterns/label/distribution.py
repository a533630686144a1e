"""One phrase, several subjects: 收、支总计, A、B和C…分别, and modifiers that govern a list."""

from __future__ import annotations

import re

import regex

from fiscal_patterns.label.nouns import Range

Pieces = tuple[Range | str, ...]
"""A name put together from stretches of the text and added words."""

_BOTH = regex.compile(
    r"(?P<modifier>.{0,30}?)(?P<income>收入?)(?:[、和与及]|以及)(?P<spending>支出?)(?P<rest>总计|合计|总额|总数|总量|决算总额|总决算|总预算|)$"
)
_JOINED = re.compile(r"收入?(?:[、和与及]|以及)支")
_SPLIT = regex.compile(r"[、，,]")
_LAST = regex.compile(r"[和与及]|以及")
_QUOTED = regex.compile(r"“([^“”]{1,60})”、?")
_HEADS = (
    "采购金额", "采购规模", "采购预算", "采购支出", "采购额", "采购", "合同金额", "金额", "标准", "保险基金收入", "保险基金支出", "基金收入", "基金支出", "保险基金", "支出", "收入", "经费", "资金", "项目", "税", "债券", "余额", "费",
    "人数", "总额", "总计", "合计", "基金", "限额", "补贴", "补助", "转移支付", "贷款", "本金", "利息", "面积", "数量", "税收", "投资", "产值", "存款",
)  # fmt: skip
# 教育、科技、卫生三项支出: what sums the members up stands between the last of them and the head they share.
_SUMMED = regex.compile(r"(?:等|这|以上|上述)?(?:[两二三四五六七八九十]|\d{1,2})[项类个级](?=\p{Han}{2})")


_KINDS = regex.compile(r"(?P<modifier>\p{Han}{0,6})(?P<one>\p{Han})、(?P<other>\p{Han})(?P<head>[车船费])")


def both_sides(text: str, start: int, end: int) -> tuple[Pieces, ...]:
    """收、支总计 → 收入总计 and 支出总计, 大型客、货车 → 大型客车 and 大型货车; () for a name that is not of this form. Offsets into ``text``."""
    if text[end - 1] in "车船费" and (kinds := _KINDS.fullmatch(text, start, end)):
        head, modifier = kinds.span("head"), kinds.span("modifier")
        return (modifier, kinds.span("one"), head), (modifier, kinds.span("other"), head)
    if text.find("收", start, end) < 0 or not _JOINED.search(text, start, end):
        return ()
    found = _BOTH.fullmatch(text, start, end)
    if not found or (found["rest"] == "" and found["income"] + found["spending"] != "收入支出"):
        return ()
    modifier, rest = found.span("modifier"), found.span("rest")
    income: Pieces = (modifier, found.span("income"), "入" if found["income"] == "收" else "", rest)
    spending: Pieces = (modifier, found.span("spending"), "出" if found["spending"] == "支" else "", rest)
    return income, spending


def split_names(text: str, start: int, end: int, wanted: int | None) -> tuple[Pieces, ...]:
    """The members of a list of subjects; ``wanted`` is how many there must be, None for as many as it names.

    A head that only the last member prints is added to the others: 教育、卫生健康支出 → 教育支出, 卫生健康支出.
    """
    if quoted := _quoted(text, start, end, wanted):
        return quoted
    if pair := both_sides(text, start, end):
        return pair if wanted in (None, 2) else ()
    members = _members(text, start, end, wanted)
    if len(members) < 2 or (wanted is not None and len(members) != wanted):
        return ()
    if summed := summed_up(text, members[-1][0] + 1, end):
        members[-1] = (members[-1][0], summed[0])
        return tuple((member, (summed[1], end)) for member in members)
    return tuple(_with_head(text, member, members[-1]) for member in members)


def summed_up(text: str, start: int, end: int) -> Range | None:
    """Where a list says how many it names: 三项 in 教育、科技、卫生三项支出."""
    found = _SUMMED.search(text, start, end)
    return found.span() if found else None


def _quoted(text: str, start: int, end: int, wanted: int | None) -> tuple[Pieces, ...]:
    if text[start : start + 1] != "“":
        return ()
    found = list(_QUOTED.finditer(text, start, end))
    if len(found) < 2 or found[0].start() != start or (wanted and len(found) != wanted):
        return ()
    return tuple((one.span(1), (found[-1].end(), end)) for one in found)


def _members(text: str, start: int, end: int, wanted: int | None) -> list[Range]:
    members, at = [], start
    for found in _SPLIT.finditer(text, start, end):
        members.append((at, found.start()))
        at = found.end()
    members.append((at, end))
    if wanted is None or len(members) < wanted:
        first, last = members[-1]
        for found in _LAST.finditer(text, first + 2, last - 1):
            if wanted is not None or _head(text, first, found.start()) == _head(text, found.end(), last) != "":
                return [*members[:-1], (first, found.start()), (found.end(), last)]
    return members


def _head(text: str, start: int, end: int) -> str:
    return next((head for head in _HEADS if text.endswith(head, start, end)), "")


# Words that stand against each other: what follows the last of them, all share. 城镇和农村居民人均收入.
_AGAINST = regex.compile(
    r"城镇|城市|农村|乡村|小学|初中|高中|中学|大学|职工|居民|中央|地方|省级|市级|县级|上级|本级|男性|女性|国内|国外|境内|境外|"
    r"工伤|失业|生育|养老|医疗|一般|专项|新增|再融资"
)


def _with_head(text: str, member: Range, last: Range) -> Pieces:
    word = _AGAINST.match(text, *last) if _AGAINST.fullmatch(text, *member) else None
    if word and word.end() < last[1]:
        return (member, (word.end(), last[1]))
    head, own = _head(text, *last), _head(text, *member)
    if own and head in ("支出", "收入") and text.endswith(own, last[0], last[1] - 2):
        return (member, (last[1] - 2, last[1]))  # 会议费、培训费支出
    if not head or _head(text, *member) or len(head) < 2:
        return (member,)
    return (member, (last[1] - len(head), last[1]))


_PAIRS = (
    ("收入", "支出"),
    ("总收入", "总支出"),
    ("正", "副"),
    ("一级", "二级"),
    ("本年收入", "本年支出"),
    ("本年收入", "年末结转和结余"),
    ("本年支出", "年末结转和结余"),
)
_OTHERS = tuple({other for _, other in _PAIRS})


def governing(first: str, second: str) -> int:
    """How many characters of ``first`` are a modifier that governs ``second`` too.

    财政拨款收入总计, then 支出总计 → 4; 0 where the two do not mirror each other.
    """
    for one, other in _PAIRS if second.startswith(_OTHERS) else ():
        at = first.rfind(one) if second.startswith(other) else 0
        if at > 0 and _mirrored(first[at + len(one) :], second[len(other) :]):
            return at
    again = first.find(second[:2], 2)
    return again if again > 0 and first[:again].endswith(("标准", "金额")) else 0


def _mirrored(one: str, other: str) -> bool:
    return one == other or other in ("", "和结余")
