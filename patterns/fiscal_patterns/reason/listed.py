"""Reasons that go on in the sentences or paragraphs behind: 二是…, numbered items below 主要原因：."""

from __future__ import annotations

from itertools import pairwise

import regex

from fiscal_patterns.reason.extent import read_extent
from fiscal_patterns.sections.nouns import Sentence

_FIRST_ITEM = regex.compile(r"\s{0,8}+(?:一是|其一|第一|[(（](?:1|一)[)）]|1[.、](?!\d)|①)")
_LONGEST_ITEM = 120  # an item of a list of reasons is a sentence, not a section
_NEXT_ITEM = regex.compile(
    r"\s{0,8}+(?:[二三四五六七八]是|其[次二三四]|第[二三四]|[(（][2-9][)）]|[2-9][.、](?!\d)|[②-⑨])"
)


def items_below(clean: str, sentences: tuple[Sentence, ...], index: int) -> list[tuple[int, int]]:
    """The items of a list in the paragraphs that follow: 主要原因：, then 1.…, 2.… or 一是…, 二是…"""
    found: list[tuple[int, int]] = []
    for sentence in sentences[index + 1 : index + 13]:
        block = sentence.block
        marked = block.mark > block.start and sentence.start == block.mark
        start = block.start if marked else sentence.start
        mark = _NEXT_ITEM if found else _FIRST_ITEM
        if sentence.end - start > _LONGEST_ITEM or not mark.match(clean, start):
            break
        found.append((start, read_extent(clean, start, sentence.end, [], effect="before")))
    return found


def continued(clean: str, sentences: tuple[Sentence, ...], index: int, end: int) -> int:
    """The end after the sentences that go on enumerating (二是…), in the same paragraph."""
    for before, sentence in pairwise(sentences[index : index + 12]):
        same = sentence.block is before.block and end >= before.end - 2
        if not same or not _NEXT_ITEM.match(clean, sentence.start):
            break
        end = read_extent(clean, sentence.start, sentence.end, [], effect="before")
    return end
