"""What the checks look at: the facts of one document with their places, indexed once and shared by all checks."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from fiscal_patterns.facts import Amount, Count, Delta, Fact, Indicator, Label, Percentage, Project, Reason
from fiscal_patterns.identity import Identity
from fiscal_patterns.sections import Block, Outline, Section, Sentence
from fiscal_patterns.tables import Tables
from fiscal_patterns.text import Document, Span

from fiscal_facts.checks.intervals import Interval, exact, last_digit, printed, scaled
from fiscal_facts.checks.shelves import Shelves

T = TypeVar("T")
Quantity = Amount | Percentage | Count
Figure = Amount | Count

NEAR = 24
"""Figures looked at to each side of a place: the longest list of the real documents has 21 parts."""
SAME = 6
"""Statements of one thing looked at to each side of a place: its stages, its year before, its repetition."""
ASKS_A_REASON = Decimal(10)
"""Percent from which a change asks for a reason, unless set otherwise: what most provinces' disclosure notices ask for."""
_NONE = Decimal(0)
_ONE = Decimal(1)
UNITS = {unit: _ONE.scaleb(power) for unit, power in (("元", 0), ("千元", 3), ("万元", 4), ("亿元", 8), ("万亿元", 12))}
"""Yuan in the unit of an amount."""


class Evidence:
    """A document, its outline, tables and facts. Everything derived is worked out when first asked for, once."""

    def __init__(
        self,
        document: Document,
        outline: Outline,
        tables: Tables,
        facts: tuple[Fact, ...],
        identity: Identity,
        asks_a_reason: Decimal = ASKS_A_REASON,
    ) -> None:
        self.document = document
        self.outline = outline
        self.tables = tables
        self.facts = facts
        self.identity = identity
        self.asks_a_reason = asks_a_reason
        self.by_id = {fact.id: fact for fact in facts}
        of_type: defaultdict[str, list[Any]] = defaultdict(list)
        for fact in facts:
            of_type[fact.type].append(fact)
        self.amounts: list[Amount] = of_type["amount"]
        self.percentages: list[Percentage] = of_type["percentage"]
        self.counts: list[Count] = of_type["count"]
        self.deltas: list[Delta] = of_type["delta"]
        self.reasons: list[Reason] = of_type["reason"]
        self.projects: list[Project] = of_type["project"]
        self.indicators: list[Indicator] = of_type["indicator"]
        self._intervals: dict[str, Interval] = {}
        self._remembered: dict[str, Any] = {}

    def remembered(self, name: str, work: Callable[[], T]) -> T:
        """What ``work`` gives, worked out the first time a check asks for ``name``."""
        if name not in self._remembered:
            self._remembered[name] = work()
        found: T = self._remembered[name]
        return found

    def amount(self, identity: str | None) -> Amount | None:
        """The amount with this id, or None."""
        found = self.by_id.get(identity) if identity else None
        return found if isinstance(found, Amount) else None

    def percentage(self, identity: str | None) -> Percentage | None:
        """The percentage with this id, or None."""
        found = self.by_id.get(identity) if identity else None
        return found if isinstance(found, Percentage) else None

    def figure(self, identity: str | None) -> Figure | None:
        """The amount or count with this id, or None."""
        found = self.by_id.get(identity) if identity else None
        return found if isinstance(found, Amount | Count) else None

    def interval(self, fact: Quantity) -> Interval:
        """What the printed figure may stand for: yuan for an amount, the number counted, percent as printed.

        A bare 0 is none at all: nobody rounds a small sum to it.
        """
        found = self._intervals.get(fact.id)
        if found is None:
            found = printed(fact.number) if fact.number != _NONE or last_digit(fact.number) < 1 else exact(_NONE)
            if fact.number != fact.value and fact.number:
                found = scaled(found, fact.value / fact.number)
            elif isinstance(fact, Amount):
                found = scaled(found, UNITS.get(fact.unit, _ONE))
            self._intervals[fact.id] = found
        return found

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, of prose and of cells that hold prose, in order."""
        return tuple(sorted((*self.outline.sentences, *self.tables.sentences), key=lambda sentence: sentence.start))

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Clean offset of the first character of each fact."""
        place = self.document.place
        return {fact.id: place(fact.span.start) for fact in self.facts}

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _sentence_of(self) -> dict[str, int]:
        starts = self._sentence_starts
        return {identity: bisect_right(starts, place) - 1 for identity, place in self.place_of.items()}

    @cached_property
    def _block_of(self) -> dict[str, Block | None]:
        blocks = [*(sentence.block for sentence in self.sentences), None]  # -1 is in front of all
        return {identity: blocks[number] for identity, number in self._sentence_of.items()}

    @cached_property
    def headings(self) -> list[tuple[int, Block, Section]]:
        """The headings: number among the blocks, block and section."""
        blocks = enumerate(self.outline.blocks)
        return [(at, block, block.section) for at, block in blocks if block.kind == "heading" and block.section]

    @cached_property
    def block_starts(self) -> list[int]:
        """Where the blocks of the outline begin: clean offsets."""
        return [block.start for block in self.outline.blocks]

    def sentence_number(self, fact: Fact) -> int:
        """Which sentence a fact stands in, counted over :attr:`sentences`; -1 for one in front of all."""
        return self._sentence_of[fact.id]

    def sentence(self, fact: Fact) -> Sentence | None:
        """The sentence a fact stands in. A row of a form stands in none of its own: the sentence before it is given."""
        number = self.sentence_number(fact)
        return self.sentences[number] if number >= 0 else None

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence that holds a clean offset, None where none does."""
        number = bisect_right(self._sentence_starts, place) - 1
        found = self.sentences[number] if number >= 0 else None
        return found if found and place < found.end else None

    def block(self, fact: Fact) -> Block | None:
        """The paragraph or cell a fact stands in."""
        return self._block_of[fact.id]

    def words(self, sentence: Sentence) -> str:
        """The clean words of a sentence."""
        return self.document.clean[sentence.start : sentence.end]

    def before(self, fact: Fact, length: int) -> str:
        """The clean characters before a fact, at most ``length``."""
        place = self.place_of[fact.id]
        return self.document.clean[max(0, place - length) : place]

    def between(self, one: Fact, other: Fact) -> str:
        """The clean characters from the first character of one fact to the first of a later one."""
        return self.document.clean[self.place_of[one.id] : self.place_of[other.id]]

    @cached_property
    def figures(self) -> list[Figure]:
        """Amounts that are levels or parts, and counts, in order."""
        return [
            fact
            for fact in self.facts
            if isinstance(fact, Count) or (isinstance(fact, Amount) and fact.role in ("level", "part"))
        ]

    @cached_property
    def _beside(self) -> Shelves[Figure]:
        """Levels and parts by their block, and by block and label."""
        shelves: Shelves[Figure] = Shelves()
        block_of = self._block_of
        for fact in self.figures:
            block = id(block_of[fact.id])
            shelves.put(block, fact)
            for text in texts_of(fact):
                shelves.put((block, text), fact)
        return shelves

    @cached_property
    def _labelled_at(self) -> dict[int, list[Figure]]:
        found: dict[int, list[Figure]] = {}
        for fact in self.figures:
            for label in fact.labels:
                if label.span is not None:
                    found.setdefault(label.span.start, []).append(fact)
        return found

    def labelled_at(self, label: Label) -> list[Figure]:
        """Levels and parts that take their label from the very place where ``label`` stands."""
        return self._labelled_at.get(label.span.start, []) if label.span is not None else []

    def first_beside(self, fact: Fact) -> Figure | None:
        """The first level or part of the block that a fact stands in."""
        found = self._beside.all(id(self.block(fact)))
        return found[0] if found else None

    def before_in_block(self, fact: Fact, most: int = NEAR) -> list[Figure]:
        """The last levels and parts before a fact in its block, in order."""
        return self._beside.before(id(self.block(fact)), fact.span.start, most)

    def beside(self, fact: Fact, label: str | None = None) -> list[Figure]:
        """Levels and parts near a fact in its block, in order; with a label those that bear it."""
        block = id(self.block(fact))
        if label is None:
            return self._beside.near(block, fact.span.start, NEAR)
        return self._beside.near((block, label), fact.span.start, SAME)

    @cached_property
    def completions(self) -> list[Percentage]:
        """Percentages that say how much of a budget or a plan was done."""
        return [fact for fact in self.percentages if fact.kind == "completion"]

    @cached_property
    def completions_of(self) -> Shelves[Percentage]:
        """Completion rates by their label, and by their sentence and label."""
        shelves: Shelves[Percentage] = Shelves()
        for fact in self.completions:
            for text in texts_of(fact):
                shelves.put(text, fact)
                shelves.put((self.sentence_number(fact), text), fact)
        return shelves

    @cached_property
    def shares_of(self) -> dict[Span | None, Percentage]:
        """Shares by the place of their first label; the last where several have one."""
        return {fact.labels[0].span: fact for fact in self.percentages if fact.kind == "share" and fact.labels}

    @cached_property
    def alike(self) -> Shelves[Percentage]:
        """Percentages by their kind."""
        shelves: Shelves[Percentage] = Shelves()
        for fact in self.percentages:
            shelves.put(fact.kind, fact)
        return shelves

    @cached_property
    def levels(self) -> Shelves[Amount]:
        """Amounts that are levels or parts, by the text of their labels."""
        shelves: Shelves[Amount] = Shelves()
        for fact in self.amounts:
            if fact.role in ("level", "part"):
                for text in texts_of(fact):
                    shelves.put(text, fact)
        return shelves

    @cached_property
    def explained(self) -> dict[str, list[Reason]]:
        """Reasons by the id of what they explain."""
        found: dict[str, list[Reason]] = {}
        for reason in self.reasons:
            for explained in reason.explains:
                found.setdefault(explained, []).append(reason)
        return found


def texts_of(fact: Quantity) -> Iterable[str]:
    """The names of what a figure measures, each once."""
    labels = fact.labels
    return (labels[0].text,) if len(labels) == 1 else {label.text for label in labels}
