"""The report as one HTML file without network: texts with hits, misses and false alarms in colour, rules with figures.

Hidden splits have figures but no text. Everything that comes from a document is escaped.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from html import escape
from importlib.resources import files
from itertools import pairwise

from fiscal_patterns.facts import FACT_TYPES, Fact

from fiscal_facts.evaluation.findings.tables import details
from fiscal_facts.evaluation.gold import HIDDEN
from fiscal_facts.evaluation.keys import attributes
from fiscal_facts.evaluation.render import measured_on
from fiscal_facts.evaluation.report import SEEN_NOTE, Report
from fiscal_facts.evaluation.scores import DocumentScore
from fiscal_facts.evaluation.tables import tables
from fiscal_facts.evaluation.tabular import Table, figure

STATES = ("hit", "wrong", "missed", "false")
"""Strictly right; right span, wrong key attribute; annotated but not found; found but not annotated."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact on the page: where, which type and rule, what became of it, and a line that says so."""

    start: int
    end: int
    type: str
    rule: str
    state: str
    line: str


def as_html(report: Report, today: date, more: Sequence[Table] = ()) -> str:
    """The whole page."""
    shown = [each for each in report.scores if each.document.split not in HIDDEN]
    page = files("fiscal_facts.evaluation").joinpath("page.html").read_text(encoding="utf-8")
    figures = [*tables(report), rule_table(report.scores), *more]
    if report.findings:
        figures.append(details(report.findings))
    rules = sorted({fact.rule for each in shown for fact in each.found})
    filled = {
        "head": f"{today.isoformat()}. {escape(measured_on(report))}<br>{escape(SEEN_NOTE)}",
        "types": "".join(_choice("type", name) for name in FACT_TYPES),
        "states": "".join(_choice("state", name) for name in STATES),
        "rules": "".join(f"<option>{escape(rule)}</option>" for rule in rules),
        "documents": "".join(_document(number, each) for number, each in enumerate(shown)),
        "tables": "".join(_table(table) for table in figures),
    }
    for name, words in filled.items():
        page = page.replace(f"<!--{name}-->", words)
    return page


def _choice(kind: str, name: str) -> str:
    return f'<label class="{name}"><input type="checkbox" data-{kind}="{name}" checked>{name}</label> '


def marks(each: DocumentScore) -> list[Mark]:
    """Every annotated and every found fact of a document; a pair with equal span is one mark."""
    gold, found = each.document.facts, each.found
    hits, spans = set(each.hits), dict(each.spans)
    made = []
    for index, fact in enumerate(gold):
        other = spans.get(index)
        if other is None:
            made.append(_mark(fact, "", "missed", "not found"))
        else:
            state = "hit" if (index, other) in hits else "wrong"
            made.append(_mark(fact, found[other].rule, state, _difference(each, fact, found[other])))
    paired = set(spans.values())
    made += [
        _mark(fact, fact.rule, "false", "not annotated") for index, fact in enumerate(found) if index not in paired
    ]
    return sorted(made, key=lambda mark: (mark.start, -mark.end, mark.type))


def _mark(fact: Fact, rule: str, state: str, line: str) -> Mark:
    words = " ".join(fact.span.text.split())
    shown = words if len(words) <= 40 else f"{words[:25]}…{words[-12:]}"
    return Mark(fact.span.start, fact.span.end, fact.type, rule, state, f"{fact.type} {shown} [{rule or '–'}] {line}")


def _difference(each: DocumentScore, gold: Fact, found: Fact) -> str:
    gold_ids, found_ids = ({fact.id: fact for fact in facts} for facts in (each.document.facts, each.found))
    mine, theirs = attributes(gold, gold_ids), attributes(found, found_ids)
    names = [name for name in mine if mine[name] != theirs[name]]
    return "; ".join(f"{name}: {_words(mine[name])} ≠ {_words(theirs[name])}" for name in names) or "right"


def _words(value: object) -> str:
    return ", ".join(map(_words, value)) if isinstance(value, tuple) else str(value)


def _document(number: int, each: DocumentScore) -> str:
    facts = marks(each)
    rows = [[mark.type, mark.state, mark.rule, mark.line] for mark in facts]
    data = json.dumps(rows, ensure_ascii=False).replace("<", "\\u003c")
    body = "".join(_segments(each.document.text, facts))
    name = escape(each.document.name)
    script = f'<script type="application/json" id="facts{number}">{data}</script>'
    return f'<details><summary>{name}</summary><pre data-document="{number}">{body}</pre>{script}</details>'


def _segments(text: str, facts: Sequence[Mark]) -> Iterator[str]:
    """The text cut at every edge of a mark; each piece names the marks that cover it."""
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for number, mark in enumerate(facts):
        opening.setdefault(mark.start, []).append(number)
        closing.setdefault(mark.end, []).append(number)
    edges = sorted({0, len(text), *opening, *closing})
    covering: set[int] = set()
    for start, end in pairwise(edges):
        covering = (covering - set(closing.get(start, ()))) | set(opening.get(start, ()))
        piece = escape(text[start:end])
        yield f'<i data-f="{" ".join(map(str, sorted(covering)))}">{piece}</i>' if covering else piece


def rule_table(scores: Iterable[DocumentScore]) -> Table:
    """Per rule: found, strictly right, precision, and its share of the type's annotated facts (recall)."""
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    annotated: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for each in scores:
        annotated.update(fact.type for fact in each.document.facts)
        found.update(fact.rule for fact in each.found)
        right.update(each.found[index].rule for _, index in each.hits)
        kinds.update({fact.rule: fact.type for fact in each.found})
    rows = []
    for rule in sorted(kinds):
        recall = Fraction(right[rule], annotated[kinds[rule]]) if annotated[kinds[rule]] else None
        shares = figure(Fraction(right[rule], found[rule])), figure(recall)
        rows.append((rule, str(found[rule]), str(right[rule]), *shares))
    return Table("rules, over all documents", ("rule", "found", "strictly right", "precision", "recall"), tuple(rows))


def _table(table: Table) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return f"<h2>{escape(table.title)}</h2><table><tr>{head}</tr>{body}</table>"
