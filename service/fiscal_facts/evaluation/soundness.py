"""Whether annotations agree with their text and with each other.

Checked: words at the offsets, ids (unique, none dangling, each of a fitting type), duplicates and overlaps, order,
arithmetic of number, unit and value, parallel lists, and references that both ends must state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from fiscal_patterns.facts import Amount, Count, Delta, Fact, Indicator, Percentage, Project, Reason

from fiscal_facts.evaluation.shape import spans

YUAN = {"元": 1, "千元": 1000, "万元": 10**4, "亿元": 10**8, "万亿元": 10**12}
MYRIADS = {"万亿": 10**12, "萬億": 10**12, "亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4}
PERCENTAGE_UNITS = ("percent", "percentage_point", "permille")
QUANTITIES = (Amount, Percentage, Count)
Fault = tuple[str | None, str]
"""Id of the fact (None for the file as a whole) and what is wrong with it."""


def unsound(text: str, facts: Sequence[Fact], *, settled: bool = True) -> Iterator[Fault]:
    """Every fault of the annotations of ``text``, those that make others meaningless first.

    Of a blind pass (``settled`` false) only ids and words are checked: it stays as it was made, errors and all.
    """
    by_id = {fact.id: fact for fact in facts}
    yield from _ids(facts)
    for fact in facts:
        yield from ((fact.id, reason) for reason in _words(text, fact))
        yield from ((fact.id, reason) for reason in _references(fact, by_id, settled))
        yield from ((fact.id, reason) for reason in _attributes(fact) if settled)
    if not settled:
        return
    yield from _places(facts)
    yield from _both_ends(facts, by_id)


def _ids(facts: Sequence[Fact]) -> Iterator[Fault]:
    seen: set[str] = set()
    for fact in facts:
        if fact.id in seen:
            yield fact.id, "id used twice"
        if not fact.id:
            yield None, "a fact with an empty id"
        seen.add(fact.id)


def _words(text: str, fact: Fact) -> Iterator[str]:
    for name, span in spans(fact):
        if not 0 <= span.start < span.end <= len(text):
            yield f"{name} [{span.start}, {span.end}) is empty or outside the text of {len(text)} characters"
        elif text[span.start : span.end] != span.text:
            yield f"{name} [{span.start}, {span.end}) reads {text[span.start : span.end]!r}, annotated {span.text!r}"


def references(fact: Fact) -> Iterator[tuple[str, str, tuple[type[Fact], ...]]]:
    """Attribute, id and allowed types of everything a fact refers to."""
    if isinstance(fact, Delta):
        if fact.amount:
            yield "amount", fact.amount, (Amount, Count)
        if fact.rate:
            yield "rate", fact.rate, (Percentage, Count)  # a count of 倍
        yield from (("current", item, QUANTITIES) for item in fact.current if item)
        yield from (("reasons", item, (Reason,)) for item in fact.reasons)
    elif isinstance(fact, Reason):
        yield from (("explains", item, (Delta, *QUANTITIES)) for item in fact.explains)
    elif isinstance(fact, Indicator) and fact.project:
        yield "project", fact.project, (Project,)


def _references(fact: Fact, by_id: dict[str, Fact], settled: bool) -> Iterator[str]:
    for name, item, allowed in references(fact):
        if item not in by_id:
            yield f"{name} names {item}, which is not there"
        elif settled and not isinstance(by_id[item], allowed):
            yield f"{name} names {item}, a {by_id[item].type}"


def _attributes(fact: Fact) -> Iterator[str]:
    if isinstance(fact, QUANTITIES):
        yield from _arithmetic(fact)
    if isinstance(fact, Delta) and len(fact.current) != len(fact.labels):
        yield f"current has {len(fact.current)} entries, labels {len(fact.labels)}"
    if isinstance(fact, Reason) and not fact.items:
        yield "items is empty; a reason has at least itself"
    inner = fact.items if isinstance(fact, Reason) else ()
    if isinstance(fact, Indicator):
        inner = tuple(value.span for value in (fact.target, fact.actual) if value)
    for span in inner:
        if not fact.span.start <= span.start < span.end <= fact.span.end:
            yield f"[{span.start}, {span.end}) lies outside the fact"


def _arithmetic(fact: Amount | Percentage | Count) -> Iterator[str]:
    factor = 1
    if isinstance(fact, Amount):
        if fact.unit not in YUAN:
            yield f"unit {fact.unit!r}; one of {', '.join(YUAN)}"
            return
        factor = YUAN[fact.unit]
    elif isinstance(fact, Count):
        factor = next((value for prefix, value in MYRIADS.items() if fact.unit.startswith(prefix)), 1)
    elif fact.unit not in PERCENTAGE_UNITS:
        yield f"unit {fact.unit!r}; one of {', '.join(PERCENTAGE_UNITS)}"
    if fact.number * Decimal(factor) != fact.value:
        yield f"value {fact.value}, but {fact.number} × {factor} = {fact.number * Decimal(factor)}"


def position(fact: Fact) -> tuple[int, int]:
    """Order of annotations: by start, the longer first."""
    return fact.span.start, -fact.span.end


def _places(facts: Sequence[Fact]) -> Iterator[Fault]:
    for fact, after in pairwise(facts):
        if position(after) < position(fact):
            yield after.id, f"stands after {fact.id}, but begins before it; order is by start, the longer first"
    for kind in {fact.type for fact in facts}:
        row = sorted((fact for fact in facts if fact.type == kind), key=position)
        reach = row[0]
        for after in row[1:]:
            if after.span == reach.span:
                yield after.id, f"the same {kind} as {reach.id} at [{after.span.start}, {after.span.end})"
            elif after.span.start < reach.span.end and not _paired(reach, after):
                yield after.id, f"overlaps {reach.id}, another {kind}, at [{after.span.start}, {reach.span.end})"
            reach = max(reach, after, key=lambda fact: fact.span.end)


def _paired(one: Fact, other: Fact) -> bool:
    """Two changes that share their direction word, each with a figure of its own: 分别增长4.5%、11.8%; 分别减少3元、4元，均下降5%."""
    if not (isinstance(one, Delta) and isinstance(other, Delta)):
        return False
    if one.amount and other.amount:
        return one.amount != other.amount
    figures = ({fact.amount, fact.rate} - {None} for fact in (one, other))
    return not set.intersection(*figures)


def _both_ends(facts: Sequence[Fact], by_id: dict[str, Fact]) -> Iterator[Fault]:
    order = {fact.id: place for place, fact in enumerate(facts)}
    for fact in facts:
        given = fact.reasons if isinstance(fact, Delta) else ()
        if [order.get(reason, -1) for reason in given] != sorted(order.get(reason, -1) for reason in given):
            yield fact.id, "reasons are not in order of position"
        for reason in given:
            end = by_id.get(reason)
            if isinstance(end, Reason) and fact.id not in end.explains:
                yield fact.id, f"reasons names {reason}, whose explains does not name it back"
        for explained in fact.explains if isinstance(fact, Reason) else ():
            end = by_id.get(explained)
            if isinstance(end, Delta) and fact.id not in end.reasons:
                yield fact.id, f"explains names {explained}, whose reasons does not name it back"
