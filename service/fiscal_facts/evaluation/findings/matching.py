"""Which finding reports which contradiction: one to one, as many as can be paired, blind to order."""

from __future__ import annotations

from collections.abc import Sequence

from fiscal_patterns.text import Span

from fiscal_facts.checks import Finding
from fiscal_facts.evaluation.findings.gold import CERTAINTIES, Contradiction
from fiscal_facts.evaluation.matching import Pair, augment

_FIGURES = ("change", "share", "sum", "same")
_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        *((one, other) for one in _FIGURES for other in _FIGURES if one != other),
        *((one, other) for one in ("unit", "form") for other in _FIGURES),
        ("unit", "form"),
        ("direction", "change"),
        ("direction", "share"),
        ("template", "reason"),
    )
)


def alike(one: str, other: str) -> bool:
    """Whether a contradiction of class ``one`` may rightly be reported as class ``other``.

    The same class, or one of these pairs, in either order:

    - change, share, sum and same with each other: one wrong figure breaks every tie it has. Which of its rate, its
      share, its total or its second mention a checker holds it against is the checker's choice; the figure is wrong.
    - unit or form with any of these four: a figure in 元 that is 万元 shows as a rate, a total or a second mention
      that does not fit; a form's rates are shares, its scores sums, its budget the same as that of the narrative.
    - unit with form: the unit of a form stands in its head.
    - direction with change: in 减少0.19万元，增长7.16% the word, the amount or the rate may be the wrong one.
    - direction with share: in 完成预算102%，决算数小于预算数 likewise.
    - template with reason: （无） is residue and a missing reason.

    Not alike, though near: time with same (another year is another fault than another value), template with
    direction (an unresolved choice says nothing), content with anything.
    """
    return one == other or frozenset((one, other)) in _ALIKE


def kind_of(finding: Finding) -> str:
    """``change`` of ``change.rate``."""
    return finding.code.split(".", 1)[0]


def meets(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether a place of the one shares a character with a place of the other."""
    return any(a.start < b.end and b.start < a.end for a in one for b in other)


def reports(finding: Finding, item: Contradiction) -> int | None:
    """How well a finding fits a contradiction: 0 best, None not at all.

    Classes must be alike, and the place that one of the two calls wrong must be among the places of the other: a
    total that both only look at does not make two accusations one. Best is the same class with the same wrong place.
    """
    if not alike(kind_of(finding), item.kind):
        return None
    if not meets(finding.spans[:1], item.spans) and not meets(item.spans[:1], finding.spans):
        return None
    return 2 * (not meets(finding.spans[:1], item.spans[:1])) + (kind_of(finding) != item.kind)


def order_of(finding: Finding) -> tuple[object, ...]:
    """Findings by place; what stands at one place by code and words."""
    places = tuple((span.start, span.end) for span in finding.spans)
    return places, finding.code, finding.severity, finding.message, finding.printed or "", finding.expected or ""


def pair_findings(items: Sequence[Contradiction], findings: Sequence[Finding]) -> list[Pair]:
    """Index of the contradiction, index of the finding: the best fits first, then as many as can be paired.

    Where contradictions compete for a finding, the surer is served first. A finding pays for one contradiction only:
    a reader who follows it to its place corrects that, and would not see a second one.
    """
    fits = [[reports(finding, item) for finding in findings] for item in items]
    ranked = sorted(range(len(items)), key=lambda index: _rank(items[index]))
    by_place = sorted(range(len(findings)), key=lambda index: order_of(findings[index]))
    partner: dict[int, int] = {}
    for limit in range(4):
        near = [[other for fit in range(limit + 1) for other in by_place if row[other] == fit] for row in fits]
        for index in ranked:
            if index not in partner.values():
                augment(index, dict(enumerate(near)), partner, set())
    return sorted((index, other) for other, index in partner.items())


def _rank(item: Contradiction) -> tuple[object, ...]:
    places = tuple((span.start, span.end) for span in item.spans)
    return CERTAINTIES.index(item.certainty), places, item.kind, item.id
