"""Lists of parts held open over paragraphs: X万元。其中： and the paragraphs that follow."""

from __future__ import annotations

import regex

from fiscal_patterns.label.standing import Held, Parts, Standing
from fiscal_patterns.sections.nouns import Block

_NEW_TOPIC = regex.compile(r"20\d\d年|与20\d\d|按照|根据|截至")
_MARKED = "#"
_RANKS = (("第", 1), ("一二三四五六七八九十", 2), ("0123456789", 4))
_BRACKETS = "（("


def hold(standing: Standing, parts: Parts, block: Block | None) -> None:
    """Keep a list open for the paragraphs that follow the ``block`` of its whole, inside the list that this is in."""
    rank = _rank(standing, block)
    outer = standing.held
    while outer and (outer.rank >= rank or outer.bullet is None):
        outer = outer.outer
    standing.held = Held(parts, rank, outer=outer)


def carry(standing: Standing, block: Block) -> None:
    """Open what is held open in the paragraph entered, unless the paragraph ends it."""
    introduced, standing.introduced = standing.introduced, False
    if standing.held is None:
        return
    if _NEW_TOPIC.match(standing.document.clean, block.mark):
        standing.held = None
    rank = _rank(standing, block)
    while standing.held and ((rank and rank <= standing.held.rank) or not _keeps_bullet(standing, block, introduced)):
        standing.held = standing.held.outer
    if standing.held:
        standing.lists.append(standing.held.parts)


def _keeps_bullet(standing: Standing, block: Block, introduced: bool) -> bool:
    """Whether a paragraph belongs to a list: where the first has a bullet (•, ——) or a number, all have.

    A paragraph below a numbered one that only named it belongs to that one.
    """
    held = standing.held
    if held is None:
        return False
    sign = standing.document.clean[block.mark : block.mark + 1]
    sign = _MARKED if block.mark > block.start else "" if sign.isalnum() else sign
    if held.bullet is None:
        held.bullet = sign
    if sign == held.bullet or (introduced and held.bullet == _MARKED):
        return True
    return not held.bullet and sign != _MARKED


def _rank(standing: Standing, block: Block | None) -> int:
    """How deep the list mark of a paragraph stands: 一、 2, （一） 3, ``1.`` 4, （1） 5, ① 6; 0 without one."""
    if block is None or block.mark <= block.start:
        return 0
    first, second = standing.document.clean[block.start], standing.document.clean[block.start + 1]
    if first in _BRACKETS:
        return 5 if second.isdecimal() else 3
    return next((rank for signs, rank in _RANKS if first in signs), 6)
