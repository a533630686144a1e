"""What a cell of an indicator row looks like, and how well that suits what a column holds."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from fiscal_patterns.indicator.values import signs, units
from fiscal_patterns.lexicon import table

_NUMBER = regex.compile(r"[+-]?(?>\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+")
# The direction of an indicator (正向指标), the code before a name of a unit: neither is the name of an indicator.
_KIND = regex.compile(r"[正反逆负]向指标|(?<!\d)\d{3,20}+-.{1,200}+")
_DASH = regex.compile(r"[-—–/－]{1,3}")
_POINTS = regex.compile(r"[(（]\d{1,3}(?:\.\d{1,2})?[分份%]?[)）]|\s")
_FIGURE = regex.compile(r"[≥≤<>=]?\s?+[\d,.]++\s?+")
_DIGIT = regex.compile(r"\d")
_LONG = 40  # longest name of an indicator met: 38; longest value in words: 36
_SHORT_UNIT = 6
_WRONG = 8


def without_points(words: str) -> str:
    """A level without its points and inner breaks: ``产出指标（40分）`` is ``产出指标``."""
    return _POINTS.sub("", words)


@cache
def _levels() -> dict[str, str]:
    return dict(table("indicator", "level", ("first", "either", "second")))


def level_words() -> frozenset[str]:
    """Names of levels, without 指标."""
    return frozenset(_levels())


def level(words: str) -> str | None:
    """``first``, ``second`` or ``either`` for the name of a level, else None."""
    name = without_points(words)
    return _levels().get(name.removesuffix("指标"))


@lru_cache(maxsize=4096)  # the words of levels, grades and full marks come again in every row
def shape(words: str) -> str:
    """``number``, ``dash``, ``sign``, ``kind``, ``unit``, a level, ``figure`` (38万元), ``value`` (holds a digit), ``long`` or ``word``."""
    if _NUMBER.fullmatch(words):
        return "number"
    if words in signs():
        return "sign"
    if _KIND.fullmatch(words):
        return "kind"
    if len(words) > _LONG or "。" in words:
        return "long"
    return _dash_or_unit(words) or level(words) or _value_or_word(words)


def _value_or_word(words: str) -> str:
    if not _DIGIT.search(without_points(words)):
        return "word"
    number = _FIGURE.match(words)
    return "figure" if number and units().fullmatch(words, number.end()) else "value"


def _dash_or_unit(words: str) -> str | None:
    if len(words) > _SHORT_UNIT:
        return None
    return "dash" if _DASH.fullmatch(words) else "unit" if units().fullmatch(words) else None


# How badly a shape suits a column, 0 well, 8 not at all; a row in place is accepted where nothing is above _DOUBTFUL.
# Measured on the 150 rows of the five documents and on rows with cells taken out.
_COSTS: dict[str, dict[str, int]] = {
    "level1": {"first": 0, "either": 0, "second": 4, "word": 2, "value": 4, "figure": 4, "unit": 6},
    "level2": {"first": 4, "either": 0, "second": 0, "word": 2, "value": 4, "figure": 4, "unit": 6},
    "name": {"word": 0, "value": 1, "figure": 5, "long": 1, "unit": 2, "first": 5, "either": 3, "second": 3},
    "comparator": {"sign": 0},
    "target": {"value": 0, "figure": 0, "number": 0, "word": 0, "long": 1, "unit": 2, "dash": 3, "first": 5, "second": 5, "either": 5},
    "unit": {"unit": 0, "word": 2, "dash": 1, "value": 4, "figure": 4},
    "actual": {"value": 0, "figure": 0, "number": 0, "word": 0, "long": 1, "unit": 1, "dash": 2, "first": 5, "second": 5, "either": 5},
    "weight": {"number": 0, "dash": 0, "value": 3, "figure": 3},
    "score": {"number": 0, "dash": 0, "value": 3, "figure": 3},
    "note": {"word": 0, "long": 0, "value": 0, "figure": 0, "dash": 0, "unit": 2, "first": 5, "second": 5, "either": 5},
    "method": {"long": 0, "word": 1, "value": 1, "figure": 1, "dash": 1},
    "meaning": {"long": 0, "word": 0, "value": 0, "figure": 0, "dash": 1},
    "other": {"kind": 0, "word": 1, "long": 1, "value": 1, "figure": 1, "number": 2, "dash": 1, "unit": 2},
    "project": {"kind": 0, "word": 1, "value": 1, "figure": 1, "long": 2},
    "goal": {"long": 0, "word": 1, "value": 1, "figure": 1},
    "money": {"number": 0, "dash": 1, "value": 2, "figure": 2},
}  # fmt: skip


def misfit(found: str, role: str) -> int:
    """How badly a cell of this shape suits a column of this role."""
    return _COSTS[role].get(found, _WRONG)
