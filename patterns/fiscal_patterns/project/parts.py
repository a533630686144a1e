"""What project spending is made of: 项目支出中：甲150万元，乙128万元; 重点项目：甲（3.2亿元）、乙（1.5亿元）."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import takewhile

import regex

from fiscal_patterns.project.drafts import Draft
from fiscal_patterns.project.lists import items
from fiscal_patterns.project.phrases import can_be_name, ends_like_a_name

_OPENING = regex.compile(
    r"项目支出(?:(?:中|主?要?包括|主要有|分别为|具体为|主要为)[:：]?|[^。;；\n]{0,40}[,，]?(?:其中|主?要?包括|主要有|具体为)[:：])"
    r"|专项业务工作的经费支出[^。;；\n]{0,40}其中[:：]"
    # 具体项目开支：, 项目支出明细：, 专项支出安排：
    r"|项目(?:(?:支出|开支|安排)(?:的?(?:安排|开支|预算|具体|明细|情况|内容)){0,3}|(?:具体)?(?:明细|情况|内容)|(?<=(?:具体|支出|实施)项目))(?:如下|为|有|包括)?[:：]"
    r"|专项(?:支出|资金|经费|业务费)(?:的?(?:安排|使用|预算|分配|具体|明细|情况)){0,3}(?:如下|(?:主要)?(?:为|是|有|包括))?[:：]"
    r"|项目(?:共|共计)?\d{1,3}个[,，]其中[:：]|重点项目(?:有|为|包括)?[:：]|(?:纳入|列入)[^。;；,，:：\n]{2,12}(?:重点|计划|名单)的(?:项目)?(?:有|为|包括)[:：]?"
)
# Items of the economic classification are listed in the same way.
ECONOMIC = regex.compile(
    r"(?:办公|印刷|咨询|手续|水|电|水电|邮电|取暖|物业管理|差旅|维修(?:[(（]护[)）])?|租赁|会议|培训|公务接待|劳务|委托业务|专用材料|公务用车运行维护"
    r"|其他交通|福利|工会|日常公用|公用|人员)(?:费用?|经费)$|商品和服务|资本性|工资|对个人和家庭|财政拨款|(?:财政|预算|[上本各]级|中央|省级|市级|县级|自有|自筹|拨款|专户|统筹|配套|其他|结转|结余|基金)\p{Han}{0,2}资金$|^\p{Han}{0,2}资金$|基本建设|^(?:办公|专用)?设备购置"
)
_GRANTED = regex.compile(r"\p{Han}(?:安排|下达|拨付|批复|追加)\p{Han}")  # 市级财政安排养护资金: no member
_LONG = 5  # 信息化设备购置: of general words, but the list and its amount make a name of it
_PLANNED = regex.compile("安排|预算|项目支出")
_VERB_BEFORE = 60
_FINAL = regex.compile("决算")
_SPENDING = regex.compile(r"(?:具体|支出|实施)?项目(?:支出|开支|明细|[:：])|专项(?!\p{Han}{0,6}(?:安排|预算))")


def parts(clean: str) -> Iterator[Draft]:
    """The members of such a list, where each has its amount and ends like a name."""
    for found in _OPENING.finditer(clean):
        members = list(takewhile(partial(_is_named, clean), items(clean, found.end())))
        if len(members) > 1:
            planned = _PLANNED.search(clean, max(0, found.start() - _VERB_BEFORE), found.end()) is not None
            spent = _SPENDING.match(found.group()) is not None and _FINAL.search(clean) is not None
            for member in members:
                amount = member.budget
                budget = amount if planned and not spent else None
                yield replace(member, cue=found.span(), budget=budget, outturn=amount if spent else None)


def _is_named(clean: str, member: Draft) -> bool:
    place = member.start, member.end
    if member.budget is None or ECONOMIC.search(clean, *place) or _GRANTED.search(clean, *place):
        return False
    named = can_be_name(clean, member.start, member.end, generic=member.end - member.start >= _LONG)
    return named and (ends_like_a_name(clean, member.start, member.end) or clean.startswith("项目", member.end))
