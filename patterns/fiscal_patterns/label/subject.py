"""Quantities without a name of their own take the subject of an earlier clause, of the list, or of the heading."""

from __future__ import annotations

import re
from dataclasses import replace

from fiscal_patterns.label.after import has_head, noun_behind
from fiscal_patterns.label.distribution import governing
from fiscal_patterns.label.labels import heading_label, inherited, joined, label
from fiscal_patterns.label.nouns import Label, Range
from fiscal_patterns.label.places import is_place, measured_at
from fiscal_patterns.label.rates import FUNDS, RATES, completed, enumerated, rate_of, unrated
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels
from fiscal_patterns.label.tail import MOVES


def taken(site: Site) -> Labels:
    """The labels that the quantity takes over; () where nothing before it names a subject.

    They are inherited unless nothing but words of the same clause stands between: 由月均3次降为1次.
    """
    labels, last = _taken(site), site.standing.last
    if site.quantity.kind == "amount" or site.phrase.rate:
        labels = tuple([_unscored(one) for one in labels])
    if site.quantity.kind == "amount" and len(labels) == 1 and is_place(labels[0].text):
        return measured_at(site.standing, labels[0].text)  # 6个县（市、区）完成7.39亿元
    if site.gap.scope and any(one.scope != site.standing.scope for one in labels):
        labels = tuple(replace(one, scope=site.standing.scope) for one in labels)
    if (
        (not labels or _NAMELESS.fullmatch(labels[0].text))
        and site.quantity.kind == "amount"
        and (found := _NAMELESS.search(site.words))
    ):
        return (label(site.standing, site.said(found.span())),)
    if site.number and last and not _APART.search(site.words) and labels == inherited(last.labels):
        return last.labels
    return labels


_APART = re.compile(r"[，,；;。：:、（(\t]|^$")
_SCORED = re.compile(r"(?<=项目|资金|经费|支出)(?:绩效)?(?:自评|评价)?(?:得分|总分|分数|评分)$")


def _unscored(one: Label) -> Label:
    """甲项目自评得分96分，全年预算数640万元: the money is that of the project, not of its score."""
    found = _SCORED.search(one.text) if one.text[-1:] == "分" else None
    return replace(one, text=one.text[: found.start()]) if found else one


def _taken(site: Site) -> Labels:
    if found := _of_last(site) or _budget_moved(site):
        return found
    standing, phrase, context = site.standing, site.phrase, site.gap.context
    if context and (site.gap.semicolon or site.gap.theme or not standing.subject):
        whose = label(standing, site.said(context), inherited=True)
        return (joined(standing, whose, site.place(phrase.bare)) if phrase.bare else whose,)
    if not standing.subject and (found := _behind_or_heading(site)):
        return found
    if phrase.bare and site.quantity.kind == "percentage" and site.clean[slice(*site.place(phrase.bare))] in RATES:
        return rate_of(site, site.place(phrase.bare))
    if phrase.bare:
        return _with_word(site, site.place(phrase.bare))
    return _subject(site)


# Where no subject stands anywhere before, the words of the stage are the name: 年初预算数386.1万元，年中追加100万元.
_NAMELESS = re.compile(
    r"(?:年初|年中|全年|调整后?|本年|当年|实际)(?:部门)?(?:预算|决算|执行|追加|调整|安排|支出|到位)(?:数|金额)?(?=[为是]?$)"
)
_CUT = re.compile(r"(?:压减|核减|调减|压缩|削减)(预算)$")


def _budget_moved(site: Site) -> Labels:
    """2022年压减预算8万元: at the head of a sentence nothing but the budget is what was cut."""
    found = None if site.number or site.phrase.named() else _CUT.search(site.words)
    return (label(site.standing, site.said(found.span(1))),) if found else ()


def _of_last(site: Site) -> Labels:
    """What goes on speaking of the quantity directly before it: a ratio, a change, a level that was reached."""
    standing, phrase, last = site.standing, site.phrase, site.standing.last
    rate = site.quantity.kind == "percentage"
    if phrase.rate and not _said_here(site):
        return (label(standing, completed(site, site.place(phrase.rate))),)
    if last is None or last.sentence.block is not standing.block:
        return ()
    if site.quantity.kind == "count" and last.quantity.end == site.quantity.start and last.quantity.kind == "amount":
        return inherited(last.labels)  # 护理补贴800万元5,611人
    if phrase.turn == "reached" or (rate and phrase.turn == "change" and last.role == "change"):
        return inherited(last.labels)
    return ()


def _said_here(site: Site) -> bool:
    """Whether a figure of the same sentence has a subject that a rate can speak of."""
    if not (site.number and site.standing.subject):
        return False
    if not site.clean.startswith(FUNDS, site.place(site.phrase.rate or (0, 0))[0]):
        return True
    return any(one.quantity.kind == "amount" and one.sentence is site.sentence for one in site.standing.series)


def _behind_or_heading(site: Site) -> Labels:
    """Without a subject: the noun behind an amount, else the heading, which then stands for the paragraph."""
    standing = site.standing
    found = noun_behind(site.clean, site.quantity.end, site.limit) if site.quantity.kind == "amount" else None
    if found and has_head(site.clean, found):
        return (label(standing, found),)
    if standing.section is not None and (titled := heading_label(standing, standing.section)):
        standing.subject = (titled,)
    return ()


def _subject(site: Site) -> Labels:
    standing = site.standing
    if site.phrase.rate:
        said = tuple(unrated(one) for one in standing.subject)
        if said and said[0].text.endswith(_LEFT) and standing.sentence_head and site.phrase.named() is False:
            said = standing.sentence_head[0]  # 支出962万元，结余117万元，预算执行率89.11%
        said = standing.composed or said if said and said[0].text in FUNDS else said
        return inherited(_budgeted(site) or enumerated(site) or said)
    behind = standing.last is not None and (standing.last.quantity.kind == "amount" or site.phrase.turn == "change")
    if site.quantity.kind == "count" and behind:
        return inherited(_counted(site))
    if site.quantity.kind == "percentage":
        return inherited(enumerated(site) or standing.composed or standing.subject)
    priced = site.quantity.per or site.phrase.mean or site.phrase.per
    if priced and standing.bracket:
        return inherited(standing.bracket[0])
    if priced:
        last = next((one for one in reversed(standing.series) if one.quantity.kind == "amount"), None)
        if last and last.sentence is site.sentence:
            return inherited(last.labels)
    return inherited(_spoken_of(site))


_LEFT = ("结余", "剩余", "结转", "闲置")


def _spoken_of(site: Site) -> Labels:
    """The subject; behind a count, for a change in money, the money before it: 兑付资金3亿元，惠及群众18万人次，较去年多发放0.2亿元."""
    last = site.standing.last
    moved = site.phrase.turn == "change" or site.phrase.based
    if site.quantity.kind == "amount" and moved and (whole := _all_of(site)):
        return whole
    changed = site.quantity.kind == "amount" and site.phrase.turn == "change"
    if changed and last and last.quantity.kind == "count" and last.sentence is site.sentence:
        for one in reversed(site.standing.series):
            if one.quantity.kind == "amount" and one.sentence is site.sentence and one.role in ("level", "part"):
                return one.labels
    return site.standing.subject


def _all_of(site: Site) -> Labels:
    """The whole of a list that adds up and says nothing but its parts: 资金186万元，其中市级120万元，区级66万元，较上年增加26万元."""
    standing, found = site.standing, site.standing.breakdown
    if found is None or found.rest or len(found.names) < 2 or len(standing.series) < len(found.names):
        return ()
    parts = standing.series[-len(found.names) :]
    alone = all(one.role == "part" and one.quantity.kind == "amount" for one in parts)
    return found.parts.whole if alone and not _CLOSED.search(site.clean, parts[0].quantity.end, site.own) else ()


_CLOSED = re.compile(r"[；;。\n]")  # between members that are no plain row


_BUDGETS = ("budget", "initial_budget", "adjusted_budget")


def _budgeted(site: Site) -> Labels:
    """What an execution rate is the rate of: the last thing in the paragraph that a budget was stated for."""
    return next(
        (one.labels for one in reversed(site.standing.series) if one.stage in _BUDGETS and one.role == "level"), ()
    )


def _counted(site: Site) -> Labels:
    """What a deed is done to (已整改40项): the last thing of the sentence that was counted with the same measure word."""
    if site.quantity.unit in _OF_SUBJECT:
        return site.standing.subject
    same = (
        one.labels
        for one in reversed(site.standing.series)
        if _alike(one.quantity.unit, site.quantity.unit) and one.labels and one.sentence is site.sentence
    )
    return next(same, site.standing.subject)


_OF_SUBJECT = ("倍", "分", "个月")
_PERSONS = ("人", "名", "位")


def _alike(one: str, other: str) -> bool:
    return one == other or (one in _PERSONS and other in _PERSONS)


_FLOWS = ("支出", "收入")
_SUMMED = (*_FLOWS, "总收入", "总支出")
_NO_SUBJECTS = ("预算", "资金", "经费", "合计", "共计", "总计")  # whatever follows them says no more with them in front
_MONEY = {"资金": ("项目",), "安排资金": ("项目",), "发放资金": ("项目", "补贴", "补助", "津贴", "救助金")}
_TOTALS = ("总量", "总规模")
_AMONG = ("中，", "中,")  # 9个乡镇中，收入超过1亿元: of those counted, each has its own


def _with_word(site: Site, word: Range) -> Labels:
    """金额, 支出 and the like: joined to the subject, standing for it, or a name by themselves."""
    standing, printed = site.standing, site.clean[word[0] : word[1]]
    if site.quantity.kind == "count":
        return _done_with(site, word)
    whose = _of_passage(site, word)
    alone = not standing.subject or _stands_alone(site, printed)
    if found := whose or _mirror(site, word) or (alone and (label(standing, word),)):
        return found
    first = standing.subject[0]
    if first.classification or (site.phrase.stage and printed in _FLOWS):
        opposite = not first.classification and first.text.endswith(_FLOWS) and not first.text.endswith(printed)
        return (label(standing, word),) if opposite else inherited(standing.subject)
    if at := governing(first.text, printed):
        return (replace(label(standing, first.text[:at], word), start=first.start),)
    if printed in _MONEY and not first.text.rstrip("”").endswith(_MONEY[printed]):
        return (label(standing, word),)
    return tuple(joined(standing, one, word) for one in _holders(site, printed))


_USES = ("实际支出", "支出", "实际使用", "实际到位", "到位")
_MONEY_ENDS = ("资金", "经费", "补助", "补贴", "专款", "基金")


def _of_passage(site: Site, word: Range) -> Labels:
    """Whose a bare flow is that no subject stands before: the one fund of the section, or the whole of its list."""
    standing, printed = site.standing, site.clean[word[0] : word[1]]
    if site.gap.scope and (whole := standing.whole_of(printed)):
        return (replace(whole[0], inherited=True, scope=standing.scope),)  # 分级次看，市本级收入3亿元
    here = standing.last is not None and standing.last.sentence.block is standing.block
    nobody = not standing.subject or (not here and standing.subject[0].text in _NO_SUBJECTS)  # 资金 of a heading
    if nobody and printed in _USES and standing.main and standing.main[0].text.endswith(_MONEY_ENDS):
        standing.subject = inherited(standing.main)
        return (joined(standing, standing.main[0], word),)
    return ()


def _holders(site: Site, printed: str) -> Labels:
    """What the word is said of: the subject; of a sum the head of the sentence, behind a rate the money before it."""
    standing = site.standing
    if printed in _TOTALS and standing.sentence_head:
        return standing.sentence_head[0][:1]
    if standing.subject[0].text.endswith("率"):
        money = (one.labels for one in reversed(standing.series) if one.quantity.kind == "amount" and one.labels)
        return next(money, standing.subject)
    return standing.subject


def _done_with(site: Site, word: Range) -> Labels:
    """调出2人 is about the people counted before it; where money stood there, about itself: 支出减少，原因是退休6人、调出2人."""
    found, last = _counted(site), site.standing.last
    moved = site.clean[slice(*word)] in MOVES
    if moved and not (last and last.labels == found != () and found[0].text not in MOVES):
        return (label(site.standing, word),)
    return inherited(found)


_BALANCED = ("预算", "基金", "财政", "拨款")  # what has an income and an expenditure
_SUMS = ("总计", "合计", "总额", "财力")  # what a total is the total of stands in an earlier clause


def _mirror(site: Site, word: Range) -> Labels:
    """支出 beside an income that says whose: 政府性基金预算收入…，收入总计…。支出… → 政府性基金预算支出."""
    standing, printed = site.standing, site.clean[word[0] : word[1]]
    here = standing.last is not None and standing.last.sentence.block is standing.block
    if printed not in _FLOWS or not standing.subject or not here:
        return ()
    first = standing.subject[0]
    if first.text.endswith(_SUMS) and standing.head_level:
        first = standing.head_level[0][0]
    whose = first.text[:-2]
    opposite = first.text.endswith(_FLOWS) and not first.text.endswith(printed)
    if first.classification or not opposite or not whose.endswith(_BALANCED):
        return ()
    return (replace(label(standing, whose, word), start=first.start),)


def _stands_alone(site: Site, printed: str) -> bool:
    """支出 or 收入 with a scope of its own, or first in its paragraph, is a subject and needs none."""
    standing, last = site.standing, site.standing.last
    subject = standing.subject[0].text
    if site.words[:2] in _AMONG or subject in _NO_SUBJECTS or (printed in _SUMMED and subject in _SUMMED):
        return True
    if printed in _FLOWS and (subject.endswith((*_SUMS, "余额", "限额")) or _NAMELESS.fullmatch(subject)):
        return True
    if last and last.quantity.unit in _PERSONS and last.sentence is not site.sentence:
        return True  # 年末在职人员20人。2023年度收入3亿元
    here = last is not None and last.sentence.block is standing.block
    return printed in _FLOWS and bool(site.gap.scope or not (here or standing.subject[0].classification))
