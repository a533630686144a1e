"""A match of a shape becomes a :class:`Quantity`: its number, unit and value, or None where it counts nothing."""

from __future__ import annotations

import re
from decimal import Decimal

import regex

from fiscal_patterns.quantity.context import Range, approximation, is_countable, is_han_count, price_unit
from fiscal_patterns.quantity.nouns import Quantity, QuantityKind
from fiscal_patterns.quantity.numerals import DIGIT, SMALL, power, read_digits, read_han
from fiscal_patterns.quantity.shapes import ARABIC, LIST_LENGTH, LISTED

Match = re.Match[str]
Read = tuple[Decimal, str, Decimal]
"""Number, unit and value."""

# A minus belongs to the number where a number is expected: after a verb, a noun of change, an opening mark.
_SIGNED = frozenset("加少长降升低高为是达减增幅率额动化差速值至到余(（:：,，、;；和及了\n\t ")


_SIGNS = frozenset("-+")


# Behind a noun only a rate has a sign: 丁区-1.2%, 个人所得税-2.3% among rates of growth; 丁区-12万元, 完成率-95% with a dash.
_DASHED_RATE = frozenset("率值度比标约%")


def sign_start(clean: str, start: int, *, rate: bool = False) -> int:
    """Where the number at ``start`` begins with its sign, if it has one; elsewhere a ``-`` is a dash."""
    if not start or clean[start - 1] not in _SIGNS:
        return start
    before = clean[start - 2 : start - 1]
    signed = not before or before in _SIGNED or (rate and before.isalpha() and before not in _DASHED_RATE)
    return start - 1 if signed else start


_TEARS = frozenset(", ")
# By number: names take longer to look up, and this runs for every number of a text.
_NUMBER, _VAGUE, _SCALE, _MORE = (ARABIC.groupindex[name] for name in ("number", "vague", "scale", "more"))
_GROUP = dict(ARABIC.groupindex)


def read_match(clean: str, match: Match, what: str) -> Quantity | None:
    """A number in digits, a printed sign included; None for ordinals, codes and bare multipliers.

    ``what`` is the group that ends the match: ``money``, ``sign``, ``points``, ``measure`` …
    """
    printed, vague, scale, more = match.group(_NUMBER, _VAGUE, _SCALE, _MORE)
    start, end = match.span()
    before = clean[start - 1 : start]
    if is_code(printed) or (before in _TEARS and is_torn(clean, start)):
        return None
    if before in _SIGNS:
        start = sign_start(clean, start, rate=what in _SHARES)
        printed = clean[start] + printed if start < match.start() else printed
    number = read_digits(printed)
    if what == "money":
        return amount(clean, (start, end), number, scale or "", "amount.plain", vague=bool(vague or more))
    if what in _SHARES:
        return percentage(clean, (start, end), *_read_share(match, what, number))
    if what == "lowmoney":
        return amount(clean, (start, end), *_combined(match, number), "amount.combined")
    if not is_countable(clean, start, end):
        return None
    return count(
        clean, (start, end), number, scale or "", match[_GROUP[what]], "count.plain", vague=bool(vague or more)
    )


# 15 digits before the point reach a thousand 万亿, the largest sum that public accounts print.
_LONGEST = 15


def is_code(printed: str) -> bool:
    """Whether digits are too many for a number or begin with a zero as codes do."""
    if printed[0] == "0" and printed[1:2].isdigit():
        return True
    return len(printed) > _LONGEST and sum(map(str.isdigit, printed.partition(".")[0])) > _LONGEST


TORN = regex.compile(r"(?r)(?:(?<![\d.])\d{1,3},|(?<!\d)\d{1,3}\ |\.\ )")


def is_torn(clean: str, at: int) -> bool:
    """``1,2345万元``, ``1 2 3万元``: what follows is no number of its own, unless the comma is the mark of a list."""
    torn = TORN.match(clean, max(0, at - 5), at)
    return torn is not None and not LISTED.search(clean, max(0, at - LIST_LENGTH), at)


_SHARES = frozenset(("sign", "latesign", "points", "latepoints", "cheng", "half"))


def _read_share(match: Match, what: str, number: Decimal) -> tuple[Decimal, str, str]:
    """Number, unit and rule of a percentage."""
    if what in ("points", "latepoints"):
        return number, "percentage_point", "percentage.points"
    if what in ("cheng", "half"):
        return _tenths(number, match["half"]), "percent", "percentage.cheng"
    return (
        (number, "permille", "percentage.permille")
        if match[_GROUP[what]] == "‰"
        else (number, "percent", "percentage.sign")
    )


def _tenths(number: Decimal, half: str | None) -> Decimal:
    """``九成五`` is 95 percent."""
    return number * 10 + (5 if half == "半" else DIGIT[half] if half else 0)


def _combined(match: Match, high: Decimal) -> tuple[Decimal, str]:
    """``3亿2000万元`` in the unit of its last part, ``12万3千元`` in that of its first: 千 is no unit of a sum."""
    value = high.scaleb(power(match["scale"])) + read_digits(match["low"]).scaleb(power(match["lowscale"] or ""))
    scale = match["lowscale"] or ""
    scale = match["scale"] if scale in SMALL else scale
    return plain_number(value.scaleb(-power(scale))), scale


def amount(
    clean: str,
    place: Range,
    number: Decimal,
    scale: str,
    rule: str,
    *,
    vague: bool = False,
    cues: tuple[Range, ...] = (),
) -> Quantity:
    """A sum of money; ``scale`` is the multiplier before 元."""
    per, words = price_unit(clean, *place)
    return _quantity(clean, "amount", place, _in_unit(number, scale, _MONEY, "元"), rule, vague, per, (*words, *cues))


def count(
    clean: str, place: Range, number: Decimal, scale: str, unit: str, rule: str, *, vague: bool = False
) -> Quantity:
    """A number of things; brackets of a unit such as ``台(套)`` become full width."""
    unit = unit.replace("(", "（").replace(")", "）")
    return _quantity(clean, "count", place, _in_unit(number, scale, _COUNTED, unit), rule, vague)


def percentage(clean: str, place: Range, number: Decimal, unit: str, rule: str) -> Quantity:
    """A share or a rate; its value is the number as printed."""
    return _quantity(clean, "percentage", place, (number, unit, number), rule)


# Multipliers that a unit is written with; what else a number holds goes into the number: 3百万元 is 300万元.
_MONEY = ("万亿", "亿", "万", "千")
_COUNTED = ("万亿", "亿", "万")


def _in_unit(number: Decimal, scale: str, written: tuple[str, ...], unit: str) -> Read:
    if not scale:
        return number, unit, number
    value = number.scaleb(power(scale))
    if scale in written:
        return number, scale + unit, value
    kept = next((multiplier for multiplier in written if scale.endswith(multiplier)), "")
    return value.scaleb(-power(kept)), kept + unit, value


def _quantity(
    clean: str,
    kind: QuantityKind,
    place: Range,
    read: Read,
    rule: str,
    vague: bool = False,
    per: str | None = None,
    cues: tuple[Range, ...] = (),
) -> Quantity:
    (start, end), (number, unit, value) = place, read
    nearly, words = approximation(clean, start, end, vague)
    if nearly is None and cues and cues[0][1] <= start:  # 不低于每人每年600元
        nearly, words = approximation(clean, cues[0][0], cues[0][1], vague)
    return Quantity(kind, start, end, number, unit, value, nearly, per, rule, words + cues if cues else words)


# ---- Chinese numerals --------------------------------------------------------------------------------------------


def read_chinese(clean: str, match: Match, _floor: int) -> Quantity | None:
    """A number in Chinese characters; None for what is no number or part of a word."""
    if match["per"]:
        return _read_ratio(clean, match)
    number = read_han(match["number"])
    return None if number is None else _read_han_number(clean, match, number)


def _read_han_number(clean: str, match: Match, number: Decimal) -> Quantity | None:
    place = match.span()
    if match["cheng"]:
        return percentage(clean, place, _tenths(number, match["half"]), "percent", "percentage.cheng")
    if match["points"]:
        return percentage(clean, place, number, "percentage_point", "percentage.points")
    number, scale = _unit_apart(match["number"], number, match["scale"] or "")
    vague = bool(match["vague"])
    if match["money"]:
        number, scale = _with_change(match, number, scale)
        return amount(clean, place, number, scale, "amount.chinese", vague=vague)
    unit = match["measure"]
    if not is_countable(clean, *place) or not is_han_count(clean, *place, unit):
        return None
    return count(clean, place, number, scale, unit, "count.chinese", vague=vague)


def _read_ratio(clean: str, match: Match) -> Quantity | None:
    """``百分之三点五``, ``百分之负二``, ``百分之百``."""
    printed = match["ratio"].removeprefix("负")
    number = Decimal(100) if printed == "百" else Decimal(printed) if printed[0].isdigit() else read_han(printed)
    if number is None:
        return None
    number = number if printed == match["ratio"] else -number
    unit = "percent" if match["per"] == "百" else "permille"
    return percentage(clean, match.span(), number, unit, "percentage.chinese")


def _unit_apart(printed: str, number: Decimal, scale: str) -> tuple[Decimal, str]:
    """``一万`` as 1 and 万: the large unit that ends a number belongs to its unit."""
    tail = printed[len(printed.rstrip("万亿")) :]
    return (plain_number(number.scaleb(-power(tail))), tail + scale) if tail else (number, scale)


def plain_number(number: Decimal) -> Decimal:
    """Without zeros behind the point that only the arithmetic put there."""
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def _with_change(match: Match, number: Decimal, scale: str) -> tuple[Decimal, str]:
    """``叁元伍角陆分`` is 3.56元."""
    tenths, hundredths = DIGIT.get(match["jiao"] or "", 0), DIGIT.get(match["fen"] or "", 0)
    if not (tenths or hundredths):
        return number, scale
    return number.scaleb(power(scale)) + Decimal(tenths * 10 + hundredths).scaleb(-2), ""
