"""Changes of several subjects that one explanation serves together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from fiscal_patterns.delta.nouns import Change

PARTED = frozenset(";；")
_OF_WHICH = regex.compile(r"其中|[:：]")


def parallel(clean: str, pool: Sequence[Change], *, own: bool = False) -> Iterator[Change]:
    """The last change, with those before it that say the same of other subjects (收入减少…，支出减少…，主要原因).

    Where the cue stands in their ``own`` sentence, only those that no ； parts from the last.
    """
    kept: list[Change] = []
    for change in reversed(pool):
        if kept and not _alike(clean, change, kept[-1]):
            break
        if kept and own and not PARTED.isdisjoint(clean[change.end : kept[-1].start]):
            break
        if kept and own and _of_another_item(clean, change, kept[-1]):
            break
        kept.append(change)
    yield from reversed(kept)


def _of_another_item(clean: str, first: Change, second: Change) -> bool:
    """其中：甲5万元，比上年减少1万元，乙21万元，比上年减少3万元，原因是: items of a list with amounts of their own."""
    own = any(item and first.end < item.quantity.start for item in second.current)
    return own and clean.rfind("其中", first.sentence.start, first.start) >= 0


def _alike(clean: str, first: Change, second: Change) -> bool:
    if (first.direction, first.basis) != (second.direction, second.basis) or first.caliber != second.caliber:
        return False
    return not _OF_WHICH.search(clean, first.end, second.start) and first.order == second.order


def onward(clean: str, changes: Sequence[Change]) -> Iterator[Change]:
    """The first change, with those right behind it that say the same of other subjects."""
    yield changes[0]
    for before, change in pairwise(changes):
        if not _alike(clean, before, change) or before.labels == change.labels:
            break
        yield change
