"""Find project names in sentences and in the heads of performance forms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain

import regex

from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.label.period import document_period
from fiscal_patterns.project.drafts import Draft, without_overlaps
from fiscal_patterns.project.forms import form_mentions
from fiscal_patterns.project.headed import coded, headed
from fiscal_patterns.project.known import known
from fiscal_patterns.project.lists import listed, opened, quoted
from fiscal_patterns.project.money import with_figures
from fiscal_patterns.project.named import named
from fiscal_patterns.project.names import normalised
from fiscal_patterns.project.nouns import Mention
from fiscal_patterns.project.parts import parts
from fiscal_patterns.project.titles import title_mentions, title_names
from fiscal_patterns.rules import Rule
from fiscal_patterns.sections.nouns import Outline, Sentence
from fiscal_patterns.tables.nouns import Tables
from fiscal_patterns.text import Document

RULES: tuple[Rule, ...] = (
    Rule("project.form", "绩效表“项目名称”单元格中的项目，金额、执行率、得分取自该表", "项目名称\t城区路灯维护"),
    Rule("project.form_column", "项目绩效目标表“项目名称”列中的项目，预算取自同一行", "项目名称\t预算数\t年度目标"),
    Rule("project.form_title", "绩效表没有“项目名称”单元格时，表题中的项目", "2024年路灯维护项目绩效自评表"),
    Rule("project.title", "绩效报告标题中的项目", "2024年路灯维护项目绩效评价报告"),
    Rule("project.quoted", "引号中的名称，后接“项目”", "“路灯维护”“桥梁检测”项目自评得分分别为95分、92分"),
    Rule("project.list", "“等N个项目”之前或“项目N个：”之后列举的名称", "对路灯维护费、桥梁检测费等2个项目开展绩效自评"),
    Rule("project.named", "行文中直接以“某某项目”称呼的项目", "路灯维护项目预算30万元"),
    Rule("project.fund", "行文中支出某项专项资金、工作经费", "产业扶持专项资金当年安排8000万元"),
    Rule("project.use", "“主要用于”之后的专项", "主要用于：数字档案专项。"),
    Rule(
        "project.headed", "以项目名称为标题的段落，金额、执行率、得分取自其下文字", "（一）惠民演出补助。年初预算30万元"
    ),
    Rule("project.coded", "行文中项目代码之后的名称，或竖线前的名称", "51090424T000011812650-路灯维护，12万元"),
    Rule("project.known", "文中已有名称的项目再次出现", "路灯维护费的及时拨付保障了……"),
)

# A title is cited, not named: 《关于下达2024年…补助资金预算的通知》.
_CITED = regex.compile(r"《[^《》\n]{1,160}》")


def find(
    document: Document,
    outline: Outline,
    sentences: tuple[Sentence, ...],
    tables: Tables,
    labelled: tuple[Labelled, ...],
) -> tuple[Mention, ...]:
    """All mentions, in order of position."""
    clean = document.clean
    period = document_period(clean)
    titles = title_names(clean, outline, tables)
    forms = form_mentions(document, tables, titles, period)
    entitled = title_mentions(document, outline, titles, forms, period)
    drafts = _drafts(clean, outline, sentences, [*forms, *entitled])
    written = [_written(document, draft, sentences, period) for draft in drafts]
    mentions = [*forms, *entitled, *with_figures(clean, written, labelled)]
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _drafts(clean: str, outline: Outline, sentences: tuple[Sentence, ...], given: list[Mention]) -> list[Draft]:
    """Projects named in prose; ``given`` are those that forms and titles name."""
    taken = [(mention.start, mention.end) for mention in given] + [found.span() for found in _CITED.finditer(clean)]
    in_lists = list(headed(clean, outline))
    in_lists += _inside(sentences, chain(coded(clean), quoted(clean), opened(clean), parts(clean), listed(clean)))
    names = [(mention.name, False) for mention in given]
    names += [(clean[draft.start : draft.end], True) for draft in in_lists]
    first = without_overlaps(chain(in_lists, known(clean, sentences, names), named(clean, sentences)), taken)
    more = [(clean[draft.start : draft.end], True) for draft in first if draft.rule == "project.named"]
    return without_overlaps(chain(first, known(clean, sentences, more)), taken)


def _inside(sentences: tuple[Sentence, ...], drafts: Iterable[Draft]) -> Iterator[Draft]:
    starts = [sentence.start for sentence in sentences]
    for draft in drafts:
        index = bisect_right(starts, draft.start) - 1
        if index >= 0 and draft.end <= sentences[index].end:
            yield draft


def _written(
    document: Document, draft: Draft, sentences: tuple[Sentence, ...], period: str | None
) -> tuple[Mention, Draft, int]:
    """The mention of a draft, the draft, and the end of its sentence."""
    index = bisect_right(sentences, draft.start, key=lambda sentence: sentence.start) - 1
    mention = Mention(
        draft.start,
        draft.end,
        draft.section or sentences[index].block.section,
        normalised(document, draft.start, draft.end),
        draft.code,
        None,
        period,
        draft.rule,
        draft.budget,
        outturn=draft.outturn,
        form=(draft.start, draft.reach) if draft.reach else None,
        cues=(draft.cue,) if draft.cue else (),
    )
    return mention, draft, draft.reach or sentences[index].end
