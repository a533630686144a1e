"""A project named in prose, before its figures are known."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from fiscal_patterns.records import record
from fiscal_patterns.sections.nouns import Section


@record
class Draft:
    """Range of the name, the rule and its cue; ``budget`` or ``outturn`` where a list prints the amount at once.

    ``alone`` is false for members of a list: figures further on in the sentence are not theirs.
    ``reach`` is the end of what stands below a name that is a heading of that ``section``.
    """

    start: int
    end: int
    rule: str
    cue: tuple[int, int] | None = None
    alone: bool = True
    budget: Decimal | None = None
    outturn: Decimal | None = None
    reach: int | None = None
    section: Section | None = None
    code: str | None = None


def without_overlaps(drafts: Iterable[Draft], taken: Iterable[tuple[int, int]]) -> list[Draft]:
    """Drafts in order of position; of two that overlap the one that came first stays, none overlaps ``taken``."""
    places = {place for start, end in taken for place in range(start, end)}
    kept: list[Draft] = []
    for draft in drafts:
        own = range(draft.start, draft.end)
        if places.isdisjoint(own):
            kept.append(draft)
            places.update(own)
    return sorted(kept, key=lambda draft: draft.start)
