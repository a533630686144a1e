"""Names that stand behind the number: 4个特定目标类项目, 单价50万元以上通用设备."""

from __future__ import annotations

import regex

from fiscal_patterns.label.nouns import Range
from fiscal_patterns.lexicon import one_of, read_words
from fiscal_patterns.quantity.nouns import Quantity

_WORDS = read_words("label")["after"]
_STOP = regex.compile(rf"[^\p{{Han}}A-Za-z“”]|{one_of(_WORDS['stop'])}|[的将于被由把给未因并也都均各在让使]")
_HEAD = regex.compile(one_of(_WORDS["head"]))
_QUOTE = regex.compile(r"“")

# Longest counted noun of the corpus behind its number: 特定目标类项目, 建国初期老干部 (7); twice that with a margin.
_LONGEST = 16


def noun_behind(clean: str, at: int, limit: int) -> Range | None:
    """The noun that begins at ``at``: up to a stop word, or up to the end of a known head (项目, 部门, 设备 …)."""
    end = min(limit, at + _LONGEST)
    if stop := _STOP.search(clean, at, end):
        end = stop.start()
    while end > at and clean[end - 1] in "和及与中":
        end -= 1
    if head := _HEAD.search(clean, at, end):
        end = head.end()
    elif quote := _QUOTE.search(clean, at, end):
        end = quote.start()
    return (at, end) if end - at >= 2 else None


def has_head(clean: str, noun: Range) -> bool:
    """Whether a noun ends with a known head."""
    found = _HEAD.search(clean, *noun)
    return bool(found and found.end() == noun[1])


_EXCEPT = regex.compile(r"[（(]不?含[^（）()]{1,12}+[)）]")
_LIMIT = regex.compile(
    r"(?:[（(]不?含[)）])?及?(?:以上|以下|以内)(?:[（(]不?含[^（）()]{0,6}[)）])?的?(?=\p{Han})|限额"
)


def threshold_noun(clean: str, quantity: Quantity, limit: int) -> Range | None:
    """The thing that a limiting amount classifies: 设备 in 单价100万元以上设备; None where the amount is no limit."""
    found = _LIMIT.match(clean, quantity.end, limit)
    if not found:
        return None
    if found.group() == "限额":
        return found.span()
    noun = noun_behind(clean, found.end(), limit)
    bracket = _EXCEPT.match(clean, noun[1], limit) if noun else None
    return (noun[0], bracket.end()) if noun and bracket else noun


_AGAIN = regex.compile(r"(?:[-–—~至到][\d.,]{1,12}\p{Han}{1,2})?及?(?:以上|以下|以内)")
_FUND = regex.compile(
    r"(?P<noun>(?:专项)?(?:经费|资金))(?=用于|[，,。；;]|全部)|(?P<cost>\p{Han}{2,4}费用)(?=[，,。；;])"
)
AIM = regex.compile(r"的?(?P<aim>\p{Han}{1,6})目标(?![^，。；]{0,3}完成率)")
DONE = regex.compile(r"(?!左右|以上|以下|以内|的)\p{Han}{2,4}(?=[，。；,;])")


def is_limit_again(clean: str, quantity: Quantity) -> bool:
    """Whether 以上 or 以下 stands behind an amount, or behind the range that it begins."""
    return bool(_AGAIN.match(clean, quantity.end))


def fund_behind(clean: str, quantity: Quantity, limit: int) -> Range | None:
    """The money's own noun behind it: 一万元经费用于…, and behind a price 人均补助4000元医保费用."""
    found = _FUND.match(clean, quantity.end, limit)
    if not found or (found["cost"] and not quantity.per):
        return None
    return found.span()
