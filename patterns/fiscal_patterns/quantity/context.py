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
BEFORE = regex.compile(rf"(?r)(?:{one_of(table('quantity', 'left_not'))}|(?P<word>{one_of(_LEFT)}))\ ?")
AFTER = regex.compile(rf"\ ?(?P<word>{one_of(_RIGHT)}|(?<=日|工作日|天|小时|月)内(?!部))")


def approximation(
    clean: str, start: int, end: int, vague: bool
) -> tuple[Approximation | None, tuple[Range, ...]]:
    """How exactly the number in ``[start, end)`` is meant, and the words that say so.

    ``vague`` is whether it holds 余 or 多 itself. A word on the left wins over one on the right.
    """
    left = BEFORE.match(clean, max(0, start - 8), start)
    if left and left["word"]:
        return _CODE[_LEFT[left["word"]]], (left.span("word"),)
    right = AFTER.match(clean, end)
    if right:
        return _CODE[_RIGHT.get(right["word"], "at_most")], (right.span("word"),)
    return ("over", ()) if vague else (None, ())


_MEASURES = one_of([*table("quantity", "measure"), *table("quantity", "rate_unit")])
PER_AFTER = regex.compile(rf"\ ?(?:[/／]|每)\ ?(?P<unit>{_MEASURES}(?:[/／·]{_MEASURES})?+)(?!均)")
PER_BEFORE = regex.compile(
    rf"(?r)(?:每(?P<unit>{_MEASURES})|(?P<mean>{one_of(table('quantity', 'mean'))}))(?:{one_of(table('quantity', 'paid'))})?"
)


def price_unit(clean: str, start: int, end: int) -> tuple[str | None, tuple[Range, ...]]:
    """The unit that a price is per: ``人`` of ``95元/人``, ``每人95元`` and ``人均95元``; None for what is no price."""
    after = PER_AFTER.match(clean, end)
    if after:
        return after["unit"], (after.span(),)
    before = PER_BEFORE.match(clean, max(0, start - 12), start)
    if before:
        return before["unit"] or before["mean"][0], (before.span(),)
    return None, ()


ORDINAL = regex.compile(r"(?r)第[\d一二三四五六七八九十]{1,4}[至到、,，和及~—-]{1,2}")
_OPENING, _CLOSING = "“‘「『《\"", regex.compile(r"[^“”‘’「」『』《》\"。]{0,12}[”’」』》\"]")


def is_countable(clean: str, start: int, end: int) -> bool:
    """Whether a number with a measure word counts something: not an ordinal, a rank, a time or part of a slogan."""
    before = clean[start - 1 : start]
    if before in _OPENING and before and _CLOSING.match(clean, end):
        return False
    if before == "前" and clean[start - 2 : start] not in ("提前", "目前", "此前", "当前"):
        return False
    if clean[end - 1] == "分" and before in ("时", "点", ":"):
        return False
    return not ORDINAL.match(clean, max(0, start - 8), start)


POSTPOSED = regex.compile(r"[,，。;；:：、!！?？)）\n\t]|$")
IDIOM = regex.compile(rf"{one_of(table('quantity', 'idiom'))}")
_SINGLE_NOT = "第每这同任统合逐唯某另哪那各之万不进其"


def is_han_count(clean: str, start: int, end: int, unit: str) -> bool:
    """Whether a Chinese numeral with a measure word is meant as a number and not as part of a word.

    ``一`` counts only where it stands behind its noun (``电脑一批，``) or after 其中: elsewhere it is an article.
    """
    if IDIOM.match(clean, start) or clean.startswith(("合计", "共计", "总计"), end):
        return False
    if unit == "批" or clean[start:end] == "一" + unit:
        if clean[start - 2 : start] == "其中" and unit in ("人", "名", "个", "家", "户", "项"):
            return True
        return bool(POSTPOSED.match(clean, end)) and clean[start - 1 : start] not in _SINGLE_NOT
    return True
