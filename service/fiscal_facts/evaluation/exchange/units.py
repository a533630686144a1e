"""Offsets in UTF-16 code units, for tools that count as JavaScript does."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache


@lru_cache(maxsize=8)
def _astral(text: str) -> tuple[int, ...]:
    """Positions of the characters that take two units."""
    return tuple(index for index, character in enumerate(text) if character > "\uffff")


def to_utf16(text: str, position: int) -> int:
    """The code point offset ``position`` in UTF-16 units."""
    return position + bisect_left(_astral(text), position)


def from_utf16(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets in UTF-16 units as code points; one inside a pair counts as the character's begin."""
    units = [position + before for before, position in enumerate(_astral(text))]
    return start - bisect_left(units, start), end - bisect_left(units, end)
