"""What became of every contradiction and of every finding, and the counts of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from fiscal_facts.checks import Finding
from fiscal_facts.evaluation.findings.gold import Audited, Contradiction, audits_digest
from fiscal_facts.evaluation.findings.matching import kind_of, order_of, pair_findings, reports
from fiscal_facts.evaluation.gold import in_order
from fiscal_facts.evaluation.scores import Tally
from fiscal_facts.pipeline import extract

PROVABLE = ("change", "direction", "share", "sum", "same", "form", "time", "unit", "template")
"""Classes that arithmetic, a word, a year or a table decides; reasons and content are for people and counted apart."""
Fate = Literal["right", "repeated", "near_miss", "false"]
Checker = Callable[[str], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and its fate.

    ``right``: it reports a contradiction. ``repeated``: it fits only contradictions that other findings report; no
    false alarm, since the place is wrong, but no further help either. ``near_miss``: it fits only what looks wrong
    and is right. ``false``: it fits nothing.
    """

    finding: Finding
    fate: Fate

    @property
    def loud(self) -> bool:
        """Whether it claims that something is wrong; a note does not."""
        return self.finding.severity != "note"


@dataclass(frozen=True, slots=True)
class AuditScore:
    """A document's contradictions, each with the finding that reports it or None, and its findings with their fates."""

    document: Audited
    reported: tuple[tuple[Contradiction, Finding | None], ...]
    judged: tuple[Judged, ...]


def judge(document: Audited, findings: Sequence[Finding]) -> AuditScore:
    """Holds findings against the audit of their document; the order of ``findings`` changes nothing.

    Errors and warnings are paired first, notes with the contradictions that are left: a note never takes the place of
    an error.
    """
    items = document.contradictions
    ordered = sorted(findings, key=order_of)
    partner: dict[int, Finding] = {}
    for loud in (True, False):
        mine = [finding for finding in ordered if (finding.severity != "note") == loud]
        left = [index for index in range(len(items)) if index not in partner]
        pairs = pair_findings([items[index] for index in left], mine)
        partner |= {left[index]: mine[other] for index, other in pairs}
    right = {id(finding) for finding in partner.values()}
    known = [items[index] for index in partner]
    judged = tuple(Judged(each, "right" if id(each) in right else _fate(each, known, document)) for each in ordered)
    return AuditScore(document, tuple((item, partner.get(index)) for index, item in enumerate(items)), judged)


def _fate(finding: Finding, known: Iterable[Contradiction], document: Audited) -> Fate:
    if any(reports(finding, item) is not None for item in known):
        return "repeated"
    near = any(reports(finding, item) is not None for item in document.near_misses)
    return "near_miss" if near else "false"


@dataclass(frozen=True)
class AuditGroup:
    """The audited documents of a split, or all; twins apart."""

    name: str
    scores: tuple[AuditScore, ...]
    twins: tuple[AuditScore, ...]

    @cached_property
    def asked(self) -> Counter[tuple[str, str, str]]:
        """Contradictions by class, certainty and ``all``, ``found`` (error or warning) or ``noted`` (only a note)."""
        counts: Counter[tuple[str, str, str]] = Counter()
        for item, finding in (row for each in self.scores for row in each.reported):
            counts[item.kind, item.certainty, "all"] += 1
            if finding:
                counts[item.kind, item.certainty, "noted" if finding.severity == "note" else "found"] += 1
        return counts

    @cached_property
    def fates(self) -> Counter[tuple[str, str, str]]:
        """Findings by class, severity and fate."""
        rows = (row for each in self.scores for row in each.judged)
        return Counter((kind_of(row.finding), row.finding.severity, row.fate) for row in rows)

    @cached_property
    def on_twins(self) -> Counter[str]:
        """Findings on clean twins by severity."""
        return Counter(row.finding.severity for each in self.twins for row in each.judged)

    @property
    def certain(self) -> int:
        """Certain contradictions of every class."""
        return sum(
            number for (_, certainty, state), number in self.asked.items() if (certainty, state) == ("certain", "all")
        )

    @property
    def false_on_twins(self) -> int:
        """Errors and warnings on clean twins: false, all of them."""
        return self.on_twins["error"] + self.on_twins["warning"]

    def recall(self, kinds: Iterable[str] = PROVABLE) -> Tally:
        """Certain contradictions of these classes; hits are those that an error or warning reports."""
        kinds = tuple(kinds)
        hits = sum(self.asked[kind, "certain", "found"] for kind in kinds)
        return Tally(hits, sum(self.asked[kind, "certain", "all"] for kind in kinds))

    def precision(self, kinds: Sequence[str] | None = None, severities: Sequence[str] = ("error", "warning")) -> Tally:
        """Findings of these classes, or of all; those repeated count neither for nor against."""
        counts: Counter[str] = Counter()
        for (name, severity, fate), number in self.fates.items():
            if severity in severities and (kinds is None or name in kinds) and fate != "repeated":
                counts[fate] += number
        return Tally(counts["right"], found=counts.total())

    @property
    def balance(self) -> Tally:
        """Errors and warnings against the certain contradictions and the less certain ones that they report."""
        sure, told = self.recall((*PROVABLE, "reason", "content")), self.precision()
        return Tally(told.hits, sure.gold - sure.hits + told.hits, told.found)


@dataclass(frozen=True)
class FindingsReport:
    """The checks on every audited document."""

    scores: tuple[AuditScore, ...]

    @cached_property
    def groups(self) -> tuple[AuditGroup, ...]:
        """One per split, and all together where there are several."""
        order = in_order(each.document.split for each in self.scores)
        groups = [self._group(split, [each for each in self.scores if each.document.split == split]) for split in order]
        return (*groups, self._group("all", self.scores)) if len(groups) > 1 else tuple(groups)

    def _group(self, name: str, scores: Iterable[AuditScore]) -> AuditGroup:
        rows = tuple(scores)
        twins = tuple(each for each in rows if each.document.twin)
        return AuditGroup(name, tuple(each for each in rows if not each.document.twin), twins)

    @property
    def gold(self) -> str:
        """Name of the state of the audits."""
        return audits_digest(each.document for each in self.scores)


def our_checker(engine: str = "rjieba") -> Checker:
    """This project's checks on what its extractor finds with the segmenter ``engine``."""

    def run(text: str) -> Sequence[Finding]:
        checked = extract(text, engine=engine).checked
        return checked.findings if checked else ()

    return run


def run_checks(documents: Iterable[Audited], checker: Checker | None = None) -> FindingsReport | None:
    """Checks every audited document; None where there is none."""
    scores = tuple(judge(document, (checker or our_checker())(document.text)) for document in documents)
    return FindingsReport(scores) if scores else None
