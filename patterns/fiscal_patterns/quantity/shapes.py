"""What a quantity looks like: one pattern for numbers in digits, one for numbers in Chinese characters.

Both read the whole text once. Every repeat is possessive or bounded and a number cannot begin inside another, so the
time is linear whatever stands in the text. `re` reads them in half the time of `regex`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import regex

from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.quantity.numerals import DIGIT, HAN

_SMALL_HAN = "".join(DIGIT)

# Thousands in groups of three; a group of another length is a list or damage, and the first part then stands alone.
# Two points make a date or a version, and such a number has no unit behind it.
DIGITS = (
    r"(?>(?<!\d)\d{1,3}(?:(?:,\d{3}(?!\d)){1,4}+|(?:，\d{3}(?!\d)){1,4}+|(?:\ \d{3}(?!\d)){1,4}+)|\d++)"
    r"(?:\.\d++(?!\.\d))?+"
)
MULTIPLIER = r"(?:万亿|[十百千]?[万亿]|百|千(?![米克瓦]))"

# A list whose last number alone has a unit: 各减少35.60,41.20万元, 分别为95、92、98分.
LISTED = regex.compile(rf"(?:分别|各|依次)[^\d。；;，,]{{0,14}}+(?P<items>(?:{DIGITS}[、,，和及与]){{1,12}}+)$")
# Longest list of 12 such numbers.
LIST_LENGTH = 150

_MEASURES, _HAN_MEASURES = table("quantity", "measure"), table("quantity", "han_measure")
_LARGE_MEASURES = table("quantity", "large_measure")
_COMPOUND = one_of(table("quantity", "compound_word"))
_WHOLE_WORD = rf"(?:(?=项目标|名义务)|(?!{_COMPOUND}))"
# 户次, 轮次: 次 makes a measure of occasions of any other; 台（套）, 件(次): one in brackets belongs to the unit.
_OR = rf"(?:次(?![级要月年日性数生]))?+(?:[(（]{one_of(_MEASURES)}[)）])?+"


def _opening(words: Iterable[str], others: str) -> str:
    """Class of the characters that can follow a number: one look at it spares the alternatives (4 times faster)."""
    return "[" + "".join(regex.escape(first) for first in sorted({*(word[0] for word in words), *others})) + "]"


_YUAN = r"(?:人民币)?元(?![月旦素件器])"
_HAN_YUAN = r"(?:人民币)?[元圆](?![月旦素件器化结论区制体])"
# 高1.3个和0.7个百分点: only the last says what it counts.
_POINTS_AHEAD = r"个(?=(?:[、，,和及与]\d{1,4}(?:\.\d{1,3})?个){0,3}[、，,和及与]\d{1,4}(?:\.\d{1,3})?个?百分点)"
_LARGE = r"(?:(?<=[万亿])|(?<=[万亿][余多]))"
_CHENG = r"(?P<cheng>成)(?P<half>[一二三四五六七八九半])?+(?![不为立功员本果效品长交就年熟都绩套分型体片活因人批])"

ARABIC = re.compile(
    rf"""(?=\d)(?<![\d._×*第]|(?<!\\[gl]e)[A-Za-z])(?P<number>{DIGITS})\ ?(?={_opening(_MEASURES, "%‰百十千万亿余多来元成日")})
    (?:(?P<sign>[%‰]|百分比)(?!\ ?[×÷*])|(?P<points>个?多?百分点|{_POINTS_AHEAD})
      |(?P<vague>[余多来])?+(?P<scale>{MULTIPLIER})?+(?P<more>[余多])?+
        (?:(?P<money>{_YUAN})|(?P<latesign>[%‰])(?!\ ?[×÷*])|(?P<latepoints>个?百分点)|{_CHENG}
          |(?P<measure>{_WHOLE_WORD}{one_of(_MEASURES)}{_OR}|{_LARGE}{one_of(_LARGE_MEASURES)})|(?P<day>日)(?=[以之]?内)
          |(?<=[万亿千])零?(?P<low>{DIGITS})(?P<lowscale>{MULTIPLIER})?+(?P<lowmoney>{_YUAN})
          |(?P<bare>{_LARGE})(?![美港欧日澳英外]元?)))""",
    regex.VERBOSE,
)

_HAN_NUMBER = rf"[{HAN}]++(?:点[{_SMALL_HAN}]++)?+"

CHINESE = re.compile(
    rf"""(?=[{HAN}])(?<![第{HAN}数几好每逐点初周])(?![万亿])(?=[{HAN}]++(?:{_opening(_HAN_MEASURES, "个成百分余多万亿元圆人点")}))
    (?:(?P<per>[百千])分之(?P<ratio>负?(?:{_HAN_NUMBER}|\d{{1,15}}+(?:\.\d{{1,12}}+)?+))
      |(?P<number>{_HAN_NUMBER})
        (?:{_CHENG}|(?P<points>个?百分点)
          |(?P<vague>[余多])?+(?P<scale>[万亿])?+
            (?:(?P<money>{_HAN_YUAN})(?:(?P<jiao>[{_SMALL_HAN}])角)?+零?(?:(?P<fen>[{_SMALL_HAN}])分)?+
              |(?P<measure>{_WHOLE_WORD}{one_of(_HAN_MEASURES)}{_OR})(?!一))))""",
    regex.VERBOSE,
)
