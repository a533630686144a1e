"""Whether a word of change states one: what leads up to it, and what makes it an aim, a rank or a name."""

from __future__ import annotations

import regex

from fiscal_patterns.delta.bases import Base
from fiscal_patterns.delta.moves import Move
from fiscal_patterns.lexicon import one_of, read_words, table

_DEGREE = one_of(table("delta", "degree"))
BETWEEN = regex.compile(rf"(?:的|相比|总体|均|都|也|各|分别|基本|大体|保持|{_DEGREE}|略|微|净|仅)*+")
# 较目标值60%高出, 较上年的95.8分高: the figure of the base.
_BASE_FIGURE = regex.compile(r"(?:的|为)?\d[\d.,]*\s?(?:[%‰]|[万亿]?元|[^\W\d]{1,2})")
_RESTATED = regex.compile(r"(?:的|了)?(?:主要|变动|增减变化){0,3}(?:原因|是因为)|的情况|的是")
_FORBIDDEN = regex.compile(r"(?:严禁|不得|禁止|杜绝|防止|避免|控制|是否|不能|不可|如|若|凡|将|[不无])\p{Han}{0,3}$")
_CLAUSE_ENDS = regex.compile(r"[^\p{Han}\d]|$|的?(?:主要)?原因|较多|较大|严重")
# An aim is no change (确保增长6%的目标), nor a rank (提升2个位次), nor what purchasing saved (节约 without a base).
_AIM = regex.compile(r"(?:以上|左右)?的?(?:预期|年度|增长)?目标|个?(?:位次|名次|位(?!数)|等次)")
_HOPE = regex.compile(r"(?:预期|力争|争取|确保)(?:20\d\d年度?)?\p{Han}{0,16}$")
_LONGEST_HOPE = 26
WEAK = read_words("delta")["weak"]["decrease"]
_NAMED = read_words("delta")["named"]["increase"]
_AFTER_COMMA = regex.compile(rf"[,，][^,，。;；\d]{{0,24}}?(?:均|都|也|各|{_DEGREE})*")


def leads_to(clean: str, base: Base, start: int) -> bool:
    """Whether nothing but degree and the figure of the base stands between it and the word of change at ``start``."""
    figure = _BASE_FIGURE.match(clean, base.end, start)
    return BETWEEN.fullmatch(clean, figure.end() if figure else base.end, start) is not None


def is_no_change(clean: str, move: Move, base: Base | None) -> bool:
    """Whether the number is an aim, a rank or a saving and no change."""
    if move.quantities[0].quantity.unit == "位" or _AIM.match(clean, move.end):
        return True
    hoped = _HOPE.search(clean, max(0, move.start - _LONGEST_HOPE), move.start) is not None
    if hoped or base is not None:
        return hoped
    named = (
        move.quantities[0].quantity.kind == "amount" and clean[move.start : move.quantities[0].quantity.start] in _NAMED
    )
    return named or clean[move.start : move.after] in WEAK


def states(clean: str, move: Move, base: Base | None, other: Move | None) -> bool:
    """Whether a word without a number states a change: 持平 does, others where their base leads up to them.

    ``other`` is the move before it: a base that it has used does not lead up to this one.
    """
    if move.form == "comparison":
        kind_of_thing = clean[move.start] == "超" and not _CLAUSE_ENDS.match(clean, move.end)  # 超概算工程
        return not kind_of_thing and not _FORBIDDEN.search(clean, max(0, move.start - 8), move.start)
    if move.form == "unchanged" and base is None:
        return not _RESTATED.match(clean, move.after)
    if base is None or move.template:
        return False
    if move.form == "unchanged":
        return True
    if other and base.end <= other.start:
        return False
    between = clean[base.end : move.start]
    return bool(BETWEEN.fullmatch(between) or (base.closed and _AFTER_COMMA.fullmatch(between)))
