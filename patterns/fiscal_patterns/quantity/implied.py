"""Numbers whose unit is only implied: 万 and 亿 without 元, a unit in a heading, a number that lost its unit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import regex

from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.quantity.context import Range, price_unit
from fiscal_patterns.quantity.neighbours import DASH
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.quantity.numerals import read_digits
from fiscal_patterns.quantity.readings import Match, amount, count, percentage, sign_start
from fiscal_patterns.quantity.shapes import DIGITS
from fiscal_patterns.sections.nouns import Sentence

_MEANING = table("quantity", "bare_meaning", ("money", "heads"))
MEANING = regex.compile(rf"(?r)(?P<word>{one_of(_MEANING)})")
GOES_ON = regex.compile(rf"{DASH}\d")
CLOSED = regex.compile(rf"\P{{Han}}|$|{one_of(table('quantity', 'after_money'))}")
# A cue this near is the subject itself (支出共86.4万), whatever follows.
_NEAR, _FAR = 4, 40


def read_bare(clean: str, match: Match, floor: int) -> Quantity | None:
    """``1.2万``, ``5.3亿``: money where the nearest noun is one of money, else a count of what follows.

    None where neither is plain, and for the low end of a range, which its high end explains.
    """
    place = sign_start(clean, match.start()), match.end()
    if GOES_ON.match(clean, match.end()):
        return None
    number, scale = read_digits(clean[place[0] : match.start()] + match["number"]), match["scale"]
    vague = bool(match["vague"] or match["more"])
    meaning = _meaning(clean, *place, floor)
    if meaning == "money":
        return amount(clean, place, number, scale, "amount.implied_unit", vague=vague)
    return count(clean, place, number, scale, "", "count.bare", vague=vague) if meaning else None


def _meaning(clean: str, start: int, end: int, floor: int) -> str | None:
    if price_unit(clean, start, end)[0]:
        return "money"
    cue = MEANING.search(clean, max(floor, start - _FAR), start)
    meaning = _MEANING[cue["word"]] if cue else None
    if meaning == "money" and cue and cue.end() >= start - _NEAR:
        return meaning
    return meaning if CLOSED.match(clean, end) else "heads"


_YUAN = "万亿元?|亿元?|万元?|千元|元"
_MEASURE = one_of(table("quantity", "measure"))
HEADED = re.compile(
    rf"""[(（](?:单位[:：]?)?(?:(?P<unit>{_YUAN})|(?P<sign>%)|(?P<measure>{_MEASURE}))[)）](?:[为是达:：]|完成)?
    (?P<number>-?{DIGITS})(?=[,，。;；、)）\n]|{one_of(table("quantity", "after_bare"))}|[及和其]|$)""",
    regex.VERBOSE,
)
DECLARED = re.compile(rf"单位[:：](?P<unit>{_YUAN})")
_SUBJECTS = table("quantity", "bare_subject")
UNITLESS = re.compile(
    rf"""(?P<last>[{"".join(sorted({word[-1] for word in _SUBJECTS}))}])(?=[-\d共达完为计是数:：])(?:共计|达到|完成|[为共计达是数:：])?(?P<number>-?{DIGITS})
    (?=[,，。;；、)）\n]|[(（]单位|{one_of(table("quantity", "after_bare"))}|$)""",
    regex.VERBOSE,
)
# 完成预算98.5 lost a % rather than a unit of money.
SUBJECT = regex.compile(rf"(?r)(?<!完成|占|占本年|占年初)(?P<word>{one_of(_SUBJECTS)})")
_REMAINDER = ("剩余", "结余", "尚余")


def headed(clean: str, stretches: Sequence[Range]) -> Iterator[Quantity]:
    """``发行总额（亿）12.5``: the unit stands in a bracket before the number."""
    matches = [match for stretch in stretches for match in HEADED.finditer(clean, *stretch)]
    for match in matches:
        place, number = match.span("number"), read_digits(match["number"])
        if match["unit"]:
            scale, cues = match["unit"].removesuffix("元"), (match.span("unit"),)
            yield amount(clean, place, number, scale, "amount.headed_unit", cues=cues)
        elif match["sign"]:
            yield percentage(clean, place, number, "percent", "percentage.headed_unit")
        else:
            yield count(clean, place, number, "", match["measure"], "count.headed_unit")


def unitless(
    clean: str, sentences: Sequence[Sentence], stretches: Sequence[Range], found: Sequence[Quantity]
) -> Iterator[Quantity]:
    """A number behind a noun of money that lost its unit takes that of its sentence, or of 单位：万元 above it."""
    matches = [match for stretch in stretches for match in UNITLESS.finditer(clean, *stretch)]
    if not matches:
        return
    starts = [sentence.start for sentence in sentences]
    declared = [(match.start(), match["unit"].removesuffix("元")) for match in DECLARED.finditer(clean)]
    for match in matches:
        place = bisect_right(starts, match.start()) - 1
        if place < 0 or match.end() > sentences[place].end:
            continue
        subject = SUBJECT.match(clean, starts[place], match.end("last"))
        if subject is None or (subject["word"] not in _REMAINDER and not {".", ","} & {*match["number"]}):
            continue
        scale = _unit_beside(match.start(), sentences[place], found) or _unit_above(sentences[place], declared)
        if scale is not None:
            yield amount(clean, match.span("number"), read_digits(match["number"]), scale, "amount.inherited_unit")


def _unit_beside(at: int, sentence: Sentence, found: Sequence[Quantity]) -> str | None:
    """The multiplier of the nearest amount of the sentence, an earlier one first."""
    first = bisect_left(found, sentence.start, key=lambda quantity: quantity.start)
    last = bisect_left(found, sentence.end, key=lambda quantity: quantity.start)
    sums = [quantity for quantity in found[first:last] if quantity.kind == "amount"]
    earlier = [quantity for quantity in sums if quantity.start < at]
    chosen = earlier[-1:] or sums[:1]
    return chosen[0].unit.removesuffix("元") if chosen else None


def _unit_above(sentence: Sentence, declared: Sequence[tuple[int, str]]) -> str | None:
    """The multiplier of the last 单位：… between the heading above and the end of the number's sentence."""
    section = sentence.block.section
    index = bisect_left(declared, (sentence.end, "")) - 1
    if index < 0 or declared[index][0] < (section.start if section else 0):
        return None
    return declared[index][1]
