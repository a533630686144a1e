"""What CI holds every change against: no type, and not the findings, may lose more than a point of F1 since the committed run.

The committed run moves only by ``fiscal-facts evaluate --save annotations/baseline.json``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fiscal_facts.evaluation import baseline, default_folder, read_folder
from fiscal_facts.evaluation.findings.gold import read_audits
from fiscal_facts.evaluation.findings.scores import run_checks
from fiscal_facts.evaluation.report import Report, run

ANNOTATIONS = Path(__file__).parent.parent / "annotations"


@pytest.fixture(scope="module")
def report() -> Report:
    facts = run(read_folder(default_folder()))
    return replace(facts, findings=run_checks(read_audits(default_folder())))


def test_no_type_has_lost_more_than_a_point(report: Report) -> None:
    base = baseline.read_base(ANNOTATIONS / "baseline.json")
    losses = baseline.losses(report, base)
    assert not losses, "\n".join([*map(str, losses), baseline.changes_as_text(list(baseline.changes(report, base)))])


def test_the_committed_results_are_of_this_gold_set(report: Report) -> None:
    remake = "fiscal-facts evaluate --peers --segmenters --format markdown -o annotations/RESULTS.md"
    assert f"Gold set {report.gold}" in (ANNOTATIONS / "RESULTS.md").read_text(encoding="utf-8"), remake
    assert baseline.read_base(ANNOTATIONS / "baseline.json")["gold"] == report.gold, "evaluate --save"
    assert report.findings is not None
    assert f"Audits {report.findings.gold}" in (ANNOTATIONS / "RESULTS.md").read_text(encoding="utf-8"), remake


def test_every_numeral_of_the_gold_set_is_accounted_for(report: Report) -> None:
    assert len(report.coverage) == len(report.scores)
