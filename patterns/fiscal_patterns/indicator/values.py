"""Target and actual values: comparator, number and unit, or words."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from typing import cast

import regex

from fiscal_patterns.facts import Comparator
from fiscal_patterns.indicator.nouns import Value
from fiscal_patterns.lexicon import one_of, table

COMPARATORS: tuple[Comparator, ...] = ("=", ">=", "<=", ">", "<", "qualitative")

_NUMBER = regex.compile(r"(?:(?<![\d-])[+-])?(?>\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?+")
# A day or a quarter is a deadline, so words: 12月底前, 2024年完成. A span of time is a number: 3个月, 30日内, 1年.
_DATE = regex.compile(r"\d\s?+(?:月(?!份?数)|[日号](?!内|之内))|\d{4}\s?+年|季度|半年|第\d|年[底末]|(?<!\d)年[内前]")
# Words before a number that are not its comparator: 群众满意度 100%, 代缴参保32634人. Longest in the forms: 6 characters.
_LEAD_LENGTH = 12
_PUNCTUATED = regex.compile(r"[,，。;；、:：(（]")
_PERCENT = regex.compile(r"[%‰]|个?百分点|百分比")
# A unit that the vocabulary does not know, as long as 元/人.年.
_UNIT_LENGTH = 6
# What may follow a unit: 100%全覆盖, 3份报告. More makes a sentence of it.
_REST_LENGTH = 8


@cache
def signs() -> dict[str, Comparator]:
    """Comparators as they stand alone in a cell."""
    return cast(dict[str, Comparator], dict(table("indicator", "sign", COMPARATORS)))


def before_words() -> frozenset[str]:
    """Comparators that may stand before a number."""
    return frozenset(_before()[1])


@cache
def _before() -> tuple[regex.Pattern[str], dict[str, Comparator]]:
    words = {**signs(), **table("indicator", "before", COMPARATORS)}
    return regex.compile(one_of(words) + r"\s*+$"), cast(dict[str, Comparator], words)


@cache
def _behind() -> tuple[regex.Pattern[str], dict[str, Comparator]]:
    words = table("indicator", "behind", COMPARATORS)
    return regex.compile(one_of(words)), cast(dict[str, Comparator], dict(words))


@cache
def units() -> regex.Pattern[str]:
    """A unit, with scale, bracket and denominator: 万人, 个（套）, 元/人年."""
    words = one_of(table("indicator", "unit", ("word",)))
    return regex.compile(
        rf"[万亿千百]{{0,2}}{words}(?:[(（][^()（）]{{1,6}}[)）])?(?:/[\p{{Han}}.]{{1,6}})?|[万亿]|[A-Za-z]{{1,4}}|[%‰]|百分比"
    )


def read_value(clean: str, start: int, end: int, sign: str | None = None, unit: str | None = None) -> Value:
    """The value in a cell; ``sign`` and ``unit`` are the words of the cells that hold only these."""
    known = signs().get(sign or "")
    found = None if known == "qualitative" else _numeric(clean[start:end])
    if found is None:
        return Value(start, end, "qualitative", None, None)
    comparator, number, printed = found
    return Value(start, end, known or comparator or "=", number, printed or unit)


def explicit(clean: str, value: Value, sign: str | None) -> bool:
    """Whether the text prints the comparator of ``value``, in its own cell or in that of the sign."""
    return sign in signs() or clean[value.start] in "=≥≤<>" or value.comparator != "="


@lru_cache(maxsize=4096)  # 100%, 优, 10 come again and again
def _numeric(words: str) -> tuple[Comparator | None, Decimal, str | None] | None:
    """Comparator, number and unit of ``words``; None where they hold none or several, or a date, or a sentence."""
    number = _NUMBER.search(words)
    if number is None or _NUMBER.search(words, number.end()) or _DATE.search(words):
        return None
    pattern, codes = _before()
    lead = words[: number.start()]
    sign = pattern.search(lead)
    if sign:
        lead = lead[: sign.start()]
    if len(lead) > _LEAD_LENGTH or _PUNCTUATED.search(lead):
        return None
    comparator = codes[sign.group().strip()] if sign else None
    after = words[number.end() :].strip()
    if after[:1] in ("余", "多"):
        comparator, after = comparator or ">", after[1:]
    read = _with_unit(after)
    if read is None:
        return None
    unit, behind = read
    return comparator or behind, Decimal(number.group().replace(",", "")), unit


def _with_unit(after: str) -> tuple[str | None, Comparator | None] | None:
    """Unit and comparator from the words behind a number; None where they are no unit."""
    pattern, codes = _behind()
    found = _PERCENT.match(after) or units().match(after)
    if found:
        unit, rest = found.group(), after[found.end() :]
    else:
        behind = pattern.search(after)
        unit, rest = (after[: behind.start()], after[behind.start() :]) if behind else (after, "")
        if len(unit) > _UNIT_LENGTH:
            return None
    if len(rest) > _REST_LENGTH or (_PUNCTUATED.search(unit + rest) and not found):
        return None
    behind = pattern.match(rest)
    return unit or None, codes[behind.group()] if behind else None
