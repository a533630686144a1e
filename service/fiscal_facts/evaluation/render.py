"""Tables as text for a terminal, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from unicodedata import east_asian_width

from fiscal_facts.evaluation.findings.data import findings_data
from fiscal_facts.evaluation.findings.scores import FindingsReport
from fiscal_facts.evaluation.report import SEEN_NOTE, Report
from fiscal_facts.evaluation.scores import Tally
from fiscal_facts.evaluation.tables import tables
from fiscal_facts.evaluation.tabular import NONE, Table, figure
from fiscal_facts.version import __version__

MODES_NOTE = """\
- **strict**: same span and key attributes (amount: value, unit, role; percentage: value, unit, kind; count: value, unit; delta: direction, basis, amount, rate; reason: the span; project: name; indicator: name, target, actual).
- **all attributes**: same span and every attribute. **span**: same type and span. **overlap**: a shared character. **value**: normalised value, unit and label, place ignored.
- Matching is one to one and maximum; a duplicate counts against. Relations are scored between facts paired by overlap.
- A sentence is wholly right when each of its facts is found with key attributes, labels and relations, and nothing else is found in it.
- 95 %: percentile bootstrap over sentences, 1,000 rounds.
- Findings: one to one with the contradictions of an audit, of the same or a kindred class and with the place that either calls wrong among the places of the other. R: certain contradictions that an error or warning reports. P: errors and warnings that report a contradiction, of any certainty; those that only repeat what another finding reports count neither way. Near misses only look wrong; clean twins hold nothing."""


def measured_on(report: Report) -> str:
    """One sentence: how many facts of which documents, and which state of the gold set."""
    parts = [
        f"{group.name} {len(group.scores)} documents with {group.total[('all', 'strict')].gold if group.total else 0} facts"
        for group in report.groups
    ]
    facts = f"Measured on: {'; '.join(parts)}. Gold set {report.gold}, fiscal-facts {__version__}."
    return f"{facts} {_audited(report.findings)}" if report.findings else facts


def _audited(findings: FindingsReport) -> str:
    """One sentence: how many contradictions and near misses of which audits."""
    parts = []
    for group in findings.groups:
        wrong = sum(len(each.document.contradictions) for each in group.scores)
        near = sum(len(each.document.near_misses) for each in group.scores)
        audits = (
            f"{len(group.scores)} audits with {wrong} contradictions ({group.certain} certain) and {near} near misses"
        )
        parts.append(f"{group.name} {audits}, {len(group.twins)} clean twins")
    return f"Findings: {'; '.join(parts)}. Audits {findings.gold}."


def as_text(report: Report, more: Sequence[Table] = ()) -> str:
    """The report for a terminal."""
    shown = "\n\n".join(_aligned(table) for table in (*tables(report), *more))
    return f"{shown}\n\n{measured_on(report)}\n{SEEN_NOTE}\n"


def as_markdown(report: Report, today: date, more: Sequence[Table] = ()) -> str:
    """The report as a Markdown page, dated."""
    shown = "\n\n".join(markdown_table(table) for table in (*tables(report), *more))
    head = f"# Results\n\n{today.isoformat()}. {measured_on(report)}\n{SEEN_NOTE}\n\n{MODES_NOTE}"
    return f"{head}\n\n{shown}\n"


def as_json(report: Report, more: Sequence[Table] = ()) -> str:
    """The report for programs: counts and shares, shares as strings."""
    groups = {group.name: _measures(group.total.items()) for group in report.groups}
    documents = {each.document.name: _measures(each.total().items()) for each in report.scores}
    coverage = {name: figure(value) for name, value in report.coverage.items()}
    shown: dict[str, object] = {
        "gold": report.gold,
        "note": SEEN_NOTE,
        "splits": groups,
        "documents": documents,
        "coverage": coverage,
    }
    if report.findings:
        shown["findings"] = findings_data(report.findings)
    for table in more:
        shown[table.title] = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"


def _measures(items: Iterable[tuple[tuple[str, str], Tally]]) -> dict[str, dict[str, dict[str, object]]]:
    shown: dict[str, dict[str, dict[str, object]]] = {}
    for (name, mode), tally in sorted(items):
        shares = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
        counts: dict[str, object] = {"hits": tally.hits, "gold": tally.gold, "found": tally.found}
        counts |= {share: None if value is None else figure(value) for share, value in shares.items()}
        shown.setdefault(mode, {})[name] = counts
    return shown


def markdown_table(table: Table) -> str:
    """A table under a heading."""
    rows = [table.header, tuple("---" if place == 0 else "---:" for place in range(len(table.header))), *table.rows]
    return f"## {table.title}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _aligned(table: Table) -> str:
    rows = [table.header, *table.rows]
    widths = [max(_width(row[place]) for row in rows) for place in range(len(table.header))]
    lines = [table.title]
    for row in rows:
        cells = [
            _padded(cell, width, left=place == 0) for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(words: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in words)


def _padded(words: str, width: int, *, left: bool) -> str:
    gap = " " * (width - _width(words))
    return words + gap if left else gap + words


__all__ = ["NONE", "as_json", "as_markdown", "as_text", "markdown_table", "measured_on"]
