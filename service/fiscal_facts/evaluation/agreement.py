"""How far two blind passes agree, type by type, before anything is settled.

Spans: F1 of one pass against the other. Attributes, over facts with the same span: plain accuracy, and Cohen's kappa
where the attribute has few possible values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import date
from fractions import Fraction

from fiscal_patterns.facts import FACT_TYPES

from fiscal_facts.evaluation.gold import GoldDocument, GoldError
from fiscal_facts.evaluation.keys import attributes
from fiscal_facts.evaluation.render import markdown_table
from fiscal_facts.evaluation.report import Report
from fiscal_facts.evaluation.scores import ALL, DocumentScore, Tally, score
from fiscal_facts.evaluation.tables import links
from fiscal_facts.evaluation.tabular import Table, figure

CATEGORIES = ("role", "stage", "kind", "approximation", "direction", "basis", "template", "placeholder", "met", "unit")
"""Attributes with few possible values, for which chance agreement matters."""


def compared(passes: tuple[Sequence[GoldDocument], Sequence[GoldDocument]]) -> Report:
    """The second pass scored against the first."""
    first, second = ({document.name: document for document in documents} for documents in passes)
    if missing := sorted(set(first) ^ set(second)):
        raise GoldError("passes", None, f"only one of the two passes has {', '.join(missing)}")
    return Report(tuple(score(first[name], second[name].facts) for name in sorted(first)), name="second pass")


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Fraction | None:
    """Cohen's kappa of two raters; None where chance alone would agree always."""
    total = len(pairs)
    if not total:
        return None
    left, right = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    seen = Fraction(sum(one == other for one, other in pairs), total)
    chance = Fraction(sum(count * right[value] for value, count in left.items()), total * total)
    return (seen - chance) / (1 - chance) if chance != 1 else None


def as_markdown(report: Report, today: date) -> str:
    """The page ``AGREEMENT.md``."""
    shown = [table for group in report.groups for table in (_spans(group.name, group.scores), links(group))]
    shown.append(_attributes(report.scores))
    head = (
        f"# Agreement of the two blind passes\n\n{today.isoformat()}. Measured before settling, the second pass against "
        "the first (F1 is the same either way). strict: same span and key attributes; all attributes: every one, "
        "`inherited` and the period included. Relations are compared between facts paired by overlap.\n\n"
        f"{_documents(report)}"
    )
    return f"{head}\n\n" + "\n\n".join(markdown_table(table) for table in shown) + "\n"


def _documents(report: Report) -> str:
    parts = [f"{group.name}: {len(group.scores)} documents" for group in report.groups]
    return f"{'; '.join(parts)}."


def _spans(name: str, scores: Sequence[DocumentScore]) -> Table:
    rows = []
    for kind in (*FACT_TYPES, ALL):
        tallies = {mode: sum((each.total().get((kind, mode), Tally()) for each in scores), Tally()) for mode in MODES}
        counts = str(tallies["span"].gold), str(tallies["span"].found)
        rows.append((kind, *counts, *(figure(tallies[mode].f1) for mode in MODES)))
    header = ("type", "first pass", "second pass", "F1 span", "F1 overlap", "F1 strict", "F1 all attributes")
    return Table(f"{name}: facts", header, tuple(rows))


MODES = ("span", "overlap", "strict", "exact")


def _attributes(scores: Sequence[DocumentScore]) -> Table:
    values: dict[tuple[str, str], list[tuple[Hashable, Hashable]]] = {}
    for each in scores:
        gold, found = each.document.facts, each.found
        ids = [{fact.id: fact for fact in facts} for facts in (gold, found)]
        for index, other in each.spans:
            mine, theirs = attributes(gold[index], ids[0]), attributes(found[other], ids[1])
            for name, value in mine.items():
                values.setdefault((gold[index].type, name), []).append((value, theirs[name]))
    rows = [_attribute(kind, name, values[kind, name]) for kind in FACT_TYPES for k, name in values if k == kind]
    return Table("attributes of facts with the same span", ("attribute", "facts", "accuracy", "kappa"), tuple(rows))


def _attribute(kind: str, name: str, pairs: Sequence[tuple[Hashable, Hashable]]) -> tuple[str, ...]:
    agreed = len([1 for one, other in pairs if one == other])
    chance = figure(kappa(pairs)) if name in CATEGORIES else ""
    return f"{kind}.{name}", str(len(pairs)), figure(Fraction(agreed, len(pairs))), chance
