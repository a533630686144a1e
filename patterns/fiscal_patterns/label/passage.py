"""What changes when the walk enters or leaves a sentence, a paragraph, a section."""

from __future__ import annotations

import regex

from fiscal_patterns.label.classification import last_item
from fiscal_patterns.label.held import carry, hold
from fiscal_patterns.label.labels import item_label, label
from fiscal_patterns.label.lead import SCOPE, SCOPE_SIGNS
from fiscal_patterns.label.period import section_year
from fiscal_patterns.label.reading import read
from fiscal_patterns.label.standing import Held, Parts, Standing
from fiscal_patterns.label.topic import FLOWS, flow_named, title_topic, topic_of
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.sections.nouns import Block, Section, Sentence

_TRAILING = regex.compile(
    r"(?:(?:其中|包括|以下方面|用于)(?:[（(][^（）()]{0,30}+[)）])?[:：，,]?"
    r"|(?:其中|主要(?!问题|原因|做法|措施|表现|特点|成效|情况|工作))\p{Han}{2,6}[:：]|分配(?:情况|方案|明细)?如下[:：]|(?:保障|支持|安排|投入|投向|用于)(?:了|于)?(?:以下|下列|如下)\p{Han}{0,4}[:：]|(?:投向|用途|构成)(?:如下|为)?[:：])\s*+$"
)
_TRAILING_ENDS = frozenset("：:，,）)中括面于 \t\n\r\u3000\xa0")  # what may stand last there: the full stop does not
_MADE_UP = regex.compile(
    r"(?:构成|组成)(?:情况)?\s*$"
)  # 二、具体构成: the paragraphs under it are parts of what the section before is about


def enter(standing: Standing, sentence: Sentence) -> None:
    """Reset what does not outlive a sentence, and more at a new paragraph or section."""
    if standing.block is not sentence.block:
        _enter_block(standing, sentence.block)
    standing.bracket = standing.carried = None
    standing.stated, standing.fading = standing.running, False
    standing.composed = standing.summed = ()


def _enter_block(standing: Standing, block: Block) -> None:
    marked = block.mark > block.start
    if standing.section is not block.section and standing.section != block.section:
        _enter_section(standing, block.section)
    if marked:
        standing.subject = ()
        standing.breakdown = None
    standing.topic = standing.title
    if standing.running and (marked or "-" not in standing.running.at):
        standing.running = None  # months hold for the paragraphs that follow in the section
    standing.series.clear()
    standing.lists.clear()
    carry(standing, block)
    standing.block = block


def _enter_section(standing: Standing, section: Section | None) -> None:
    if standing.main:
        standing.total = standing.main
        standing.total_stage = standing.head_level[1] if standing.head_level else None
    standing.subject = standing.main = standing.level = ()
    standing.head_level = standing.sentence_head = standing.running = None
    standing.title = title_topic(standing, section)
    standing.default = section_year(section, standing.reported) or standing.reported
    standing.level_stage = standing.breakdown = standing.held = None
    scope = None if section is None or SCOPE_SIGNS.isdisjoint(section.title) else SCOPE.search(section.title)
    standing.section, standing.scope = section, scope.group() if scope else None
    if section and standing.total and "成" in section.title and _MADE_UP.search(section.title):
        standing.held = Held(Parts(standing.total, standing.total_stage), 0)
    if scope:
        standing.scopes.add(scope.group())


def switch(standing: Standing, scope: str) -> None:
    """Speak of another scope from here on; of the scope before again after a sentence that sets several side by side."""
    if not standing.switches:
        standing.outer = standing.scope
    if scope != standing.scope:
        standing.switches += 1
    standing.scope = scope
    standing.scopes.add(scope)


def leave(standing: Standing, sentence: Sentence, last: Quantity) -> None:
    """Close the lists of a sentence; a list opener at its very end stays open for the paragraphs that follow."""
    if standing.reason:
        standing.subject = standing.reason[0]
    elif standing.lists and standing.lists[0].whole and not standing.held:
        standing.subject = standing.lists[0].whole
    elif standing.row and len(standing.row) > 1:
        standing.subject = tuple(one for labels in standing.row for one in labels)
    if standing.switches > 1 or (standing.switches and standing.lists and standing.lists[0].firm):
        standing.scope = standing.outer
    standing.switches = 0
    standing.lists.clear()
    standing.reason = None
    tail = standing.document.clean[last.end : sentence.end]
    if len(tail) > 1 and tail[-1] in _TRAILING_ENDS and "原因" not in tail and _TRAILING.search(tail):
        _hold(standing)


def pass_over(standing: Standing, sentence: Sentence) -> None:
    """A sentence without numbers may name the item of the paragraph, or open a list."""
    words = standing.document.clean[sentence.start : sentence.end]
    if item := last_item(words):
        standing.subject = (item_label(standing, item, sentence.start),)
        standing.introduced = True
    elif words[-1:] in "：:" and (announced := _ANNOUNCED.search(words)):
        _announce(standing, sentence.start, announced)
    elif words[-1:] in _TRAILING_ENDS and _TRAILING.search(words, max(0, len(words) - _OPENER_REACH)):
        _hold(standing)
    elif sentence.start == sentence.block.mark and (topic := topic_of(standing, sentence.start, sentence.end)):
        standing.topic = standing.subject = topic
    elif sentence.start == sentence.block.mark > sentence.block.start and words[-3:-1] in FLOWS:
        standing.subject = flow_named(standing, sentence.start, sentence.end)


_OPENER_REACH = 40  # 其中（按支出功能分类说明）： with room for a longer bracket


# 本次下达资金分配如下：
_ANNOUNCED = regex.compile(
    r"(?:^|[，,。；;])(?P<name>[^，,。；;：:]{1,24}?(?:资金|经费|补助|补贴|支出|收入|债券|转移支付))(?:分配|安排|分解)(?:情况|方案|明细|结果)?(?:具体)?如下[：:]$"
)


def _announce(standing: Standing, start: int, announced: regex.Match[str]) -> None:
    """A sentence that announces how a sum is allotted opens a list of its parts."""
    phrase = read(announced["name"], "amount")
    if phrase.named():
        at = start + announced.start("name")
        standing.subject = (label(standing, (at + phrase.start, at + phrase.end), inherited=True),)
        hold(standing, Parts(standing.subject, None), standing.block)


def _hold(standing: Standing) -> None:
    if standing.level:
        parts = Parts(standing.level, standing.level_stage)
        hold(standing, parts, standing.level_block)
        standing.lists.append(parts)
