"""Counts against the counts that they are made of: vehicles by kind, goals of the whole and of projects."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex
from fiscal_patterns.facts import Count

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.wording import named, quoted

COUNTS = Code(
    "sum.counts",
    "error",
    "按类分列的数量之和不等于总数",
    "截至2024年12月31日，共有车辆3辆，其中：应急保障用车1辆、其他用车1辆。",
    "截至2024年12月31日，共有车辆2辆，其中：应急保障用车1辆、其他用车1辆。",
)
SAME = Code(
    "same.counts",
    "warning",
    "同一时点的车辆数两处不同",
    "七、国有资产占用情况\n截至2023年12月31日，共有车辆14辆。\n附件\n1.车辆：截至2023年12月31日15辆。",
    "七、国有资产占用情况\n截至2023年12月31日，共有车辆14辆。\n附件\n1.车辆：截至2023年12月31日14辆，截至2022年12月31日15辆。",
)
CODES = (COUNTS, SAME)

_LEAD_IN = regex.compile(r"其中[:：,，]?")
# Kinds that exclude each other; people are counted by more than one (党员, 女性), so they are not added up.
_APART = "辆"
_REST = "其他"


def counts(evidence: Evidence) -> Iterator[Outcome]:
    """Vehicles: the total before 其中 against the kinds behind it, in one sentence."""
    for total, kinds in _lists(evidence):
        if any(fact.approximation for fact in (total, *kinds)):
            yield not_checkable(COUNTS, "approximate")
            continue
        value = sum(kind.value for kind in kinds)
        whole = any(kind.labels and kind.labels[0].text.startswith(_REST) for kind in kinds)
        if value == total.value:
            yield consistent(COUNTS)
        elif value < total.value and not whole:
            yield not_checkable(COUNTS, "incomplete")
        else:
            terms = "+".join(format(kind.number, "f") for kind in kinds if kind.value)
            message = f"{named(total)}{quoted(total)}与分列之和不符：{terms or 0}={value}。"
            expected = f"{value}{total.unit}"
            yield inconsistent(COUNTS, message, (total, *kinds), printed=total.clean, expected=expected)


def _lists(evidence: Evidence) -> Iterator[tuple[Count, list[Count]]]:
    """A total and its kinds: the counts of the same unit behind 其中, up to the end of the sentence."""
    total: Count | None = None
    kinds: list[Count] = []
    for fact in evidence.counts:
        if fact.unit != _APART:
            continue
        together = total is not None and evidence.sentence_number(fact) == evidence.sentence_number(total)
        last = kinds[-1] if kinds else total
        if total is not None and last is not None and together and _goes_on(evidence, last, fact, begun=bool(kinds)):
            kinds.append(fact)
            continue
        if total is not None and len(kinds) > 1:
            yield total, kinds
        total, kinds = fact, []
    if total is not None and len(kinds) > 1:
        yield total, kinds


def _goes_on(evidence: Evidence, last: Count, fact: Count, *, begun: bool) -> bool:
    between = evidence.between(last, fact)
    return not ({"；", ";"} & set(between)) and (begun or _LEAD_IN.search(between) is not None)


# The vehicles of all: those of one body, of a kind or of a use are counted apart.
_MOMENT = regex.compile(
    r"截[至止]到?(?P<year>20\d\d)年(?:12月(?:31日|底|末)|年?[底末])[,，]?(?P<between>[^\d。；;，,]{0,16}[,，]?[^\d。；;，,]{0,12})(?P<count>\d{1,4})\s?辆"
)
_VEHICLES = regex.compile(
    r"(?:共有|有|占有|占用|使用|拥有|保有)?(?:公务|机动)?车辆?(?:共计|合计|总数|总量|保有量)?(?:为|共)?"
)
_NAMED = "车辆"
_APART_OF = regex.compile(r"本级|下属|所属|其中|执法|应急|机要|特种|租用|报废|局机关|中心|学校")


def same_moment(evidence: Evidence) -> Iterator[Outcome]:
    """All vehicles at the end of one year, told twice."""
    clean = evidence.document.clean
    first: dict[str, regex.Match[str]] = {}
    for found in _MOMENT.finditer(clean):
        sentence = evidence.sentence_at(found.start())
        before = clean[sentence.start : found.end()] if sentence else ""
        if _NAMED not in before or _APART_OF.search(before) or not _is_bare(found["between"]):
            continue
        other = first.setdefault(found["year"], found)
        if int(other["count"]) == int(found["count"]):
            yield consistent(SAME)
            continue
        spans = [evidence.document.span(*match.span()) for match in (other, found)]
        message = f"{found['year']}年末的车辆一处是{other['count']}辆，另一处是{found['count']}辆。"
        yield inconsistent(SAME, message, spans, printed=f"{other['count']}辆", expected=f"{found['count']}辆")


def _is_bare(words: str) -> bool:
    """Whether nothing but the vehicles, or a body, stands between the moment and the figure."""
    return not words.strip("，, ") or _VEHICLES.search(words) is not None


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (counts, same_moment)
