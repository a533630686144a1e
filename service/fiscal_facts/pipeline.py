"""The way of a document: the order of steps, nothing else."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fiscal_patterns import delta, indicator, label, project, quantity, reason, tables
from fiscal_patterns.facts import Fact, plain, to_dict
from fiscal_patterns.sections import sectionize
from fiscal_patterns.settle import settle
from fiscal_patterns.text import Document
from fiscal_patterns.unclaimed import Unclaimed, unclaimed


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document yields. ``coverage`` is the share of prose numerals that are accounted for.

    ``partial`` is true when a deadline ended the work early: facts found so far are there, later types are missing.
    """

    text: str
    facts: tuple[Fact, ...]
    unclaimed: tuple[Unclaimed, ...]
    coverage: Decimal
    partial: bool = False

    def to_dict(self, *, explain: bool = False) -> dict[str, Any]:
        """The answer as JSON-ready data; numbers are strings."""
        return {
            "document": {"sha256": hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest(), "chars": len(self.text)},
            "facts": [to_dict(fact, explain=explain) for fact in self.facts],
            "unclaimed": [plain(item) for item in self.unclaimed],
            "coverage": plain(self.coverage),
        }


def extract(text: str, *, engine: str = "rjieba", deadline: float | None = None) -> Extraction:
    """All facts of ``text``, in order of position.

    ``engine`` names the segmenter that guards the left edge of unquoted names. ``deadline`` is a
    ``time.monotonic()`` instant after which no further step begins.
    """

    document = Document(text)
    outline = sectionize(document.clean)
    grid = tables.read(document.clean, outline)
    sentences = tuple(sorted((*outline.sentences, *grid.sentences), key=lambda sentence: sentence.start))
    quantities = quantity.find(document.clean, sentences)
    labelled = label.attach(document, sentences, quantities, engine)
    changes = delta.find(document, sentences, labelled)
    explanations = reason.find(document, sentences, grid, changes, labelled)
    mentions = project.find(document, outline, sentences, grid, labelled, engine)
    rows = indicator.find(document, sentences, grid, mentions)
    facts = settle(document, labelled, changes, explanations, mentions, rows)
    return Extraction(text, facts, *unclaimed(document, outline, grid, facts))
