"""Vocabulary: ``words.toml`` beside the rules becomes typed tables, and tables become patterns."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain

import regex

Table = Mapping[str, str]
"""Word to code, e.g. ``{"增加": "increase"}``."""


class LexiconError(ValueError):
    """A vocabulary file that contradicts itself: an unknown code or a word given twice in one table."""


@cache
def read_words(folder: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """All tables of ``fiscal_patterns/<folder>/words.toml``: table name -> code -> words.

    The file holds one TOML table per vocabulary, each key a code, each value a list of words.
    """
    source = files("fiscal_patterns").joinpath(folder, "words.toml").read_text(encoding="utf-8")
    return {name: {code: tuple(words) for code, words in rows.items()} for name, rows in tomllib.loads(source).items()}


def table(folder: str, name: str, codes: Iterable[str] | None = None) -> Table:
    """One vocabulary as word -> code. ``codes``, where given, is the closed list of codes the rules know."""
    rows = read_words(folder)[name]
    if codes is not None and (unknown := set(rows) - set(codes)):
        raise LexiconError(f"{folder}/words.toml [{name}]: unknown codes {sorted(unknown)}")
    found: dict[str, str] = {}
    for code, words in rows.items():
        for word in words:
            if word in found:
                raise LexiconError(f"{folder}/words.toml [{name}]: {word} stands under {found[word]} and {code}")
            found[word] = code
    return found


def one_of(words: Iterable[str]) -> str:
    """Atomic alternation of literal words, longest first, so that ``决算数`` wins over ``决算``."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?>" + "|".join(regex.escape(word) for word in ordered) + ")"


def all_words() -> Iterator[str]:
    """Every word of every ``words.toml``: the user words of the segmenters."""
    for folder in sorted(entry.name for entry in files("fiscal_patterns").iterdir() if entry.is_dir()):
        if files("fiscal_patterns").joinpath(folder, "words.toml").is_file():
            for rows in read_words(folder).values():
                yield from chain.from_iterable(rows.values())
