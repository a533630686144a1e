"""Facts in order of place, under keys: what stands near a place is found without going through them all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from fiscal_patterns.facts import Fact

F = TypeVar("F", bound=Fact)


class Shelves(Generic[F]):
    """Facts put in one after the other, in order of place, each under a key."""

    def __init__(self) -> None:
        self._facts: dict[Hashable, list[F]] = {}

    def put(self, key: Hashable, fact: F) -> None:
        """One more fact under ``key``."""
        self._facts.setdefault(key, []).append(fact)

    def items(self) -> Iterable[tuple[Hashable, list[F]]]:
        """Every key with the facts under it."""
        return self._facts.items()

    def all(self, key: Hashable) -> list[F]:
        """All facts under ``key``."""
        return self._facts.get(key, [])

    def before(self, key: Hashable, start: int, most: int) -> list[F]:
        """The last facts under ``key`` that begin before ``start``, at most ``most``, in order."""
        facts = self._facts.get(key)
        if not facts:
            return []
        end = bisect_left(facts, start, key=_start)
        return facts[max(0, end - most) : end]

    def near(self, key: Hashable, start: int, most: int) -> list[F]:
        """The facts under ``key`` that begin nearest to ``start``: at most ``most`` before it and ``most`` from it on."""
        facts = self._facts.get(key)
        if not facts:
            return []
        at = bisect_left(facts, start, key=_start)
        return facts[max(0, at - most) : at + most]


def _start(fact: Fact) -> int:
    return fact.span.start
