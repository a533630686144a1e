"""Functional classes against their items: what one list says of a 类 and another of its 项."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from fiscal_patterns.facts import Amount

from fiscal_facts.checks import lists
from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.intervals import overlap, total
from fiscal_facts.checks.lists import Parts
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.wording import common_unit, in_unit, named, quoted, worked

CLASS = Code(
    "sum.class",
    "error",
    "类级支出不等于其各项之和",
    "（二）结构情况\n2024年一般公共预算财政拨款支出10.00万元，主要用于以下方面：教育支出7.00万元，占70%；住房保障支出3.00万元，占30%。\n"
    "（三）具体情况\n2024年一般公共预算支出决算数为10.00万元。其中：\n1.教育支出（类）普通教育（款）小学教育（项）：支出决算为5.00万元。\n"
    "2.住房保障支出（类）住房改革支出（款）住房公积金（项）：支出决算为5.00万元。",
    "（二）结构情况\n2024年一般公共预算财政拨款支出10.00万元，主要用于以下方面：教育支出7.00万元，占70%；住房保障支出3.00万元，占30%。\n"
    "（三）具体情况\n2024年一般公共预算支出决算数为10.00万元。其中：\n1.教育支出（类）普通教育（款）小学教育（项）：支出决算为7.00万元。\n"
    "2.住房保障支出（类）住房改革支出（款）住房公积金（项）：支出决算为3.00万元。",
)
CODES = (CLASS,)

# Lists of items that a list of classes is held against.
_MOST = 20


def classes(evidence: Evidence) -> Iterator[Outcome]:
    """Each 类 of one list against the 项 of another with the same total, where that list is whole."""
    groups = lists.read(evidence)
    structures = [(group, run) for group in groups for run in group.runs.values() if _depth(run) == 1]
    details = [(group, run) for group in groups for run in group.runs.values() if _depth(run) == 3][:_MOST]
    for group, run in structures:
        other = next((found for found in details if _same_total(evidence, group, found[0])), None)
        if other is None:
            continue
        items: dict[str, list[Amount]] = {}
        for part in other[1]:
            items.setdefault(_name(part), []).append(part)
        yield from (_class(evidence, one, items.get(_name(one), [])) for one in run if one.value)


def _depth(run: list[Amount]) -> int | None:
    """1 where all parts are 类, 3 where all are 项, else None."""
    paths = [part.labels[0].classification for part in run if part.labels]
    if len(run) < 2 or len(paths) != len(run) or any(path is None for path in paths):
        return None
    depths = {sum(name is not None for name in path.names) for path in paths if path}
    return depths.pop() if len(depths) == 1 else None


def _same_total(evidence: Evidence, one: Parts, other: Parts) -> bool:
    periods = one.total.period == other.total.period
    done = {one.total.stage, other.total.stage} <= {None, "final_account", "budget"}
    return periods and done and overlap(evidence.interval(one.total), evidence.interval(other.total))


def _name(part: Amount) -> str:
    path = part.labels[0].classification if part.labels else None
    return (path.names[0] or "").removesuffix("支出") if path else ""


def _class(evidence: Evidence, whole: Amount, items: list[Amount]) -> Outcome:
    if not items or any(fact.approximation for fact in (whole, *items)):
        return not_checkable(CLASS, "missing" if not items else "approximate")
    found = total(evidence.interval(item) for item in items)
    printed = evidence.interval(whole)
    tail = printed.high - printed.low
    if found.low - tail <= whole.value <= found.high + tail:
        return consistent(CLASS)
    unit = common_unit(whole, *items)
    terms = "+".join(in_unit(item, unit) for item in items if item.value)
    value = worked(sum((item.value for item in items), Decimal(0)), unit)
    message = f"{named(whole)}{quoted(whole)}不等于其各项之和：{terms or 0}={value}。"
    return inconsistent(CLASS, message, (whole, *items), printed=whole.clean, expected=value)


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (classes,)
