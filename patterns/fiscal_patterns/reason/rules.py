"""Find explanations: behind a cue, bare behind a completion rate, or in the cell beside a budget figure."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from fiscal_patterns.delta.moves import DIRECTION
from fiscal_patterns.delta.nouns import Change
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.lexicon import one_of, read_words
from fiscal_patterns.reason.cells import cell_reasons
from fiscal_patterns.reason.cues import Cue, find_cues
from fiscal_patterns.reason.explained import (
    Explained,
    Facts,
    completion,
    explained_before,
    explained_behind,
    explained_named,
)
from fiscal_patterns.reason.extent import Effect, placeholder, read_extent, read_items
from fiscal_patterns.reason.nouns import Explanation
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Sentence
from fiscal_patterns.tables.nouns import Tables
from fiscal_patterns.text import Document

RULES: tuple[Rule, ...] = (
    Rule("reason.stated", "“原因”之后的说明。", "比2023年减少0.38万元。主要原因是厉行节约。"),
    Rule("reason.mainly", "变动之后的“主要是”“主要系”。", "下降2.1%，主要是上年基数较高。"),
    Rule("reason.due", "“由于”“因”之后的说明，结果在前或在后。", "由于手续不全，较预算少支7.2亿元。"),
    Rule("reason.under", "“受……影响”。", "下降3.9%，主要受房地产市场低迷影响。"),
    Rule("reason.bare", "完成率或变动之后不带提示语的说明。", "完成预算94.02%，中期人员减少导致保费未使用完。"),
    Rule("reason.cell", "绩效表预算行的“原因”格。", "执行率35.11%\t资金下达较晚"),
)

_WORDS = read_words("reason")
_SPEAKS = regex.compile(rf"(?:^|[。，,])[^,，。;；]{{0,16}}(?:{one_of(_WORDS['speaks']['speaks'])})[,，:：]?$")
_OPENS = regex.compile(r"[\s,，。“]*(?:其|这|这也|此外|同时)?$")
_JUST_BEHIND = regex.compile(r"[)）]?[\s,，;；:：(（]*")
# 增值税下降,主要受…: says again, without a number, what the cause led to.
_RESTATED = regex.compile(
    rf"[\s,，;；]*[^,，。;；\d]{{0,16}}(?:{one_of(DIRECTION)}|变化|持平)[^,，。;；\d]{{0,4}}[,，]?"
)
_CLOSED_CLAUSE = regex.compile(rf"[^。;；]{{2,120}}?{one_of(_WORDS['closing']['closing'])}[,，]")
# 未完成的原因 of an indicator is its note.
_UNDONE = regex.compile(r"未(?:完成|达到|达标)")
_BARE_START = regex.compile(
    rf"[,，](?!{one_of([*_WORDS['statement']['statement'], *_WORDS['purpose']['purpose']])}|[较比与同为高低超主剩结约]|分别)"
)
_STRONG = regex.compile(one_of(_WORDS["cause"]["strong"]))
_CAUSE = regex.compile(one_of([*_WORDS["cause"]["strong"], *_WORDS["cause"]["weak"]]))
_OFF_BUDGET = regex.compile(r"[多少]支")
_SHORTEST_CAUSE = 6  # 补贴按月停发
_CAUSED = regex.compile(r"[,，](?P<cue>系|是|为|这是)?(?P<words>[^,，。;；]{4,60}?)(?:等(?:原因|因素)?)?所致")
_NEXT_ITEM = regex.compile(r"\s*(?:[二三四五六七八]是|其[次二三四]|第[二三四]|[(（][2-9][)）]|[2-9][.、](?!\d)|[②-⑨])")


def find(
    document: Document,
    sentences: tuple[Sentence, ...],
    tables: Tables,
    changes: tuple[Change, ...],
    labelled: tuple[Labelled, ...],
) -> tuple[Explanation, ...]:
    """All reasons, in order of position."""
    facts = Facts(document.clean, changes, labelled)
    cells = list(cell_reasons(document.clean, tables))
    taken = [(cell.start, cell.end) for cell in cells]
    found = [reason for reason in _Reader(facts, sentences).read() if not _inside(reason, taken)]
    return tuple(sorted([*cells, *found], key=lambda reason: reason.start))


def _inside(reason: Explanation, ranges: list[tuple[int, int]]) -> bool:
    return any(start - 6 <= reason.start < end for start, end in ranges)


class _Reader:
    """Reads sentence by sentence; an explanation may take in the sentences that go on enumerating."""

    def __init__(self, facts: Facts, sentences: tuple[Sentence, ...]) -> None:
        self.facts = facts
        self.clean = facts.clean
        self.sentences = sentences
        self.done = 0

    def read(self) -> Iterator[Explanation]:
        """The explanations of all sentences."""
        previous: Sentence | None = None
        for index, sentence in enumerate(self.sentences):
            if sentence.end > self.done:
                yield from self._sentence(index, sentence, previous)
            previous = sentence

    def _sentence(self, index: int, sentence: Sentence, previous: Sentence | None) -> Iterator[Explanation]:
        if previous and not _near(previous, sentence):
            previous = None
        cues = find_cues(self.clean, sentence.start, sentence.end)
        floor = max(sentence.start, self.done)
        for at, cue in enumerate(cues):
            if cue.start < self.done:
                continue
            following = [later.start for later in cues[at + 1 :] if later.kind in ("stated", "mainly")]
            if found := self._explanation(index, sentence, previous, floor, cue, following):
                yield found
                floor = self.done = found.end
        yield from self._bare_ones(sentence, floor)
        if not cues and (found := self._bare_before(sentence)):
            self.done = found.end
            yield found

    def _bare_before(self, sentence: Sentence) -> Explanation | None:
        """补贴按月停发,少支出0.6万元: the clauses before a word that itself says off the budget, without a figure."""
        changes = self.facts.changes_in(sentence.start, sentence.end)
        if not changes or not _OFF_BUDGET.match(self.clean, changes[0].start):
            return None
        start, end = sentence.start, changes[0].start - 1
        if self.clean[end] not in ",，" or end - start < _SHORTEST_CAUSE or self.facts.figures_in(start, end):
            return None
        span = (start, end)
        return Explanation(*span, sentence, None, (changes[0],), (span,), False, changes[0].period, "reason.bare")

    def _bare_ones(self, sentence: Sentence, floor: int) -> Iterator[Explanation]:
        """Explanations without a cue, each right behind a change or a completion rate."""
        for near in self._statement_ends(floor, sentence.end):
            if near < self.done or self.clean[near : near + 1] not in (",", "，"):
                continue
            if found := self._caused(sentence, floor, near) or self._bare(sentence, floor, near):
                self.done = floor = found.end
                yield found

    def _explanation(
        self, index: int, sentence: Sentence, previous: Sentence | None, floor: int, cue: Cue, following: list[int]
    ) -> Explanation | None:
        if empty := placeholder(self.clean, cue.after, sentence.end):
            explains = explained_before(self.facts, sentence, previous, floor, (cue.start, cue.end))
            return _made(sentence, cue, empty, explains, (empty,), placeholder=True) if explains else None
        effect = self._effect(sentence, previous, floor, cue)
        if effect is None:
            return None
        end = read_extent(self.clean, cue.after, sentence.end, self._stops(sentence, cue, following), effect=effect)
        end = self._continued(index, cue.after, end)
        if end - cue.after < len("无"):
            return None
        explains = self._explained(sentence, previous, floor, cue, end, effect)
        if not explains or _UNDONE.search(self.clean, cue.start, cue.end):
            return None
        return _made(sentence, cue, (cue.after, end), explains, read_items(self.clean, cue.after, end))

    def _explained(
        self, sentence: Sentence, previous: Sentence | None, floor: int, cue: Cue, end: int, effect: Effect
    ) -> tuple[Explained, ...]:
        if effect == "before":
            return explained_before(self.facts, sentence, previous, floor, (cue.start, cue.end))
        behind = explained_behind(self.facts, end, self._part_end(sentence, end))
        return behind or explained_named(self.facts, sentence.start, cue.start)

    def _stops(self, sentence: Sentence, cue: Cue, following: list[int]) -> list[int]:
        changes = [change.start for change in self.facts.changes_in(cue.after, sentence.end)]
        return [*changes, *(item.quantity.start for item in self.facts.figures_in(cue.after, sentence.end)), *following]

    def _effect(self, sentence: Sentence, previous: Sentence | None, floor: int, cue: Cue) -> Effect | None:
        """Where the effect of the cause behind ``cue`` stands; None when the cue announces no explanation."""
        if cue.kind == "stated":
            return "before"
        if self._follows(sentence, previous, floor, cue) and not self._closed_before_effect(sentence, cue):
            return "before"
        if cue.kind == "mainly":
            return None
        return "behind" if self._opens(sentence, cue) else "next"

    def _closed_before_effect(self, sentence: Sentence, cue: Cue) -> bool:
        """下降1.2%,由于处置进度滞后等原因,仅完成预算的43.6%: what 等原因 closes explains what follows."""
        closed = _CLOSED_CLAUSE.match(self.clean, cue.after, sentence.end)
        if cue.kind != "due" or closed is None:
            return False
        return bool(explained_behind(self.facts, closed.end(), self._part_end(sentence, closed.end())))

    def _follows(self, sentence: Sentence, previous: Sentence | None, floor: int, cue: Cue) -> bool:
        """Whether the cue stands right behind a change or a completion rate, or opens the sentence after one."""
        near = self._statement_end(max(floor, sentence.start), cue.end)
        if near is not None:
            between = self.clean[near : cue.start]
            return cue.kind != "due" or bool(_JUST_BEHIND.fullmatch(between) or _RESTATED.fullmatch(between))
        before = self.clean[sentence.start : cue.start]
        opens = (
            (_OPENS.fullmatch(before) and cue.kind == "mainly") or _SPEAKS.search(before) or _RESTATED.fullmatch(before)
        )
        return bool(previous and opens and self._statement_end(previous.start, previous.end) is not None)

    def _statement_end(self, start: int, end: int) -> int | None:
        """Where the last change or completion rate of the range ends."""
        return max(self._statement_ends(start, end), default=None)

    def _statement_ends(self, start: int, end: int) -> list[int]:
        """Where the changes and completion rates of the range end, in order."""
        ends = [change.end for change in self.facts.changes_in(start, end) if change.end <= end]
        ends += [item.quantity.end for item in self.facts.figures_in(start, end) if completion(item)]
        return sorted(ends)

    def _opens(self, sentence: Sentence, cue: Cue) -> bool:
        return cue.start == sentence.start or self.clean[cue.start - 1] in ",，;；。:："

    def _part_end(self, sentence: Sentence, position: int) -> int:
        """End of the part of the sentence, up to ；, that holds the effect."""
        ends = [self.clean.find(mark, position, sentence.end) for mark in ";；"]
        return min((end for end in ends if end >= 0), default=sentence.end)

    def _continued(self, index: int, start: int, end: int) -> int:
        """The end after the sentences that go on enumerating (二是…), in the same paragraph."""
        if not read_items(self.clean, start, end):
            return end
        for before, sentence in zip(self.sentences[index:], self.sentences[index + 1 :], strict=False):
            if (
                end < before.end - 2
                or sentence.block is not before.block
                or not _NEXT_ITEM.match(self.clean, sentence.start)
            ):
                break
            end = read_extent(self.clean, sentence.start, sentence.end, [], effect="before")
        return end

    def _caused(self, sentence: Sentence, floor: int, near: int) -> Explanation | None:
        """减少0.5万元,系压缩培训班次所致: behind a statement that ends at ``near``."""
        match = _CAUSED.match(self.clean, near, sentence.end)
        if match is None:
            return None
        cue = match.span("cue") if match["cue"] else None
        explains = explained_before(self.facts, sentence, None, floor, (match.start("words"), match.start("words")))
        span = match.span("words")
        return Explanation(*span, sentence, cue, explains, (span,), False, _period(explains), "reason.bare")

    def _bare(self, sentence: Sentence, floor: int, near: int) -> Explanation | None:
        """完成预算94.02%,中期人员减少导致保费未使用完: a clause without figures of its own, up to the end."""
        comma = _BARE_START.match(self.clean, near)
        if comma is None:
            return None
        stops = [change.start for change in self.facts.changes_in(near, sentence.end)]
        stops += [item.quantity.start for item in self.facts.figures_in(near, sentence.end)]
        end = read_extent(self.clean, comma.end(), sentence.end, stops, effect="before")
        if any(comma.end() <= stop < end for stop in stops):
            return None
        behind_rate = any(completion(item) for item in self.facts.figures_in(near - 12, near))
        if not (_CAUSE if behind_rate else _STRONG).search(self.clean, comma.end(), end):
            return None
        explains = explained_before(self.facts, sentence, None, floor, (comma.start(), comma.start()))
        items = read_items(self.clean, comma.end(), end)
        last = explains[-1].sentence if explains else sentence
        return Explanation(comma.end(), end, last, None, explains, items, False, _period(explains), "reason.bare")


def _near(previous: Sentence, sentence: Sentence) -> bool:
    """Whether an explanation may reach back: same paragraph, or the next one under the same heading."""
    return previous.block is sentence.block or previous.block.section is sentence.block.section


def _made(
    sentence: Sentence,
    cue: Cue,
    span: tuple[int, int],
    explains: tuple[Explained, ...],
    items: tuple[tuple[int, int], ...],
    *,
    placeholder: bool = False,
) -> Explanation:
    rule = f"reason.{cue.kind}"
    return Explanation(*span, sentence, (cue.start, cue.end), explains, items, placeholder, _period(explains), rule)


def _period(explains: tuple[Explained, ...]) -> str | None:
    return explains[-1].period if explains else None
