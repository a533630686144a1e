"""What changed, where no number says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from fiscal_patterns.delta.drafts import Draft
from fiscal_patterns.delta.levels import COMPARES, Levels, is_prior
from fiscal_patterns.delta.stated import BETWEEN
from fiscal_patterns.label.nouns import Label, Labelled
from fiscal_patterns.label.reading import read
from fiscal_patterns.lexicon import table
from fiscal_patterns.sections.nouns import Section
from fiscal_patterns.text import Document

_CLAUSE = regex.compile(r"[,，。;；:：!！?？\t\n]")
_NAME = regex.compile(r"[\p{Han}A-Za-z“”「」（）()、《》]{2,40}")
_AGAINST = regex.compile(r"[较比](?:上年|去年|上一年|年初|预算|20\d\d)")  # 较上年增加额
_THAN = regex.compile(r"[高低快慢]于")
# 因公出国（境）费没有支出,与上年一致: the clause before says of what there was none.
_NONE = regex.compile(
    r"(?:本年度?|全年|当年|均|也)?(?:没有|未|无)(?:发生|安排|产生|列支)?(?:任何)?(?:相关)?(?:支出|费用|开支|经费)?[,，]$"
)
# 未安排对下转移支付,与上年相同: there was none of what follows.
_NONE_OF = regex.compile(
    r"(?:没有|未|无)(?:再?发生|安排|产生|列支|编列|编报|设立|使用|涉及)?(?P<what>[\p{Han}“”（）()]{3,30}?)(?:预算|决算)?(?:安排)?(?:的支出)?[,，]$"
)
_NO_NAME = regex.compile("^(?:变化|变动|增减|完成|达到|实施|支付|使用|到位|超过|执行)")
_PAIR = {"前者": 1, "后者": 0}  # how far back among the amounts before
_BASE_WORDS = table("delta", "basis")
_BRACKET = regex.compile("[()（）]")
_CLOSES = regex.compile("[)）]")
_NO_SUBJECT = {*_PAIR, *_BASE_WORDS}
_WIDE = str.maketrans("()", "（）")
_LONGEST_CLAUSE = 80  # a clause that names what changed; the longest of the corpus has 41 characters


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
    near = [item for item in levels.nearest(draft.start, section) if not is_prior(item, draft) and not _of_base(item)]
    near = [item for item in near if item.quantity.start >= start] or near
    near = _outside_brackets(document.clean, near, draft)
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


def _outside_brackets(clean: str, near: list[Labelled], draft: Draft) -> list[Labelled]:
    """Without the levels of a bracket that closed before the change: 运行费15万元（其中，购置费0万元），与上年一致."""
    if not near or not _CLOSES.search(clean, near[0].quantity.end, draft.start):
        return near
    kept = near
    while kept and _depth(clean, kept[0].quantity.end, draft.start) < 0:
        kept = kept[1:]
    return kept or near


def _depth(clean: str, start: int, end: int) -> int:
    """How many more brackets open than close in the range."""
    return sum(1 if mark.group() in "(（" else -1 for mark in _BRACKET.finditer(clean, start, end))


def _labelled_here(number: Labelled, draft: Draft) -> bool:
    """Whether the change itself knows better what its number is about."""
    times = number.quantity.unit == "倍" and number.labels[0].inherited
    return times or (draft.move.form == "object" and draft.base is None)


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
        return _none_of(document, max(start, stop - _LONGEST_CLAUSE), stop)
    floor = max(start, stop - _LONGEST_CLAUSE)
    begin = max((mark.end() for mark in _CLAUSE.finditer(clean, floor, found.start())), default=floor)
    return _label(document, begin, found.start(), ())


def _none_of(document: Document, start: int, stop: int) -> Label | None:
    """What a clause that ends at ``stop`` says there was none of."""
    clean = document.clean
    if clean[stop - 1] not in ",，":
        return None
    begin = max((mark.end() for mark in _CLAUSE.finditer(clean, start, stop - 1)), default=start)
    found = _NONE_OF.search(clean, begin, stop)
    if found is None or _NO_NAME.match(found["what"]):
        return None
    first, last = found.span("what")
    return Label(document.printed(first, last).translate(_WIDE), first, last)


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
    return (
        COMPARES.match(label.text) is not None
        or _AGAINST.match(label.text) is not None
        or _THAN.search(label.text) is not None
    )


def _subject(document: Document, draft: Draft, start: int, before: tuple[Label, ...]) -> Label | None:
    """The subject in the clause of the draft, before its base (与2023年相比,收入持平: after it).

    ``before``: the labels of the level before it, which a bare 支出 needs (外事接待0批次,支出与上年持平).
    """
    clean, base, stop = document.clean, draft.base, draft.move.start
    if base and base.closed and clean[base.end : stop] in (",", "，"):
        stop = base.start  # 支出决算与年初预算数相比,增加
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
    if phrase.bare and (not phrase.stage or phrase.start >= phrase.end):
        word = document.printed(start + phrase.bare[0], start + phrase.bare[1])
        if before and not before[0].text.endswith(("支出", "收入", "费")):
            return replace(before[0], text=before[0].text + word, inherited=True)
        return None if before else Label(word, start + phrase.bare[0], start + phrase.bare[1])
    start, end = start + phrase.start, start + phrase.end
    if not _NAME.fullmatch(document.clean, start, end) or COMPARES.match(document.clean[start:end]):
        return None
    return Label(document.printed(start, end).translate(_WIDE), start, end)
