"""The figures of the checks as tables of words."""

from __future__ import annotations

from collections.abc import Iterator

from fiscal_facts.checks import Finding
from fiscal_facts.evaluation.findings.gold import KINDS
from fiscal_facts.evaluation.findings.scores import PROVABLE, AuditGroup, AuditScore, FindingsReport
from fiscal_facts.evaluation.gold import HIDDEN
from fiscal_facts.evaluation.tabular import NONE, Table, figure, verdict

ASKED = (("recall of certain contradictions", "0.90", "0.80"), ("precision of errors and warnings", "0.95", "0.90"))
"""Figures to reach: on the real documents, on the held-out ones."""
LONGEST = 60


def findings_tables(report: FindingsReport) -> Iterator[Table]:
    """Per group what was there to find and what became of the findings; then twins and what was asked for."""
    for group in report.groups:
        if group.scores:
            yield contradictions(group)
            yield alarms(group)
    if shown := twins(report):
        yield shown
    if aims := targets(report):
        yield aims


def contradictions(group: AuditGroup) -> Table:
    """Per class, what the audit holds and what of it is found; near misses of the audit in the last column."""
    header = ("class", "certain", "found", "only as note", "R", "likely", "likely: found", "look", "look: found")
    rows = [_asked_row(group, kind, (kind,)) for kind in PROVABLE]
    rows.append(_asked_row(group, "these nine", PROVABLE))
    rows += [_asked_row(group, kind, (kind,)) for kind in KINDS if kind not in PROVABLE]
    return Table(f"{group.name}: contradictions", (*header, "near misses"), tuple(rows))


def _asked_row(group: AuditGroup, name: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    def count(certainty: str, *states: str) -> str:
        return str(sum(group.asked[kind, certainty, state] for kind in kinds for state in states))

    near = sum(item.kind in kinds for each in group.scores for item in each.document.near_misses)
    sure = (count("certain", "all"), count("certain", "found"), count("certain", "noted"))
    rest = [count(each, *states) for each in ("likely", "look") for states in (("all",), ("found", "noted"))]
    return name, *sure, figure(group.recall(kinds).recall), *rest, str(near)


def alarms(group: AuditGroup) -> Table:
    """Per class of finding: errors and warnings and their fates, notes apart."""
    header = ("class", "errors", "warnings", "right", "P", "on near misses", "other false alarms", "repeated")
    kinds = [*KINDS, *sorted({kind for kind, _, _ in group.fates} - set(KINDS))]
    rows = [_alarm_row(group, kind, (kind,), ("error", "warning")) for kind in kinds]
    every = tuple(kinds)
    rows.append(_alarm_row(group, "all", every, ("error", "warning")))
    rows += [_alarm_row(group, f"{severity}s alone", every, (severity,)) for severity in ("error", "warning")]
    return Table(f"{group.name}: findings", (*header, "notes", "notes: right"), tuple(rows))


def _alarm_row(group: AuditGroup, name: str, kinds: tuple[str, ...], severities: tuple[str, ...]) -> tuple[str, ...]:
    def count(severity: str, *fates: str) -> int:
        every = fates or ("right", "repeated", "near_miss", "false")
        return sum(group.fates[kind, severity, fate] for kind in kinds for fate in every)

    def loud(fate: str) -> int:
        return sum(count(severity, fate) for severity in severities)

    share = figure(group.precision(kinds, severities).precision)
    sizes = [count(severity) if severity in severities else 0 for severity in ("error", "warning")]
    fates = (str(loud(fate)) for fate in ("near_miss", "false", "repeated"))
    alone = len(severities) == 1
    notes = (NONE, NONE) if alone else (str(count("note")), str(count("note", "right", "repeated")))
    return name, *map(str, sizes), str(loud("right")), share, *fates, *notes


def twins(report: FindingsReport) -> Table | None:
    """Findings on documents that hold no contradiction; None where there is no such document."""
    rows = [
        (
            group.name,
            str(len(group.twins)),
            *(str(group.on_twins[severity]) for severity in ("error", "warning", "note")),
        )
        for group in report.groups
        if group.twins
    ]
    header = ("split", "twins", "errors", "warnings", "notes")
    return Table("clean twins", header, tuple(rows)) if rows else None


def targets(report: FindingsReport) -> Table | None:
    """What was asked for beside what is reached."""
    groups = {group.name: group for group in report.groups if group.scores}
    splits = [(place, name) for place, name in enumerate(("real", "heldout"), 1) if name in groups]
    if not splits:
        return None
    rows = []
    for number, asked in enumerate(ASKED):
        row = [asked[0]]
        for place, name in splits:
            group = groups[name]
            reached = group.precision().precision if number else group.recall().recall
            row += [asked[place], figure(reached), verdict(reached, asked[place])]
        rows.append(tuple(row))
    rows += _clean_row(report.groups[-1], len(splits))
    header = [words for _, name in splits for words in (f"{name}: asked", "reached", "yes/no")]
    return Table("findings: quality asked for", ("measure", *header), tuple(rows))


def _clean_row(group: AuditGroup, splits: int) -> list[tuple[str, ...]]:
    """The twins of every split stand in the first columns."""
    if not group.twins:
        return []
    wrong = group.false_on_twins
    row = ("false alarms on all clean twins", "0", str(wrong), "no" if wrong else "yes")
    return [(*row, *[NONE] * 3 * (splits - 1))]


def details(report: FindingsReport) -> Table:
    """Certain contradictions that no error or warning reports, and every error and warning that is not right.

    Documents of hidden splits are left out.
    """
    rows = [row for each in report.scores if each.document.split not in HIDDEN for row in _details(each)]
    return Table(
        "findings: misses and false alarms", ("document", "what", "id or code", "place", "words", "why"), tuple(rows)
    )


def _details(each: AuditScore) -> Iterator[tuple[str, ...]]:
    name = each.document.name
    for item, finding in each.reported:
        if item.certainty == "certain" and (finding is None or finding.severity == "note"):
            state = "missed" if finding is None else "only a note"
            place = item.spans[0]
            yield name, state, f"{item.id} {item.kind}", str(place.start), _short(place.text), _line(item.why)
    for row in each.judged:
        if row.loud and (row.fate != "right" or each.document.twin):
            state = "on a twin" if each.document.twin else row.fate.replace("_", " ")
            yield name, state, row.finding.code, *_place(row.finding), _line(row.finding.message)


def _place(finding: Finding) -> tuple[str, str]:
    first = finding.spans[:1]
    return (str(first[0].start), _short(first[0].text)) if first else (NONE, NONE)


def _line(words: str) -> str:
    return " ".join(words.split())


def _short(words: str) -> str:
    line = _line(words)
    return line if len(line) <= LONGEST else f"{line[:40]}…{line[-16:]}"
