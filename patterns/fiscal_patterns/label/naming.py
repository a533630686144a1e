"""The labels of one quantity: its own name, several subjects, or the subject of an earlier clause."""

from __future__ import annotations

import re
from dataclasses import replace

import regex

from fiscal_patterns.label.after import (
    AIM,
    DONE,
    borne_by,
    fund_behind,
    has_head,
    noun_behind,
    owned_behind,
    paid_at,
    purpose_behind,
)
from fiscal_patterns.label.allotted import RECIPIENT
from fiscal_patterns.label.balance import BALANCE_ENDS, left_over
from fiscal_patterns.label.counted import counted_apart, without_work
from fiscal_patterns.label.distribution import both_sides, governing
from fiscal_patterns.label.group import pair, several, shared, total
from fiscal_patterns.label.labels import item_label, label
from fiscal_patterns.label.nouns import Label, Range
from fiscal_patterns.label.places import PLACE_ENDS, is_place, measured_at
from fiscal_patterns.label.ranking import placed_flow, ranked
from fiscal_patterns.label.rates import score_of
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels
from fiscal_patterns.label.subject import taken
from fiscal_patterns.label.tallies import AIMS_COUNTED
from fiscal_patterns.label.topic import of_topic
from fiscal_patterns.lexicon import one_of


def labels_of(site: Site) -> Labels:
    """What the quantity measures: the first of these readings that gives a name."""
    if site.quantity.start in site.standing.assigned:
        return site.standing.assigned.pop(site.quantity.start)
    named = site.name[1] > site.name[0]
    each = site.phrase.each
    found = (
        ranked(site)
        or (site.gap.item and _item(site))
        or ((each or not named) and shared(site))
        or (site.number and (several(site) or (not named and total(site))))
        or (site.standing.topic and of_topic(site))
        or (named and site.clean[site.name[1] - 1] in BALANCE_ENDS and left_over(site))
        or (site.name[1] - site.name[0] == 2 and pair(site))
    )
    if found or site.standing.run == site.quantity.start:
        return found or ()
    if site.quantity.kind == "count" and (found := _counted(site)):
        return found
    if own := _behind(site) or (named and _named(site)):
        return own
    return (site.quantity.kind == "percentage" and _behind_rate(site)) or taken(site)


def _counted(site: Site) -> Labels:
    """Scores, and aims that are counted themselves (完成年度任务12项)."""
    if site.quantity.unit == "分":
        return score_of(site)
    if site.phrase.kind and site.phrase.whole and site.quantity.unit in AIMS_COUNTED:
        return (label(site.standing, site.place(site.phrase.whole)),)
    return counted_apart(site)


def _item(site: Site) -> Labels:
    """A functional item whose path ends where the number's own phrase begins, with nothing but 支出 after it."""
    item = site.gap.item
    if item is None:
        return ()
    spent = item.spent is not None and site.own == site.start + item.spent[0]
    if not spent and site.phrase.named() and site.clean[site.name[0] : site.name[1]] not in _GENERIC:
        return ()
    return (item_label(site.standing, item, site.start, inherited=bool(_APART.search(site.words, item.end))),)


_GENERIC = ("本年支出", "财政拨款支出", "一般公共预算支出")
_APART = re.compile(r"[，,；;。]")


def _behind(site: Site) -> Labels:
    """A noun behind the number: what is counted, or the money's own noun."""
    found = None
    if site.quantity.kind == "count":
        if site.quantity.unit in _MEASURED:
            return ()
        found = noun_behind(site.clean, site.quantity.end, site.limit)
        if found and site.name[1] > site.name[0] and not (has_head(site.clean, found) or _points_behind(site)):
            return ()
        if found:
            site.standing.consumed = found[1]
            found = without_work(site, found)
    elif site.quantity.kind == "amount":
        named = site.name[1] > site.name[0]
        rest = named and site.clean[site.name[0] : site.name[1]] in _REST
        found = (borne_by if rest else fund_behind)(site.clean, site.quantity, site.limit)
        if found or named:
            return (label(site.standing, found),) if found else ()
        if site.quantity.per or site.phrase.per:
            found = paid_at(site.clean, site.quantity, site.sentence.end)
        found = found or owned_behind(site.clean, site.quantity, site.words)
        if not (found or site.number or site.phrase.bare or site.phrase.turn):
            found = purpose_behind(site.clean, site.quantity, site.limit)
    return (label(site.standing, found),) if found else ()


_REST = ("其余", "剩余", "其余部分", "剩余部分")
_POINTING = ("的", "下属", "所属", "所辖", "辖区", "辖区内", "区域内", "境内", "范围内", "等", "了")


def _points_behind(site: Site) -> bool:
    """Whether the words before a count lead to the noun behind it: 机关及下属3个林场, 农机购置等5项补贴."""
    return site.phrase.text.endswith(_POINTING)


_MEASURED = ("倍", "分")  # of the subject before them, never of a noun behind
# Nothing but a unit of price, a bracket and one mark between two quantities.
_NEAR = 4
_ADJACENT = regex.compile(r"(?:[/／]\p{Han})?[）)]?[，,、；;]?")


def _named(site: Site) -> Labels:
    """The name printed before the number, distributed over both sides or completed by a modifier that governs it."""
    clean, standing, name = site.clean, site.standing, site.name
    if standing.lists and standing.lists[-1].allotted and RECIPIENT.search(clean, *name):
        return measured_at(standing, standing.document.printed(*name), standing.lists[-1].whole)
    if clean[name[1] - 1] in PLACE_ENDS and site.quantity.kind != "count" and is_place(clean[name[0] : name[1]]):
        return measured_at(standing, standing.document.printed(*name))
    if placed := placed_flow(site):
        return placed
    if pair := both_sides(clean, *name):
        return tuple(label(standing, *pieces) for pieces in pair)
    before = standing.last
    if before and site.number and name[0] - before.quantity.end <= _NEAR and len(before.labels) == 1:
        first = before.labels[0]
        at = governing(first.text, clean[name[0] : name[1]])
        if at and _ADJACENT.fullmatch(clean, before.quantity.end, name[0]):
            return (replace(label(standing, first.text[:at], name), start=first.start),)
    return (_running(site, name),)


_FLOWS = ("支出", "收入", "投资")
_FLOW_ENDS = frozenset("出入资")
_SO_FAR = regex.compile(rf"(?<=\p{{Han}}{{2}})(?:累计|已|全年)(?={one_of(_FLOWS)}$)")


def _running(site: Site, name: Range) -> Label:
    """The name as printed, without the adverb inside: 项目累计支出 → 项目支出."""
    inherited = site.bracketed
    if site.clean[name[1] - 1] in _FLOW_ENDS and (found := _SO_FAR.search(site.clean, *name)):
        return label(site.standing, (name[0], found.start()), (found.end(), name[1]), inherited=inherited)
    return label(site.standing, name, inherited=inherited)


def _behind_rate(site: Site) -> Labels:
    """What a percentage without a phrase of its own says of the words behind it: 100%参保目标, 近九成农户, 100%参保."""
    phrase, clean, end = site.phrase, site.clean, site.quantity.end
    if phrase.kind or phrase.turn or phrase.each:
        return ()
    if aimed := AIM.match(clean, end, site.limit):
        return (label(site.standing, aimed.span("aim")),)
    behind = noun_behind(clean, end, site.limit)
    if behind and has_head(clean, behind):
        return (label(site.standing, behind),)
    done = DONE.match(clean, end, site.limit)
    if done is None:
        return ()
    if not site.standing.subject:
        return (label(site.standing, done.span()),)
    first = site.standing.subject[0]
    return (replace(first, text=first.text + site.standing.document.printed(*done.span()), inherited=True),)
