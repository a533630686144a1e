"""Ranking lists: 按增速排序依次为：云坪县（14.2%）、石鼓县（9.7%）, one metric and many places."""

from __future__ import annotations

import regex

from fiscal_patterns.facts import Kind
from fiscal_patterns.label.labels import label
from fiscal_patterns.label.places import PLACE, measured_at
from fiscal_patterns.label.reading import read
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels

_PLACE = regex.compile(rf"(?r)(?P<place>{PLACE})[（(]?")
_METRIC = regex.compile(r"增速|增幅|涨幅|降幅|增长|下降")


def ranked(site: Site) -> Labels:
    """The subject with the place as its scope, for a number that stands in brackets or directly behind a place."""
    found = _place(site)
    if found is None:
        return ()
    if not site.standing.subject:
        _take_header(site)
    return measured_at(site.standing, site.standing.document.printed(*found.span("place")))


def ranked_kind(site: Site) -> Kind | None:
    """Growth where the head of the ranking says so, or the item before it was growth."""
    if _place(site) is None:
        return None
    last = site.standing.last
    if _METRIC.search(site.words):
        return "growth"
    return last.kind if last and last.sentence is site.sentence else None


def _place(site: Site) -> regex.Match[str] | None:
    if not site.bracketed:
        return None
    return _PLACE.match(site.clean, site.start, site.quantity.start)


_HEADER = regex.compile(r"(?:同比)?(?:增速|增幅|增长率)(?:排序|排名|情况)?(?:依次)?[为是]?[：:]")


def _take_header(site: Site) -> None:
    """各市教育支出增速：…: the header names the subject of the whole ranking."""
    found = _HEADER.search(site.words)
    if found is None:
        return
    start = max([site.words.rfind(mark, 0, found.start()) for mark in "，,。；;："]) + 1
    name = read(site.words[start : found.start()], "amount").name
    if name[1] > name[0]:
        place = site.said((start + name[0], start + name[1]))
        site.standing.subject = (label(site.standing, place, inherited=True),)
