"""Find quantities by pattern on characters; no segmentation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

import regex

from fiscal_patterns.quantity.context import approximation, is_countable, is_han_count, price_unit
from fiscal_patterns.quantity.nouns import Quantity, QuantityKind
from fiscal_patterns.quantity.numerals import DIGIT, power, read_digits, read_han
from fiscal_patterns.quantity.shapes import ARABIC, CHINESE
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence

RULES: tuple[Rule, ...] = ()

Match = regex.Match[str]


def find(clean: str, sentences: tuple[Sentence, ...]) -> tuple[Quantity, ...]:
    """All quantities of the sentences, in order of position."""
    return tuple(sorted(_inside(clean, sentences), key=lambda quantity: quantity.start))


def _inside(clean: str, sentences: tuple[Sentence, ...]) -> Iterator[Quantity]:
    starts = [sentence.start for sentence in sentences]
    for pattern, read in ((ARABIC, _arabic), (CHINESE, _chinese)):
        for match in pattern.finditer(clean):
            place = bisect_right(starts, match.start()) - 1
            if place >= 0 and match.end() <= sentences[place].end:
                quantity = read(clean, match)
                if quantity:
                    yield quantity


# A minus belongs to the number after a word or mark that a number follows; elsewhere it is a dash.
_SIGNED = frozenset("加少长降升低高为是达减增幅率额(（:：,，、;；和及\n\t ")


def _start(clean: str, match: Match) -> int:
    """Where the number begins, a printed sign included."""
    start = match.start()
    if clean[start - 1 : start] in ("-", "+") and (start < 2 or clean[start - 2] in _SIGNED):
        return start - 1
    return start


def _arabic(clean: str, match: Match) -> Quantity | None:
    start = _start(clean, match)
    number = read_digits(clean[start : match.start()] + match["number"])
    if match["sign"] or match["sign2"]:
        permille = (match["sign"] or match["sign2"]) == "‰"
        rule = "percentage.permille" if permille else "percentage.sign"
        return _percentage(clean, start, match, number, "permille" if permille else "percent", rule)
    if match["points"] or match["points2"]:
        return _percentage(clean, start, match, number, "percentage_point", "percentage.points")
    if match["cheng"]:
        return _percentage(clean, start, match, _tenths(number, match["half"]), "percent", "percentage.cheng")
    scale = match["scale"] or ""
    if match["money"]:
        if match["high"]:
            number = _combined(match, number, scale)
        return _amount(clean, start, match, number, scale, "amount.plain")
    unit = match["measure"] or match["day"]
    if unit is None or not is_countable(clean, start, match.end()):
        return None
    return _count(clean, start, match, number, scale, unit, "count.plain")


def _tenths(number: Decimal, half: str | None) -> Decimal:
    """``九成五`` is 95 percent."""
    return number * 10 + (5 if half == "半" else DIGIT[half] if half else 0)


def _combined(match: Match, low: Decimal, scale: str) -> Decimal:
    """``3亿2000万元`` in the unit of its last part."""
    high = read_digits(match["high"]).scaleb(power(match["highscale"]))
    return (high + low.scaleb(power(scale))).scaleb(-power(scale))


# How a multiplier is written in the unit; what is left over goes into the number (3百万元 is 300万元).
_WRITTEN = {"": "", "千": "千", "万": "万", "亿": "亿", "万亿": "万亿"}


def _unit(number: Decimal, scale: str, kept: tuple[str, ...]) -> tuple[Decimal, str, Decimal]:
    """Number, written multiplier and value: only the multipliers of ``kept`` stay in the unit."""
    value = number.scaleb(power(scale)) if scale else number
    written = next((unit for unit in kept if scale.endswith(unit)), "")
    if written == scale:
        return number, written, value
    return value.scaleb(-power(written)), written, value


def _amount(clean: str, start: int, match: Match, number: Decimal, scale: str, rule: str) -> Quantity:
    number, written, value = _unit(number, scale, ("万亿", "亿", "万", "千"))
    per, cues = price_unit(clean, start, match.end())
    return _quantity(clean, "amount", (start, match.end()), (number, written + "元", value), rule, match, per, cues)


def _count(
    clean: str, start: int, match: Match, number: Decimal, scale: str, unit: str, rule: str
) -> Quantity:
    number, written, value = _unit(number, scale, ("万亿", "亿", "万"))
    return _quantity(clean, "count", (start, match.end()), (number, written + unit, value), rule, match)


def _percentage(clean: str, start: int, match: Match, number: Decimal, unit: str, rule: str) -> Quantity:
    return _quantity(clean, "percentage", (start, match.end()), (number, unit, number), rule, match)


def _quantity(
    clean: str,
    kind: QuantityKind,
    place: tuple[int, int],
    read: tuple[Decimal, str, Decimal],
    rule: str,
    match: Match,
    per: str | None = None,
    cues: tuple[tuple[int, int], ...] = (),
) -> Quantity:
    vague = bool(match["vague"] or match.groupdict().get("vague2"))
    nearly, words = approximation(clean, *place, vague)
    return Quantity(kind, *place, *read, nearly, per, rule, (*words, *cues))


def _chinese(clean: str, match: Match) -> Quantity | None:
    if match["per"]:
        return _ratio(clean, match)
    number = read_han(match["number"])
    if number is None:
        return None
    start = match.start()
    if match["cheng"]:
        return _percentage(clean, start, match, _tenths(number, match["half"]), "percent", "percentage.cheng")
    if match["points"]:
        return _percentage(clean, start, match, number, "percentage_point", "percentage.points")
    scale = match["scale"] or ""
    if match["money"] is not None:
        return _written_out(clean, match, number, scale)
    unit = match["measure"]
    if not is_countable(clean, start, match.end()) or not is_han_count(clean, start, match.end(), unit):
        return None
    number, scale = _large(match["number"], number, scale)
    return _count(clean, start, match, number, scale, unit, "count.chinese")


def _ratio(clean: str, match: Match) -> Quantity | None:
    printed = match["ratio"].removeprefix("负")
    number = Decimal(100) if printed == "百" else Decimal(printed) if printed[0].isdigit() and printed.isascii() else read_han(printed)
    if number is None or match["per"] == "万":
        return None
    number = -number if match["ratio"].startswith("负") else number
    unit = "percent" if match["per"] == "百" else "permille"
    return _percentage(clean, match.start(), match, number, unit, "percentage.chinese")


def _large(printed: str, number: Decimal, scale: str) -> tuple[Decimal, str]:
    """``一万`` as 1 and 万: the large unit that ends a number is part of its unit."""
    tail = printed[len(printed.rstrip("万亿")) :]
    return (number.scaleb(-power(tail)).normalize(), tail + scale) if tail else (number, scale)


def _written_out(clean: str, match: Match, number: Decimal, scale: str) -> Quantity:
    """``壹佰贰拾万元整``, ``叁元伍角``."""
    number, scale = _large(match["number"], number, scale)
    change = Decimal(DIGIT.get(match["jiao"] or "零", 0)).scaleb(-1) + Decimal(DIGIT.get(match["fen"] or "零", 0)).scaleb(-2)
    if change:
        number, scale = number.scaleb(power(scale)) + change, ""
    return _amount(clean, match.start(), match, number, scale, "amount.chinese")
