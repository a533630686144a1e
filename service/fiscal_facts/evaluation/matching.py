"""One-to-one matching of annotated and found facts: maximum, and blind to the order in which they come."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from fiscal_patterns.facts import Fact

Pair = tuple[int, int]
"""Index of the annotated fact, index of the found one."""


def pair_equal(gold: Sequence[Hashable], found: Sequence[Hashable]) -> list[Pair]:
    """Pairs items with equal keys. Equality is transitive, so pairing whatever is left is already maximum."""
    waiting: dict[Hashable, list[int]] = {}
    for index, key in enumerate(found):
        waiting.setdefault(key, []).append(index)
    pairs = []
    for index, key in enumerate(gold):
        if waiting.get(key):
            pairs.append((index, waiting[key].pop(0)))
    return pairs


def pair_overlapping(gold: Sequence[Fact], found: Sequence[Fact]) -> list[Pair]:
    """Pairs facts of one type whose spans share a character: equal spans first, then as many as can be paired."""
    order = sorted(range(len(gold)), key=lambda index: _place(gold[index]))
    near = {index: _neighbours(gold[index], found) for index in order}
    same = pair_equal([_place(fact) for fact in gold], [_place(fact) for fact in found])
    partner = {other: index for index, other in same}
    matched = set(partner.values())
    for index in order:
        if index not in matched:
            augment(index, near, partner, set())
    return sorted((index, other) for other, index in partner.items())


def _place(fact: Fact) -> tuple[str, int, int]:
    return fact.type, fact.span.start, fact.span.end


def _neighbours(fact: Fact, found: Sequence[Fact]) -> list[int]:
    """Found facts that overlap, the largest overlap first."""
    shared = {index: _overlap(fact, other) for index, other in enumerate(found) if other.type == fact.type}
    close = [index for index, size in shared.items() if size > 0]
    return sorted(close, key=lambda index: (-shared[index], _place(found[index])))


def _overlap(one: Fact, other: Fact) -> int:
    return min(one.span.end, other.span.end) - max(one.span.start, other.span.start)


def augment(index: int, near: Mapping[int, Sequence[int]], partner: dict[int, int], seen: set[int]) -> bool:
    """Kuhn's step: finds a place for ``index``, moving earlier pairs where that helps."""
    for other in near[index]:
        if other in seen:
            continue
        seen.add(other)
        if other not in partner or augment(partner[other], near, partner, seen):
            partner[other] = index
            return True
    return False
