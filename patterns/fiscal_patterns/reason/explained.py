"""Which facts an explanation explains: the changes that its cue names, else those it follows, else the figure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import regex

from fiscal_patterns.delta.moves import DIRECTION
from fiscal_patterns.delta.nouns import Change
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.reason.together import PARTED, onward, parallel
from fiscal_patterns.sections.nouns import Sentence

Explained = Change | Labelled

# How far an explanation looks for what it explains, and how long it may be itself.
REACH = 600

_COMPARISON = table("delta", "comparison")
_UP_OR_DOWN = {**DIRECTION, **{word: code for word, code in _COMPARISON.items() if len(word) > 1}}
_DIRECTION = regex.compile(rf"{one_of(_UP_OR_DOWN)}|持平|变化")
# A cue that names the change of which it gives the cause: 支出减少的原因是.
NAMED = regex.compile(rf"{one_of(_UP_OR_DOWN)}|持平")
_BASES = table("reason", "base")
_BASE = regex.compile(rf"(?P<word>{one_of(_BASES)})|20\d\d年度?(?:决算|相比|同期)?数?(?=[增减上下])")
_BUDGETS = ("initial_budget", "budget", "adjusted_budget")
_BOTH = regex.compile(r"[均都](?:是|为|系|因)")
# A bare 支出 or 收入 in the cue picks the changes of such.
_SIDE = ("收入", "支出")
_SUBJECT = regex.compile(rf"(?:20\d\d年度?)?(?P<name>[^,，。;；]{{4,16}}?)(?:{one_of(DIRECTION)})")
_ALL = regex.compile(r"原因|^主要受?$")
# An amount is explained when its clause says that it was not spent as planned: 1500万元全部闲置.
_UNSPENT = regex.compile(
    r"(?:\p{Han}{0,6}(?:未|没有|尚未)\p{Han}{1,8}|(?:全部|已)?\p{Han}{0,4}(?:闲置|结转|收回)\p{Han}{0,8})[,，。]"
)
_VARIANCE = regex.compile(r"闲置|未|结转|结余|收回|滞留|缺口|取消")


class Facts:
    """Changes and quantities of a document, to be asked for by place."""

    def __init__(self, clean: str, changes: Sequence[Change], labelled: Sequence[Labelled]) -> None:
        self.clean = clean
        self.changes = changes
        self.figures = [item for item in labelled if _is_figure(item)]
        self._starts = [change.start for change in changes]
        self._figure_starts = [item.quantity.start for item in self.figures]

        self._stating = {id(change.sentence) for change in changes}
        self._holding = self._stating | {id(item.sentence) for item in self.figures}
        self._stating.update(id(item.sentence) for item in self.figures if completion(item))

    def states(self, sentence: Sentence) -> bool:
        """Whether the sentence states a change or a completion rate."""
        return id(sentence) in self._stating

    def holds(self, sentence: Sentence) -> bool:
        """Whether the sentence has a change or figure; without one there is nothing to explain."""
        return id(sentence) in self._holding

    def changes_in(self, start: int, end: int) -> Sequence[Change]:
        """Changes that begin in the range."""
        return self.changes[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def figures_in(self, start: int, end: int) -> Sequence[Labelled]:
        """Completion percentages and level amounts that begin in the range."""
        return self.figures[bisect_left(self._figure_starts, start) : bisect_left(self._figure_starts, end)]

    def stops_in(self, start: int, end: int, *, counts: bool = True) -> list[int]:
        """Where the changes and figures of the range begin; without those of ``counts`` (在编人员由68人减至65人)."""
        changes = [change.start for change in self.changes_in(start, end) if counts or not _of_count(change)]
        return [*changes, *(item.quantity.start for item in self.figures_in(start, end))]

    def variance_before(self, start: int, end: int) -> bool:
        """Whether the clause right before ``end`` gives an amount that was not spent as planned: 资金结余3.1万元,由于."""
        figures = self.figures_in(max(start, end - 40), end)
        if not figures or completion(figures[-1]) or end - figures[-1].quantity.end != 1:
            return False
        begin = max(start, *(self.clean.rfind(mark, start, figures[-1].quantity.start) + 1 for mark in ",，;；。"))
        return _VARIANCE.search(self.clean, begin, end) is not None

    def unspent(self, item: Labelled, position: int) -> bool:
        """Whether the clause right before ``position`` says that the amount was not spent: 剩余1.08万元未使用,原因为."""
        behind = self.clean[item.quantity.end : position]
        return not completion(item) and _UNSPENT.fullmatch(behind) is not None

    def statement_ends(self, start: int, end: int) -> list[int]:
        """Where the changes and completion rates of the range end, in order."""
        ends = [change.end for change in self.changes_in(start, end) if change.end <= end]
        return sorted([*ends, *(item.quantity.end for item in self.figures_in(start, end) if completion(item))])


def _of_count(change: Change) -> bool:
    number = change.amount or (change.current[0] if change.current else None)
    return change.rate is None and number is not None and number.quantity.kind == "count"


def _is_figure(item: Labelled) -> bool:
    if item.quantity.kind == "percentage":
        return item.kind == "completion"
    return item.quantity.kind == "amount" and item.role in ("level", "part")


def completion(item: Labelled) -> bool:
    """Whether the figure is a completion percentage."""
    return item.quantity.kind == "percentage"


def explained_before(
    facts: Facts, sentence: Sentence, previous: Sentence | None, floor: int, cue: tuple[int, int]
) -> tuple[Explained, ...]:
    """What the explanation behind ``cue`` explains: in its own sentence from ``floor``, else in the one before."""
    start, end = cue
    first = max(sentence.start, start - REACH)
    words = facts.clean[start:end]
    if not _DIRECTION.search(words) and not _BASE.search(words):
        words = facts.clean[_clause_before(facts.clean, max(floor, first), start) : end]
    pools = [facts.changes_in(max(floor, first), end), facts.changes_in(first, end)]
    pools += [facts.changes_in(max(previous.start, previous.end - REACH), previous.end)] if previous else []
    if figure := _own_figure(facts, pools[0], facts.clean[start:end], start):
        return (figure,)
    if previous and (named := _named_above(facts, sentence, pools, facts.clean[start:end], start)):
        return named
    if previous and not (pools[0] or pools[1]) and (of_list := _of_list(facts.clean, pools[2], facts.clean[start:end])):
        return of_list
    for pool in pools:
        nearer = _completion_between(facts, pool, start)
        if picked := _picked(facts.clean, pool, words, own=bool(pool) and pool[0].sentence is sentence):
            return (nearer,) if nearer and picked[-1].end < nearer.quantity.start else picked
    for pool in pools:
        if pool:
            nearer = _completion_between(facts, pool, start)
            own = pool[0].sentence is sentence
            return (nearer,) if nearer else tuple(parallel(facts.clean, pool, own=own))
    return _figure_before(facts, sentence, previous, start)


def _named_above(
    facts: Facts, sentence: Sentence, pools: list[Sequence[Change]], words: str, position: int
) -> tuple[Change, ...]:
    """转移性收入减少的主要原因, 增加的主要原因: the change under the same heading that the cue names by label or direction.

    Only where the sentences beside it have none: by its label, or by its direction where they state no change at all.
    """
    wanted = {_UP_OR_DOWN.get(word) for word in _DIRECTION.findall(words)} - {None}
    if len(wanted) != 1 or any(_names(words, label.text) for pool in pools for one in pool for label in one.labels):
        return ()
    section = sentence.block.section
    above = facts.changes_in(max(section.start if section else 0, position - REACH), position)
    above = [one for one in above if one.direction in wanted and one.sentence.block.section is section]
    named = [one for one in above if any(_names(words, label.text) for label in one.labels)]
    return tuple(named[-1:] or (above[-1:] if not any(pools) else ()))


def _own_figure(facts: Facts, pool: Sequence[Change], words: str, position: int) -> Labelled | None:
    """与预算持平;乙支出30万元,系年中追加: the figure of the cue's own part, where the changes stand before the ；."""
    if not pool or _DIRECTION.search(words) or _BASE.search(words):
        return None
    part = max(facts.clean.rfind(mark, pool[-1].end, position) for mark in PARTED)
    figures = facts.figures_in(part, position) if part >= 0 else ()
    return figures[-1] if figures else None


def _of_list(clean: str, pool: Sequence[Change], words: str) -> tuple[Change, ...]:
    """收入减少25万元,其中:甲减少30万元;乙增加5万元。主要原因是: the head of the list, and its members that go the same way."""
    if not _ALL.search(words) or _DIRECTION.search(words) or _BASE.search(words):
        return ()
    if any(_names(words, label.text) for change in pool for label in change.labels):
        return ()
    for index, (head, member) in enumerate(pairwise(pool), 1):
        if clean.find("其中", head.end, member.start) >= 0:
            same = (one for one in pool[index:] if (one.direction, one.basis) == (head.direction, head.basis))
            return (head, *same)
    return ()


def _completion_between(facts: Facts, pool: Sequence[Change], position: int) -> Labelled | None:
    """A completion percentage that stands between the pool's last change and the cue."""
    rates = [item for item in facts.figures_in(pool[-1].end, position) if completion(item)] if pool else []
    return rates[-1] if rates else None


def _clause_before(clean: str, start: int, position: int) -> int:
    """Where the clause before the cue begins: 增值税下降,主要受."""
    comma = max(clean.rfind(mark, start, position) for mark in ",，")
    if comma < position - 1 or comma < 0:
        return position
    return max(start, *(clean.rfind(mark, start, comma) + 1 for mark in ",，;；。"))


def _picked(clean: str, pool: Sequence[Change], words: str, *, own: bool) -> tuple[Change, ...]:
    """The changes of ``pool`` that the cue's words fit; empty when they name a base or label of none."""
    fitting = list(pool)
    labelled = [change for change in pool if any(_names(words, label.text) for label in change.labels)]
    fitting = labelled or _of_side(fitting, words) or fitting
    if wanted := _wanted_bases(words):
        fitting = [change for change in fitting if change.basis in wanted]
    up_or_down = {_UP_OR_DOWN.get(word) for word in _DIRECTION.findall(words)} - {None}
    if len(up_or_down) == 1:
        same = [change for change in fitting if change.direction in up_or_down]
        fitting = same if not wanted else same or fitting
        if same and not labelled and (not own or _BOTH.search(words)):
            return tuple(same)
    return tuple(fitting) if labelled else tuple(parallel(clean, fitting, own=own))


def _of_side(pool: Sequence[Change], words: str) -> list[Change]:
    """The changes of 支出 where the cue says 支出增长较快, of 收入 where it says so."""
    sides = [side for side in _SIDE if side in words]
    if len(sides) != 1:
        return []
    return [change for change in pool if any(label.text.endswith(sides[0]) for label in change.labels)]


def _names(words: str, text: str) -> bool:
    """Whether the cue names the label, or how it begins (“三公”经费减少原因); a bare 支出 names nothing."""
    if len(text) > len("支出") and text in words:
        return True
    subject = _SUBJECT.match(words)
    return subject is not None and text.startswith(subject["name"])


def _wanted_bases(words: str) -> tuple[str, ...]:
    found = _BASE.search(words)
    if not found:
        return ()
    basis = _BASES.get(found["word"] or "", "previous_year")
    return ("previous_year", "same_period") if basis == "previous_year" else _BUDGETS


def _figure_before(facts: Facts, sentence: Sentence, previous: Sentence | None, position: int) -> tuple[Explained, ...]:
    """The figure right before the cue, else the last completion rate, else the last amount; else of the sentence before."""
    for start, end in ((sentence.start, position), (previous.start, previous.end) if previous else (0, 0)):
        figures = facts.figures_in(max(start, end - REACH), end)
        rates = [item for item in figures if completion(item)]
        if figures and (position - figures[-1].quantity.end in (0, 1) or facts.unspent(figures[-1], position)):
            return (figures[-1],)
        if figures:
            return (rates[-1] if rates else figures[-1],)
    return ()


def explained_behind(facts: Facts, start: int, end: int) -> tuple[Explained, ...]:
    """The effect that follows a cause: the first change or completion, or an amount that was not spent as planned."""
    changes = facts.changes_in(start, end)
    figures = facts.figures_in(start, end)
    rates = [item for item in figures if completion(item)]
    if changes:
        return tuple(onward(facts.clean, changes))
    if rates:
        return (rates[0],)
    return tuple(item for item in figures[:1] if _VARIANCE.search(facts.clean, start, end))


def explained_named(facts: Facts, start: int, cue: int) -> tuple[Explained, ...]:
    """Completion rates of the sentence so far whose labels the cue's clause names (甲、乙两个项目因资金下达较晚)."""
    start = max(start, cue - REACH)
    begin = max(start, *(facts.clean.rfind(mark, start, cue) + 1 for mark in ",，;；。"))
    words = facts.clean[begin:cue]
    rates = (item for item in facts.figures_in(start, begin) if completion(item))
    return tuple(rate for rate in rates if any(_names(words, label.text) for label in rate.labels))
