"""Relations scored on their own: is the right thing linked to the right thing?

The ends are paired first, by overlap, so that a span that is a character off does not spoil its links. A relation of
the gold set is hit when both its ends have partners and the found facts say the same of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from fiscal_patterns.facts import Amount, Count, Delta, Fact, Indicator, Percentage, Reason

from fiscal_facts.evaluation.keys import ById, cell, squeezed

RELATIONS = ("label", "amount", "rate", "current", "explains", "project", "pair")
"""Quantity to label, delta to amount, rate and current level, reason to what it explains, indicator to project, and
target and actual of an indicator as a pair."""
Relation = tuple[str, Hashable, Hashable]
"""Kind, source, target; ends are indices of gold facts where they have a partner."""
Ends = Mapping[str, Hashable]
"""What stands for a fact id in a relation."""


def relations(facts: Sequence[Fact], ends: Ends) -> list[tuple[Relation, Fact]]:
    """Every relation that the facts state, with the fact that states it."""
    by_id = {fact.id: fact for fact in facts}
    return [((kind, ends[fact.id], to), fact) for fact in facts for kind, to in _stated(fact, ends, by_id)]


def _stated(fact: Fact, ends: Ends, by_id: ById) -> Iterator[tuple[str, Hashable]]:
    if isinstance(fact, Amount | Percentage | Count):
        yield from (("label", squeezed(label.text)) for label in fact.labels)
    elif isinstance(fact, Delta):
        if fact.amount:
            yield "amount", ends[fact.amount]
        if fact.rate:
            yield "rate", ends[fact.rate]
        yield from (("current", ends[item]) for item in fact.current if item)
    elif isinstance(fact, Reason):
        yield from (("explains", ends[item]) for item in fact.explains)
    elif isinstance(fact, Indicator):
        if fact.project:
            yield "project", ends[fact.project]
        yield "pair", (cell(fact.target), cell(fact.actual))


def shared_ends(
    gold: Sequence[Fact], found: Sequence[Fact], pairs: Sequence[tuple[int, int]]
) -> tuple[dict[str, Hashable], dict[str, Hashable]]:
    """Names for the facts of both sides: partners have the same name, the rest one of their own."""
    of_gold: dict[str, Hashable] = {fact.id: index for index, fact in enumerate(gold)}
    of_found: dict[str, Hashable] = {fact.id: ("found", index) for index, fact in enumerate(found)}
    for index, other in pairs:
        of_found[found[other].id] = index
    return of_gold, of_found
