"""What is left of a fund, where only 结余 or 缺口 is printed: 1.失业保险基金收入…；支出…；本年结余…."""

from __future__ import annotations

from dataclasses import replace

import regex

from fiscal_patterns.label.labels import joined, label
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels

_BALANCE = regex.compile(
    r"(?:本年|当年|当期|年末|累计|历年)?(?:收支|滚存|累计)?(?:(?:结余|年?缺口|结转)(?:资金)?|闲置)"
)
_ENDS = frozenset("余口转金置")
# What an earlier clause of the sentence says was raised or spent of a fund that has a name: 补助资金支出.
_SPENT = regex.compile(r"(?<=\p{Han}{2}(?:资金|补助|经费|专款))(?:实际|累计|已)?(?:支出|到位|使用|拨付|下达)?$")
_FUND = regex.compile(
    rf"(?<=基金|专户|项目)(?:(?:预算)?(?:本年|当年|总|实际|累计)?(?:收入|支出)|{_BALANCE.pattern})?$"
    r"|(?<=资金|经费|补助|补贴|专款)(?:实际)?(?:支出|到位)?$"
)


_DUE = regex.compile(r"(?P<who>\p{Han}{2,30}?)(?:应|实际|已)(?P<what>配套|到位|缴纳|发放|征收|拨付|支付)")
_GAP = ("缺口", "差额", "缺额")


BALANCE_ENDS = frozenset("余口转金置额值套位纳放收付")  # what a name ends with that any of these readings can take


def left_over(site: Site) -> Labels:
    """What is left, missing or really paid, of what an earlier clause names."""
    return of_fund(site) or of_due(site) or net_value(site)


def net_value(site: Site) -> Labels:
    """净值 of the assets whose 原值 the sentence states: 固定资产原值860万元，累计折旧312万元，净值548万元."""
    if site.clean[site.name[0] : site.name[1]] not in _NET:
        return ()
    for one in reversed(site.standing.series):
        if one.labels and one.sentence is site.sentence and (at := one.labels[0].text.find("原值")) > 0:
            whose = one.labels[0].text[:at]
            if site.name[1] - site.name[0] > 2:  # 账面净值 has its 账面 already
                whose = whose.removesuffix("账面")
            return (replace(label(site.standing, whose, site.name), start=one.labels[0].start, inherited=True),)
    return ()


_NET = ("净值", "账面净值", "净额")


def of_due(site: Site) -> Labels:
    """What was really paid, or is missing, of what was due: 县级应配套1,580万元，实际配套898万元，缺口682万元."""
    name, standing = site.clean[site.name[0] : site.name[1]], site.standing
    if site.quantity.kind != "amount" or not standing.subject or not site.number:
        return ()
    if not name.startswith("实际") and name not in _GAP:
        return ()
    first = standing.subject[0]
    due = _DUE.fullmatch(first.text)
    if due is None or not (name in _GAP or name.endswith(due["what"])):
        return ()
    return (replace(label(standing, due["who"], site.name), start=first.start, inherited=True),)


def of_fund(site: Site) -> Labels:
    """A balance is that of the clause before it, of the topic, or of the fund that a numbered paragraph speaks of."""
    name = site.clean[site.name[0] : site.name[1]]
    if site.quantity.kind != "amount" or name[-1:] not in _ENDS or not _BALANCE.fullmatch(name):
        return ()
    standing = site.standing
    if site.gap.context:
        return (joined(standing, label(standing, site.said(site.gap.context), inherited=True), site.name),)
    if standing.topic and not standing.topic[0].text.endswith("一般公共预算"):
        return tuple(joined(standing, one, site.name) for one in standing.topic)
    block = site.sentence.block
    if not standing.subject:
        return ()
    first, last = standing.subject[0], standing.last
    here = last is not None and last.sentence is site.sentence
    found = _FUND.search(first.text) if here or block.mark != block.start else None
    if not found and here and len(standing.subject) == 1:
        found = _SPENT.search(first.text)
    return (replace(label(standing, first.text[: found.start()], site.name), start=first.start),) if found else ()
