"""The document checked against itself: facts, tables and sections in, findings out; nothing is repaired or dropped.

A check is a function ``(Evidence) -> Iterator[Outcome]``. The tuples below are all there are, in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import chain

from fiscal_patterns.facts import Fact
from fiscal_patterns.identity import Identity
from fiscal_patterns.sections import Outline
from fiscal_patterns.tables import Tables
from fiscal_patterns.text import Document

from fiscal_facts.checks import (
    accounts,
    balances,
    change,
    classes,
    content,
    counted,
    direction,
    forms,
    groups,
    moments,
    periods,
    reasons,
    same,
    share,
    sums,
    template,
    units,
    units_tables,
)
from fiscal_facts.checks.evidence import ASKS_A_REASON, Evidence
from fiscal_facts.checks.nouns import SEVERITIES, WHY, Checked, Code, Finding, Outcome, Severity, Tally, Why, in_kind

__all__ = [
    "ASKS_A_REASON",
    "CHECKS",
    "CODES",
    "SEVERITIES",
    "WHY",
    "Checked",
    "Code",
    "Finding",
    "Severity",
    "Tally",
    "Why",
    "check",
    "in_kind",
]

_MODULES = (
    change,
    direction,
    share,
    sums,
    balances,
    counted,
    classes,
    accounts,
    same,
    forms,
    groups,
    periods,
    moments,
    units,
    units_tables,
    template,
    reasons,
    content,
)

Check = Callable[[Evidence], Iterator[Outcome]]
CHECKS: tuple[Check, ...] = tuple(made for module in _MODULES for made in module.CHECKS)
CODES: tuple[Code, ...] = tuple(code for module in _MODULES for code in module.CODES)


def check(
    document: Document,
    outline: Outline,
    tables: Tables,
    facts: tuple[Fact, ...],
    identity: Identity,
    asks_a_reason: Decimal = ASKS_A_REASON,
) -> Checked:
    """All findings on one document, and how often each kind of check was made.

    ``asks_a_reason``: percent from which a change without a reason is noted.
    """
    evidence = Evidence(document, outline, tables, facts, identity, asks_a_reason)
    outcomes = Counter(chain.from_iterable(made(evidence) for made in CHECKS))
    findings = sorted((outcome.finding for outcome in outcomes if outcome.finding), key=_order)
    others = {(outcome.code, outcome.why): times for outcome, times in outcomes.items() if not outcome.finding}
    return Checked(tuple(findings), _tallies(findings, others))


def _order(finding: Finding) -> tuple[int, int, str]:
    return SEVERITIES.index(finding.severity), finding.spans[0].start if finding.spans else 0, finding.code


def _tallies(findings: list[Finding], others: dict[tuple[str, Why | None], int]) -> tuple[Tally, ...]:
    """One for each kind of check that was made, in the order of CODES."""
    wrong = Counter(finding.code for finding in findings)
    right = Counter({code: times for (code, why), times in others.items() if why is None})
    unknown: dict[str, dict[Why, int]] = {}
    for (code, why), times in others.items():
        if why is not None:
            unknown.setdefault(code, {})[why] = times
    return tuple(
        Tally(code.code, right[code.code], wrong[code.code], sum(known.values()), known)
        for code in CODES
        if (known := unknown.get(code.code, {})) or right[code.code] or wrong[code.code]
    )
