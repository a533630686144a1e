"""What stands beside a number: words of approximation, the unit of a price, and signs that it is no quantity."""

from __future__ import annotations

import regex

from fiscal_patterns.facts import Approximation
from fiscal_patterns.lexicon import one_of, table

Range = tuple[int, int]

_CODES: tuple[Approximation, ...] = ("about", "over", "under", "at_least", "at_most")
_CODE: dict[str, Approximation] = {code: code for code in _CODES}
_LEFT = table("quantity", "left", _CODES)
_RIGHT = table("quantity", "right", _CODES)

# Read backwards from the number: (?r) matches towards the left.
BEFORE = regex.compile(rf"(?r)(?:{one_of(table('quantity', 'left_not'))}|(?P<word>{one_of(_LEFT)}))\$?\ ?")
AFTER = regex.compile(
    rf"\ ?(?!{one_of(table('quantity', 'right_not'))})(?P<word>{one_of(_RIGHT)}|(?<=[日天月]|小时)内(?!部))"
)
# Longest left word (5 characters) with a blank.
_LOOK_BACK = 8
# One look at the character beside the number spares nine searches in ten.
_LEFT_ENDS = frozenset(word[-1] for word in _LEFT) | {" ", "$"}
_RIGHT_BEGINS = frozenset(word[0] for word in _RIGHT) | {" ", "内"}


def approximation(clean: str, start: int, end: int, vague: bool) -> tuple[Approximation | None, tuple[Range, ...]]:
    """How exactly the number in ``[start, end)`` is meant, and the words that say so.

    ``vague`` is whether it holds 余 or 多 itself. A word on the left wins over one on the right.
    """
    if clean[start - 1 : start] in _LEFT_ENDS:
        left = BEFORE.match(clean, max(0, start - _LOOK_BACK), start)
        if left and left["word"]:
            return _CODE[_LEFT[left["word"]]], (left.span("word"),)
    if clean[end : end + 1] in _RIGHT_BEGINS:
        right = AFTER.match(clean, end)
        if right:
            return _CODE[_RIGHT.get(right["word"], "at_most")], (right.span("word"),)
    return ("over", ()) if vague else (None, ())


_UNITS = one_of([*table("quantity", "measure"), *table("quantity", "rate_unit")])
PER_AFTER = regex.compile(rf"\ ?(?:[/／]|每)\ ?(?P<unit>{_UNITS}(?:[/／·]{_UNITS})?+)(?!均)")
_MEAN = one_of(table("quantity", "mean"))
_BOUND = one_of([word for word, code in _LEFT.items() if code in ("at_least", "at_most") and word.isalpha()])
PER_BEFORE = regex.compile(
    rf"""(?:(?P<who>{_MEAN})?+每(?P<unit>{_UNITS})(?:每(?P<again>{_UNITS}))?+(?:{one_of(table("quantity", "paid"))})?+(?:{_BOUND})?+
      |(?P<mean>{_MEAN})(?:(?![增减降升提高低上下])[\p{{Han}}A-Z]){{0,8}}+)\ ?$""",
    regex.VERBOSE,
)
_RATE_MARKS = frozenset("/／每 ")
# 每平方公里补助标准为: the longest words before a price.
_PRICE_LOOK_BACK = 14


def price_unit(clean: str, start: int, end: int) -> tuple[str | None, tuple[Range, ...]]:
    """The unit that a price is per: ``人`` of ``95元/人``, ``每人95元`` and ``人均95元``; None for what is no price."""
    after = PER_AFTER.match(clean, end) if clean[end : end + 1] in _RATE_MARKS else None
    if after:
        return after["unit"], (after.span(),)
    floor = max(0, start - _PRICE_LOOK_BACK)
    near = clean[floor:start]
    before = PER_BEFORE.search(clean, floor, start) if "每" in near or "均" in near else None
    if before is None:
        return None, ()
    if before["mean"]:
        return before["mean"][0], (before.span(),)
    # 每条每年 as 条/年, 人均每月 as 人/月.
    who = (before["who"] or "")[:1]
    return "/".join(filter(None, (who, before["unit"], before["again"]))), (before.span(),)


ORDINAL = regex.compile(r"(?r)第[\d一二三四五六七八九十]{1,4}[至到、,，和及~—-]{1,2}")
_GOING_ON = frozenset("至到、,，和及~—-")
CLOSING = regex.compile(r"[^“”‘’「」『』《》\"。]{0,12}[”’」』》\"]")
_OPENING = frozenset('“‘「『《"')
_ADVERB = regex.compile(r"(?![内以之的为未和及后至到])\p{Han}")
_AHEAD = ("提前", "目前", "此前", "当前", "日前")


# 浏览量：87 次 at the head of a page counts its readers.
_COUNTERS = frozenset(":： ")
_VIEWED = regex.compile(r"(?:浏览|点击|阅读|访问)(?:量|次数|数|人次)?\s?[:：]\s?$")


def _is_rank(clean: str, start: int, end: int) -> bool:
    """前三名, 增速后三位, 排名末两位."""
    before = clean[start - 1 : start]
    if before == "前":
        return clean[start - 2 : start] not in _AHEAD
    return before in ("后", "末") and clean[end - 1] in "位名"


def is_countable(clean: str, start: int, end: int) -> bool:
    """Whether a number with a measure word counts something: no ordinal, rank, time, code or part of a slogan."""
    before = clean[start - 1 : start]
    if before in _OPENING and CLOSING.match(clean, end):
        return False
    if clean.startswith("24小时", start) and _ADVERB.match(clean, end):
        return False  # 24小时自助图书馆: round the clock
    if _is_rank(clean, start, end) or (before in _COUNTERS and _VIEWED.search(clean, max(0, start - 8), start)):
        return False
    if clean[end - 1] in "分日" and before in ("时", "点", ":", "月"):
        return False
    if before in ("-", "/") and clean[start - 2 : start - 1].isascii() and not clean[start - 2 : start - 1].isdigit():
        return False
    return before not in _GOING_ON or not ORDINAL.match(clean, max(0, start - _LOOK_BACK), start)


POSTPOSED = regex.compile(r"[,，。;；:：、!！?？)）\s]|$")
IDIOM = regex.compile(rf".?{one_of(table('quantity', 'idiom'))}")
# 三项合计, 教育、科技、卫生三项支出: the numeral sums up a list, it counts nothing.
_SUMMED_UP = ("合计", "共计", "总计", "支出", "收入", "费用", "经费", "资金", "基金")
_SESSIONS = ("大", "届", "协", "会")
_NO_NOUN = frozenset("第每这同任统合逐唯某另哪那各之万不进")


def is_han_count(clean: str, start: int, end: int, unit: str) -> bool:
    """Whether a Chinese numeral with a measure word is meant as a number and not as part of a word.

    ``一`` and ``批`` count only behind their noun (``电脑一批，``) or, of persons, after 其中; elsewhere they are articles.
    """
    if IDIOM.match(clean, start) or (
        unit == "项" and (clean.startswith(_SUMMED_UP, end) or "合计" in clean[end : end + 8])
    ):
        return False
    if unit == "次" and clean[start - 1 : start] in _SESSIONS and clean.startswith("会议", end):
        return False  # 第十八届人大三次会议
    if unit != "批" and clean[start:end] != "一" + unit:
        return True
    if clean[start - 2 : start] == "其中":
        return unit in ("人", "名", "户", "家", "辆")
    return bool(POSTPOSED.match(clean, end)) and clean[start - 1 : start] not in _NO_NOUN
