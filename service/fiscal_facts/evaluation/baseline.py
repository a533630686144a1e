"""A run set against an earlier one: the facts gained and lost, and whether any type lost too much.

The saved run holds places and counts, no words: words are read from the documents, and those of hidden splits never.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from fiscal_patterns.facts import FACT_TYPES

from fiscal_facts.evaluation.gold import HIDDEN, GoldError, sha256
from fiscal_facts.evaluation.keys import place
from fiscal_facts.evaluation.report import Report
from fiscal_facts.evaluation.scores import DocumentScore, Tally
from fiscal_facts.evaluation.sentences import sentence_of, sentence_text
from fiscal_facts.evaluation.tabular import figure
from fiscal_facts.version import __version__

FORMAT = 1
ALLOWED_LOSS = Fraction(1, 100)
"""One point of strict F1."""
FINDINGS = "findings"
"""Stands beside the types: errors and warnings of the checks against the audits."""
ENOUGH = 50
"""Facts that a type needs in a split to be held to the point there: below that one fact alone is two points."""
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """A fact whose fate changed: ``gained``, ``lost``, ``new false alarm`` or ``false alarm gone``."""

    document: str
    kind: str
    place: Place
    words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Loss:
    """A type that lost more than a point of F1 in a group."""

    group: str
    type: str
    before: Fraction
    now: Fraction

    def __str__(self) -> str:
        return f"{self.group}: {self.type} F1 {figure(self.before)} → {figure(self.now)}"


def saved(report: Report, today: date) -> dict[str, Any]:
    """A run as :func:`read_base` reads it back."""
    return {
        "format": FORMAT,
        "made": today.isoformat(),
        "version": __version__,
        "gold": report.gold,
        "scores": {
            name: {kind: [tally.hits, tally.gold, tally.found] for kind, tally in kinds.items()}
            for name, kinds in _tallies(report).items()
        },
        "documents": {each.document.name: _fate(each) for each in report.scores},
    }


def _tallies(report: Report) -> dict[str, dict[str, Tally]]:
    """By group, the strict tally of each type, and that of the findings where there is an audit."""
    shown: dict[str, dict[str, Tally]] = {}
    for facts in report.groups:
        shown[facts.name] = {kind: facts.total.get((kind, "strict"), Tally()) for kind in FACT_TYPES}
    for group in report.findings.groups if report.findings else ():
        if group.scores and group.name in shown:
            shown[group.name][FINDINGS] = group.balance
    return shown


def _fate(each: DocumentScore) -> dict[str, Any]:
    hits, wrong = _hits(each), _false_alarms(each)
    return {"sha256": sha256(each.document.text), "hits": sorted(hits), "false_alarms": sorted(wrong)}


def _hits(each: DocumentScore) -> set[Place]:
    return {place(each.document.facts[index]) for index, _ in each.hits}


def _false_alarms(each: DocumentScore) -> set[Place]:
    paired = {index for _, index in each.hits}
    return {place(fact) for index, fact in enumerate(each.found) if index not in paired}


def save(report: Report, file: Path, today: date) -> None:
    """Writes a run; one document per line, so that a change shows in a diff."""
    data = saved(report, today)
    rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(fate)}" for name, fate in data.pop("documents").items())
    head = json.dumps(data, ensure_ascii=False, indent=1)[:-2]
    file.write_text(f'{head},\n "documents": {{\n{rows}\n}}\n}}\n', encoding="utf-8")


def read_base(file: Path) -> Mapping[str, Any]:
    """An earlier run; raises :class:`GoldError` where the file is not one."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise GoldError(file, None, f"cannot read the earlier run: {error}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not {"scores", "documents"} <= set(data):
        raise GoldError(file, None, "not a run saved with --save")
    return data


def changes(report: Report, base: Mapping[str, Any]) -> Iterator[Change]:
    """Facts gained and lost since the base, document by document; texts that changed are left out."""
    for each in report.scores:
        before = base["documents"].get(each.document.name)
        if before is None or before["sha256"] != sha256(each.document.text):
            continue
        annotated = {place(fact) for fact in each.document.facts}
        was_hit, hit = _places(before["hits"]) & annotated, _hits(each)
        was_wrong, wrong = _places(before["false_alarms"]) - annotated, _false_alarms(each) - annotated
        fates = {
            "lost": was_hit - hit,
            "gained": hit - was_hit,
            "new false alarm": wrong - was_wrong,
            "false alarm gone": was_wrong - wrong,
        }
        for kind, places in fates.items():
            yield from (_change(each, kind, where) for where in sorted(places, key=lambda where: where[1:]))


def _places(rows: Sequence[Sequence[Any]]) -> set[Place]:
    return {(str(kind), int(start), int(end)) for kind, start, end in rows}


def _change(each: DocumentScore, kind: str, where: Place) -> Change:
    if each.document.split in HIDDEN:
        return Change(each.document.name, kind, (where[0], 0, 0), "", "")
    text = each.document.text
    sentence = sentence_text(text, each.starts, sentence_of(each.starts, where[1]))
    return Change(each.document.name, kind, where, text[where[1] : where[2]], sentence)


def losses(report: Report, base: Mapping[str, Any]) -> list[Loss]:
    """Types that lost more than a point: over all documents, and in each split where there are facts enough."""
    found = []
    tallies = _tallies(report)
    for name, kinds in tallies.items():
        for kind, counts in base["scores"].get(name, {}).items():
            now = kinds.get(kind, Tally())
            before, reached = Tally(*counts).f1, now.f1 if now.gold else None
            counts_here = name == report.groups[-1].name or now.gold >= ENOUGH
            if before is not None and reached is not None and counts_here and before - reached > ALLOWED_LOSS:
                found.append(Loss(name, kind, before, reached))
    return found


def changes_as_text(found: Sequence[Change]) -> str:
    """Changes for a terminal, by document; of hidden documents only how many."""
    lines: list[str] = []
    for name in dict.fromkeys(change.document for change in found):
        mine = [change for change in found if change.document == name]
        kinds = dict.fromkeys(change.kind for change in mine)
        lines.append(f"{name}: " + ", ".join(f"{sum(c.kind == kind for c in mine)} {kind}" for kind in kinds))
        for change in mine:
            if change.words:
                lines.append(f"  {change.kind}: {change.place[0]} {change.words!r} at {change.place[1]}")
                lines.append(f"    {change.sentence}")
    return "\n".join(lines) if lines else "no fact gained or lost"
