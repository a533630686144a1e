"""Find quantities by pattern on characters; no segmentation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from fiscal_patterns.quantity.implied import headed, read_bare, unitless
from fiscal_patterns.quantity.neighbours import bracketed, sharing
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.quantity.readings import Match, read_chinese, read_match
from fiscal_patterns.quantity.shapes import ARABIC, CHINESE
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence

RULES: tuple[Rule, ...] = ()


def find(clean: str, sentences: tuple[Sentence, ...]) -> tuple[Quantity, ...]:
    """All quantities of the sentences, in order of position.

    ``clean`` is the cleaned text, ``sentences`` its prose in order. Numbers without a unit of their own come last,
    because they take that of the others.
    """
    starts = [sentence.start for sentence in sentences]
    found = sorted(_with_units(clean, sentences, starts), key=_position)
    late = [*unitless(clean, sentences, found), *bracketed(clean, found), *headed(clean)]
    return tuple(_without_overlap(sorted([*found, *_inside(late, sentences, starts)], key=_position)))


def _position(quantity: Quantity) -> int:
    return quantity.start


def _with_units(clean: str, sentences: Sequence[Sentence], starts: Sequence[int]) -> Iterator[Quantity]:
    for pattern in (ARABIC, CHINESE):
        for match in pattern.finditer(clean):
            place = bisect_right(starts, match.start()) - 1
            if place >= 0 and match.end() <= sentences[place].end:
                quantity = _read(clean, match, starts[place])
                if quantity:
                    yield quantity
                    yield from sharing(clean, quantity, starts[place])


def _read(clean: str, match: Match, floor: int) -> Quantity | None:
    if match.re is CHINESE:
        return read_chinese(clean, match)
    what = match.lastgroup or ""
    return read_bare(clean, match, floor) if what == "bare" else read_match(clean, match, what)


def _inside(found: Sequence[Quantity], sentences: Sequence[Sentence], starts: Sequence[int]) -> Iterator[Quantity]:
    for quantity in found:
        place = bisect_right(starts, quantity.start) - 1
        if place >= 0 and quantity.end <= sentences[place].end:
            yield quantity


def _without_overlap(found: Sequence[Quantity]) -> Iterator[Quantity]:
    end = -1
    for quantity in found:
        if quantity.start >= end:
            yield quantity
            end = quantity.end
