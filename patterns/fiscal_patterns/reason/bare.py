"""Explanations without a cue: a clause right behind a completion rate or change, or before 少支."""

from __future__ import annotations

import regex

from fiscal_patterns.lexicon import one_of, read_words
from fiscal_patterns.reason.explained import REACH, Explained, Facts, completion, explained_before
from fiscal_patterns.reason.extent import enumerates, read_extent, read_items
from fiscal_patterns.reason.nouns import Explanation
from fiscal_patterns.sections.nouns import Sentence

_WORDS = read_words("reason")
_START = regex.compile(
    rf"[,，](?!{one_of([*_WORDS['statement']['statement'], *_WORDS['purpose']['purpose']])}|[较比与同为高低超主剩结约]|分别)"
)
_STRONG = regex.compile(one_of(_WORDS["cause"]["strong"]))
_CAUSE = regex.compile(one_of([*_WORDS["cause"]["strong"], *_WORDS["cause"]["weak"]]))
_CAUSED = regex.compile(r"[,，](?P<cue>系|是|为|这是)?(?P<words>[^,，。;；]{4,60}?)(?:等(?:原因|因素)?)?所致")
# 完成率92%，2座因征地问题未开工: why the rest was not done.
_STALLED = regex.compile(
    r"[,，](?:其余|剩余|其中|另有|有|尚有|仍有|还有)?\d{1,6}\p{Han}{1,8}?(?P<cue>由于|因)"
    r"(?:(?P<words>[^,，。;；未]{2,40}?)(?:等(?:原因|因素))?(?:而|导致)?(?:[尚暂仍]未|未|没有)\p{Han}{1,8}"
    r"|(?P<words>[^,，。;；未]{2,40}?)(?:等(?:原因|因素))?(?:而|导致)?(?:推迟|延期|停工|暂停|取消|终止)\p{Han}{0,8})[,，。;；]"
)
_OFF_BUDGET = regex.compile(r"[多少]支")
_SHORTEST_CAUSE = 6  # 补贴按月停发


def bare_behind(facts: Facts, sentence: Sentence, floor: int, near: int) -> Explanation | None:
    """The clause behind a statement that ends at ``near``: ``…系压缩培训班次所致``, ``…中期人员减少导致保费未使用完``."""
    return (
        _caused(facts, sentence, floor, near)
        or _stalled(facts, sentence, near)
        or _listed(facts, sentence, floor, near)
        or _bare(facts, sentence, floor, near)
    )


def _caused(facts: Facts, sentence: Sentence, floor: int, near: int) -> Explanation | None:
    match = _CAUSED.match(facts.clean, near, sentence.end)
    if match is None:
        return None
    span, cue = match.span("words"), match.span("cue") if match["cue"] else None
    explains = explained_before(facts, sentence, None, floor, (span[0], span[0]))
    return Explanation(*span, sentence, cue, explains, (span,), False, period_of(explains), "reason.bare")


def _stalled(facts: Facts, sentence: Sentence, near: int) -> Explanation | None:
    """The cause that some of what a completion rate counts were not done."""
    rates = [item for item in facts.figures_in(near - 16, near) if item.quantity.end == near and completion(item)]
    match = _STALLED.match(facts.clean, near, sentence.end) if rates else None
    if match is None:
        return None
    span = match.span("words")
    return Explanation(*span, sentence, match.span("cue"), (rates[0],), (span,), False, rates[0].period, "reason.bare")


def _listed(facts: Facts, sentence: Sentence, floor: int, near: int) -> Explanation | None:
    """多付1.07亿元,一方面是规模扩大,另一方面是付息提前: an enumeration right behind a statement."""
    start = near + 1
    if not enumerates(facts.clean, start, sentence.end):
        return None
    end = read_extent(facts.clean, start, min(sentence.end, near + REACH), [], effect="before")
    items = read_items(facts.clean, start, end)
    if len(items) < len("一二"):
        return None
    explains = explained_before(facts, sentence, None, floor, (start, start))
    return Explanation(start, end, sentence, None, explains, items, False, period_of(explains), "reason.bare")


def _bare(facts: Facts, sentence: Sentence, floor: int, near: int) -> Explanation | None:
    """A clause without figures of its own that tells of a cause."""
    comma = _START.match(facts.clean, near)
    if comma is None:
        return None
    start, limit = comma.end(), min(sentence.end, near + REACH)
    stops = facts.stops_in(near, limit)
    end = read_extent(facts.clean, start, limit, stops, effect="before")
    if any(start <= stop < end for stop in stops):
        return None
    behind_rate = any(item.quantity.end == near and completion(item) for item in facts.figures_in(near - 16, near))
    if not (_CAUSE if behind_rate else _STRONG).search(facts.clean, start, end):
        return None
    explains = explained_before(facts, sentence, None, floor, (comma.start(), comma.start()))
    items = read_items(facts.clean, start, end)
    return Explanation(start, end, sentence, None, explains, items, False, period_of(explains), "reason.bare")


def bare_before(facts: Facts, sentence: Sentence) -> Explanation | None:
    """补贴按月停发,少支出0.6万元: the clauses before a word that itself says off the budget, without a figure."""
    changes = facts.changes_in(sentence.start, sentence.end)
    if not changes or not _OFF_BUDGET.match(facts.clean, changes[0].start):
        return None
    start, end = sentence.start, changes[0].start - 1
    if facts.clean[end] not in ",，" or end - start < _SHORTEST_CAUSE or facts.figures_in(start, end):
        return None
    return Explanation(
        start, end, sentence, None, (changes[0],), ((start, end),), False, changes[0].period, "reason.bare"
    )


def period_of(explains: tuple[Explained, ...]) -> str | None:
    """The period of an explanation is that of what it explains."""
    return explains[-1].period if explains else None
