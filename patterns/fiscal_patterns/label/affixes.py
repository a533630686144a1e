"""Longest word of a table at one end of a phrase: cheaper than a pattern over several hundred words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fiscal_patterns.lexicon import table


@dataclass(frozen=True, slots=True)
class Affixes:
    """A word table asked for the longest word that begins or ends a stretch; ``codes`` is word -> code."""

    codes: Mapping[str, str]
    longest: int

    def ending(self, text: str, start: int, end: int) -> str | None:
        """The longest word that ends at ``end`` and begins not before ``start``."""
        for first in range(max(start, end - self.longest), end):
            if text[first:end] in self.codes:
                return text[first:end]
        return None

    def opening(self, text: str, start: int, end: int) -> str | None:
        """The longest word that begins at ``start`` and ends not after ``end``."""
        for last in range(min(end, start + self.longest), start, -1):
            if text[start:last] in self.codes:
                return text[start:last]
        return None

    def with_words(self, codes: Mapping[str, str]) -> Affixes:
        """These words and others; the words here win."""
        merged = {**codes, **self.codes}
        return Affixes(merged, max(map(len, merged)))


@cache
def affixes(folder: str, *names: str) -> Affixes:
    """The words of one or several tables of ``<folder>/words.toml``; a later table wins over an earlier one."""
    codes = {word: code for name in names for word, code in table(folder, name).items()}
    return Affixes(codes, max(map(len, codes)))
