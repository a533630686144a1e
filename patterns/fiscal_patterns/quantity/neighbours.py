"""Numbers that share the unit of a quantity beside them: the low end of a range, a list, the parts in a bracket."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from fiscal_patterns.quantity.context import Range, approximation
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.quantity.numerals import HAN, power, read_digits, read_han
from fiscal_patterns.quantity.readings import sign_start
from fiscal_patterns.quantity.shapes import DIGITS, LIST_LENGTH, LISTED, MULTIPLIER

YEAR = r"(?:19|20)\d\d(?![\d.,])"
DASH = r"(?:[-~—–]{1,2}|[至到])"
LOW = regex.compile(
    rf"(?:(?<![\d.A-Za-z_第年月/])(?P<number>{DIGITS})(?P<scale>{MULTIPLIER})?+|(?P<han>[{HAN}]{{1,12}}+)){DASH}$"
)
ITEM = regex.compile(DIGITS)
# Longest low end of a range: 1,234,567.89万—.
_RANGE_LENGTH = 24
_DASHES, _COMMAS = frozenset("-~—–至到"), frozenset("、,，和及与")


def sharing(clean: str, unit_from: Quantity, floor: int) -> Iterable[Quantity]:
    """Numbers directly before a quantity that take its unit: ``80`` of ``80-100%``, ``95、92`` of ``分别为95、92、98分``.

    ``floor`` is the start of the sentence.
    """
    at = unit_from.start
    before = clean[at - 1 : at]
    if before in _DASHES:
        low = LOW.search(clean, max(floor, at - _RANGE_LENGTH), at)
        if low:
            return _low_end(clean, low, unit_from)
    elif before in _COMMAS and clean[at - 2 : at - 1].isdigit():
        listed = LISTED.search(clean, max(floor, at - LIST_LENGTH), at)
        if listed:
            return _items(clean, listed.span("items"), unit_from, "list")
    return ()


def _low_end(clean: str, low: regex.Match[str], unit_from: Quantity) -> Iterator[Quantity]:
    if low["han"]:
        number = read_han(low["han"])
        if number is not None and clean[unit_from.start] in HAN:
            number = number * 10 if unit_from.rule == "percentage.cheng" else number
            yield _like(clean, unit_from, low.span("han"), number, "range")
        return
    start, end = sign_start(clean, low.start("number")), low.end("scale") if low["scale"] else low.end("number")
    number = read_digits(clean[start : low.end("number")])
    found = _like(clean, unit_from, (start, end), number, "range")
    if low["scale"] and unit_from.kind != "percentage":
        value = number.scaleb(power(low["scale"]))
        tens = power(_multiplier(unit_from))
        found = replace(found, number=value.scaleb(-tens), value=value)
        if low["scale"] in ("万", "亿", "万亿"):
            found = replace(
                found, number=number, unit=low["scale"] + unit_from.unit.removeprefix(_multiplier(unit_from))
            )
    yield found


def _items(clean: str, place: Range, unit_from: Quantity, shape: str) -> Iterator[Quantity]:
    for item in ITEM.finditer(clean, *place):
        yield _like(clean, unit_from, item.span(), read_digits(item[0]), shape)


UNIT_MULTIPLIER = regex.compile(r"万亿|亿|万|千(?=元)")


def _multiplier(quantity: Quantity) -> str:
    found = UNIT_MULTIPLIER.match(quantity.unit)
    return found[0] if found else ""


def _like(clean: str, unit_from: Quantity, place: Range, number: Decimal, shape: str) -> Quantity:
    """A number of the same kind and unit as another."""
    tens = 0 if unit_from.kind == "percentage" else power(_multiplier(unit_from))
    value = number.scaleb(tens) if tens else number
    nearly, cues = approximation(clean, *place, vague=False)
    rule = f"{unit_from.kind}.{shape}"
    return Quantity(unit_from.kind, *place, number, unit_from.unit, value, nearly, unit_from.per, rule, cues)


_OPENING = frozenset("(（")
_PART = rf"\p{{Han}}{{2,12}}+(?<!附件|附表|[见第图表注])[为:：]?(?!{YEAR})(?:{DIGITS})"
BRACKETED = regex.compile(rf"[(（](?:其中[:：,，]?)?(?P<items>{_PART}(?:[;；,，、和]{_PART}){{1,24}}+)[)）]")


def bracketed(clean: str, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """Parts in a bracket that inherit the unit before it: ``8,863万元（甲区5,572；乙区3,291）``."""
    for unit_from in found:
        if clean[unit_from.end : unit_from.end + 1] in _OPENING:
            bracket = BRACKETED.match(clean, unit_from.end)
            if bracket:
                yield from _items(clean, bracket.span("items"), unit_from, "bracket")


# 单价由每座4.8万元降至4.5万元: both are prices.
MOVED = regex.compile(r"(?:降|升|涨|增加?|减少?|提高|降低|上调|下调|调整)(?:至|到|为)")
_MOVED_LENGTH = 4


def prices_carried(clean: str, found: list[Quantity]) -> None:
    """An amount that a price moves to is a price of the same unit (in place; ``found`` in order of position)."""
    for index, (before, after) in enumerate(itertools.pairwise(found)):
        near = before.per and not after.per and 0 < after.start - before.end <= _MOVED_LENGTH
        if near and after.kind == "amount" and MOVED.fullmatch(clean, before.end, after.start):
            found[index + 1] = replace(after, per=before.per)
