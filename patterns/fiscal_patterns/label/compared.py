"""A comparison whose base stands between it and the number: 超序时进度, 低于全省平均增幅."""

from __future__ import annotations

import regex

from fiscal_patterns.label.phrase import Phrase

BASES = (
    r"(?:20\d\d|\d\d年|上年|上一|去年|年初|预算|调整|决算|同期|上月|上季|[上下]半年|上期|基期|绩效|年度|既定|设定|\d{1,2}[-—–~月至到]|计划|任务|目标|序时|时序|时间进度|自然(?:增幅|增速|口径)|概算|[一二三四]季度|"
    r"全[省国市州县区年]|本年|改造前|合同|市场|询价|招标|控制价|最高限价|同类|规定|控制标准|警戒线|红线|国家标准|行业|前)"
)
_COMPARISON = regex.compile(
    r"(?<!不)(?:高于|低于|快于|慢于|优于|好于)\p{Han}{2,16}(?:、\p{Han}{2,16}){0,2}$|"
    rf"(?:超出|超过|超|高于|低于|快于|慢于|大于|小于){BASES}"
    r"(?:平均|水平|增幅|增速|进度|任务|目标|同期|预算|标准|比例|要求|[数期末度年的]|约|近)*+$"
)
_SET = regex.compile(
    r"(?:低于|高于|超过|超出)(?:\p{Han}{2,12}的)?(?P<noun>\p{Han}{0,4}(?:限额|控制数|警戒线))$"
)  # a sum of its own
_AT_LEAST = regex.compile(r"按?不(?:低于|高于|超过|少于)\p{Han}{2,12}$")  # 按不低于低保标准的1.3倍
# 与上年相比在职减少3人: what is compared stands behind the base.
AGAINST_WHICH = regex.compile(
    r"[与同和比][^，,]{2,10}?相比[，,]?(?!(?:共|净|各|分别|实际|总体|略|有所|基本(?!支出)|大幅|均|多|少|又|也)|(?:收入|支出|资金|投入|预算|决算|总额|金额|合计|数)$)(?P<name>\p{Han}{2,16})$"
)
_COMPARISON_SIGNS = frozenset("超于")


def cut_comparison(phrase: Phrase) -> None:
    """Cut a comparison whose base stands between it and the number: 超序时进度, 低于全省平均增幅."""
    if _COMPARISON_SIGNS.isdisjoint(phrase.text):
        return
    if found := _AT_LEAST.search(phrase.text, phrase.start, phrase.end):
        phrase.end = found.start()
        return
    if phrase.what == "count":
        return
    if phrase.what == "amount" and (found := _SET.search(phrase.text, phrase.start, phrase.end)):
        phrase.start = found.start("noun")
        return
    if found := _COMPARISON.search(phrase.text, phrase.start, phrase.end):
        phrase.turn, phrase.end = "change", found.start()
        if phrase.text.endswith("支出进度", phrase.start, phrase.end):
            phrase.end -= 2
