"""What stands between the name of things counted and their number: a plan, a comparison, a whole that is completed."""

from __future__ import annotations

import regex

from fiscal_patterns.label.phrase import Phrase

_AIM = r"(?P<whole>(?:年度|全年|年初|年|当年|原定|既定)?(?:计划|任务)(?:任务|目标|数量?|量)?|(?:年度|全年|年初|既定)目标(?:任务)?数?|合同(?:约定)?(?:数量|量|数))"
# 完成计划5万立方米的84%, 超计划6台.
_PLANNED = regex.compile(
    rf"(?P<done>(?:仅|已|只)?(?:完成|达到|占))(?:了)?{_AIM}$|(?P<beyond>超(?:出|过|额)?|高于|低于|少于|多于|不及)(?:了)?{_AIM}(?:约|近)?$"
    rf"|(?P<more>[较比]){_AIM}(?:多|少|高|低|超|增加|减少|多出|超出)(?:了)?(?:约|近)?\p{{Han}}{{0,4}}$"
)
_PLAN_SIGNS = ("计划", "任务", "目标", "合同")
AIMS_COUNTED = ("项", "个", "条", "件", "类")  # 完成年度任务12项 counts the tasks
# 较上年新增9个, 比去年多清运86.3吨: what is compared stands in an earlier clause.
_MORE = regex.compile(
    r"^[，,、]?(?:较|比|与)(?:20\d\d年|上年度?|去年|上一年度?|同期|上年同期|去年同期|上月|上季度|年初)(?:同期|相比|末)?[，,]?(?:净|共)?(?:新增|增加|减少|增|减|多|少)\p{Han}{0,4}$"
)
_TIMES = regex.compile(
    r"^[，,、]?(?:仅|约|已)?(?:为|是|达到|达|相当于)(?:20\d\d年|上年度?|去年|上一年度?|同期|上年同期|去年同期|年初|预算)(?:同期|水平|末|实际)?的$"
)


def trim_count(phrase: Phrase) -> None:
    """Cut a plan or a comparison from the end of the phrase before a count, keeping what it says."""
    text = phrase.text
    if text[:1] in "，,、较比与为相是达" and (_MORE.match(text) or _TIMES.match(text)):
        phrase.turn, phrase.end = "change", phrase.start
    elif any(sign in text[-8:] for sign in _PLAN_SIGNS) and (found := _PLANNED.search(text)):
        phrase.end = found.start()
        if found["done"]:
            phrase.kind, phrase.whole = "completion", found.span("whole")
        else:
            phrase.turn = "change"


# 门诊量上升、新增床位20张: what rose beside the thing counted; 补贴涉及农户900户: whom it reached.
_ASIDE = regex.compile(
    r"(?:回升|上升|下降|增加|减少|增长|提高|提升|扩大|回落|放缓|上涨|下跌|加快|加大)[、和及](?:新增|新招|新建|招聘|购置|更新)?+(?=\p{Han}{2})"
)
_ASIDE_SIGNS = frozenset("、和及")
_REACHED = regex.compile(
    r"(?<=\p{Han}{2})(?:涉及|惠及|覆盖|辐射|共?设[置定立]|涵盖)(?:了|到)?(?=\p{Han}{2,8}$)(?!率|面|数|标准|比例|情况)"
)


_OWN = regex.compile(r"单位(?=公务用车|车辆|职工|干部|在职|人员)")  # 单位公务用车保有量1辆
_TOWARDS = regex.compile(r"[对向给]\p{Han}{2,12}?(?:开展|进行)(?=\p{Han}{2,6}$)")  # 对企业开展检查30次
_TARGET = regex.compile(
    r"(?<=\p{Han}{2}(?:改造|建设|新建|培训|整治|修复|安装|更换|采购|购置|维修|养护|治理|体检|检测|演出|种植|造林|清淤))计划$"
)


def narrow_count(phrase: Phrase) -> None:
    """Of what stands before the things counted keep their own noun."""
    text = phrase.text
    if found := _OWN.match(text, phrase.start, phrase.end) or _TOWARDS.match(text, phrase.start, phrase.end):
        phrase.start = found.end()
    if text.endswith("计划", 0, phrase.end) and (target := _TARGET.search(text, phrase.start, phrase.end)):
        phrase.end = target.start()
    if not _ASIDE_SIGNS.isdisjoint(text):
        for found in _ASIDE.finditer(text, phrase.start + 2, phrase.end):
            phrase.start = found.end()
    if reached := _REACHED.search(text, phrase.start, phrase.end):
        phrase.start = reached.end()
