"""Whether amounts can be the parts of a total: of its kind, its place, and nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex
from fiscal_patterns.facts import Amount

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.lists import Parts
from fiscal_facts.checks.sum_slips import explained
from fiscal_facts.checks.wording import named

_ZERO = Decimal(0)
_LEFT_OVER = regex.compile(r"收入|结转|结余|余额|缺口")


def of_other_kind(whole: Amount, run: Sequence[Amount]) -> bool:
    """Whether all parts are 支出 and their total is none, or all are 收入."""
    if all(named(part).endswith("支出") for part in run):
        return "支出" not in named(whole) and _LEFT_OVER.search(named(whole)) is not None
    return all(named(part).endswith("收入") for part in run) and "支出" in named(whole)


def other_total(evidence: Evidence, group: Parts, run: Sequence[Amount]) -> bool:
    """Whether parts that are more than their total stand in paragraphs below it, and a larger total is there too."""
    found = sum((part.value for part in run), _ZERO)
    if found <= group.total.value or evidence.block(run[0]) is evidence.block(group.total):
        return False
    return any(rival.value >= found and named(rival) != named(group.total) for rival in group.rivals)


def scopes_differ(whole: Amount, run: Sequence[Amount]) -> bool:
    """Whether total and parts are of different places: 市本级 against 全市."""
    scopes = {label.scope for label in whole.labels}
    return any(label.scope not in scopes for part in run for label in part.labels)


# 州本级收入6.35亿元，县级收入15.49亿元: between them all that the whole has.
_UPPER = regex.compile(r"(?:[省市州盟区县]|地区)?(?:本级|直)")
_LOWER = regex.compile(r"(?:各)?(?:[市州盟区县旗]|市县|县区|区县|县市|乡镇)(?:级|区|市)?")


def of_two_tiers(evidence: Evidence, whole: Amount, run: Sequence[Amount]) -> bool:
    """Whether two parts are one thing of the upper and the lower tier, and a slip explains why they do not add up."""
    labels = [part.labels[0] for part in run if len(part.labels) == 1]
    if len(run) != 2 or len(labels) != 2 or len({label.text for label in labels}) > 1:
        return False
    upper, lower = (label.scope or "" for label in labels)
    tiers = _UPPER.fullmatch(upper) is not None and _LOWER.fullmatch(lower) is not None
    return tiers and named(whole).endswith(labels[0].text) and explained(evidence, whole, run)


def repeated(found: Sequence[Amount]) -> bool:
    """Whether one part stands twice in a list."""
    labels = [part.labels[0] if part.labels else None for part in found]
    names = [
        (named(part), label.classification if label else None, label.scope if label else None)
        for part, label in zip(found, labels, strict=True)
    ]
    return len(set(names)) < len(names)


# Initial and adjusted budget, accounts, the year before.
_STATEMENTS = 4


def last_like(evidence: Evidence, name: str, fact: Amount) -> Amount | None:
    """The last figure of this name before a total, of its period, stage and place; None where there are two values."""
    found = [
        one
        for one in evidence.levels.before(name, fact.span.start, _STATEMENTS)
        if (one.period, one.stage) == (fact.period, fact.stage) and not scopes_differ(fact, (one,))
    ]
    return found[-1] if len({one.value for one in found}) == 1 else None
