"""The same thing in two places: in prose twice, in prose and in an account table."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

import regex
from fiscal_patterns.facts import Amount

from fiscal_facts.checks import ledger, units
from fiscal_facts.checks.evidence import NEAR, UNITS, Evidence, Figure
from fiscal_facts.checks.explanations import YUAN as TEN_THOUSANDS
from fiscal_facts.checks.intervals import overlap, printed, scaled
from fiscal_facts.checks.ledger import Ledger, Line
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.things import Thing, things
from fiscal_facts.checks.wording import named, quoted

PROSE = Code(
    "same.prose",
    "warning",
    "同一口径、同一年度的数在文中两处不同",
    "宁川县水务局2024年度部门决算\n一、三公经费\n2024年公务接待费支出决算为4.16万元。\n二、具体情况\n2024年公务接待费支出决算为4.61万元，完成预算100%。",
    "宁川县水务局2024年度部门决算\n一、三公经费\n2024年公务接待费支出决算为4.16万元。\n二、具体情况\n2024年公务接待费支出决算为4.16万元，完成预算100%。",
)
TABLE = Code(
    "same.table",
    "error",
    "文字与决算（预算）表中的同一个数不同",
    "一般公共预算财政拨款基本支出决算表\n金额单位：元\n科目编码\t科目名称\t金额\n301\t工资福利支出\t3614846.85\n30101\t基本工资\t3614846.85\n303\t对个人和家庭的补助\t1056.00\n\n"
    "六、一般公共预算财政拨款基本支出决算情况说明\n支出具体情况如下：\n1.工资福利支出3613790.85元。",
    "一般公共预算财政拨款基本支出决算表\n金额单位：元\n科目编码\t科目名称\t金额\n301\t工资福利支出\t3613790.85\n30101\t基本工资\t3613790.85\n303\t对个人和家庭的补助\t1056.00\n\n"
    "六、一般公共预算财政拨款基本支出决算情况说明\n支出具体情况如下：\n1.工资福利支出3613790.85元。",
)
PART = Code(
    "same.total_as_part",
    "warning",
    "一处的分项等于另一处两个分项之和，似把合计当作分项",
    "完成脱贫人口参保代缴29275人，脱贫监测户参保代缴3359人。\n完成脱贫户代缴参保32634人，完成监测户代缴参保3359人。",
    "完成脱贫人口参保代缴29275人，脱贫监测户参保代缴3359人。\n完成脱贫户代缴参保29275人，完成监测户代缴参保3359人。",
)
CODES = (PROSE, TABLE, PART)

_BUDGETS = ("budget", "initial_budget", "adjusted_budget")
# Digits of a code: 类 208, 项 2080505.
_CLASS, _ITEM = 3, 7
_NUMBERING = regex.compile(r"^(?:[一二三四五六七八九十]{1,3}、|其中[:：])")
# Share of characters that two names of one thing have in common: 脱贫户代缴参保, 脱贫人口参保代缴 share 6 of 9.
_ALIKE = Decimal("0.6")
# Sums of figures of one or two digits meet by chance.
_DIGITS = 3
# More pairs with one figure in common are no repetition of one statement.
_MOST_PAIRS = 6


def prose(evidence: Evidence) -> Iterator[Outcome]:
    """Totals that every disclosure repeats: each statement against the first of the same thing."""
    first: dict[Thing, Amount] = {}
    for thing, fact in things(evidence):
        other = first.setdefault(thing, fact)
        if other is fact:
            continue
        if fact.approximation or other.approximation:
            yield not_checkable(PROSE, "approximate")
        elif fact.role != other.role and evidence.block(fact) is evidence.block(other):
            yield not_checkable(PROSE, "unlike")  # a share of it under the same name
        elif overlap(evidence.interval(fact), evidence.interval(other)):
            yield consistent(PROSE)
        else:
            yield _different(evidence, fact, other)


def _different(evidence: Evidence, fact: Amount, other: Amount) -> Outcome:
    one, two = evidence.interval(fact), evidence.interval(other)
    if any(overlap(scaled(one, factor), two) for factor in TEN_THOUSANDS):
        message = f"{named(fact)}一处为{quoted(fact)}，另一处为{quoted(other)}，相差一万倍，元与万元似混用。"
        return inconsistent(units.YUAN, message, (fact, other), printed=fact.clean, expected=other.clean)
    message = f"{named(fact)}一处为{quoted(fact)}，另一处为{quoted(other)}，同一口径两处不一致。"
    return inconsistent(PROSE, message, (fact, other), printed=fact.clean, expected=other.clean)


def tables(evidence: Evidence) -> Iterator[Outcome]:
    """Items of account tables against what the prose says of them."""
    for table in ledger.read(evidence):
        title = table.table.title or ""
        if table.damaged or not ("决算" in title or "预算" in title):
            continue
        unit = UNITS.get(table.table.unit or "")
        for line, fact in _matches(evidence, table, title):
            if unit is None:
                yield not_checkable(TABLE, "unit_unknown")
            elif fact.approximation:
                yield not_checkable(TABLE, "approximate")
            else:
                yield _in_table(evidence, table, line, fact, unit)


def _matches(evidence: Evidence, table: Ledger, title: str) -> Iterator[tuple[Line, Amount]]:
    """Lines of a table with the amounts of the prose that surely are the same thing."""
    place = evidence.document.source(table.table.start)
    if "基本支出" in title:
        for line in table.lines:
            if line.sums:
                yield from ((line, fact) for fact in _near(place, _basic(evidence).get(line.name, [])))
    elif "一般公共预算" in title and "项目支出" not in title and "三公" not in title:
        budget = "预算表" in title
        for line, key in _keyed(table):
            for fact in _near(place, _by_path(evidence).get(key, [])):
                if budget or fact.stage not in _BUDGETS:
                    yield line, fact


def _near(place: int, facts: list[Amount]) -> list[Amount]:
    """The statements of one thing nearest to a received place: of a text repeated many times not all with all."""
    if len(facts) <= NEAR:
        return facts
    at = bisect_left(facts, place, key=lambda fact: fact.span.start)
    return facts[max(0, at - NEAR) : at + NEAR]


def _basic(evidence: Evidence) -> dict[str, list[Amount]]:
    """Amounts by the name of a table's line, in the sections that explain basic expenditure."""

    def work() -> dict[str, list[Amount]]:
        found: dict[str, list[Amount]] = {}
        for fact in evidence.amounts:
            here = fact.section and "基本支出" in fact.section[-1] and fact.role in ("level", "part")
            if here and len(fact.labels) == 1 and fact.stage not in _BUDGETS:
                name = fact.labels[0].text
                found.setdefault(name, []).append(fact)
                found.setdefault(f"{name.removesuffix('支出').removeprefix('日常')}合计", []).append(fact)
        return found

    return evidence.remembered("basic expenditure", work)


def _keyed(table: Ledger) -> Iterator[tuple[Line, tuple[str, str]]]:
    """Lines of classes and items, each with its 类 and 项; of a table without classes the 项 alone."""
    names = {line.code: _bare(line.name) for line in table.lines if line.code}
    keys = [
        (line, (names.get(line.code[:3], ""), _bare(line.name) if len(line.code) > _CLASS else ""))
        for line in table.lines
        if line.code and line.sums and line.name and len(line.code) in (_CLASS, _ITEM)
    ]
    times = Counter(key for _, key in keys)
    yield from ((line, key) for line, key in keys if times[key] == 1)


def _by_path(evidence: Evidence) -> dict[tuple[str, str], list[Amount]]:
    """Functional amounts by 类 and 项, those of an item also by 项 alone where no other item has its name."""

    def work() -> dict[tuple[str, str], list[Amount]]:
        found: dict[tuple[str, str], list[Amount]] = {}
        classes: dict[str, set[str]] = {}
        for fact in evidence.amounts:
            path = fact.labels[0].classification if len(fact.labels) == 1 and fact.role in ("level", "part") else None
            general = not fact.section or "一般公共预算" in "".join(fact.section)
            if path is None or not general or (path.names[2] is None and path.names[1] is not None):
                continue
            key = (_bare(path.names[0] or ""), _bare(path.names[2] or ""))
            found.setdefault(key, []).append(fact)
            if key[1]:
                classes.setdefault(key[1], set()).add(key[0])
        alone = {("", item): found[above.pop(), item] for item, above in classes.items() if len(above) == 1}
        return {**alone, **found}

    return evidence.remembered("functional items", work)


def _bare(name: str) -> str:
    """A name without its number and without a closing 支出."""
    return _NUMBERING.sub("", name).removesuffix("支出")


def _in_table(evidence: Evidence, table: Ledger, line: Line, fact: Amount, unit: Decimal) -> Outcome:
    whole = line.sums[0]
    value = scaled(printed(whole.value), unit)
    if overlap(value, evidence.interval(fact)):
        return consistent(TABLE)
    place = evidence.document.span(whole.start, whole.end)
    title = table.table.title
    message = f"{named(fact)}文字为{quoted(fact)}，{title}中为{whole.value}{table.table.unit}，两处不一致"
    if any(overlap(scaled(value, factor), evidence.interval(fact)) for factor in TEN_THOUSANDS):
        message = f"{message}，相差一万倍，元与万元似混用。"
        return inconsistent(units.YUAN, message, (fact, place), printed=fact.clean)
    return inconsistent(TABLE, f"{message}。", (fact, place), printed=fact.clean, expected=format(whole.value, "f"))


def totals_as_parts(evidence: Evidence) -> Iterator[Outcome]:
    """Two figures told twice, where one of the second pair is the sum of the first pair."""
    by_second: dict[tuple[Decimal, str], list[tuple[Figure, Figure]]] = {}
    for pair in _pairs(evidence):
        by_second.setdefault((pair[1].value, pair[1].unit), []).append(pair)
    told: set[str] = set()
    for alike in (pairs for pairs in by_second.values() if len(pairs) <= _MOST_PAIRS):
        for one in alike:
            for other in alike:
                both = other[0].value == one[0].value + one[1].value and _names_alike(one, other)
                if both and other[0].id not in told:
                    told.add(other[0].id)
                    yield _total_as_part(one, other)


def _pairs(evidence: Evidence) -> Iterator[tuple[Figure, Figure]]:
    """Neighbouring figures of one kind and one sentence, both large enough not to meet by chance."""
    figures = [fact for fact in evidence.facts if isinstance(fact, Figure) and _telling(fact)]
    for one, other in pairwise(figures):
        alike = one.unit == other.unit and type(one) is type(other) and one.value != other.value
        if alike and evidence.sentence_number(one) == evidence.sentence_number(other):
            yield one, other


def _telling(fact: Figure) -> bool:
    level = not isinstance(fact, Amount) or fact.role in ("level", "part")
    return level and len(fact.number.normalize().as_tuple().digits) >= _DIGITS


def _names_alike(one: tuple[Figure, Figure], other: tuple[Figure, Figure]) -> bool:
    return all(_alike(named(first), named(second)) for first, second in zip(one, other, strict=True))


def _alike(one: str, other: str) -> bool:
    together = set(one) | set(other)
    return bool(together) and Decimal(len(set(one) & set(other))) / len(together) >= _ALIKE


def _total_as_part(one: tuple[Figure, Figure], other: tuple[Figure, Figure]) -> Outcome:
    wrong = other[0]
    terms = f"{format(one[0].number, 'f')}+{format(one[1].number, 'f')}={format(wrong.number, 'f')}"
    message = f"{named(wrong)}{quoted(wrong)}等于别处两个分项之和{terms}，似把合计当作分项，应为{one[0].clean}。"
    return inconsistent(PART, message, (wrong, other[1], *one), printed=wrong.clean, expected=one[0].clean)


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (prose, tables, totals_as_parts)
