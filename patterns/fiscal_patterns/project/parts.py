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
    r"项目支出(?:(?:中|主?要?包括|主要有|分别为|具体为|主要为)[:：]?|[^。;；\n]{0,40}[,，]?其中[:：])"
    r"|专项业务工作的经费支出[^。;；\n]{0,40}其中[:：]"
    r"|项目(?:共|共计)?\d{1,3}个[,，]其中[:：]|重点项目(?:有|为|包括)?[:：]|(?:纳入|列入)[^。;；,，:：\n]{2,12}(?:重点|计划|名单)的(?:项目)?(?:有|为|包括)[:：]?"
)
# Items of the economic classification are listed in the same way.
_ECONOMIC = regex.compile(
    r"(?:办公|印刷|咨询|手续|水|电|水电|邮电|取暖|物业管理|差旅|维修(?:[(（]护[)）])?|租赁|会议|培训|公务接待|劳务|委托业务|专用材料|公务用车运行维护"
    r"|其他交通|福利|工会|日常公用|公用|人员)(?:费用?|经费)$|商品和服务|资本性|工资|对个人和家庭|财政拨款|资金$|基本建设|^(?:办公|专用)?设备购置"
)
_LONG = 5  # 信息化设备购置: of general words, but the list and its amount make a name of it
_PLANNED = regex.compile("安排|预算|项目支出")
_VERB_BEFORE = 60
_FINAL = regex.compile("决算")


def parts(clean: str) -> Iterator[Draft]:
    """The members of such a list, where each has its amount and ends like a name."""
    for found in _OPENING.finditer(clean):
        members = list(takewhile(partial(_is_named, clean), items(clean, found.end())))
        if len(members) > 1:
            planned = _PLANNED.search(clean, max(0, found.start() - _VERB_BEFORE), found.end()) is not None
            spent = found.group().startswith(("项目支出", "专项业务")) and _FINAL.search(clean) is not None
            for member in members:
                amount = member.budget
                budget = amount if planned and not spent else None
                yield replace(member, cue=found.span(), budget=budget, outturn=amount if spent else None)


def _is_named(clean: str, member: Draft) -> bool:
    if member.budget is None or _ECONOMIC.search(clean, member.start, member.end):
        return False
    named = can_be_name(clean, member.start, member.end, generic=member.end - member.start >= _LONG)
    return named and ends_like_a_name(clean, member.start, member.end)
