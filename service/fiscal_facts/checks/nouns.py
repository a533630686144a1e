"""What a check says of a place it looked at, and what the document as a whole was found to hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from fiscal_patterns.text import Span

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""Worst first."""

Why = Literal[
    "approximate", "missing", "incomplete", "zero_base", "unlike", "ambiguous", "damaged_table", "unit_unknown", "caliber", "imprecise"
]  # fmt: skip
WHY: dict[Why, str] = {
    "approximate": "数字是约数",
    "missing": "缺少可以核对的数",
    "incomplete": "列举可能不全",
    "zero_base": "基数为零",
    "unlike": "口径、阶段、期间或范围不一定相同",
    "ambiguous": "对应关系不唯一",
    "damaged_table": "表格残缺",
    "unit_unknown": "单位不明",
    "caliber": "另有统计口径",
    "imprecise": "打印的位数太少，无从判断",
}
"""Why a place was not checkable, in words for people."""


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each: told apart, and hashed, by identity
class Code:
    """A kind of finding: stable ``code``, usual severity, meaning, a text that it fires on and a like one where not.

    The two texts are whole documents for the tests: ``fires`` gives exactly one finding of this code or more,
    ``silent`` none.
    """

    code: str
    severity: Severity
    meaning: str
    fires: str
    silent: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction: one Chinese sentence with its arithmetic. The first span is the place that is wrong.

    ``facts`` are the ids of those that took part; ``printed`` and ``expected`` are what stands there and what would
    fit, where a program can tell.
    """

    code: str
    severity: Severity
    message: str
    spans: tuple[Span, ...]
    facts: tuple[str, ...]
    printed: str | None
    expected: str | None


@dataclass(frozen=True, slots=True, eq=False)  # without a finding there is one of each: counted by identity
class Outcome:
    """One place a check looked at: a finding, not checkable (``why``), or else consistent."""

    code: str
    finding: Finding | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a kind of check was made, and with what outcome; ``why`` counts the reasons of ``not_checkable``."""

    code: str
    consistent: int
    inconsistent: int
    not_checkable: int
    why: dict[Why, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings, worst first and then by place, and how often each kind of check was made."""

    findings: tuple[Finding, ...] = ()
    checks: tuple[Tally, ...] = ()


def in_kind(code: str, kind: str) -> bool:
    """Whether ``code`` is ``kind`` or one of that kind: ``change.rate`` of ``change``."""
    return code == kind or code.startswith(f"{kind}.")
