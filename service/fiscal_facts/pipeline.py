"""The way of a document: the order of steps, nothing else."""

from __future__ import annotations

import time
from bisect import bisect_right
from decimal import Decimal

from fiscal_patterns import delta, indicator, label, project, quantity, reason, segment, tables
from fiscal_patterns.identity import identify
from fiscal_patterns.label import Labelled
from fiscal_patterns.quantity import Quantity
from fiscal_patterns.sections import Outline, Sentence, sectionize
from fiscal_patterns.settle import settle
from fiscal_patterns.tables import Tables
from fiscal_patterns.text import Document
from fiscal_patterns.unclaimed import unclaimed

from fiscal_facts.checks import ASKS_A_REASON, check
from fiscal_facts.extraction import DEADLINE, Extraction


def extract(
    text: str,
    *,
    engine: str = segment.DEFAULT_ENGINE,
    deadline: float | None = None,
    checks: bool = True,
    asks_a_reason: Decimal = ASKS_A_REASON,
) -> Extraction:
    """All facts of ``text``, in order of position, and where they contradict each other (not with ``checks=False``).

    ``engine`` names the segmenter; SegmenterError for one that is unknown. No rule needs its words: of 88 unquoted
    names in 96 texts one began inside a token, and there the segmenter was wrong.
    ``deadline`` is a ``time.monotonic()`` instant after which no further step begins: what was found until then is
    returned. ``asks_a_reason`` is the change in percent from which the checks ask for a reason.
    """
    segment.known(engine)
    time_left = _Clock(deadline)
    document = Document(text)
    outline = sectionize(document.clean) if time_left() else Outline((), ())
    grid = tables.read(document.clean, outline) if time_left() else Tables((), ())
    sentences = tuple(sorted((*outline.sentences, *grid.sentences), key=lambda sentence: sentence.start))
    quantities = quantity.find(document.clean, sentences) if time_left() else ()
    labelled = label.attach(document, sentences, quantities) if time_left() else _unlabelled(sentences, quantities)
    changes = delta.find(document, sentences, labelled) if time_left() else ()
    explanations = reason.find(document, sentences, grid, changes, labelled) if time_left() else ()
    mentions = project.find(document, outline, sentences, grid, labelled) if time_left() else ()
    rows = indicator.find(document, sentences, grid, mentions) if time_left() else ()
    facts = settle(document, labelled, changes, explanations, mentions, rows)
    identity = identify(document, outline)
    checked = check(document, outline, grid, facts, identity, asks_a_reason) if checks and time_left() else None
    return Extraction(
        text,
        facts,
        *unclaimed(document, outline, grid, facts),
        identity,
        warnings=(DEADLINE,) if time_left.over else (),
        partial=time_left.over,
        checked=checked,
    )


class _Clock:
    """Whether a further step may begin; ``over`` once one was refused."""

    def __init__(self, deadline: float | None) -> None:
        self._deadline = deadline
        self.over = False

    def __call__(self) -> bool:
        self.over = self.over or (self._deadline is not None and time.monotonic() >= self._deadline)
        return not self.over


def _unlabelled(sentences: tuple[Sentence, ...], quantities: tuple[Quantity, ...]) -> tuple[Labelled, ...]:
    """Quantities without labels, in their sentences: what is known when time ends before labelling."""
    starts = [sentence.start for sentence in sentences]
    return tuple(
        Labelled(found, sentences[bisect_right(starts, found.start) - 1], labels=(), period=None)
        for found in quantities
    )
