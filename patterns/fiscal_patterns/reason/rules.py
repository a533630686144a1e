"""Find explanations: behind a cue, bare behind a completion rate, or in the cell beside a budget figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import regex

from fiscal_patterns.delta.levels import heading
from fiscal_patterns.delta.moves import DIRECTION
from fiscal_patterns.delta.nouns import Change
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.lexicon import one_of, read_words
from fiscal_patterns.reason.bare import bare_before, bare_behind, period_of
from fiscal_patterns.reason.cells import cell_reasons
from fiscal_patterns.reason.cues import Cue, find_cues
from fiscal_patterns.reason.explained import (
    NAMED,
    REACH,
    Explained,
    Facts,
    explained_before,
    explained_behind,
    explained_named,
)
from fiscal_patterns.reason.extent import Effect, placeholder, read_extent, read_items
from fiscal_patterns.reason.listed import continued, items_below
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
    Rule(
        "reason.cell",
        "绩效表预算行的“原因”格。",
        "项目支出绩效自评表\n项目名称\t公厕保洁\n\t年初预算\t执行数\t执行率\t原因\n年度资金总额\t30\t15\t50%\t资金下达较晚",
    ),
)

_WORDS = read_words("reason")
_SPEAKS = regex.compile(rf"(?:^|[。，,])[^,，。;；]{{0,16}}(?:{one_of(_WORDS['speaks']['speaks'])})[,，:：]?$")
_OPENS = regex.compile(r"[\s,，。“]*(?:其|这|这也|此外|同时)?$")
_JUST_BEHIND = regex.compile(r"[)）]?[\s,，;；:：(（]*")
_FIRST = "".join(sorted({word[0] for word in DIRECTION}))  # a set test before sixty words at each of seventeen lengths
# 增值税下降,主要受…: says again, without a number, what the cause led to.
_RESTATED = regex.compile(
    rf"[\s,，;；]{{0,4}}+[^,，。;；\d]{{0,16}}(?=[变持{_FIRST}])(?:{one_of(DIRECTION)}|变化|持平)[^,，。;；\d]{{0,4}}[,，]?"
)
_CLOSED_CLAUSE = regex.compile(rf"[^。;；]{{2,60}}?{one_of(_WORDS['closing']['closing'])}[,，]")
# 未完成的原因 of an indicator is its note.
_UNDONE = regex.compile(r"(?<!预算|进度)未(?:完成|达标|达到(?:目标|指标))(?!\p{Han}{0,4}(?:预算|进度))")
# 指标值≥70%,完成值68.9%,主要原因: a row of indicators in prose.
_ROW = regex.compile(
    r"(?:指标值|目标值)[^,，。;；]{1,20}[,，](?:实际)?(?:完成|达到)?值?(?:为|是|达)?\d[^,，。;；]{1,12}[,，]$"
)
_LONGEST_ROW = 60
_YEAR = regex.compile(r"(?:.*[,，;；。])?(?:20\d\d年度?|本年度?|今年|全年|当年)[,，]?")  # 2024年因机构改革,人员划转
_LONGEST_YEAR = 8  # 2024年度,
# 与上年持平,主要原因是两年均无变化 explains nothing.
_CIRCULAR = regex.compile(r"[^,，;；]{0,16}(?:持平|无变化|没有变化|无增减(?:变化)?|无变动|未发生变化)")
_CLAUSE_END = re.compile(r"[,，。;；]")
# Between a cause and its change in one clause: 因人员调出而较上年减少5万元.
_LEADS = regex.compile(r"(?:而|使|致使|导致)?(?:同比|[比较](?:上年|去年|20\d\d年|年初预算|预算)(?:度|同期|决算|数)*)?$")


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
    found = [reason for reason in _Reader(facts, sentences).read() if not _inside(reason, cells)]
    return tuple(sorted([*cells, *found], key=lambda reason: reason.start))


def _inside(reason: Explanation, cells: list[Explanation]) -> bool:
    """Whether the reason was read again from a cell."""
    at = bisect_right(cells, reason.start, key=lambda cell: cell.sentence.start) - 1
    return at >= 0 and reason.start < cells[at].sentence.end


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
        explainable = (
            False  # whether the sentence before has a change or figure; most sentences have none and follow none
        )
        for index, sentence in enumerate(self.sentences):
            holds = self.facts.holds(sentence)
            if (holds or explainable) and sentence.end > self.done:
                yield from self._sentence(index, sentence, previous)
            previous, explainable = sentence, holds

    def _sentence(self, index: int, sentence: Sentence, previous: Sentence | None) -> Iterator[Explanation]:
        cues = find_cues(self.clean, sentence.start, sentence.end)
        if not cues and not self.facts.states(sentence):
            return
        if previous and not _near(previous, sentence):
            previous = None
        floor = max(sentence.start, self.done)
        for at, cue in enumerate(cues):
            if cue.start < self.done:
                continue
            shown = self._behind_figures(sentence, cue)
            if found := self._explanation(index, sentence, previous, floor, shown, cues[at + 1 : at + 9]):
                yield found
                floor = self.done = found.end
        yield from self._bare_ones(sentence, floor)
        if not cues and (found := bare_before(self.facts, sentence)):
            self.done = found.end
            yield found

    def _behind_figures(self, sentence: Sentence, cue: Cue) -> Cue:
        """The cue without a change stated in its own clause: 增长21.1%原因系."""
        changes = self.facts.changes_in(max(sentence.start, cue.start), cue.end)
        ends = [change.end for change in changes if change.amount or change.rate]
        return Cue(ends[-1], cue.end, cue.after, cue.kind) if ends else cue

    def _bare_ones(self, sentence: Sentence, floor: int) -> Iterator[Explanation]:
        """Explanations without a cue, each right behind a change or a completion rate."""
        for near in self.facts.statement_ends(floor, sentence.end):
            if near < self.done or self.clean[near : near + 1] not in (",", "，"):
                continue
            if found := bare_behind(self.facts, sentence, floor, near):
                self.done = floor = found.end
                yield found

    def _explanation(
        self, index: int, sentence: Sentence, previous: Sentence | None, floor: int, cue: Cue, later: list[Cue]
    ) -> Explanation | None:
        effect = self._effect(sentence, previous, floor, cue)
        if effect is None or self._of_indicator(sentence, cue):
            return None
        before = effect == "before"
        explains = explained_before(self.facts, sentence, previous, floor, (cue.start, cue.end)) if before else ()
        if before and not explains:
            return None
        if before and (empty := placeholder(self.clean, cue.after, sentence.end)):
            return _made(sentence, cue, empty, explains, (empty,), placeholder=True)
        start, end = self._range(index, sentence, cue, later, effect)
        explains = explains or self._explained_behind(sentence, cue, end)
        if start >= end or not explains or _CIRCULAR.fullmatch(self.clean, start, end):
            return None
        return _made(sentence, cue, (start, end), explains, read_items(self.clean, start, end))

    def _of_indicator(self, sentence: Sentence, cue: Cue) -> bool:
        """未完成原因 without a completion rate before it is the note of an indicator."""
        if _ROW.search(self.clean, max(sentence.start, cue.start - _LONGEST_ROW), cue.start):
            return True
        if not _UNDONE.search(self.clean, cue.start, cue.end):
            return False
        ends = self.facts.statement_ends(max(sentence.start, cue.start - REACH), cue.start)
        return not (ends and cue.start - ends[-1] <= 1)

    def _range(self, index: int, sentence: Sentence, cue: Cue, later: list[Cue], effect: Effect) -> tuple[int, int]:
        """Where the explanation begins and ends; one that only a colon announces stands in the paragraphs below."""
        start = cue.after
        if cue.kind == "stated" and not self.clean[start : sentence.end].strip(" \n。"):
            below = items_below(self.clean, self.sentences, index)
            return (below[0][0], below[-1][1]) if below else (start, start)
        limit = min([sentence.end, start + REACH, *(one.start for one in later if self._names_change(one))])
        following = [one.start for one in later if one.kind in ("stated", "mainly")]
        stops = [*self.facts.stops_in(start, limit, counts=bool(later)), *following]
        if effect == "next" and (inside := self._change_in_clause(start, limit)):
            limit = inside
        return start, continued(
            self.clean, self.sentences, index, read_extent(self.clean, start, limit, stops, effect=effect)
        )

    def _names_change(self, cue: Cue) -> bool:
        """支出减少的原因是 begins another explanation."""
        return cue.kind in ("stated", "mainly") and NAMED.search(self.clean, cue.start, cue.end) is not None

    def _change_in_clause(self, start: int, end: int) -> int | None:
        """培训费因改为线上方式减少2.11万元: where the change begins that closes the clause of its cause."""
        comma = _CLAUSE_END.search(self.clean, start, end)
        stop = comma.start() if comma else end
        for change in self.facts.changes_in(start, stop):
            money = change.rate or (change.amount and change.amount.quantity.kind == "amount")
            if money and self.clean[change.amount.quantity.end if change.amount else change.end] in ",，。;；\n":
                base = _LEADS.search(self.clean, start, change.start)
                return base.start() if base else change.start
        return None

    def _explained_behind(self, sentence: Sentence, cue: Cue, end: int) -> tuple[Explained, ...]:
        """The effect behind the explanation, else the rates whose subject its clause names."""
        behind = explained_behind(self.facts, end, self._part_end(sentence, end))
        return behind or explained_named(self.facts, sentence.start, cue.start)

    def _effect(self, sentence: Sentence, previous: Sentence | None, floor: int, cue: Cue) -> Effect | None:
        """Where the effect of the cause behind ``cue`` stands; None when the cue announces no explanation."""
        if cue.kind == "stated":
            return "before"
        if self._follows(sentence, previous, floor, cue) and not self._closed_before_effect(sentence, cue):
            return "before"
        if cue.kind == "mainly" or not self.facts.stops_in(max(sentence.start, cue.start - REACH), cue.after + REACH):
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
        ends = self.facts.statement_ends(max(floor, sentence.start, cue.end - REACH), cue.end)
        if ends:
            between = self.clean[ends[-1] : cue.start]
            if cue.kind != "due" or _JUST_BEHIND.fullmatch(between) or _RESTATED.fullmatch(between):
                return True
        if cue.kind == "due" and self.facts.variance_before(max(floor, sentence.start), cue.start):
            return True
        if ends:
            return False
        before = self.clean[max(sentence.start, cue.start - 60) : cue.start]
        opens = (
            (_OPENS.fullmatch(before) and self._mainly(sentence, cue))
            or _SPEAKS.search(before)
            or _RESTATED.fullmatch(before)
        )
        named = self._names_change(cue) and self._opens(sentence, cue)
        if not previous or not (opens or named):
            return False
        return bool(self.facts.statement_ends(max(previous.start, previous.end - REACH), previous.end))

    def _mainly(self, sentence: Sentence, cue: Cue) -> bool:
        """主要是…; 主要受…影响 only where its sentence states nothing else."""
        alone = self.clean.startswith("主要", cue.start) and not self.facts.stops_in(cue.after, sentence.end)
        return cue.kind == "mainly" or alone

    def _opens(self, sentence: Sentence, cue: Cue) -> bool:
        year = _YEAR.fullmatch(self.clean, max(sentence.start, cue.start - _LONGEST_YEAR), cue.start)
        return cue.start == sentence.start or self.clean[cue.start - 1] in ",，;；。:：" or year is not None

    def _part_end(self, sentence: Sentence, position: int) -> int:
        """End of the part of the sentence, up to ；, that holds the effect."""
        limit = min(sentence.end, position + REACH)
        ends = [self.clean.find(mark, position, limit) for mark in ";；"]
        return min((end for end in ends if end >= 0), default=limit)


def _near(previous: Sentence, sentence: Sentence) -> bool:
    """Whether an explanation may reach back: same paragraph, or the next one under the same heading."""
    return previous.block is sentence.block or heading(previous.block.section) == heading(sentence.block.section)


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
    return Explanation(*span, sentence, (cue.start, cue.end), explains, items, placeholder, period_of(explains), rule)
