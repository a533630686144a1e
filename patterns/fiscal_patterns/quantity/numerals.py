"""Numerals as printed become exact decimals: digits with separators, everyday Chinese, 大写, and mixtures of them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

DIGIT = {
    **{"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9},
    **{"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9},
}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
_TENS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
HAN = "".join((*DIGIT, *SMALL, *LARGE))
"""Characters of a Chinese integer, without 点."""


def read_digits(printed: str) -> Decimal:
    """``8,863``, ``1 129 236``, ``-18.65`` as a decimal; separators are dropped, digits after the point kept."""
    return Decimal(printed.replace(",", "").replace("，", "").replace(" ", ""))


@cache
def power(multiplier: str) -> int:
    """Tens that ``万``, ``千万``, ``万亿`` stand for: 4, 7, 12; 0 for the empty string."""
    return sum(_TENS[character] for character in multiplier)


def read_han(printed: str) -> Decimal | None:
    """``二十三``, ``一千零五``, ``三点五六``, ``壹佰贰拾万`` as a decimal; None for what is no well-formed number."""
    whole, _, fraction = printed.partition("点")
    number = _whole(whole)
    if number is None or (fraction and not all(character in DIGIT for character in fraction)):
        return None
    if not fraction:
        return Decimal(number)
    return Decimal(f"{number}." + "".join(str(DIGIT[character]) for character in fraction))


def _whole(printed: str) -> int | None:
    """An integer of up to 万亿: groups below 万, each under its large unit, in falling order (亿 may follow 万)."""
    total, group, ceiling = 0, "", 0
    for character in printed:
        if character not in LARGE:
            group += character
            continue
        below = _below_wan(group) if group else None
        unit = LARGE[character]
        if (below is None and not (total and unit > ceiling)) or unit == ceiling or total >= LARGE["亿"] <= unit:
            return None
        if unit > ceiling:
            total = (total + (below or 0)) * unit
        else:
            total += (below or 0) * unit
        group, ceiling = "", unit
    if not group:
        return total if printed else None
    rest = _below_wan(group)
    return None if rest is None else total + rest


def _below_wan(printed: str) -> int | None:
    """An integer below ten thousand; positional digits (``二〇一三``) are a year, not a number."""
    total, digit, last = 0, None, 10_000
    for character in printed:
        if character in DIGIT:
            if digit:
                return None
            digit = DIGIT[character]
            continue
        unit = SMALL[character]
        if unit >= last or digit == 0 or (digit is None and (unit > 10 or total)):
            return None
        total, digit, last = total + (digit or 1) * unit, None, unit
    return total + (digit or 0)
