"""Attach labels to quantities inside clause, sentence and section: one walk from left to right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from fiscal_patterns.label.naming import labels_of
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.label.passage import enter, leave, pass_over
from fiscal_patterns.label.period import document_period
from fiscal_patterns.label.standing import Standing
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence
from fiscal_patterns.text import Document

RULES: tuple[Rule, ...] = ()


def attach(
    document: Document, sentences: tuple[Sentence, ...], quantities: tuple[Quantity, ...], engine: str
) -> tuple[Labelled, ...]:
    """One :class:`Labelled` per quantity, in the same order. Nothing here depends on the segmenter ``engine``."""
    standing = Standing(document, document_period(document.clean))
    found: list[Labelled] = []
    for sentence, inside in _by_sentence(sentences, quantities):
        enter(standing, sentence)
        for number in range(len(inside)):
            found.append(labels_of(standing, sentence, inside, number))
        if inside:
            leave(standing, sentence, inside[-1])
        else:
            pass_over(standing, sentence)
    return tuple(found)


def _by_sentence(
    sentences: tuple[Sentence, ...], quantities: tuple[Quantity, ...]
) -> Iterator[tuple[Sentence, tuple[Quantity, ...]]]:
    starts = [quantity.start for quantity in quantities]
    at = 0
    for sentence in sentences:
        end = bisect_right(starts, sentence.end - 1, at)
        yield sentence, quantities[at:end]
        at = end
