"""The word of direction that stands before a figure, read again from the text: a change keeps only its first."""

from __future__ import annotations

from functools import cache
from typing import Literal

import regex
from fiscal_patterns.lexicon import one_of, table

from fiscal_facts.checks.evidence import Evidence, Quantity

Direction = Literal["increase", "decrease"]

# Longest word of direction and what may stand between it and its figure: 增长幅度约为 takes 6 characters.
_BEFORE = 12
_BETWEEN = r"(?:了|约|近|超|超过|逾|为|达|到|幅度|比例|率|[:：]|各|均|人民币){0,3}$"


@cache
def _words() -> dict[str, str]:
    return {**table("delta", "direction"), **table("delta", "short")}


@cache
def _shape() -> regex.Pattern[str]:
    return regex.compile(f"(?P<word>{one_of(_words())}){_BETWEEN}")


def word_before(evidence: Evidence, figure: Quantity) -> tuple[Direction, str] | None:
    """Direction and wording directly before a figure, None where something else stands there."""
    found = _shape().search(evidence.before(figure, _BEFORE))
    if found is None:
        return None
    word = found["word"]
    return ("increase" if _words()[word] == "increase" else "decrease"), word
