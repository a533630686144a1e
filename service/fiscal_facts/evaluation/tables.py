"""The figures of a report as tables of words: what every printed form shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fiscal_patterns.facts import FACT_TYPES
from fiscal_patterns.segment import SegmenterError

from fiscal_facts.evaluation.findings.tables import findings_tables
from fiscal_facts.evaluation.gold import GoldDocument
from fiscal_facts.evaluation.intervals import Interval
from fiscal_facts.evaluation.others import KINDS, Row
from fiscal_facts.evaluation.relations import RELATIONS
from fiscal_facts.evaluation.report import Group, Report, our_extractor, run
from fiscal_facts.evaluation.scores import ALL, SENTENCES, DocumentScore, Measure, Tally
from fiscal_facts.evaluation.tabular import NONE, Table, figure, verdict

NAMES: Mapping[str, str] = {
    "label": "quantity → label",
    "amount": "delta → amount",
    "rate": "delta → rate",
    "current": "delta → current level",
    "explains": "reason → what it explains",
    "project": "indicator → project",
    "pair": "indicator: target and actual",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach, on the real and on the held-out documents."""

    name: str
    measure: Measure
    real: str
    heldout: str


TARGETS = (
    Target("amount", ("amount", "strict"), "0.985", "0.95"),
    Target("percentage", ("percentage", "strict"), "0.985", "0.95"),
    Target("count", ("count", "strict"), "0.96", "0.92"),
    Target("label link", ("label", "relation"), "0.95", "0.88"),
    Target("delta", ("delta", "strict"), "0.97", "0.90"),
    Target("reason, exact span", ("reason", "span"), "0.90", "0.80"),
    Target("reason, overlap", ("reason", "overlap"), "0.96", "0.90"),
    Target("reason, link to what it explains", ("explains", "relation"), "0.95", "0.88"),
    Target("project mentions", ("project", "strict"), "0.92", "0.80"),
    Target("indicator rows", ("indicator", "strict"), "0.93", "0.85"),
    Target("sentences wholly right", SENTENCES, "0.92", "0.80"),
)
"""The quality asked for; F1, of sentences the share."""


def interval(value: Interval | None) -> str:
    """``0.912–0.951``."""
    return f"{figure(value[0])}–{figure(value[1])}" if value else NONE


def tables(report: Report) -> Iterator[Table]:
    """All tables: per group types, relations and sentences; then documents, attributes, targets and findings."""
    for group in report.groups:
        yield types(group)
        yield links(group)
        yield sentences(group, report.coverage)
    yield documents(report)
    yield attributes(report.groups[-1])
    if aims := targets(report):
        yield aims
    if report.findings:
        yield from findings_tables(report.findings)


def types(group: Group) -> Table:
    """Per type: counts, strict precision, recall and F1 with interval, and F1 in the other modes."""
    header = ("type", "gold", "found", "P strict", "R strict", "F1 strict", "95 %", "F1 all attributes", "F1 span")
    rows = tuple(_type_row(group, name) for name in (*FACT_TYPES, ALL))
    return Table(f"{group.name}: facts", (*header, "F1 overlap", "F1 value"), rows)


def _type_row(group: Group, name: str) -> tuple[str, ...]:
    strict = group.total.get((name, "strict"), Tally())
    rest = (figure(group.total.get((name, mode), Tally()).f1) for mode in ("exact", "span", "overlap", "value"))
    shares = (figure(strict.precision), figure(strict.recall), figure(strict.f1))
    return name, str(strict.gold), str(strict.found), *shares, interval(group.intervals.get((name, "strict"))), *rest


def links(group: Group) -> Table:
    """Relations: on their own, and (last column) among those whose source was found at all."""
    rows = []
    for name in RELATIONS:
        tally = group.total.get((name, "relation"), Tally())
        found = group.linked.get(name, 0)
        given = Fraction(tally.hits, found) if found else None
        shares = (figure(tally.precision), figure(tally.recall), figure(tally.f1))
        spread = interval(group.intervals.get((name, "relation")))
        rows.append((NAMES[name], str(tally.gold), str(tally.found), *shares, spread, figure(given)))
    header = ("relation", "gold", "found", "P", "R", "F1", "95 %", "R, source found")
    return Table(f"{group.name}: relations", header, tuple(rows))


def sentences(group: Group, coverage: Mapping[str, Decimal]) -> Table:
    """Sentences wholly right, and the coverage of numerals."""
    tally = group.total.get(SENTENCES, Tally())
    known = [coverage[each.document.name] for each in group.scores if each.document.name in coverage]
    mean = sum(known, Decimal(0)) / len(known) if known else None
    right = (figure(tally.recall), interval(group.intervals.get(SENTENCES)))
    row = (group.name, str(tally.gold), str(tally.hits), *right, figure(mean), figure(min(known, default=None)))
    header = ("split", "sentences with facts", "wholly right", "share", "95 %", "numerals covered", "lowest document")
    return Table(f"{group.name}: sentences", header, (row,))


def documents(report: Report) -> Table:
    """One row per document."""
    rows = tuple(_document_row(each, report.coverage) for each in report.scores)
    header = ("document", "gold", "found", "P strict", "R strict", "F1 strict", "F1 span", "sentences right", "covered")
    return Table("documents", header, rows)


def _document_row(each: DocumentScore, coverage: Mapping[str, Decimal]) -> tuple[str, ...]:
    total = each.total()
    strict, span = (total.get((ALL, mode), Tally()) for mode in ("strict", "span"))
    right = total.get(SENTENCES, Tally())
    shares = (strict.precision, strict.recall, strict.f1, span.f1, right.recall, coverage.get(each.document.name))
    return each.document.name, str(strict.gold), str(strict.found), *map(figure, shares)


def attributes(group: Group) -> Table:
    """Agreement attribute by attribute over facts with the right span."""
    kinds = [name for name in FACT_TYPES if any(kind == name for kind, _ in group.agreed)]
    rows = []
    for kind in kinds:
        for (name, attribute), tally in group.agreed.items():
            if name == kind:
                rows.append((f"{kind}.{attribute}", str(tally.gold), str(tally.hits), figure(tally.recall)))
    return Table(
        f"{group.name}: attributes of facts with the right span", ("attribute", "facts", "right", "share"), tuple(rows)
    )


def targets(report: Report) -> Table | None:
    """What was asked for beside what is reached; None for a folder that is not the shipped gold set."""
    groups = {group.name: group for group in report.groups}
    splits = [name for name in ("real", "heldout") if name in groups]
    if not splits:
        return None
    rows = []
    for target in TARGETS:
        row = [target.name]
        for split in splits:
            reached = groups[split].total.get(target.measure, Tally()).f1
            row += [getattr(target, split), figure(reached), verdict(reached, getattr(target, split))]
        rows.append(tuple(row))
    header = [name for split in splits for name in (f"{split}: asked", "reached", "yes/no")]
    return Table("quality asked for", ("measure", *header), tuple(rows))


def comparison(rows: Sequence[Row]) -> Table:
    """Several extractors on the same documents: amounts and percentages, by span and by span and value."""
    modes = [(kind, mode) for kind in KINDS for mode in ("span", "value")]
    names = {"span": "span", "value": "span and value"}
    header = ("extractor", *(f"{kind} {names[mode]} {share}" for kind, mode in modes for share in ("P", "R", "F1")))
    shown = []
    for row in rows:
        tallies = [row.tallies.get(mode, Tally()) for mode in modes]
        figures = (figure(share) for tally in tallies for share in (tally.precision, tally.recall, tally.f1))
        shown.append((f"{row.name} ({row.missing})" if row.missing else row.name, *figures))
    title = (
        "other extractors on the same documents (numbers in tables and indicator rows are no facts and count against)"
    )
    return Table(title, header, tuple(shown))


SEGMENTERS = ("rjieba", "jieba", "pkuseg", "char")


def segmenters(documents: Sequence[GoldDocument]) -> Table:
    """Our extractor with each of its segmenters; one whose package is missing says so."""
    measures: tuple[Measure, ...] = ((ALL, "strict"), ("project", "strict"), ("label", "relation"), SENTENCES)
    rows = []
    for engine in SEGMENTERS:
        try:
            total = run(documents, our_extractor(engine)).groups[-1].total
        except SegmenterError as error:
            rows.append((f"{engine} ({error})", *[NONE] * len(measures)))
            continue
        rows.append((engine, *(figure(total.get(measure, Tally()).f1) for measure in measures)))
    header = ("segmenter", "all, strict F1", "project, strict F1", "label link F1", "sentences wholly right")
    return Table("our segmenters", header, tuple(rows))
