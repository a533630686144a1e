"""A checker that cries wolf is switched off: documents without a contradiction give no error and no warning."""

from __future__ import annotations

import pytest
from clean_documents import document
from fiscal_facts import extract

WORSE = ("error", "warning")


@pytest.mark.parametrize("seed", range(150))
def test_a_document_made_without_contradictions_is_silent(seed: int) -> None:
    text = document(seed)
    found = [(finding.code, finding.message) for finding in extract(text).findings if finding.severity in WORSE]
    assert found == [], text


def test_most_of_what_it_says_was_checked() -> None:
    checked = extract(document(1)).checks
    assert sum(tally.consistent for tally in checked) > 40
