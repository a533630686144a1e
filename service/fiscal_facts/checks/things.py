"""Totals that every disclosure states more than once, each with all that makes two statements the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex
from fiscal_patterns.facts import Amount

from fiscal_facts.checks.bases import is_base
from fiscal_facts.checks.evidence import Evidence

Thing = tuple[str, str, str | None, str, str | None]
"""Name, fund, period, stage, scope."""

_NAMES = {
    "收入总计": r"收入总计",
    "支出总计": r"支出总计",
    "财政拨款收入总计": r"财政拨款收入总计",
    "财政拨款支出总计": r"财政拨款支出总计",
    "本年收入合计": r"(?:本年)?收入合计",
    "本年支出合计": r"(?:本年)?支出合计",
    "一般公共预算财政拨款支出": r"一般公共预算(?:财政拨款)?支出",
    "一般公共预算财政拨款基本支出": r"一般公共预算(?:财政拨款)?基本支出",
    "“三公”经费": r"[“\"]?三公[”\"]?经费(?:财政拨款|一般公共预算财政拨款)?(?:支出)?",
    "因公出国（境）费": r"因公出国（境）(?:经费|费用|费)(?:支出)?",
    "公务用车购置及运行维护费": r"公务用车购置(?:及|和)运行(?:维护)?费(?:支出)?",
    "公务用车运行维护费": r"公务用车运行(?:维护)?费(?:支出)?",
    "公务用车购置费": r"公务用车购置(?:费)?(?:支出)?",
    "公务接待费": r"公务接待费(?:支出)?",
    "国内公务接待": r"国内公务接待(?:费)?支出",
    "机关运行经费": r"机关运行经费(?:支出)?",
    "政府采购支出总额": r"政府采购支出总额",
}
_SHAPE = regex.compile("|".join(f"(?P<n{number}>{shape})" for number, shape in enumerate(_NAMES.values())))
_KEYS = tuple(_NAMES)
# Economic items bear the names of 三公 items, in basic expenditure alone or in all funds.
_ELSEWHERE = regex.compile(r"基本支出|经济分类|绩效|自评|项目")
_FUND = regex.compile(r"政府性基金|国有资本经营|社会保险基金")
_STAGE = {"final_account": "final", "budget": "budget"}


@lru_cache(maxsize=4096)  # the same labels are asked for over and over
def canonical(text: str) -> str:
    """The name under which such a total is known, else the text itself."""
    found = _SHAPE.fullmatch(text)
    return _KEYS[int((found.lastgroup or "n0")[1:])] if found else text


def is_known(text: str) -> bool:
    """Whether a label is that of such a total."""
    return canonical(text) in _NAMES


def things(evidence: Evidence) -> Iterator[tuple[Thing, Amount]]:
    """Each statement of such a total, with what it is; only in accounts and budgets of a known year."""
    kind = _STAGE.get(evidence.identity.kind or "")
    if kind is None or evidence.identity.year is None:
        return
    for fact in evidence.amounts:
        if fact.role not in ("level", "part") or len(fact.labels) == 0 or fact.period is None:
            continue
        for label in fact.labels:
            name = canonical(label.text)
            known = name in _NAMES and not is_base(evidence, fact) and not _planned(evidence, fact)
            if known and (fund := _fund(fact.section[-2:])) is not None:
                stage = {"final_account": "final", "outturn": "final", None: kind}.get(fact.stage, fact.stage or kind)
                yield (name, fund, fact.period, stage, label.scope), fact


# 调整后一般公共预算财政拨款支出100万元: a stage that no word behind the label says.
_PLANNED = regex.compile(r"(?:调整|追加|下达|批复|核定|计划|预计|拟|其中|下属|所属)[^，,。；;]{0,24}$")
_BEFORE = 30


def _planned(evidence: Evidence, fact: Amount) -> bool:
    """Whether a figure without a stage is of one that stands before its label, or of a body below."""
    return fact.stage is None and _PLANNED.search(evidence.before(fact, _BEFORE)) is not None


def _fund(headings: tuple[str, ...]) -> str | None:
    """The fund that headings name, empty where none; None where things under them bear the names of others."""
    section = "".join(headings)
    if _ELSEWHERE.search(section):
        return None
    fund = _FUND.search(section)
    return fund.group() if fund else ""
