"""The levels read so far, and the one that a change led to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from fiscal_patterns.delta.drafts import Draft
from fiscal_patterns.label.nouns import Label, Labelled
from fiscal_patterns.sections.nouns import Section, Sentence

COMPARES = regex.compile(
    r"(?:[高低快慢多少大小]于|超[过出]?(?=[上去全年预概])|[比较与同](?=.{0,20}(?:[高低快慢]|[多少]\p{Han}?|超出?)$)|同比|环比|可比$)"
)
_COMPARES_SIGNS = frozenset("高低快慢多少大小超比较与同环可")
_RECENT = 16  # quantities a change looks back over; the farthest seen stands nine before it
_AIMS = ("target", "threshold")
_BASE_STAGES = ("budget", "initial_budget", "adjusted_budget")


def heading(section: Section | None) -> int:
    """Where the lowest heading begins; -1 above the first."""
    return section.start if section else -1


class Levels:
    """The quantities read so far: per label text, and in order; emptied at each new heading."""

    def __init__(self, labelled: Sequence[Labelled]) -> None:
        self._all = labelled
        self._next = 0
        self._heading = -1
        self._by_text: dict[str, list[Labelled]] = {}
        self._rates: dict[str, list[Labelled]] = {}
        self._latest: list[Labelled] = []

    def read_until(self, position: int) -> None:
        """Take in every quantity that begins before the clean offset."""
        known, count = self._all, len(self._all)
        first = stop = self._next
        while stop < count and known[stop].quantity.start < position:
            stop += 1
        if first == stop:
            return
        here = heading(known[stop - 1].sentence.block.section)
        begin = stop - 1  # of what stands under the last heading: the rest is past
        while begin > first and heading(known[begin - 1].sentence.block.section) == here:
            begin -= 1
        if begin > first or here != self._heading:
            self._heading = here
            self._by_text, self._rates, self._latest = {}, {}, []
        for item in known[begin:stop]:
            self._take_in(item)
        self._next = stop

    def _take_in(self, item: Labelled) -> None:
        if item.role in ("level", "part", "price") and not _compares(item):
            self._latest.append(item)
        rate = item.quantity.kind == "percentage"
        if item.role in ("level", "part", "price") and not (rate and item.quantity.unit == "percentage_point"):
            for label in item.labels:
                (self._rates if rate else self._by_text).setdefault(label.text, []).append(item)

    def current(
        self, label: Label, draft: Draft, section: Section | None, period: str | None, order: int
    ) -> Labelled | None:
        """The nearest earlier level of ``label`` under the same heading: of the rate where a rate changed (``order`` 2).

        Not the denominator 1万元 of 完成预算1万元的43% where the sentence has another level of that label. A level
        that the change itself states (降为1次) is the current one.
        """
        if draft.move.form == "reached":
            return draft.move.quantities[0]
        if heading(section) != self._heading:
            return None
        known = self._known_rates(label) if order == 2 else self._by_text.get(label.text, [])
        found = [item for item in known[-_RECENT:] if (not period or item.period in (period, None))]
        found = [item for item in found if item not in (draft.amount, draft.rate) and not is_prior(item, draft)]
        if not found:
            return None
        beside = (item for item in reversed(found) if item.sentence is found[-1].sentence)
        return next((item for item in beside if item.stage not in _BASE_STAGES and item.kind not in _AIMS), found[-1])

    def _known_rates(self, label: Label) -> list[Labelled]:
        """Rates of ``label``, else of what it begins with (一般公共预算收入增幅: the growth of 一般公共预算收入)."""
        if found := self._rates.get(label.text):
            return found
        begins = [
            one.text for item in self._latest[-_RECENT:] for one in item.labels if label.text.startswith(one.text)
        ]
        return self._rates.get(max(begins, key=len), []) if begins else []

    def only_rate(self, label: Label, sentence: Sentence) -> bool:
        """Whether the sentence has given a share or rate of ``label`` and no sum: 税收占…的比重为61.4%,较上年下降5.1%."""
        sums = self._by_text.get(label.text)
        rates = [rate for rate in self._rates.get(label.text, [])[-_RECENT:] if rate.sentence is sentence]
        if not any(rate.kind in ("share", "rate") for rate in rates):
            return False
        return not sums or sums[-1].sentence is not sentence

    def only_sum(self, label: Label, sentence: Sentence) -> bool:
        """Whether the sentence has given a sum of ``label`` and no rate of anything: 支出3万元,同比增长8.5个百分点."""
        sums = self._by_text.get(label.text)
        if not sums or sums[-1].sentence is not sentence or sums[-1].quantity.kind != "amount":
            return False
        return all(item.sentence is not sentence or item.quantity.kind == "amount" for item in self._latest[-_RECENT:])

    def nearest(self, position: int, section: Section | None) -> Iterator[Labelled]:
        """Levels before ``position`` under ``section``, the nearest first."""
        if heading(section) == self._heading:
            recent = self._latest[: -_RECENT - 1 : -1]
            yield from (item for item in recent if item.quantity.start < position and item.labels)


def _compares(item: Labelled) -> bool:
    signed = [label.text for label in item.labels if label.text[:1] in _COMPARES_SIGNS]  # most names are not
    return any(map(_is_comparison, signed))


@lru_cache(4096)
def _is_comparison(text: str) -> bool:
    return COMPARES.match(text) is not None


def is_prior(item: Labelled, draft: Draft) -> bool:
    """Whether the quantity is the base's own figure: 比上年的2.5万元增长8%."""
    base = draft.base
    return base is not None and not base.closed and 0 <= item.quantity.start - base.end <= len("的")
