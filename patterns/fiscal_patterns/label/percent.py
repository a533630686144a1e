"""Kind of a percentage and the whole it is measured against."""

from __future__ import annotations

from decimal import Decimal

import regex

from fiscal_patterns.facts import Kind
from fiscal_patterns.label.affixes import affixes
from fiscal_patterns.label.after import AIMED
from fiscal_patterns.label.labels import inherited, label
from fiscal_patterns.label.nouns import Label
from fiscal_patterns.label.ranking import ranked_kind, under_growth
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Standing
from fiscal_patterns.quantity.nouns import Quantity

Measure = tuple[Kind, Label | None]

_LIMIT = regex.compile(r"(?:及)?(?:以上|以下|以内)?的")
_LIMITED = regex.compile(r"(?:大于|小于|高于|低于|超过|不低于|不超过|偏离|超出|突破)[^，,]{0,6}$")
_DEVIATION = regex.compile(r"偏离(?P<of>设定值|目标值|预期值)$")
_AT_LEAST = regex.compile(r"(?:≥|≤|不低于|不少于|不超过|不高于|至少|力争|确保|控制在)[^，,]{0,3}$")
_BARE_OF = regex.compile(r"的?(?:比例|比重)?(?:为)?")


def measured(site: Site) -> Measure:
    """Kind and whole of a percentage."""
    words = site.phrase.text
    if site.standing.carried and _BARE_OF.fullmatch(words):
        return site.standing.carried
    return (
        _largest(site)
        or _against(site)
        or _limiting(site)
        or _turned(site)
        or _progress(site)
        or _beside(site)
        or _points(site)
        or ("rate", None)
    )


_AVERAGE = regex.compile(r"(?:增幅|增速|涨幅|降幅)(?:高于|低于|快于|慢于)[^，,（(]{2,16}[（(]$")


def _points(site: Site) -> Measure | None:
    """Points are the difference of two rates, whatever the words: 增幅高于全省平均水平（6.31%）2.43个百分点."""
    return ("growth", None) if site.quantity.unit == "percentage_point" or _AVERAGE.search(site.words) else None


_SHIFTED = r"(?:稳步|持续|有所|明显|进一步|大幅|不断|逐步|小幅)*+(?:提高|提升|回升|上升|攀升|下降|回落|优化|改善)"
_LARGEST = regex.compile(rf"(?:占比|比重|份额)(?:最[大高小低]|较[大高]|居\p{{Han}}{{2,4}}|{_SHIFTED})[，,]")
_FASTEST = regex.compile(
    r"(?:增幅|增速|降幅|涨幅)(?:均|都)?(?:[最较][大高快小低慢]|明显|靠前|居前|领先|居\p{Han}{2,4})[，,](?:分别|各|均)?[为是达]?到?$"
)


def _largest(site: Site) -> Measure | None:
    """办公费占比最大，为64.2%: a share, though the number's own clause does not say so."""
    words = site.words
    if ("幅" in words or "速" in words) and not site.phrase.kind and _FASTEST.search(words):
        return "growth", None
    if not ("占比" in words or "比重" in words or "份额" in words) or site.phrase.kind or site.phrase.named():
        return None
    if not _LARGEST.search(words):
        return None
    return "share", _listed(site)


def _against(site: Site) -> Measure | None:
    phrase, last = site.phrase, site.standing.last
    if phrase.turn == "reached" and last and last.sentence is site.sentence and last.kind in ("target", "share"):
        return last.kind, last.of if last.kind == "share" else None
    if phrase.kind == "target":
        return "target", _whole(site) if phrase.whole else None
    if phrase.kind == "completion" and phrase.whole is None:
        return "completion", _budget(site) if _OF_BUDGET.search(phrase.text) else None
    if phrase.kind == "threshold" and phrase.whole is None:
        return "threshold", None
    return (phrase.kind, _whole(site)) if phrase.kind else None


_OF_BUDGET = regex.compile(r"执行率|进度|预算")


def _limiting(site: Site) -> Measure | None:
    words = site.phrase.text
    if "偏离" in words and (found := _DEVIATION.search(words)):
        start = site.own + found.start("of")
        return "threshold", label(site.standing, (start, site.own + found.end("of")))
    limited = _LIMITED.search(words) and _LIMIT.match(site.clean, site.quantity.end)
    return ("threshold", None) if limited and not AIMED.match(site.clean, site.quantity.end) else None


def _turned(site: Site) -> Measure | None:
    if site.phrase.turn == "change":
        return "growth", None
    aimed = _AT_LEAST.search(site.phrase.text)
    return ("target", None) if aimed or AIMED.match(site.clean, site.quantity.end) else None


def _progress(site: Site) -> Measure | None:
    for word, code in affixes("label", "completion").codes.items():
        if word in site.phrase.text:
            return "completion", None if code == "plain" else _budget(site)
    return None


def _budget(site: Site) -> Label:
    """The budget that a rate of execution implies without naming it."""
    return Label("预算", site.quantity.start, site.quantity.start, True)


def _beside(site: Site) -> Measure | None:
    """What a percentage without words of its own takes from the one before it, or from the one that makes up 100."""
    standing, words, last = site.standing, site.phrase.text, site.standing.last
    if under_growth(site):
        return "growth", None
    if not words.strip("，,、") and standing.lists and _in_shares(standing):
        return "share", _listed(site)
    if not words.strip("，,、和及-—–~～至到") and last and last.quantity.kind == "percentage" and site.gap.own == 0:
        return last.kind, last.of
    if words.strip("，,已") in _UP_TO and last and last.kind == "share" and last.quantity.approximation == "at_least":
        return last.kind, last.of  # 占比保持在80%以上，达到82.3%
    if kind := ranked_kind(site):
        return kind, None
    return _complement(site)


_ALL = Decimal(100)
_UP_TO = ("达到", "达", "为")
_RATIOS = ("率", "度")
_NEXT = regex.compile(r"[，,、；;]\p{Han}{2,20}")


def _complement(site: Site) -> Measure | None:
    """Two percentages side by side that make up 100 share one whole: 政府代缴25%，个人缴费75%."""
    clean, quantity, last, following = site.clean, site.quantity, site.standing.last, site.following()
    if clean.endswith(_RATIOS, *site.name):
        return None  # 利用率98%，闲置率2%
    if (
        last
        and last.sentence is site.sentence
        and last.kind in ("rate", "share")
        and _makes_up(last.quantity, quantity, clean)
    ):
        return "share", inherited((last.of,))[0] if last.of else None
    return ("share", None) if following and _makes_up(quantity, following, clean) else None


def _makes_up(one: Quantity, other: Quantity, clean: str) -> bool:
    if one.unit != "percent" or other.unit != "percent" or one.value + other.value != _ALL:
        return False
    return bool(_NEXT.fullmatch(clean, one.end, other.start))


_BEFORE_WHOLE = regex.compile(
    r"其|20\d\d年度?|本单位|全(?:市|省|县|区|州)(?!年)|我[市省县区]|同期|[省市区县州]级(?=一般)"
)


# 占政府采购预算的: the stage is no part of the whole's name; 占项目预算的 would name nothing without it.
_STAGED = regex.compile(r"(?r)(?<=支出|收入|采购|费|经费|拨款)(?:年初|调整|全年|年度)?(?:预算|决算)[数额]?")


def _whole(site: Site) -> Label | None:
    """The whole as a label: printed in the phrase, else that of the list."""
    if site.phrase.whole is None:
        listed = bool(site.standing.lists and site.standing.lists[-1].whole)
        return _listed(site) if listed else _stated_before(site) or _listed(site)
    start, end = site.place(site.phrase.whole)
    while found := _BEFORE_WHOLE.match(site.clean, start, end):
        start = found.end()
    if site.phrase.kind == "share" and end - start > 4 and site.clean.startswith("全年", start):
        start += 2
    if end - start > 2 and site.clean[end - 1] == "中":
        end -= 1
    if site.phrase.kind == "share" and (stage := _STAGED.search(site.clean, start, end)):
        end = stage.start()
    if end == start:
        return label(site.standing, site.place(site.phrase.whole), scoped=False)  # 占全省的13%
    return label(site.standing, (start, end), scoped=False)


def _stated_before(site: Site) -> Label | None:
    """The whole that an earlier share of the sentence printed."""
    wholes = [
        one.of for one in site.standing.series if one.of and one.kind == "share" and one.sentence is site.sentence
    ]
    return inherited((wholes[-1],))[0] if wholes else None


def _listed(site: Site) -> Label | None:
    """The whole of the list, else the first level of the paragraph, else what the section before was about."""
    standing, labels = site.standing, site.labels
    if standing.lists and standing.lists[-1].whole:
        return inherited(standing.lists[-1].whole)[0]
    for wholes in (standing.head_level[0] if standing.head_level else (), standing.main, standing.total):
        if wholes and not (labels and wholes[0].text == labels[0].text) and not _share_itself(standing, wholes[0]):
            return inherited(wholes)[0]
    return None


def _share_itself(standing: Standing, one: Label) -> bool:
    """教育支出28亿元，占18.7%；农林水支出9亿元，占6.1%: the first is no whole of the second."""
    return any(each.kind == "share" and each.labels and each.labels[0].text == one.text for each in standing.series)


def _in_shares(standing: Standing) -> bool:
    """Whether the percentages of the list so far are shares."""
    kinds = [one.kind for one in standing.series if one.quantity.kind == "percentage"]
    return bool(kinds) and kinds[-1] == "share"
