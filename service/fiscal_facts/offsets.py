"""Offsets in UTF-16 code units, for clients whose strings count them (JavaScript, Java, C#)."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import regex

_ASTRAL = regex.compile(r"[\U00010000-\U0010ffff]")


def in_utf16(answer: dict[str, Any], text: str) -> dict[str, Any]:
    """``answer`` with every span (``{start, end, text}``) counted in UTF-16 code units of ``text``."""
    astral = [found.start() for found in _ASTRAL.finditer(text)]
    if astral:
        _shift(answer, astral)
    return answer


def _shift(value: Any, astral: list[int]) -> None:
    """Each character beyond the BMP before a position is one code unit more."""
    if isinstance(value, list):
        for item in value:
            _shift(item, astral)
    elif isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            value["start"] += bisect_left(astral, value["start"])
            value["end"] += bisect_left(astral, value["end"])
            return
        for item in value.values():
            _shift(item, astral)
