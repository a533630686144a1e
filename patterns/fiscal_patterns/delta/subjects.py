"""What changed, where no number says it, and the level that a change led to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import regex

from fiscal_patterns.delta.drafts import Draft
from fiscal_patterns.delta.stated import BETWEEN
from fiscal_patterns.label.nouns import Label, Labelled
from fiscal_patterns.label.reading import read
from fiscal_patterns.lexicon import table
from fiscal_patterns.sections.nouns import Section, Sentence
from fiscal_patterns.text import Document

_CLAUSE = regex.compile(r"[,，。;；:：!！?？\t\n]")
_NAME = regex.compile(r"[\p{Han}A-Za-z“”「」（）()、《》]{2,40}")
_COMPARES = regex.compile(
    r"(?:[高低快慢多少大小]于|超[过出]?(?=[上去全年预概])|[比较与同](?=.{0,20}(?:[高低快慢]|[多少]\p{Han}?|超出?)$)|同比|环比|可比$)"
)
_COMPARES_SIGNS = frozenset("高低快慢多少大小超比较与同环可")
_THAN = regex.compile(r"[高低快慢]于")
# 因公出国（境）费没有支出,与上年一致: the clause before says of what there was none.
_NONE = regex.compile(
    r"(?:本年度?|全年|当年|均|也)?(?:没有|未|无)(?:发生|安排|产生|列支)?(?:任何)?(?:相关)?(?:支出|费用|开支|经费)?[,，]$"
)
_PAIR = {"前者": 1, "后者": 0}  # how far back among the amounts before
_BASE_WORDS = table("delta", "basis")
_NO_SUBJECT = {*_PAIR, *_BASE_WORDS}
_WIDE = str.maketrans("()", "（）")
_RECENT = 16  # quantities a change looks back over; the farthest seen stands nine before it
_LONGEST_CLAUSE = 80  # a clause that names what changed; the longest of the corpus has 41 characters
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
        found = [item for item in found if item not in (draft.amount, draft.rate) and not _prior(item, draft)]
        if not found:
            return None
        beside = (item for item in reversed(found) if item.sentence is found[-1].sentence)
        return next((item for item in beside if item.stage not in _BASE_STAGES), found[-1])

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
        rates = self._rates.get(label.text)
        if not rates or rates[-1].sentence is not sentence or rates[-1].kind not in ("share", "rate"):
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
    return _COMPARES.match(text) is not None


def _prior(item: Labelled, draft: Draft) -> bool:
    """Whether the quantity is the base's own figure: 比上年的2.5万元增长8%."""
    base = draft.base
    return base is not None and not base.closed and 0 <= item.quantity.start - base.end <= len("的")


def _of_base(item: Labelled) -> bool:
    """Whether the quantity is labelled by a word that names a base: 上年为5万元,增加了3万元."""
    return item.labels[0].text in _BASE_WORDS


def labels(
    document: Document,
    draft: Draft,
    levels: Levels,
    start: int,
    section: Section | None,
    earlier: tuple[Label, ...],
) -> tuple[Label, ...]:
    """What changed: the labels of the numbers, else the clause's own subject, else that of the level before.

    ``start`` is where the draft's sentence begins, ``earlier`` what the change before it in that sentence is about.
    """
    for number in (draft.amount, draft.rate, *draft.move.quantities):
        if (
            number
            and number.labels
            and not _labelled_here(number, draft)
            and number.labels[0].text not in _NO_SUBJECT
            and not _of_the_words(number.labels[0], draft)
        ):
            return number.labels
    near = [item for item in levels.nearest(draft.start, section) if not _prior(item, draft) and not _of_base(item)]
    near = [item for item in near if item.quantity.start >= start] or near
    if named := _of_pair(document.clean, draft, near):
        return named
    if none := _object(document, draft) or _none_before(document, draft, start):
        return (none,)
    if own := _subject(document, draft, start, near[0].labels if near else ()):
        return (own,)
    if earlier and (not near or near[0].quantity.start < start):
        return tuple(replace(label, inherited=True) for label in earlier)
    return _of_level(draft, near)


def in_points(draft: Draft) -> bool:
    """Whether the change is that of a rate by its unit: 2.3个百分点, 43个基点."""
    number = draft.amount or draft.rate
    return number is not None and (number.quantity.unit == "percentage_point" or number.quantity.unit.endswith("基点"))


def _of_level(draft: Draft, near: Sequence[Labelled]) -> tuple[Label, ...]:
    """The labels of the nearest level that the change can be of: a sum, a rate for points, a count in the same unit."""
    kind = "percentage" if in_points(draft) else draft.amount.quantity.kind if draft.amount else "amount"
    unit = draft.amount.quantity.unit if draft.amount and kind == "count" else None
    fits = (item for item in near if item.quantity.kind == kind and unit in (None, item.quantity.unit))
    level = next(fits, near[0] if near else None)
    return tuple(replace(label, inherited=True) for label in level.labels) if level else ()


def _labelled_here(number: Labelled, draft: Draft) -> bool:
    """Whether the change itself knows better what its number is about."""
    return number.quantity.unit == "倍" or (draft.move.form == "object" and draft.base is None)


def _object(document: Document, draft: Draft) -> Label | None:
    """压减预算8万元: what changed stands between the word and its number."""
    if draft.move.form != "object" or draft.base is not None:
        return None
    start, end = draft.move.after, draft.move.quantities[0].quantity.start
    start += document.clean.startswith("了", start)
    return Label(document.printed(start, end).translate(_WIDE), start, end)


def _none_before(document: Document, draft: Draft, start: int) -> Label | None:
    """The subject of the clause before that says there was none of it."""
    clean, base = document.clean, draft.base
    stop = min(draft.move.start, base.start) if base and not draft.amount else draft.move.start
    found = _NONE.search(clean, max(start, stop - _LONGEST_CLAUSE), stop) if clean[stop - 1] in ",，" else None
    if found is None:
        return None
    floor = max(start, stop - _LONGEST_CLAUSE)
    begin = max((mark.end() for mark in _CLAUSE.finditer(clean, floor, found.start())), default=floor)
    return _label(document, begin, found.start(), ())


def _of_pair(clean: str, draft: Draft, near: Sequence[Labelled]) -> tuple[Label, ...]:
    """The labels that 前者 and 后者 point at: the two amounts before."""
    at = draft.base.start if draft.base and draft.base.end <= draft.start else draft.start
    back = _PAIR.get(clean[max(0, at - 2) : at])
    if back is None:
        return ()
    amounts = [item for item in near if item.quantity.kind == "amount"]
    if len(amounts) < len(_PAIR):
        return ()
    return tuple(replace(label, inherited=True) for label in amounts[back].labels)


def _of_the_words(label: Label, draft: Draft) -> bool:
    """Whether a label was read from the words of the change itself (低于北京0.4个百分点)."""
    begin = min(draft.start, draft.base.start) if draft.base and not draft.base.closed else draft.start
    if not label.inherited and begin < label.end and label.start < draft.end:
        return True
    return _COMPARES.match(label.text) is not None or _THAN.search(label.text) is not None


def _subject(document: Document, draft: Draft, start: int, before: tuple[Label, ...]) -> Label | None:
    """The subject in the clause of the draft, before its base (与2023年相比,收入持平: after it).

    ``before``: the labels of the level before it, which a bare 支出 needs (外事接待0批次,支出与上年持平).
    """
    clean, base, stop = document.clean, draft.base, draft.move.start
    start = max(start, (base.start if base and base.end <= stop else stop) - _LONGEST_CLAUSE)
    if base and base.end <= stop and base.start >= start and not _CLAUSE.search(clean, base.end, stop):
        if (
            base.words.endswith("比")
            and not BETWEEN.fullmatch(clean, base.end, stop)
            and (found := _label(document, base.end, stop, before))
        ):
            return found
        stop = base.start
    begin = max((match.end() for match in _CLAUSE.finditer(clean, start, stop)), default=start)
    return _label(document, begin, stop, before)


def _label(document: Document, start: int, end: int, before: tuple[Label, ...]) -> Label | None:
    """The name in the range, trimmed as the label step trims what stands before a number."""
    phrase = read(document.clean[start:end], "amount")
    if phrase.bare and not phrase.stage:
        word = document.printed(start + phrase.bare[0], start + phrase.bare[1])
        if before and not before[0].text.endswith(("支出", "收入", "费")):
            return replace(before[0], text=before[0].text + word, inherited=True)
        return None if before else Label(word, start + phrase.bare[0], start + phrase.bare[1])
    start, end = start + phrase.start, start + phrase.end
    if not _NAME.fullmatch(document.clean, start, end) or _COMPARES.match(document.clean[start:end]):
        return None
    return Label(document.printed(start, end).translate(_WIDE), start, end)
