"""One document scored: hits, annotated and found, per measure and sentence.

A measure is a type in a mode (``("amount", "strict")``), a relation (``("label", "relation")``), or the sentences
that are wholly right (``("sentence", "right")``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fiscal_patterns.facts import FACT_TYPES, Fact

from fiscal_facts.evaluation.gold import GoldDocument
from fiscal_facts.evaluation.keys import MODES, attributes, key, place, right_key
from fiscal_facts.evaluation.matching import Pair, pair_equal, pair_overlapping
from fiscal_facts.evaluation.relations import RELATIONS, relations, shared_ends
from fiscal_facts.evaluation.sentences import boundaries, sentence_of

Measure = tuple[str, str]
SENTENCES: Measure = ("sentence", "right")
ALL = "all"
"""All seven types together."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits among what is annotated (``gold``) and what was found."""

    hits: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> Fraction | None:
        """Hits among the found; None where nothing was found."""
        return Fraction(self.hits, self.found) if self.found else None

    @property
    def recall(self) -> Fraction | None:
        """Hits among the annotated; None where nothing is annotated."""
        return Fraction(self.hits, self.gold) if self.gold else None

    @property
    def f1(self) -> Fraction | None:
        """Harmonic mean of precision and recall; None where nothing is annotated and nothing found."""
        return Fraction(2 * self.hits, self.gold + self.found) if self.gold + self.found else None


Tallies = dict[Measure, Tally]


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """A document's tallies by sentence, and what became of each fact.

    ``hits`` are strict pairs, ``spans`` pairs with equal span, ``agreed`` counts per type and attribute how many of
    those agree, ``linked`` per relation how many of the annotated relations have a source that was found at all.
    """

    document: GoldDocument
    found: tuple[Fact, ...]
    starts: tuple[int, ...]
    sentences: Mapping[int, Tallies]
    hits: tuple[Pair, ...]
    spans: tuple[Pair, ...]
    agreed: Mapping[Measure, Tally] = field(default_factory=dict)
    linked: Mapping[str, int] = field(default_factory=dict)

    def total(self) -> Tallies:
        """The tallies of all sentences together."""
        return added(self.sentences.values())


def added(tallies: Iterable[Mapping[Measure, Tally]]) -> Tallies:
    """Tallies summed measure by measure."""
    total: defaultdict[Measure, Tally] = defaultdict(Tally)
    for each in tallies:
        for measure, tally in each.items():
            total[measure] += tally
    return dict(total)


class _Sheet:
    """Collects tallies by sentence."""

    def __init__(self, document: GoldDocument, found: Sequence[Fact]) -> None:
        self.gold, self.found = document.facts, found
        self.starts = boundaries(document.text, document.facts)
        self.sentences: defaultdict[int, Tallies] = defaultdict(dict)

    def number(self, fact: Fact) -> int:
        return sentence_of(self.starts, fact.span.start)

    def add(self, fact: Fact, measure: Measure, tally: Tally) -> None:
        row = self.sentences[self.number(fact)]
        row[measure] = row.get(measure, Tally()) + tally

    def mode(self, mode: str, pairs: Sequence[Pair]) -> None:
        hit = {index for index, _ in pairs}
        for index, fact in enumerate(self.gold):
            for name in (fact.type, ALL):
                self.add(fact, (name, mode), Tally(hits=int(index in hit), gold=1))
        for fact in self.found:
            for name in (fact.type, ALL):
                self.add(fact, (name, mode), Tally(found=1))

    def sentences_right(self, pairs: Sequence[Pair]) -> None:
        rest = [fact for index, fact in enumerate(self.gold) if index not in {pair[0] for pair in pairs}]
        rest += [fact for index, fact in enumerate(self.found) if index not in {pair[1] for pair in pairs}]
        wrong = {self.number(fact) for fact in rest}
        for number in {self.number(fact) for fact in (*self.gold, *self.found)}:
            self.sentences[number][SENTENCES] = Tally(int(number not in wrong), 1, 1)


def score(document: GoldDocument, found: Sequence[Fact]) -> DocumentScore:
    """Scores what was found in a document against its annotations; the order of ``found`` changes nothing."""
    found = tuple(sorted(found, key=lambda fact: (place(fact), fact.id)))
    gold = document.facts
    sheet = _Sheet(document, found)
    gold_ids, found_ids = ({fact.id: fact for fact in facts} for facts in (gold, found))
    pairs: dict[str, list[Pair]] = {"overlap": pair_overlapping(gold, found)}
    for mode in MODES:
        if mode != "overlap":
            keys = [key(fact, gold_ids, mode) for fact in gold], [key(fact, found_ids, mode) for fact in found]
            pairs[mode] = pair_equal(*keys)
        sheet.mode(mode, pairs[mode])
    right = pair_equal([right_key(fact, gold_ids) for fact in gold], [right_key(fact, found_ids) for fact in found])
    sheet.sentences_right(right)
    linked = _score_relations(sheet, pairs["overlap"])
    agreed = agreement_by_attribute(gold, found, pairs["span"])
    hits, spans = tuple(pairs["strict"]), tuple(pairs["span"])
    return DocumentScore(document, found, tuple(sheet.starts), dict(sheet.sentences), hits, spans, agreed, linked)


def _score_relations(sheet: _Sheet, pairs: Sequence[Pair]) -> dict[str, int]:
    of_gold, of_found = shared_ends(sheet.gold, sheet.found, pairs)
    stated, claimed = relations(sheet.gold, of_gold), relations(sheet.found, of_found)
    hits = {index for index, _ in pair_equal([item for item, _ in stated], [item for item, _ in claimed])}
    paired = {index for index, _ in pairs}
    linked: defaultdict[str, int] = defaultdict(int)
    for index, ((kind, source, _), fact) in enumerate(stated):
        sheet.add(fact, (kind, "relation"), Tally(hits=int(index in hits), gold=1))
        linked[kind] += int(source in paired)
    for (kind, _, _), fact in claimed:
        sheet.add(fact, (kind, "relation"), Tally(found=1))
    return dict(linked)


def agreement_by_attribute(gold: Sequence[Fact], found: Sequence[Fact], pairs: Sequence[Pair]) -> dict[Measure, Tally]:
    """Per type and attribute: how many of the pairs agree (``hits``) of how many there are."""
    gold_ids, found_ids = ({fact.id: fact for fact in facts} for facts in (gold, found))
    agreed: defaultdict[Measure, Tally] = defaultdict(Tally)
    for index, other in pairs:
        mine, theirs = attributes(gold[index], gold_ids), attributes(found[other], found_ids)
        for name, value in mine.items():
            agreed[gold[index].type, name] += Tally(int(value == theirs[name]), 1, 1)
    return dict(agreed)


def measures() -> tuple[Measure, ...]:
    """All measures in the order of the tables."""
    types = tuple((name, mode) for mode in MODES for name in (*FACT_TYPES, ALL))
    return (*types, *((name, "relation") for name in RELATIONS), SENTENCES)
