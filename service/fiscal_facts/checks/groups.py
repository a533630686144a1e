"""Totals of groups of projects against the budgets of the projects that are listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from fiscal_patterns.facts import Amount, Count

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.intervals import Interval, total
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.wording import common_unit, in_unit, quoted

GROUPS = Code(
    "sum.projects",
    "error",
    "分类的项目预算总额与所列各项目的预算对不上",
    "（二）部门预算项目绩效分析\n常年项目绩效分析。该类项目总数2个，涉及预算总额7.70万元。\n阶段（一次性）项目绩效分析。该类项目总数1个，涉及预算总额3.15万元。\n"
    "1.项目执行。设置项目3个：平台维护费、医疗补助、信创替代，其中平台维护费年初预算4万元，预算调整后为4.00万元，实际执行4万元；"
    "医疗补助年初预算2万元，预算调整后为1.70万元，实际执行1.7万元；信创替代年初预算0万元，预算调整后为3.15万元，实际执行3.15万元。",
    "（二）部门预算项目绩效分析\n常年项目绩效分析。该类项目总数2个，涉及预算总额5.70万元。\n阶段（一次性）项目绩效分析。该类项目总数1个，涉及预算总额3.15万元。\n"
    "1.项目执行。设置项目3个：平台维护费、医疗补助、信创替代，其中平台维护费年初预算4万元，预算调整后为4.00万元，实际执行4万元；"
    "医疗补助年初预算2万元，预算调整后为1.70万元，实际执行1.7万元；信创替代年初预算0万元，预算调整后为3.15万元，实际执行3.15万元。",
)
CODES = (GROUPS,)

_TOTAL = "预算总额"
_NUMBER = "项目总数"
# Figures between the number of projects and their total.
_BEFORE = 3
# Choices of projects tried for a group: of 10 at most 252.
_MOST_PROJECTS = 10


def groups(evidence: Evidence) -> Iterator[Outcome]:
    """Each group's total against all choices of as many of the listed projects."""
    found = list(_groups(evidence))
    budgets = list(_budgets(evidence)) if found else []
    numbers = sum(int(number.value) for number, _ in found)
    for number, whole in found:
        if numbers != len(budgets) or len(budgets) > _MOST_PROJECTS or whole.approximation:
            yield not_checkable(GROUPS, "missing")
        elif any(_fits(evidence, chosen, whole) for chosen in combinations(budgets, int(number.value))):
            yield consistent(GROUPS)
        else:
            yield _wrong(number, whole, budgets)


def _groups(evidence: Evidence) -> Iterator[tuple[Count, Amount]]:
    """该类项目总数3个，涉及预算总额13.85万元: the number and the total, in one sentence."""
    for whole in evidence.amounts:
        if whole.role == "level" and whole.labels and whole.labels[0].text.endswith(_TOTAL):
            for fact in evidence.before_in_block(whole, _BEFORE):
                same = evidence.sentence_number(fact) == evidence.sentence_number(whole)
                if isinstance(fact, Count) and same and fact.labels and fact.labels[0].text == _NUMBER:
                    yield fact, whole


def _budgets(evidence: Evidence) -> Iterator[Amount]:
    """The budget in force of each project of the narrative: adjusted, else as first passed."""
    names = {project.name for project in evidence.projects}
    found: dict[str, Amount] = {}
    for fact in evidence.amounts:
        name = fact.labels[0].text if len(fact.labels) == 1 else ""
        if name in names and fact.stage == "adjusted_budget":
            found[name] = fact
        elif name in names and fact.stage == "initial_budget":
            found.setdefault(name, fact)
    yield from found.values()


def _fits(evidence: Evidence, chosen: tuple[Amount, ...], whole: Amount) -> bool:
    found: Interval = total(evidence.interval(one) for one in chosen)
    printed = evidence.interval(whole)
    tail = printed.high - printed.low
    return found.low - tail <= whole.value <= found.high + tail


def _wrong(number: Count, whole: Amount, budgets: list[Amount]) -> Outcome:
    unit = common_unit(whole, *budgets)
    listed = "、".join(in_unit(budget, unit) for budget in budgets)
    count = int(number.value)
    message = f"{count}个项目的预算总额{quoted(whole)}，而所列项目的预算{listed}中任何{count}个之和都不等于它。"
    return inconsistent(GROUPS, message, (whole, number, *budgets), printed=whole.clean)


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (groups,)
