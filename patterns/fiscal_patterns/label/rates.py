"""Scores and rates that name nothing by themselves (得17分, 到位率, 平均利率): of the thing that the figures beside them measure."""

from __future__ import annotations

import re
from dataclasses import replace

import regex

from fiscal_patterns.label.labels import inherited, joined, label
from fiscal_patterns.label.nouns import Label, Range
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels
from fiscal_patterns.lexicon import one_of, table

_FULL = regex.compile(r"(?:满分|分值|权重|标准分|总分)$")
_GAINED = regex.compile(r"[，,、；;\s]{0,6}+(?:实|共|计|评)?得$|[，,]\s{0,6}+(?:实际|自评|评价|最终)?得分(?:为)?$")
_GRADED = regex.compile(r"[，,、；;：:\s]{0,6}+(?P<name>投入|管理|实施|完成|产出|安排)$")
_SCORE = regex.compile(r"(?:自评|评价|绩效)?(?:得分|总分|评分|分数)")
_QUOTED = regex.compile(r"“([^“”]{2,40})”")
_REACH = 200  # characters that a run of quoted names fills


def score_of(site: Site) -> Labels:
    """The name of a score that its own words do not give."""
    return _graded(site) or _of_counted(site)


def _graded(site: Site) -> Labels:
    """投入12分、过程33分: a verb that names a field of the score; 满分20分，得17分: the score of what has that maximum."""
    if found := _GRADED.fullmatch(site.clean, site.own, site.quantity.start):
        return (label(site.standing, found.span("name")),)
    last = site.standing.last
    if whose := _of_project(site):
        return whose
    named = site.name[1] > site.name[0]
    if named and not (last and last.labels and _FULL.search(last.labels[0].text)):
        return ()
    if last is None or last.quantity.unit != "分" or not _GAINED.match(site.clean, site.own - 1, site.quantity.start):
        return ()
    return inherited(tuple(replace(one, text=_FULL.sub("得分", one.text)) for one in last.labels))


def _of_project(site: Site) -> Labels:
    """甲项目预算150万元，支出139万元，自评得分94分: the score of the project whose money the sentence states."""
    subject, last = site.standing.subject, site.standing.last
    if len(subject) != 1 or not subject[0].text.endswith("项目") or not last or last.sentence is not site.sentence:
        return ()
    if not _SCORE.fullmatch(site.clean, *site.name):
        return ()
    return (joined(site.standing, subject[0], site.name),)


_SCORE_OF_EACH = regex.compile(r"(?:平均)?(?:绩效)?(?:自评|评价)?(?:平均)?得分")


def _of_counted(site: Site) -> Labels:
    """五个项目平均得分94.3分: the score of the things counted right before it."""
    last, name = site.standing.last, site.name
    if last is None or last.quantity.kind != "count" or last.sentence is not site.sentence:
        return ()
    near = last.quantity.end < name[0] == site.standing.consumed and name[0] - last.quantity.end <= len(
        "特定目标类项目"
    )
    if not near or not _SCORE_OF_EACH.fullmatch(site.clean, *name):
        return ()
    return (label(site.standing, (last.quantity.end, name[1])),)


def quoted_scores(site: Site, count: int) -> tuple[Labels, ...]:
    """“甲”“乙”2个项目开展自评，得分分别为94分和97分: one score for each name in quotes."""
    if site.quantity.unit != "分" or not _SCORE.fullmatch(site.clean, *site.name):
        return ()
    names = list(_QUOTED.finditer(site.clean, max(site.sentence.start, site.start - _REACH), site.own))
    if len(names) != count:
        return ()
    return tuple((label(site.standing, one.span(1), "项目", site.name, inherited=True),) for one in names)


RATES = frozenset(table("label", "rates"))
# What the figure before such a rate adds to the name of the thing: 决策指标满分, 实际到位资金, 存量债券平均期限.
_MEASURES = regex.compile(
    r"(?:(?:应|实际|已|拟|需)?(?:到位|配套)(?:资金|数)?|(?:应得|标准)?(?:满分|总分|分值|得分|权重)|平均\p{Han}{2}|缺口|计划|总?投资|实际使用)$"
)
_PASSED = regex.compile(
    rf"[，,。；;：:](?!截至|目前|至|年末|年底)(?P<name>\p{{Han}}{{2,24}}?)(?:已|均|已经)?(?:全部|全额|足额|按时|及时|如期|如数|100%)+{one_of(('到位', '配套'))}[，,]$"
)


def rate_of(site: Site, word: Range) -> Labels:
    """The subject joined with the rate; the rate alone where nothing of the same sentence is measured."""
    standing = site.standing
    if found := _PASSED.search(site.clean, max(0, site.start - 1), site.own):
        return (label(standing, found.span("name"), word),)
    last = standing.last
    if not (site.number and last and last.labels and last.sentence is site.sentence and _evident(site, word)):
        return (label(standing, word),)
    return inherited(tuple(_joined(site, one, word) for one in standing.subject[:1] or last.labels[:1]))


_SIGNS = {"利率": ("债", "贷", "期"), "控制率": ("经费", "费", "支出")}
_BACK = 30  # characters before the figure last named that may say what the rate is of: 县级应配套1580万元，实际配套898万元，缺口682万元


def _evident(site: Site, word: Range) -> bool:
    """Whether the figure before is one that such a rate is computed from: 到位38万元，到位率, never 整改率87.5%，到位率."""
    printed, last = site.clean[slice(*word)], site.standing.last
    if last is None or last.quantity.kind == "percentage":
        return False
    signs = next((found for rate, found in _SIGNS.items() if printed.endswith(rate)), (printed[-3:-1], "得"))
    words = site.clean[max(site.sentence.start, last.quantity.start - _BACK) : word[0]]
    return any(sign in words for sign in signs)


def _joined(site: Site, one: Label, word: Range) -> Label:
    """甲指标得分 + 得分率: what the rate says already is not said twice."""
    rest = _MEASURES.sub("", one.text)
    return replace(one, text=rest + site.standing.document.printed(*word)) if rest else label(site.standing, word)


FUNDS = ("预算", "资金")


def completed(site: Site, rate: Range) -> Range:
    """预算执行率 is the rate of 预算: the word of completion is said by the kind."""
    if site.clean.startswith(FUNDS, rate[0]):
        return rate[0], rate[0] + 2
    return (rate[0] - 2, rate[0]) if site.clean.endswith(FUNDS, site.own, rate[0]) else rate


_RATED = re.compile(r"(?<=.{2})(?:分配|下达|拨付|支付|支出|执行|完成|到位)(?:率|进度)$")


def unrated(one: Label) -> Label:
    """专项资金分配进度100%，支出进度87%: both are of 专项资金."""
    return replace(one, text=_RATED.sub("", one.text)) if one.text[-1:] in "率度" else one


def enumerated(site: Site) -> Labels:
    """财政收入9亿元，其中增值税3亿元、契税1亿元，完成任务的60%: the whole, once the list is over."""
    standing, series = site.standing, site.standing.series
    if site.phrase.kind != "completion":
        return ()
    if not standing.lists or len(series) < 2 or site.words[:1] not in ("，", ","):
        return ()
    listed = all(one.role == "part" and one.sentence is site.sentence for one in series[-2:])
    plain = bool(site.phrase.rate) and not (series[-1].stage or series[-2].stage)
    of_all = plain or site.clean[series[-2].quantity.end] == "、"
    return standing.lists[-1].whole if listed and of_all else ()
