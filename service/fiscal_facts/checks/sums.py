"""Parts against their total, in prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import regex
from fiscal_patterns.facts import Amount

from fiscal_facts.checks import lists
from fiscal_facts.checks.evidence import Evidence, Figure
from fiscal_facts.checks.identities import complete, disjoint_kinds, may_lack, of_kind
from fiscal_facts.checks.intervals import Interval, total
from fiscal_facts.checks.lists import Parts
from fiscal_facts.checks.nouns import Code, Outcome, Why
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.sum_links import last_like, of_other_kind, of_two_tiers, other_total, repeated, scopes_differ
from fiscal_facts.checks.sum_slips import exchanged, explained, slip_of
from fiscal_facts.checks.wording import common_unit, in_unit, named, quoted, worked

PARTS = Code(
    "sum.parts",
    "error",
    "各部分之和不等于合计",
    "2024年本年支出合计630.12万元，其中：基本支出468.55万元，占74.36%；项目支出151.57万元，占25.64%。",
    "2024年本年支出合计630.12万元，其中：基本支出468.55万元，占74.36%；项目支出161.57万元，占25.64%。",
)
EXCEEDS = Code(
    "sum.exceeds",
    "warning",
    "其中项之和大于合计",
    "公用经费支出8.49万元，其中：办公费7.73万元、水费0.24万元、电费3.79万元。",
    "公用经费支出89.49万元，其中：办公费7.73万元、水费0.24万元、电费3.79万元。",
)
LIST = Code(
    "sum.list",
    "error",
    "“三项合计”一类的合计与所列各项不符",
    "教育、社会保障和就业、卫生健康支出分别为30.6亿元、28.4亿元、19.7亿元，三项合计87.7亿元。",
    "教育、社会保障和就业、卫生健康支出分别为30.6亿元、28.4亿元、19.7亿元，三项合计78.7亿元。",
)
CODES = (PARTS, EXCEEDS, LIST)

_ZERO = Decimal(0)
# What of a total has arrived or was spent is no part beside its sources.
_OTHERWISE = regex.compile(r"截[至止]|累计|到位|支付|执行|拨付|下达|使用")
_TERMS_SHOWN = 6
_TWO = 2
# Lists longer than this are taken as they are; the longest of the real documents has 21 parts.
_LONGEST = 40
# Initial and adjusted budget, accounts, the year before.
_MOST_SIBLINGS = 4
_TOGETHER = regex.compile(r"(?P<count>[两二三四五六七八九])[项者](?:合计|总计|共计)")
_HAN = {character: number for number, character in enumerate("〇一二三四五六七八九")} | {"两": 2}


def parts(evidence: Evidence) -> Iterator[Outcome]:
    """Each total of prose against the parts stated of it; a total may be broken down more than once."""
    for group in lists.read(evidence):
        if any(fact.approximation for fact in (group.total, *group.parts)):
            yield not_checkable(PARTS, "approximate")
            continue
        if _adds_up(evidence, group.parts, group.total):
            yield consistent(PARTS)
        else:
            yield from _runs(evidence, group)


def _runs(evidence: Evidence, group: Parts) -> Iterator[Outcome]:
    """Each run alone; those that do not add up together where only together they are complete."""
    left = []
    for run in group.runs.values():
        if _adds_up(evidence, run, group.total) or _begins_whole(evidence, run, group.total):
            yield consistent(PARTS)
        else:
            left.append(run)
    joined = [part for run in left for part in run]
    if len(left) < 2 or any(complete(group.total, run) for run in left) or not complete(group.total, joined):
        yield from (_judged(evidence, group, run) for run in left)
    else:
        yield consistent(PARTS) if _adds_up(evidence, joined, group.total) else _judged(evidence, group, joined)


def _begins_whole(evidence: Evidence, run: Sequence[Amount], whole: Amount) -> bool:
    """Whether the first parts add up to the total: what comes behind them is no longer of the list."""
    lengths = range(_TWO, min(len(run), _LONGEST))
    return any(_adds_up(evidence, run[:length], whole) for length in lengths if run[length - 1].value)


def _adds_up(evidence: Evidence, found: Sequence[Amount], whole: Amount) -> bool:
    if sum((part.value for part in found), _ZERO) == whole.value:
        return True
    return _fits(evidence, total(evidence.interval(part) for part in found), whole)


def _judged(evidence: Evidence, group: Parts, run: Sequence[Amount]) -> Outcome:
    """What is wrong with parts that do not add up to their total."""
    kinds = of_kind(group.total, run)
    if (why := _doubt(evidence, group, run, kinds)) is not None:
        return not_checkable(PARTS, why)
    if kinds and _adds_up(evidence, kinds, group.total):
        return consistent(PARTS)
    if complete(group.total, run) or _whole_list(evidence, group, run):
        return _wrong(evidence, PARTS, group.total, run)
    return _open_list(evidence, group, run)


def _doubt(evidence: Evidence, group: Parts, run: Sequence[Amount], kinds: Sequence[Amount]) -> Why | None:
    """Why it cannot be told which figures add up to which, None where it can."""
    more = len(kinds) < len(run) and _one_too_many(evidence, group.total, run)
    nested = group.nested and len(kinds) < len(run)
    if nested or repeated(run) or more:
        return "ambiguous"
    if kinds and _adds_up(evidence, kinds, group.total):
        return None
    if len(run) > 1 and any(_adds_up(evidence, run, rival) for rival in group.rivals):
        return "ambiguous"
    if of_other_kind(group.total, run) or other_total(evidence, group, run):
        return "ambiguous"
    if scopes_differ(group.total, run) and not of_two_tiers(evidence, group.total, run):
        return "unlike"
    return "incomplete" if may_lack(group.total, run) and _short(evidence, group.total, run) else None


def _open_list(evidence: Evidence, group: Parts, run: Sequence[Amount]) -> Outcome:
    """A list that may leave things out can be too much, or wrong by a slip of units, but not too little."""
    whole = evidence.interval(group.total)
    if _tells_otherwise(evidence, group, run[-1]):
        return not_checkable(PARTS, "unlike")
    if len(run) > 1 and explained(evidence, group.total, run):  # no chance hit: it comes out to the last digit
        return _wrong(evidence, PARTS, group.total, run)
    if total(evidence.interval(part) for part in run).low > whole.high + (whole.high - whole.low):
        if not _announced(evidence, group, run):
            return not_checkable(PARTS, "ambiguous")
        return _wrong(evidence, EXCEEDS, group.total, run)
    return not_checkable(PARTS, "incomplete")


# 其中2009年3316.10万元；…: without a colon the list ends with its clause.
_ENDED = regex.compile(r"其中(?![:：])[^；;。]{0,200}[；;]")
# 其中：, 包括, a bracket: what follows is said to be of what stands before.
_LEAD_IN = regex.compile(r"其中|包括|[(（]")


def _announced(evidence: Evidence, group: Parts, run: Sequence[Amount]) -> bool:
    """Whether a list is led in behind its total, or nothing else before it can be its total."""
    between = evidence.between(group.total, run[0])
    if _ENDED.search(evidence.between(group.total, run[-1])):
        return False
    if _LEAD_IN.search(between) or lists.names(between, group.total):
        return True
    found = sum((part.value for part in run), _ZERO)
    return all(rival.value < found for rival in group.rivals)


def _tells_otherwise(evidence: Evidence, group: Parts, last: Amount) -> bool:
    """Whether a word of arriving or spending stands between a total and a part; looked for once for all its runs."""

    def first() -> int | None:
        end = max(evidence.place_of[part.id] for part in group.parts)
        found = _OTHERWISE.search(evidence.document.clean, evidence.place_of[group.total.id], end)
        return found.end() if found else None

    end = evidence.remembered(f"otherwise {group.total.id}", first)
    return end is not None and end <= evidence.place_of[last.id]


def _fits(evidence: Evidence, found: Interval, whole: Figure) -> bool:
    """Whether what parts add up to may be the total, one unit of its last digit allowed."""
    printed = evidence.interval(whole)
    tail = printed.high - printed.low
    return found.low - tail <= whole.value <= found.high + tail


def _one_too_many(evidence: Evidence, whole: Amount, run: Sequence[Amount]) -> bool:
    """Whether a list adds up without one of its parts: that one may be a part of another."""
    there = [part for part in run if part.value]
    return _TWO < len(there) <= _LONGEST and any(
        _adds_up(evidence, [one for one in run if one is not part], whole) for part in there
    )


def _whole_list(evidence: Evidence, group: Parts, run: Sequence[Amount]) -> bool:
    """Functional items in numbered paragraphs, or with shares that add up to a hundred."""
    if len(run) < 2 or not disjoint_kinds(run):
        return False
    if _shares_of_hundred(evidence, group.total, run):
        return True
    blocks = {id(evidence.block(part)) for part in run}
    return len(blocks) == len(run) and not _cut_short(evidence, group, run)


def _cut_short(evidence: Evidence, group: Parts, run: Sequence[Amount]) -> bool:
    """Whether paragraphs fall short of their total without a slip that explains it: an item may be left out.

    Not where the same items add up for another stage.
    """
    return _short(evidence, group.total, run) and not any(
        len(other) >= len(run) and _adds_up(evidence, other, sibling.total)
        for sibling in _siblings(evidence, group)
        for other in sibling.runs.values()
    )


def _short(evidence: Evidence, whole: Amount, run: Sequence[Amount]) -> bool:
    """Whether parts are too little for their total, and no slip explains it."""
    found = total(evidence.interval(part) for part in run)
    return found.low <= evidence.interval(whole).high and not explained(evidence, whole, run)


def _siblings(evidence: Evidence, group: Parts) -> Sequence[Parts]:
    """Other stages of the same total with lists of their own, in the same section."""

    def work() -> dict[tuple[object, str], list[Parts]]:
        found: dict[tuple[object, str], list[Parts]] = {}
        for one in lists.read(evidence):
            found.setdefault((one.total.section, named(one.total)), []).append(one)
        return found

    alike = evidence.remembered("lists by total", work)[group.total.section, named(group.total)]
    return [one for one in alike[:_MOST_SIBLINGS] if one is not group]


def _shares_of_hundred(evidence: Evidence, whole: Amount, run: Sequence[Amount]) -> bool:
    shares = [evidence.shares_of.get(part.labels[0].span) for part in run]
    known = [rate for rate in shares if rate is not None and rate.section == whole.section]
    found = total(evidence.interval(rate) for rate in known)
    return len(known) == len(run) and found.low <= 100 <= found.high


def _wrong(evidence: Evidence, code: Code, whole: Figure, found: Sequence[Figure]) -> Outcome:
    unit = common_unit(whole, *found)
    numbers = [in_unit(part, unit) for part in found if part.value]
    shown = "+".join(numbers if len(numbers) <= _TERMS_SHOWN else [*numbers[:3], "…", numbers[-1]])
    value = sum((part.value for part in found), _ZERO)
    slip = slip_of(evidence, whole, found)
    relation = "大于" if code is EXCEEDS else "不等于"
    message = (
        f"{named(whole)}{quoted(whole)}：各部分之和{shown}={worked(value, unit)}，{relation}{in_unit(whole, unit)}"
    )
    if slip:
        wrong, slipped, words = slip
        places = [wrong, *(fact for fact in (whole, *found) if fact is not wrong)]
        return inconsistent(slipped, f"{message}，{words}。", places, printed=wrong.clean)
    likely = exchanged(whole, found, unit)
    places = [likely[0], *(fact for fact in (whole, *found) if fact is not likely[0])] if likely else [whole, *found]
    words = f"，{named(likely[0])}似应为{likely[1]}" if likely else ""
    expected = likely[1] if likely else worked(value, unit)
    return inconsistent(code, f"{message}{words}。", places, printed=places[0].clean, expected=expected)


def together(evidence: Evidence) -> Iterator[Outcome]:
    """三项合计 against the three amounts before it."""
    for fact in evidence.amounts:
        mark = _TOGETHER.search(named(fact)) if fact.role == "level" else None
        if mark is None:
            continue
        count = _HAN[mark["count"]]
        before = [other for other in evidence.before_in_block(fact) if isinstance(other, Amount)]
        listed, levels = before[-count:], [other for other in before if other.role == "level"][-count:]
        if len(listed) < count or any(other.approximation for other in (fact, *listed)):
            yield not_checkable(LIST, "missing")
        elif any(_fits(evidence, total(map(evidence.interval, found)), fact) for found in (listed, levels)):
            yield consistent(LIST)
        elif len({other.role for other in listed}) > 1:
            yield not_checkable(LIST, "ambiguous")
        else:
            yield _wrong(evidence, LIST, fact, listed)


# 一般公共预算收入与政府性基金收入合计30.10亿元
_OF_TWO = regex.compile(r"(?P<one>\p{Han}{2,20}?)[与和及](?P<other>\p{Han}{2,20})(?:合计|总计|共计)")


def of_two(evidence: Evidence) -> Iterator[Outcome]:
    """A total that names the two things it is of, against the last figures of these before it."""
    for fact in evidence.amounts:
        mark = _OF_TWO.fullmatch(named(fact)) if fact.role == "level" and len(fact.labels) == 1 else None
        if mark is None:
            continue
        found = [last_like(evidence, name, fact) for name in (mark["one"], mark["other"])]
        listed = [one for one in found if one is not None]
        if len(listed) < len(found) or any(one.approximation for one in (fact, *listed)):
            yield not_checkable(LIST, "missing")
        elif _fits(evidence, total(map(evidence.interval, listed)), fact):
            yield consistent(LIST)
        else:
            yield _wrong(evidence, LIST, fact, listed)


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (parts, together, of_two)
