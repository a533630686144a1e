"""Several subjects for one number or one run of numbers: 分别增长4.5%、11.8%和6.3%, 各减少35.60,41.20万元."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import regex

from fiscal_patterns.label.distribution import split_names, summed_up
from fiscal_patterns.label.labels import inherited, joined, label
from fiscal_patterns.label.nouns import Label, Labelled, Range
from fiscal_patterns.label.places import is_place, measured_at
from fiscal_patterns.label.rates import quoted_scores
from fiscal_patterns.label.reading import read
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels, Standing
from fiscal_patterns.quantity.nouns import Quantity, QuantityKind

_JOINT = regex.compile(r"[、,，和及与]|以及")
_LONGEST = 36  # one figure for each of the 31 provinces, with a margin
_JOINTLY = ("各", "各自", "均", "一律", "普遍")
_WIDEST = 12  # 、实际增长 between two rates of one run


def shared(site: Site) -> Labels:
    """The labels of a quantity that several subjects share or that stands in a run; () for any other."""
    each, named = site.phrase.each, site.name[1] > site.name[0]
    if not each and not named and site.phrase.kind == "share":
        return _together(site) or _each_again(site)
    if not each and (named or len(site.standing.subject) < 2):
        return ()
    run = _run(site)
    if len(run) > 1 and (subjects := _subjects(site, len(run))):
        for one, labels in zip(run[1:], subjects[1:], strict=True):
            site.standing.assigned[one.start] = labels
            site.standing.run = site.quantity.start
        return subjects[0]
    return _all_subjects(site) if each in _JOINTLY and len(run) == 1 else ()


_TOGETHER = regex.compile(r"[，,](?:[两二三四五六七八九]项|以上|上述)?(?:合计|共计|总计|合共|共|合)占")


def _together(site: Site) -> Labels:
    """监理费86万元，设计费52万元，合计占总投资的4.1%: the share of all that the sentence names before it."""
    if not _TOGETHER.match(site.words):
        return ()
    row = _row(site, "amount")
    return tuple(one for each in row for one in inherited(each.labels)) if len(row) > 1 else ()


def _each_again(site: Site) -> Labels:
    """资金分别为60万元和40万元，占总投资的60%和40%: each share is that of the amount in its place."""
    run = _run(site)
    row = _row(site, "amount")
    if len(run) < 2 or len(row) != len(run) or site.words[:1] not in ("，", ","):
        return ()
    subjects = tuple(inherited(one.labels) for one in row)
    for one, labels in zip(run[1:], subjects[1:], strict=True):
        site.standing.assigned[one.start] = labels
    site.standing.run = site.quantity.start
    return subjects[0]


def _row(site: Site, kind: QuantityKind) -> list[Labelled]:
    """The quantities of one kind and role, each with its label, that stand last before this one in its sentence."""
    row: list[Labelled] = []
    for one in reversed(site.standing.series):
        if one.sentence is not site.sentence or one.quantity.kind != kind or not one.labels:
            break
        if row and (one.role, one.kind) != (row[-1].role, row[-1].kind):
            break
        row.append(one)
    return row[::-1]


_PAIR = ("前者", "后者", "二者", "两者")


def pair(site: Site) -> Labels:
    """前者 and 后者: the two subjects named last, in their order; 两者 both."""
    if site.name[1] - site.name[0] != 2 or (name := site.clean[site.name[0] : site.name[1]]) not in _PAIR:
        return ()
    series = reversed(site.standing.series)
    found = list(dict.fromkeys(inherited(one.labels) for one in series if one.labels and one.quantity.kind != "count"))
    if len(found) < 2:
        return ()
    found = found[1::-1]
    return found[_PAIR.index(name)] if name in _PAIR[:2] else found[0] + found[1]


def _all_subjects(site: Site) -> Labels:
    """会议费、培训费各下降8.5%: one number, all the subjects."""
    standing = site.standing
    if site.name[1] > site.name[0]:
        return tuple(label(standing, *pieces) for pieces in split_names(site.clean, *site.name, None))
    if len(standing.subject) > 1:
        return inherited(standing.subject)
    row = _row(site, "percentage") if site.quantity.kind == "percentage" and site.phrase.turn is None else []
    before = tuple(one.labels for one in row) if len(row) > 2 else subjects_before(standing, 2)
    return tuple(one for labels in before for one in inherited(labels))


def _run(site: Site) -> tuple[Quantity, ...]:
    """The quantities from this one on that stand in one run: same kind, nothing but a joint and verbs between."""
    run = [site.quantity]
    for number in range(site.number + 1, min(site.number + _LONGEST, len(site.inside))):
        quantity = site.inside[number]
        words = site.clean[run[-1].end : quantity.start]
        if quantity.kind != run[0].kind or len(words) > _WIDEST or not _JOINT.match(words) or _TOTAL.search(words):
            break
        phrase = read(words, quantity.kind)
        if phrase.named() or phrase.based or phrase.bare or phrase.kind or phrase.stage or phrase.each:
            break
        run.append(quantity)
    return tuple(run)


def _subjects(site: Site, count: int) -> tuple[Labels, ...]:
    """One tuple of labels for each quantity of a run; () where the subjects are not as many as the numbers."""
    standing, named = site.standing, site.name[1] > site.name[0]
    places = [site.name] if named else []
    if site.gap.context:
        places.append(site.said(site.gap.context))
    for place in places:
        if members := split_names(site.clean, *place, count):
            if summed := summed_up(site.clean, *place):
                standing.summed = (label(standing, (summed[0], place[1]), inherited=True),)
            found = tuple((label(standing, *pieces),) for pieces in members)
            return found if site.quantity.kind == "count" else _of_places(site, found)
    if len(standing.topic) == count and (flow := _flow(site)):
        return tuple((joined(standing, one, flow),) for one in standing.topic)
    if named:
        return quoted_scores(site, count)
    if len(standing.subject) == count:
        return tuple(inherited((one,)) for one in standing.subject)
    return tuple(inherited(labels) for labels in subjects_before(standing, count)) if site.phrase.each else ()


_FLOW = regex.compile(r"(?:(?:[两二三四五六七八九]|\d)[项个类]\p{Han}{0,4}?)?(?P<flow>(?:总|本年|当年)?(?:收入|支出))")


def _flow(site: Site) -> Range | None:
    """The word of a run that speaks of the subjects the paragraph began with: 两项基金收入分别为, 支出分别为."""
    place = site.place(site.phrase.bare) if site.phrase.bare else site.name
    found = _FLOW.fullmatch(site.clean, *place)
    return found.span("flow") if found else None


def _of_places(site: Site, subjects: tuple[Labels, ...]) -> tuple[Labels, ...]:
    """甲县、乙县增幅分别为…: places measure nothing; they are the scopes of what the text speaks of."""
    names = [labels[0].text for labels in subjects]
    summed = _PLACES.search(names[-1])
    if summed:
        names[-1] = names[-1][: summed.start()]
    elif not all(is_place(name) for name in names):
        return subjects
    found = tuple(measured_at(site.standing, name) for name in names)
    return tuple(tuple(map(_sum_of, labels)) for labels in found) if site.quantity.kind == "amount" else found


def _sum_of(one: Label) -> Label:
    """补助资金到位率100%。其中甲、乙两市分别到位3亿元和2亿元: the sums are of the money, not of its rate."""
    found = _RATED.search(one.text) if one.text[-1:] == "率" else None
    return replace(one, text=one.text[: found.start()]) if found else one


_RATED = regex.compile(r"(?<=资金|经费|补助|补贴|支出)(?:到位|支付|执行|使用|拨付|兑付)率$")


_PLACES = regex.compile(r"(?<=\p{Han})(?:[两二三四五六七八九十]|\d{1,2})个?[省市县区州盟旗镇乡]$")  # 甲、乙两市分别到位


_SUMS_UP = frozenset(
    head + total
    for head in ("收入", "支出", "资金", "税费", "费用", "补贴", "补助", "基金")
    for total in ("", "合计", "共计", "共")
)
_WIDEST_NAME = 40
_TAIL = 4  # 收入合计, the longest of _SUMS_UP


def several(site: Site) -> Labels:
    """水土保持补偿费等3项收入合计2,217万元: the count stands inside the name."""
    last, clean = site.standing.last, site.clean
    if (
        last is None
        or site.quantity.start - last.quantity.end > _TAIL
        or last.quantity.kind != "count"
        or site.quantity.kind != "amount"
    ):
        return ()
    counted, tail = last.quantity, clean[last.quantity.end : site.quantity.start]
    if tail not in _SUMS_UP or clean[counted.start - 1] != "等":
        return ()
    words = clean[max(site.sentence.start, counted.start - _WIDEST_NAME) : counted.start - 1]
    words = words[max(words.rfind(mark) for mark in "，,；;：:。") + 1 :]
    phrase = read(words, "amount")
    at = counted.start - 1 - len(words) + phrase.start
    return (label(site.standing, (at, counted.end + 2)),) if phrase.named() else ()


_TOTAL = regex.compile(r"[合共总]计")


def total(site: Site) -> Labels:
    """合计, 共计 without a name behind a list: the name the list sums itself up with (三项支出), else what it breaks down, else the words."""
    standing, phrase = site.standing, site.phrase
    if site.quantity.kind != "amount" or len(standing.series) < 2 or "计" not in phrase.text:
        return ()
    found = _TOTAL.search(phrase.text)
    if found is None or not all(_sums(site, one) for one in standing.series[-2:]):
        return ()
    if standing.summed:
        return standing.summed
    whole = standing.lists[-1].whole if standing.lists else ()
    return inherited(whole) if whole else (label(standing, site.place(phrase.bare or found.span())),)


def _sums(site: Site, one: Labelled) -> bool:
    """Whether an amount of the same sentence can be an item of the sum."""
    return one.sentence is site.sentence and one.quantity.kind == "amount" and one.role in ("level", "part")


def subjects_before(standing: Standing, count: int) -> tuple[Labels, ...]:
    """The labels of the last ``count`` amounts (else counts, else percentages) of the paragraph; () if fewer."""
    for kind in ("amount", "count", "percentage"):
        found = [one.labels for one in standing.series if one.quantity.kind == kind]
        if len(found) >= 2 * count and kind == "amount":  # 标准由1,380元提高到1,450元: two amounts, one subject
            found = [labels for labels, following in pairwise([*found, ()]) if labels != following] or found
        if len(found) >= count:
            return tuple(found[-count:])
    return ()
