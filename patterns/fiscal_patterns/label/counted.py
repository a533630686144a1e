"""Counts whose name stands apart from the number: whom a service reached, what a bare verb was done to."""

from __future__ import annotations

from dataclasses import replace

import regex

from fiscal_patterns.label.affixes import affixes
from fiscal_patterns.label.after import noun_behind
from fiscal_patterns.label.labels import inherited, label
from fiscal_patterns.label.nouns import Range
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels

_PERSONS = ("人", "名", "位", "人次", "户")
# 为65岁以上老年人免费体检38,412人: those whom the service reached.
_SERVED = regex.compile(
    r"(?:为|对|给|向|组织)(?P<whom>[^，,。；;：:、为对给的]{2,16}?)(?:(?:提供|开展|进行|实施)了?(?:免费)?|免费|集中|统一|上门)\p{Han}{2,8}$"
)
_SERVED_SIGNS = frozenset("为对给向组")
# 严格执行接待标准。累计接待4批次: of what the section is about.
_RECEIVED = regex.compile(r"(?:全年|本年|年内)?(?:累计|共计|共)?(?P<what>接待)$")
_RECEPTION = regex.compile(r"(?:国内)?(?:公务|公務|外事)接待")
_DONE = regex.compile(r"[，,、](?:已|共|累计|实际|全年)?(?P<deed>\p{Han}{2})$")
_JOINTS = ("，", ",", "、")
_SETTLED = ("整改", "检查", "抽检", "核查")
_EVENTS = ("次", "场", "期")  # the deed itself is counted: 走访20次，检查15次
_UNSURE = ("接待", "提升", "计划", "实有", "实际", "其余", "月均", "年均", "日均", "有")


def counted_apart(site: Site) -> Labels:
    """The name of such a count; empty where it has one of its own."""
    return _served(site) or _received(site) or _done(site)


def _served(site: Site) -> Labels:
    if _SERVED_SIGNS.isdisjoint(site.words) or not site.quantity.unit.endswith(_PERSONS):
        return ()
    found = _SERVED.search(site.clean, site.start, site.quantity.start)
    return (label(site.standing, found.span("whom")),) if found else ()


def _received(site: Site) -> Labels:
    if not site.words.endswith("接待") or not site.standing.subject:
        return ()
    if not _RECEIVED.fullmatch(site.clean, site.own, site.quantity.start):
        return ()
    first = site.standing.subject[0]
    found = _RECEPTION.search(first.text)
    return inherited((replace(first, text=found.group()),)) if found else ()


def _done(site: Site) -> Labels:
    """新建公厕6座，改造23座; 问卷发放500份，回收486份: the thing counted before with the same measure word."""
    found = _DONE.fullmatch(site.clean, site.start, site.quantity.start) if site.words[:1] in _JOINTS else None
    last = site.standing.last
    if not found or not last or not last.labels or last.quantity.kind != "count" or last.sentence is not site.sentence:
        return ()
    deed = found["deed"]
    done = deed in _SETTLED or (affixes("label", "lead").codes.get(deed) in ("verb", "weak") and deed not in _UNSURE)
    if not done or last.quantity.unit != site.quantity.unit or site.quantity.unit.endswith((*_PERSONS, *_EVENTS)):
        return ()
    return () if noun_behind(site.clean, site.quantity.end, site.limit) else inherited(last.labels)


_THINGS = frozenset("条座栋户盏台套根口眼幢间所辆块亩棵株扇")
_WORK = regex.compile(
    r"(?<=\p{Han}{2})(?:提标|升级|提升|维修|综合|环境)?(?:改造|建设|整治|维修|修缮|治理|提升|升级|清淤|硬化|亮化|更新|更换|安装|拆除|铺设|养护|检测)$"
)


def without_work(site: Site, noun: Range) -> Range:
    """完成18条巷道改造: of things with a measure word of their own the noun, not the work done on them."""
    if site.quantity.unit not in _THINGS or not site.clean.endswith(
        ("完成", "实施", "推进", "启动"), 0, site.quantity.start
    ):
        return noun
    found = _WORK.search(site.clean, *noun)
    return (noun[0], found.start()) if found else noun
