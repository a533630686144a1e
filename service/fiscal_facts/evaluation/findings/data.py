"""The figures of the checks for programs."""

from __future__ import annotations

from typing import Any

from fiscal_facts.evaluation.findings.gold import CERTAINTIES, KINDS
from fiscal_facts.evaluation.findings.scores import AuditGroup, FindingsReport
from fiscal_facts.evaluation.findings.tables import details
from fiscal_facts.evaluation.tabular import figure


def findings_data(report: FindingsReport) -> dict[str, Any]:
    """Counts and shares by split and class, shares as strings; what was missed and what was wrongly alarmed."""
    table = details(report)
    return {
        "gold": report.gold,
        "splits": {group.name: _group(group) for group in report.groups},
        "details": [dict(zip(table.header, row, strict=True)) for row in table.rows],
    }


def _group(group: AuditGroup) -> dict[str, Any]:
    told, asked = group.precision(), group.recall()
    return {
        "documents": len(group.scores),
        "recall": figure(asked.recall),
        "precision": figure(told.precision),
        "contradictions": {kind: _asked(group, kind) for kind in KINDS},
        "findings": _fates(group),
        "twins": {"documents": len(group.twins), "false_alarms": group.false_on_twins, **group.on_twins},
    }


def _asked(group: AuditGroup, kind: str) -> dict[str, dict[str, int]]:
    states = ("all", "found", "noted")
    return {each: {state: group.asked[kind, each, state] for state in states} for each in CERTAINTIES}


def _fates(group: AuditGroup) -> dict[str, dict[str, dict[str, int]]]:
    shown: dict[str, dict[str, dict[str, int]]] = {}
    for (kind, severity, fate), number in sorted(group.fates.items()):
        shown.setdefault(kind, {}).setdefault(severity, {})[fate] = number
    return shown
