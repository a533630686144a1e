"""Ranking lists, one metric and many places: 按增速排序依次为：云坪县（14.2%）; 增幅居前三位的是：云溪县18.2%、石堰县15.4%."""

from __future__ import annotations

import regex

from fiscal_patterns.facts import Kind
from fiscal_patterns.label.labels import label
from fiscal_patterns.label.places import PLACE, PLACE_ENDS, is_place, measured_at
from fiscal_patterns.label.reading import read
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels

_METRIC = r"(?:同比)?(?:增速|增幅|涨幅|降幅|增长率|增长|占比|比重)"
_KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("growth", ("增速", "增幅", "涨幅", "降幅", "增长", "下降")),
    ("share", ("占比", "比重")),
    ("completion", ("进度", "执行率", "完成率", "支出率")),
)
_PLACE = regex.compile(rf"(?r)(?P<place>{PLACE})[（(]?")
# What joins a place to the words before it, where no mark does: 的有甲县, 分别是乙区, ）和丙县.
_JOINED = regex.compile(
    r".{0,60}(?:(?:的|分别|依次)[有是为]|[是为])(?=\p{Han}{2})|(?<=[\d%）)])(?:和|及|以及|与)(?=\p{Han}{2})"
)


def ranked(site: Site) -> Labels:
    """The subject with the place as its scope, for a number that stands in brackets or directly behind a place."""
    if not site.bracketed and (site.quantity.kind == "count" or site.clean[site.name[1] - 1] not in PLACE_ENDS):
        return ()
    found = _place(site)
    if found is None:
        return ()
    return measured_at(site.standing, site.standing.document.printed(*found), _headed(site, found[0]))


def placed_flow(site: Site) -> Labels:
    """云溪县收入23.1亿元 under 一般公共预算收入: the place is whose it is, the bare flow what the paragraph is about."""
    start, end = site.name
    flow, place = site.clean[end - 2 : end], site.clean[start : end - 2].removesuffix("完成")
    if flow not in _FLOWS or not is_place(place):
        return ()
    whole = site.standing.whole_of(flow)
    return measured_at(site.standing, place, whole[:1]) if whole else ()


def ranked_kind(site: Site) -> Kind | None:
    """The kind that the head of the ranking names, or that of the item before."""
    found, last = _place(site), site.standing.last
    if last and last.sentence is not site.sentence:
        last = None
    if found is None:
        return "growth" if last and last.kind == "growth" and _goes_on(site, last.labels) else None
    words = site.clean[site.start : found[0]]
    named = next((kind for kind, metrics in _KINDS if any(metric in words for metric in metrics)), None)
    return named or (last.kind if last and (site.bracketed or not last.labels or last.labels[0].scope) else None)


# A head that makes growth of every rate behind it: （按增速排序）：, 主要税种增减情况：, 从增幅看，
_GROWTH_HEAD = regex.compile(
    r"(?:增速|增幅|涨幅|降幅|增长率|增减(?:幅度|变化|情况)?|增长情况)[^，,。；;：:（）()\d]{0,20}+(?:[)）]?[：:]|[)）]|(?<=[序名看])[，,])"
)
_BARE = regex.compile(r"[，,、；;和及（(：:]*(?:\p{Han}{2,12}(?<![率度比重占价标]))?[（(：:]?")


def under_growth(site: Site) -> bool:
    """Whether a rate without words, or behind a noun alone, stands in a paragraph whose head names growth."""
    block, phrase = site.standing.block, site.phrase.text
    if block is None or not _BARE.fullmatch(phrase):
        return False
    before = site.clean[block.start : site.quantity.start]
    found = _GROWTH_HEAD.search(before) if "增" in before or "幅" in before else None
    return found is not None and not _OTHER_METRIC.search(before, found.end())


_OTHER_METRIC = regex.compile(r"进度|完成率|执行率|占比|比重")  # a later head ranks by something else


def _place(site: Site) -> tuple[int, int] | None:
    """The place directly before the number or its bracket, without the words that join it to others."""
    if site.bracketed:
        found = _PLACE.match(site.clean, site.start, site.quantity.start)
        start, end = found.span("place") if found else (0, 0)
    else:
        start, end = site.name
    if end <= start:
        return None
    joined = _JOINED.match(site.clean, start, end)
    start = joined.end() if joined else start
    return (start, end) if site.bracketed or is_place(site.clean[start:end]) else None


def _goes_on(site: Site, before: Labels) -> bool:
    """教育支出增长6.1%，科技支出12.8%: a noun alone, of the sort of the one before it, leaves out the verb."""
    name = site.clean[slice(*site.name)]
    return (
        bool(before) and name[-2:] == before[0].text[-2:] in _SORTS and site.phrase.text.strip("，,、；;和及") == name
    )


_SORTS = ("支出", "收入")

# The head of a ranking behind its subject: …增速从高到低依次为：, …总量居前三位的县区是, 各市教育支出增速：
_HEAD = regex.compile(
    rf"""(?:按照?)?{_METRIC}?(?:按?[从由][高多快大低少慢小]到[低少慢小高多快大]|的)?
    (?:排序|排名|情况)?(?:(?:位?居|排[在名]?|位列|列)?(?:全[市省县区州])?[前后][\d一二两三四五六七八九十]{{1,2}}[位名]?
      |[最较][高快多大低慢少]|(?:超过|高于|低于)[^，,。；;]{{2,12}}?|看)?
    (?:的?(?:县区|区县|地区|县[（(]市、区[）)]|市州|乡镇))?的?(?:依次|分别)?[为是有]?[：:，,]?$""",
    regex.VERBOSE,
)
_RANKS = regex.compile(
    rf"{_METRIC}|[增减短超][收支]额|增量|排[序名]|[前后][\d一二两三四五六七八九十]{{1,2}}[位名的]|[最较][高快多大低慢少]"
)
_MARKS = regex.compile(r"[（(][^（）()]{0,20}+[）)](*SKIP)(*FAIL)|[，,。；;：:]")
_ALL_PLACES = regex.compile(
    r"(?:[从按以分])?(?:全[市省县区州])?各?(?:县区|区县|县[（(]市、区[）)]|市州?|县市?区?|省|地区|乡镇)(?!级|本级)(?:来?看|的)?"
)
# 各镇（街道）税收完成情况：城关镇840万元
_BY_PLACE = regex.compile(
    r"各(?:县区|区县|县市区?|市州|乡镇|镇街|[镇乡](?:[（(]街道[）)])?|县[（(](?:市、区|市|区)[）)])(?P<name>\p{Han}{0,10}?(?:收入|支出|税收|资金|余额))(?:\p{Han}{2})?情况(?:如下|为|是)?[：:]$"
)
_ASIDE = regex.compile(r"(?:完成)?(?:情况)?(?:[（(][^（）()]{0,20}+[）)])?(?:完成)?(?:情况)?$")
_FLOWS = ("收入", "支出")  # bare words elsewhere; in a head they are what is ranked


def _headed(site: Site, end: int) -> Labels:
    """What the head of a ranking says is ranked: the name before the metric, else that of the clause before."""
    words = site.clean[site.start : end]
    if not _RANKS.search(words):
        found = _BY_PLACE.search(words)
        return (label(site.standing, site.said(found.span("name")), inherited=True),) if found else ()
    head = _HEAD.search(words)  # at the least the empty end of the words
    stop = head.start() if head else len(words)
    for start in reversed([0, *(mark.end() for mark in _MARKS.finditer(words, 0, stop))]):
        if places := _ALL_PLACES.match(words, start, stop):
            start = places.end()
        clause = _ASIDE.sub("", words[start:stop].rstrip("，,。；;：:"))
        name = (0, 2) if clause in _FLOWS else read(clause, "amount").name
        if name[1] - name[0] > 1 and not _RANKS.search(clause, *name):
            place = site.said((start + name[0], start + name[1]))
            return (label(site.standing, place, inherited=True),)
        stop = start
    return ()
