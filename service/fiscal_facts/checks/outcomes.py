"""How checks word what they saw."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from fiscal_patterns.facts import Fact
from fiscal_patterns.text import Span

from fiscal_facts.checks.nouns import Code, Finding, Outcome, Severity, Why

Place = Fact | Span


@cache
def consistent(code: Code) -> Outcome:
    """The place was checked and nothing is wrong."""
    return Outcome(code.code)


@cache
def not_checkable(code: Code, why: Why) -> Outcome:
    """The place belongs to this check, but it cannot be told whether anything is wrong."""
    return Outcome(code.code, why=why)


def inconsistent(
    code: Code,
    message: str,
    places: Iterable[Place],
    *,
    printed: str | None = None,
    expected: str | None = None,
    severity: Severity | None = None,
) -> Outcome:
    """A finding; the first of ``places`` is the one that is wrong. ``severity`` only where milder than usual."""
    listed = tuple(places)
    finding = Finding(
        code.code,
        severity or code.severity,
        message,
        tuple(place.span if isinstance(place, Fact) else place for place in listed),
        tuple(place.id for place in listed if isinstance(place, Fact)),
        printed,
        expected,
    )
    return Outcome(code.code, finding)
