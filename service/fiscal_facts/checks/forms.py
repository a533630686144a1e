"""Performance forms against themselves and the narrative."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fiscal_facts.checks import form_funds, form_narrative, form_points, form_prose, form_told, form_values
from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.form_nouns import Form
from fiscal_facts.checks.form_reading import read_forms
from fiscal_facts.checks.nouns import Code, Outcome

_OF_ONE: tuple[Callable[[Evidence, Form], Iterator[Outcome]], ...] = (
    form_funds.funds,
    form_points.points,
    form_values.values,
)


def forms(evidence: Evidence) -> Iterator[Outcome]:
    """All forms, one after the other, then all together against the narrative."""
    found = tuple(read_forms(evidence))
    for form in found:
        for checked in _OF_ONE:
            yield from checked(evidence, form)
    yield from form_narrative.narrative(evidence, found)
    yield from form_told.told(evidence, found)


CODES: tuple[Code, ...] = (
    *form_funds.CODES,
    *form_points.CODES,
    *form_values.CODES,
    *form_narrative.CODES,
    *form_prose.CODES,
    *form_told.CODES,
)
CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (forms, *form_prose.CHECKS)
