"""A run over annotated documents: what was found, scored by split and document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from fiscal_patterns.facts import Fact

from fiscal_facts.evaluation.findings.scores import FindingsReport
from fiscal_facts.evaluation.gold import GoldDocument, digest, in_order
from fiscal_facts.evaluation.intervals import Interval, intervals
from fiscal_facts.evaluation.scores import DocumentScore, Measure, Tallies, Tally, added, score
from fiscal_facts.pipeline import extract

SEEN_NOTE = "Figures on the real and the written documents are figures on what the rules were written with; only held-out is unseen."
Extractor = Callable[[str], tuple[Sequence[Fact], Decimal | None]]
"""Facts of a text, and the coverage of its numerals where the extractor can say."""


@dataclass(frozen=True)
class Group:
    """The documents of a split, or all, scored together."""

    name: str
    scores: tuple[DocumentScore, ...]

    @cached_property
    def total(self) -> Tallies:
        """Tallies of all documents of the group."""
        return added(each.total() for each in self.scores)

    @cached_property
    def intervals(self) -> Mapping[Measure, Interval]:
        """95 % bootstrap intervals over the group's sentences."""
        return intervals([sentence for each in self.scores for _, sentence in sorted(each.sentences.items())])

    @cached_property
    def agreed(self) -> dict[Measure, Tally]:
        """Per type and attribute, agreement over facts with the right span."""
        return added(each.agreed for each in self.scores)

    @cached_property
    def linked(self) -> dict[str, int]:
        """Per relation, how many annotated ones have a source that was found."""
        kinds = {kind for each in self.scores for kind in each.linked}
        return {kind: sum(each.linked.get(kind, 0) for each in self.scores) for kind in sorted(kinds)}


@dataclass(frozen=True)
class Report:
    """Everything that a run measured. ``coverage`` by document name, where the extractor says it.

    ``findings``: how the checks did, None where the folder holds no audit.
    """

    scores: tuple[DocumentScore, ...]
    coverage: Mapping[str, Decimal] = field(default_factory=dict)
    name: str = "fiscal-facts"
    findings: FindingsReport | None = None

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """One group per split, in fixed order, and all documents together where there are several splits."""
        order = in_order(each.document.split for each in self.scores)
        groups = [Group(split, tuple(each for each in self.scores if each.document.split == split)) for split in order]
        return (*groups, Group("all", self.scores)) if len(groups) > 1 else tuple(groups)

    @property
    def gold(self) -> str:
        """Name of the state of the gold set."""
        return digest(each.document for each in self.scores)


def our_extractor(engine: str = "rjieba") -> Extractor:
    """This project's extractor with the segmenter ``engine``."""

    def run(text: str) -> tuple[Sequence[Fact], Decimal | None]:
        extraction = extract(text, engine=engine)
        return extraction.facts, extraction.coverage

    return run


def run(documents: Iterable[GoldDocument], extractor: Extractor | None = None, *, name: str = "fiscal-facts") -> Report:
    """Extracts from every document and scores the result."""
    scores, coverage = [], {}
    for document in documents:
        facts, covered = (extractor or our_extractor())(document.text)
        scores.append(score(document, facts))
        if covered is not None:
            coverage[document.name] = covered
    return Report(tuple(scores), coverage, name)
