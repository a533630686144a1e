"""Indicators in sentences that call them targets or self-evaluation results."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import regex

from fiscal_patterns.indicator.forms import holder
from fiscal_patterns.indicator.levels import ProseLevels
from fiscal_patterns.indicator.met import is_met
from fiscal_patterns.indicator.nouns import IndicatorRow, Value
from fiscal_patterns.indicator.shapes import level_words
from fiscal_patterns.indicator.values import before_words, explicit, read_value
from fiscal_patterns.lexicon import one_of
from fiscal_patterns.project import Mention
from fiscal_patterns.project.names import normalised
from fiscal_patterns.records import record
from fiscal_patterns.sections.nouns import Sentence
from fiscal_patterns.text import Document

# What makes the clauses behind it targets, or results.
_TARGETS = regex.compile(
    r"绩效(?:目标|指标)值?(?:设定|确定)?(?:为|是|如下|包括)?[:：]|绩效(?:目标|指标)值?(?:为|是)|(?<!完成)目标值(?:设定)?为[:：]?"
    r"|(?:预期|年度)目标[:：]|(?<=绩效(?:要求|目标|指标)[。\n])(?:各地|各县区?|各单位|各部门)?\p{Han}{0,8}?(?:应|须|要|确保)(?:完成|实现|达到)?"
)
_RESULTS = regex.compile(
    r"(?:实际)?完成(?:目标|指标)?值(?:为|是|如下)?[:：]|绩效自评(?:综述|结果)(?:为|是)?[:：]?|(?:指标|目标)(?:实际)?(?:完成|实现)情况(?:为|是|如下)?[:：]"
)
_CLAUSE = regex.compile(r"(?:[^,，;；。\n]|(?<=\d),(?=\d{3}))++")
_OPENER = regex.compile(
    r"(?:[一二三四五六七八九十]是(?:完成|实现)?|[(（]\d{1,2}[)）]|\d{1,2}[.、](?!\d)|其中|以及|并)?+(?:(?P<level>\p{Han}{2,9}?)(?:指标)?[:：])?+"
)
_LIST_MARK = re.compile("、")
_REACHES = r"(?:均?达到?了?|均?为|保持在|提高到|提升到|实现|完成)"
_DUE = regex.compile(
    r"(?:应?[于在为])?(?P<value>(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|底|末)?|年底|年末|[上下]半年)(?:之?前|内)?(?:完工|完成|竣工|建成|交付|投用|投入使用|到位|拨付到位|发放到位|实施完毕)?)$"
)
_WHAT = regex.compile(r"[^\d:：]{2,20}+")  # what a deadline belongs to
# Digits that belong to a name: 7岁以下儿童健康管理率, 3—6岁, 投诉24小时办结率.
_AGED = r"(?<!\d)\d{1,2}(?:[-—–~至]\d{1,2})?(?=周?岁|小时|分钟|[天日]内|个月|类)"
# 改造管网目标85公里，实际完成86.4公里，未完成的原因是…
_VALUE = r"(?:[^,，;；。:：()（）]|(?<=\d),(?=\d{3})|[(（][^()（）,，;；。]{1,12}[)）]){1,20}+"
_BOTH = regex.compile(
    rf"""(?<!\d)(?P<name>(?:\d{{5}}(?=\p{{Han}}))?(?:[^\d,，;；。:：\n(（]|[(（](?![(（])|{_AGED}){{2,30}}?)(?=[的,，:：(（年预计设目指])(?:的)?[(（]?(?:[,，:：]?(?:年度|年初|预期|计划|设定)?(?P<valued>(?:目标|指标|预期)值)|(?:年度|年初|预期)?(?:目标|指标|计划))
      (?:设定)?(?:完成|达到|为|是)?(?P<target>{_VALUE})
    [,，](?:全年|年末|年度)?(?:实际|自评)?(?:完成值|实际值|(?<=实际|自评)(?:完成(?:时间)?|达到)?|(?(valued)完成了?(?=\d)|(?!)))(?:为|是)?(?P<actual>{_VALUE})
    (?:[,，](?:未完成|未达标|未达到|偏差|偏离)?(?:的)?(?:主要)?原因[是为:：](?P<note>[^;；。]{{2,80}}))?""",
    regex.VERBOSE,
)
_SECOND = regex.compile(r"[,，](?:全年|年末|年度)?(?:实际|自评|完成值|完成了?\d)")
# In a summary of results only rates are results; deeds (完成代缴29275人) are counts.
_RATE = regex.compile(r"(?:率|度|比例|比重|占比)$")
_DATED = regex.compile(r"月|日|年底|年末|半年|季度")
_TELLS_RESULTS = regex.compile(r"(?:目标|指标)(?:完成|实现)情况|自评(?:结果|情况)|绩效(?:分析|实现)")
_TELLS_TARGETS = regex.compile(r"绩效目标|目标设[定置]|绩效指标")
_HINT = re.compile("目标|指标|自评|实际|绩效要求")  # one of them stands in all that is read here
_CONTEXT = regex.compile(r"绩效|指标|自评|目标值")
# What is no name of an indicator: how far it was reached, or the word before 目标.
_NO_NAME = regex.compile(
    r"(?:实际)?(?:完成|实现|达到|执行)|(?:目标|任务)?完成(?:率|比例|进度)|(?:共|实|该项)?得满?分|扣分|满分|分值|权重|执行率|.{0,20}预算(?:数|金额|资金)?"
)
_QUOTED = regex.compile(r"[“\"](?P<name>[^“”\"]{2,30})[”\"](?:这一)?(?:指标)?")
_KIND = regex.compile(r"(?:设定|指标|年度|总体|预期|绩效|产出|效益|质量|数量|时效|成本|满意度)+")


_HEAD = 8  # 二、绩效要求。
_OWN = regex.compile(r"(?:[该本]?项目)?(?:年度|总体)?绩效(?:目标|指标)")


@record
class _Stated:
    """An indicator as a clause states it: ranges of name, target, actual and note, and of the whole."""

    start: int
    end: int
    name: tuple[int, int]
    target: tuple[int, int] | None = None
    actual: tuple[int, int] | None = None
    note: tuple[int, int] | None = None


def prose_rows(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], period: str | None
) -> Iterator[IndicatorRow]:
    """Indicators that sentences state, in order."""
    clean = document.clean
    levels = ProseLevels(document)
    forms = [mention for mention in mentions if mention.form]
    starts = [mention.form[0] for mention in forms if mention.form]
    for sentence in sentences:
        if not _HINT.search(clean, max(0, sentence.start - _HEAD), sentence.end):
            continue
        for stated in _stated_in(clean, sentence):
            project = _project(clean, mentions, forms, starts, sentence, stated.start)
            yield _indicator(document, sentence, stated, project, levels.above(sentence, stated.start), period)


def _stated_in(clean: str, sentence: Sentence) -> list[_Stated]:
    """All that a sentence states; a clause that sets target against actual is not read again as a target alone."""
    compared = list(_compared(clean, sentence))
    starts = [item.start for item in compared]
    found = compared[:]
    for item in _listed(clean, sentence):
        index = bisect_right(starts, item.start) - 1
        if index < 0 or compared[index].end <= item.start:
            found.append(item)
    return sorted(found, key=lambda item: item.start)


def _listed(clean: str, sentence: Sentence) -> Iterator[_Stated]:
    """The clauses behind 绩效目标为 or 实际完成目标值为."""
    cues = [(found.end(), "target") for found in _TARGETS.finditer(clean, sentence.start, sentence.end)]
    cues += [
        (found.end(), "summary" if "自评" in found.group() or "情况" in found.group() else "actual")
        for found in _RESULTS.finditer(clean, sentence.start, sentence.end)
    ]
    cues += [(found.end(), role) for found, role in _levelled(clean, sentence)]
    cues.sort()
    for (start, role), (end, _) in pairwise([*cues, (sentence.end, "")]):
        for clause in _CLAUSE.finditer(clean, start, end):
            yield from _clauses(clean, clause.start(), clause.end(), role)


def _clauses(clean: str, start: int, end: int, role: str) -> list[_Stated]:
    """A clause as an indicator, or as several between 、: 改造管网18公里、新增车位260个."""
    if found := _clause(clean, start, end, role):
        return [found]
    marks = [mark.start() for mark in _LIST_MARK.finditer(clean, start, end)]
    read = [_clause(clean, low + 1, high, role) for low, high in pairwise([start - 1, *marks, end])] if marks else []
    several = [found for found in read if found]
    return several if len(several) == len(read) else []


def _levelled(clean: str, sentence: Sentence) -> Iterator[tuple[regex.Match[str], str]]:
    """数量指标： in a section that says whether it tells targets or results."""
    section = sentence.block.section
    titles = "".join(section.path()) if section else ""
    role = "actual" if _TELLS_RESULTS.search(titles) else "target" if _TELLS_TARGETS.search(titles) else None
    if role and "指标" in clean[sentence.start : sentence.end]:
        for found in _level_cue().finditer(clean, sentence.start, sentence.end):
            yield found, role


@cache
def _level_cue() -> regex.Pattern[str]:
    return regex.compile(rf"{one_of(level_words())}指标(?:完成情况|实现情况)?(?:分析)?[:：]")


def _clause(clean: str, start: int, end: int, role: str) -> _Stated | None:
    """A clause as an indicator: name and number, or what is due by a date."""
    if opener := _OPENER.match(clean, start, end):
        start = opener.end()
    found = _stated().fullmatch(clean, start, end)
    if found and not _NO_NAME.fullmatch(found["name"]) and read_value(clean, *found.span("value")).value is not None:
        if role == "summary" and not _RATE.search(found["name"]):
            return None
        target, actual = (found.span("value"), None) if role == "target" else (None, found.span("value"))
        return _Stated(found.start("name"), end, found.span("name"), target, actual)
    due = _DUE.search(clean, start, end) if role == "target" else None
    named = due is not None and _WHAT.fullmatch(clean, start, due.start())
    return _Stated(start, end, (start, due.start()), due.span("value")) if due and named else None


@cache
def _stated() -> regex.Pattern[str]:
    return regex.compile(
        rf"[“\"]?(?P<name>(?:[^\d≥≤<>=:：“”\"]|{_AGED}){{2,40}}?)[”\"]?(?:指标值|目标值)?(?:年底|年末)?{_REACHES}?(?P<value>(?:{one_of(before_words())})?\s?+[+-]?\d[\d,.]*+[^\d]{{0,14}})"
    )


def _compared(clean: str, sentence: Sentence) -> Iterator[_Stated]:
    """改造管网目标85公里，实际完成86.4公里."""
    # _BOTH begins with any word: it is tried only where its second half stands, which few sentences hold.
    if not _SECOND.search(clean, sentence.start, sentence.end) or not _in_context(clean, sentence):
        return
    for found in _BOTH.finditer(clean, sentence.start, sentence.end):
        if any(_readable(clean, *found.span(side)) for side in ("target", "actual")):
            opener = _OPENER.match(clean, found.start("name"), found.end("name"))
            start = opener.end() if opener else found.start("name")
            note = found.span("note") if found["note"] else None
            name, target = _unquoted(clean, start, found.end("name")), found.span("target")
            if _KIND.fullmatch(clean, *name):
                told = _stated().fullmatch(clean, *target)
                if told is None:
                    continue
                start, name, target = told.start("name"), told.span("name"), told.span("value")
            target, actual = _trimmed(clean, *target), _trimmed(clean, *found.span("actual"))
            yield _Stated(name[0], found.end(), name, target, actual, note)


def _unquoted(clean: str, start: int, end: int) -> tuple[int, int]:
    """A name without the quotes round it and the word behind them: “公众满意度”指标."""
    quoted = _QUOTED.fullmatch(clean, start, end)
    return quoted.span("name") if quoted else (start, end)


def _trimmed(clean: str, start: int, end: int) -> tuple[int, int]:
    """A value without the verb before its number: 发放1,860册 is 1,860册."""
    if read_value(clean, start, end).value is None:
        return start, end
    number = _from_sign().search(clean, start, end)
    return (number.start() if number else start), end


@cache
def _from_sign() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{one_of(before_words())})?\s?+[+-]?\d")


def _in_context(clean: str, sentence: Sentence) -> bool:
    section = sentence.block.section
    titles = "".join(section.path()) if section else ""
    return _CONTEXT.search(titles) is not None or _CONTEXT.search(clean, sentence.block.start, sentence.end) is not None


def _readable(clean: str, start: int, end: int) -> bool:
    return read_value(clean, start, end).value is not None or _DATED.search(clean, start, end) is not None


def _project(
    clean: str,
    mentions: Sequence[Mention],
    forms: Sequence[Mention],
    starts: Sequence[int],
    sentence: Sentence,
    position: int,
) -> Mention | None:
    """The project named last before the indicator in its sentence, else the one whose report or form this is."""
    index = bisect_right(mentions, position, key=lambda mention: mention.start) - 1
    if index >= 0 and mentions[index].start >= sentence.start:
        return mentions[index]
    # 甲项目自评得分95分。绩效目标完成情况：…: the sentence goes on with the project of its paragraph.
    own = _OWN.match(clean, sentence.start, sentence.end)
    if own and index >= 0 and mentions[index].start >= sentence.block.start:
        return mentions[index]
    return holder(forms, starts, position)


def _indicator(
    document: Document,
    sentence: Sentence,
    stated: _Stated,
    project: Mention | None,
    levels: tuple[str, ...],
    period: str | None,
) -> IndicatorRow:
    clean = document.clean
    target = read_value(clean, *stated.target) if stated.target else None
    actual = read_value(clean, *stated.actual, unit=target.unit if target else None) if stated.actual else None
    return IndicatorRow(
        stated.start,
        stated.end,
        sentence.block.section,
        project,
        levels,
        normalised(document, *stated.name),
        target,
        actual,
        None,
        None,
        document.printed(*stated.note) if stated.note else None,
        _met(clean, target, actual, levels),
        period,
        "indicator.compared" if target and actual else "indicator.stated",
    )


def _met(clean: str, target: Value | None, actual: Value | None, levels: tuple[str, ...]) -> bool | None:
    if target is None or actual is None:
        return None
    words = clean[target.start : target.end], clean[actual.start : actual.end]
    return is_met(target, actual, words, explicit(clean, target, None), levels)
