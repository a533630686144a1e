"""The period of one figure: what its clause states, its base of comparison, the year of a plan."""

from __future__ import annotations

import regex

from fiscal_patterns.label.labels import printed_plain
from fiscal_patterns.label.period import Stated, base_year, period_of
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels, Standing


def dated(site: Site, labels: Labels) -> str | None:
    """The period that a figure speaks of; ``labels`` tell a stock from a flow."""
    standing, phrase = site.standing, site.phrase
    if phrase.based and phrase.turn is None and (base := base_year(site.words[site.gap.own :], standing.default)):
        return base
    if site.words[-1:] in _BEFORE_ENDS and site.words.endswith(_BEFORE) and (base := _year_before(site)):
        return base
    stated = standing.stated
    if phrase.turn == "change":
        if later := _of_later(site):
            return later
        if stated is None and standing.last and _same_clause(site):
            return standing.last.period  # 10月入库2.3亿元，同比下降3%
    at = stated.at if stated else standing.default
    if stated and stated.point:
        at = _stated(site, stated, labels)
    if at and "-" in at and phrase.kind == "completion" and phrase.whole and site.quantity.kind != "percentage":
        return at[:4]  # 1-5月…占年初预算12,400万元的42.1%: a plan is made for the year
    return at


def _stated(site: Site, stated: Stated, labels: Labels) -> str | None:
    """The period of a figure whose clause states a point in time."""
    standing = site.standing
    if _beside_stock(site, standing):
        return stated.at
    return period_of(stated, standing.default, printed_plain(standing, labels), site.words)


def _beside_stock(site: Site, standing: Standing) -> bool:
    """Whether a thing belongs to the stock stated before it: 截至8月底共有车辆4辆，其中轿车1辆; 债务余额9亿元，其中一般债务2亿元."""
    last = standing.last
    if last is not None and site.quantity.kind == "amount" and standing.lists and last.quantity.kind == "amount":
        still = last.sentence is site.sentence and standing.stated is not None and last.period == standing.stated.at
        return still and not _MOVING.search(site.words)
    if site.quantity.kind != "count" or last is None or last.quantity.kind != "count":
        return False
    if site.words[:1] not in ("，", ",", "、", "（", "("):
        return False
    return last.sentence is site.sentence and standing.stated is not None and last.period == standing.stated.at


_MOVING = regex.compile(r"新增|收入|支出|发行|偿还|完成|增加|安排|拨付|到位")


def _same_clause(site: Site) -> bool:
    """Whether a change speaks of the figure before it, which is not the base that it is measured from."""
    return bool(site.number and not site.standing.based and not site.phrase.named() and not _REACHED.match(site.words))


def _of_later(site: Site) -> str | None:
    """2025年预算800万元，2024年760万元，增加40万元: the change is the later year's, and so is its rate."""
    last, series = site.standing.last, site.standing.series
    if last is None or last.sentence is not site.sentence or not _same_clause(site):
        return None
    if last.role == "change":
        return last.period
    if len(series) < 2 or series[-2].sentence is not site.sentence or series[-2].quantity.kind != last.quantity.kind:
        return None
    one, other = series[-2], last
    if not one.period or not other.period or one.period[:4] <= other.period[:4] or not one.labels or not other.labels:
        return None
    return one.period if one.labels[0].text == other.labels[0].text else None


_BEFORE = ("由", "从", "由年初的", "从年初的", "由上年的", "从上年的", "由去年的", "从去年的", "由上年", "从上年")
_BEFORE_ENDS = frozenset("由从的年")
_REACHED = regex.compile(r"(?:左右|以上)?(?:大幅|逐步|进一步)?\p{Han}{1,3}[至到为]")
_AGAINST = regex.compile(r"同比|[较比与](?:上年|去年|20\d\d年)")
_BACK = 80  # a base holds for the clauses behind it: the longest stretch between the two has 46 characters


def _year_before(site: Site) -> str | None:
    """Of 由162场减少到97场 the first is what was there before: at the base that the sentence compares with, if it does."""
    if not _REACHED.match(site.clean, site.quantity.end):
        return None
    default = site.standing.default
    if "年初" in site.words[-4:]:
        return default[:4] if default else None
    if base := base_year(site.words[-4:], default):
        return base
    start = max(site.sentence.start, site.start - _BACK)
    found = [one.start() for one in _AGAINST.finditer(site.clean, start, site.quantity.start)]
    if not found:
        return None
    return base_year(site.clean[found[-1] : found[-1] + _BASE].replace("同比", "上年"), default)


_BASE = 6  # 较2017年
