"""Sentences as the evaluation counts them: independent of the extractor, so that figures can be compared over time.

A sentence ends after ``。！？`` and at a line end. No annotated fact is ever cut: where a boundary falls inside one,
the two sentences are one. Found facts belong to the sentence in which they begin.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import regex
from fiscal_patterns.facts import Fact

_END = regex.compile(r"[。！？]++[”’）)]*+|\r?\n")


def boundaries(text: str, facts: Sequence[Fact]) -> list[int]:
    """Starts of the sentences of ``text``, the first 0."""
    inside = _covered(facts)
    starts = [0]
    for match in _END.finditer(text):
        end = match.end()
        at = bisect_right(inside, (end, len(text))) - 1
        if end < len(text) and not (at >= 0 and inside[at][0] < end < inside[at][1]):
            starts.append(end)
    return starts


def _covered(facts: Sequence[Fact]) -> list[tuple[int, int]]:
    """Stretches covered by facts, merged, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((fact.span.start, fact.span.end) for fact in facts):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def sentence_of(starts: Sequence[int], position: int) -> int:
    """Number of the sentence that holds ``position``."""
    return bisect_right(starts, position) - 1


def sentence_text(text: str, starts: Sequence[int], number: int) -> str:
    """The words of a sentence on one line."""
    end = starts[number + 1] if number + 1 < len(starts) else len(text)
    return " ".join(text[starts[number] : end].split())
