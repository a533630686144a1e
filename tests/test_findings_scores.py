"""Findings against contradictions, worked out by hand on one line of text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from fiscal_facts.checks import Finding, Severity
from fiscal_facts.evaluation import baseline, page, render
from fiscal_facts.evaluation.findings.data import findings_data
from fiscal_facts.evaluation.findings.gold import Audited, Certainty, Contradiction, Kind
from fiscal_facts.evaluation.findings.matching import alike, pair_findings, reports
from fiscal_facts.evaluation.findings.scores import AuditScore, FindingsReport, judge
from fiscal_facts.evaluation.findings.tables import alarms, contradictions, details, findings_tables, targets, twins
from fiscal_facts.evaluation.report import run
from fiscal_facts.evaluation.scores import Tally
from fiscal_patterns.text import Span
from gold_examples import document

TEXT = "甲10万元，乙20万元，丙30万元，合计70万元，占5%，增长6%，因（无），2023年。"
DAY = date(2026, 11, 22)


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def wrong(
    kind: Kind, *words: str, certainty: Certainty = "certain", near_miss: bool = False, name: str = ""
) -> Contradiction:
    spans = tuple(map(place, words))
    return Contradiction(name or f"{kind}{spans[0].start}", kind, near_miss, certainty, spans, None, None, "why")


def says(code: str, *words: str, severity: Severity = "error", message: str = "消息") -> Finding:
    return Finding(code, severity, message, tuple(map(place, words)), (), None, None)


def audited(*items: Contradiction, name: str = "real/example", twin: bool = False) -> Audited:
    return Audited(name, name.split("/")[0], TEXT, items, twin)


def fates(score: AuditScore) -> list[str]:
    return [row.fate for row in score.judged]


def report(score: AuditScore, *more: AuditScore) -> FindingsReport:
    return FindingsReport((score, *more))


def test_a_hit() -> None:
    score = judge(audited(wrong("sum", "70万元", "10万元")), [says("sum.parts", "合计70万元", "20万元")])
    assert fates(score) == ["right"]
    (group,) = report(score).groups
    assert (group.recall(), group.precision()) == (Tally(1, 1), Tally(1, 0, 1))


def test_a_miss_and_a_false_alarm_at_another_place() -> None:
    score = judge(audited(wrong("sum", "70万元")), [says("sum.parts", "30万元")])
    assert fates(score) == ["false"]
    (group,) = report(score).groups
    assert (group.recall().recall, group.precision().precision) == (Fraction(0), Fraction(0))


def test_a_near_miss_is_a_false_alarm_of_its_own_kind() -> None:
    near = wrong("share", "5%", near_miss=True, certainty="look")
    found = [says("share.part", "5%"), says("share.part", "6%")]
    score = judge(audited(near), found)
    assert fates(score) == ["near_miss", "false"]
    (group,) = report(score).groups
    assert group.precision() == Tally(0, 0, 2)
    assert group.recall() == Tally()
    # A contradiction at the same place is what the finding reports; the near miss is then no matter.
    assert fates(judge(audited(near, wrong("share", "5%", "甲10万元")), found)) == ["right", "false"]


def test_any_error_or_warning_on_a_twin_is_false_and_stands_apart() -> None:
    findings = [says("sum.parts", "70万元"), says("time.year", "2023年", severity="warning")]
    findings.append(says("reason.absent", "6%", severity="note"))
    twin = judge(audited(name="written/example-clean", twin=True), findings)
    (group,) = report(twin).groups
    assert (group.false_on_twins, group.on_twins["note"]) == (2, 1)
    assert group.precision() == Tally()
    shown = twins(report(twin))
    assert shown is not None
    assert shown.rows == (("written", "1", "1", "1", "1"),)
    both = report(twin, judge(audited(wrong("sum", "70万元")), [says("sum.parts", "70万元")]))
    table = targets(both)
    assert table is not None
    assert table.rows[-1] == ("false alarms on all clean twins", "0", "2", "no")
    assert twins(report(judge(audited(), []))) is None


def test_one_contradiction_told_twice_is_repeated_not_false() -> None:
    item = wrong("sum", "70万元", "10万元", "20万元", "30万元")
    found = [says("sum.parts", "70万元"), says("sum.list", "合计70万元"), says("same.prose", "20万元", "70万元")]
    score = judge(audited(item), found)
    assert sorted(fates(score)) == ["repeated", "repeated", "right"]
    assert {row.finding.code: row.fate for row in score.judged}["same.prose"] == "repeated"
    (group,) = report(score).groups
    assert group.precision() == Tally(1, 0, 1)


def test_two_contradictions_need_two_findings() -> None:
    items = wrong("sum", "70万元"), wrong("share", "5%", "70万元")
    score = judge(audited(*items), [says("sum.parts", "70万元")])
    assert [finding is not None for _, finding in score.reported] == [True, False]


def test_a_note_finds_but_does_not_count_as_found() -> None:
    items = wrong("sum", "70万元"), wrong("reason", "（无）", certainty="likely")
    found = [says("sum.parts", "70万元", severity="note"), says("reason.absent", "（无）", severity="note")]
    found.append(says("content.absent", "甲", severity="note"))
    score = judge(audited(*items), found)
    (group,) = report(score).groups
    assert group.recall() == Tally(0, 1)
    assert group.asked["sum", "certain", "noted"] == 1
    assert group.asked["reason", "likely", "noted"] == 1
    assert group.precision() == Tally()
    assert fates(score).count("right") == 2
    # An error takes the contradiction before a note does.
    louder = judge(audited(*items), [*found, says("sum.parts", "70万元")])
    assert report(louder).groups[0].recall() == Tally(1, 1)
    assert fates(louder).count("repeated") == 1


@pytest.mark.parametrize(
    ("code", "kind", "right"),
    [
        ("change.rate", "change", True),
        ("change.rate", "same", True),
        ("share.part", "sum", True),
        ("unit.yuan", "sum", True),
        ("form.narrative", "same", True),
        ("direction.words", "change", True),
        ("template.empty_reason", "reason", True),
        ("time.stale", "same", False),
        ("template.alternatives", "direction", False),
        ("content.empty", "template", False),
        ("direction.words", "sum", False),
    ],
)
def test_a_wrong_class_does_not_report(code: str, kind: Kind, right: bool) -> None:
    item, finding = wrong(kind, "70万元"), says(code, "70万元")
    assert (reports(finding, item) is not None) is right
    assert alike(code.split(".")[0], kind) is alike(kind, code.split(".")[0]) is right
    assert fates(judge(audited(item), [finding])) == ["right" if right else "false"]


def test_a_total_that_both_look_at_does_not_join_two_accusations() -> None:
    item = wrong("share", "5%", "70万元")
    assert reports(says("share.part", "6%", "70万元"), item) is None
    assert reports(says("sum.parts", "70万元", "10万元"), item) == 3
    assert reports(says("same.prose", "70万元", "5%"), wrong("same", "5%", "甲10万元")) == 2
    assert reports(says("change.rate", "5%"), item) == 1
    assert reports(says("share.part", "占5%"), item) == 0


def test_as_many_as_can_be_paired_and_the_best_fit_first() -> None:
    # The first finding fits both, the second only the first contradiction: both are paired.
    items = [wrong("sum", "70万元", "10万元"), wrong("sum", "10万元")]
    assert pair_findings(items, [says("sum.parts", "10万元"), says("sum.list", "70万元")]) == [(0, 1), (1, 0)]
    assert pair_findings(items, [says("sum.parts", "70万元", "10万元"), says("sum.list", "70万元")]) == [(0, 1), (1, 0)]
    # The surer contradiction is served first.
    items = [wrong("sum", "70万元", "5%", certainty="look"), wrong("sum", "70万元", "6%")]
    assert pair_findings(items, [says("sum.parts", "70万元")]) == [(1, 0)]
    # The same class comes before a kindred one.
    items = [wrong("share", "70万元"), wrong("sum", "70万元")]
    assert pair_findings(items, [says("sum.parts", "70万元")]) == [(1, 0)]


def test_order_changes_nothing() -> None:
    items = [
        wrong("sum", "70万元", "10万元"),
        wrong("share", "5%", "70万元", certainty="likely"),
        wrong("change", "6%"),
        wrong("same", "10万元", "70万元", certainty="look"),
        wrong("time", "2023年", near_miss=True),
    ]
    findings = [
        says("sum.parts", "70万元", "10万元", "20万元"),
        says("same.prose", "10万元", "70万元", severity="warning"),
        says("share.part", "5%", "70万元"),
        says("change.rate", "6%", severity="note"),
        says("direction.words", "6%"),
        says("time.year", "2023年", severity="warning"),
        says("sum.list", "30万元"),
        says("sum.list", "70万元"),
    ]
    first = _figures(items, findings)
    draw = random.Random(7)
    for _ in range(1000):
        draw.shuffle(items)
        draw.shuffle(findings)
        assert _figures(items, findings) == first


def _figures(items: Sequence[Contradiction], findings: Sequence[Finding]) -> object:
    score = judge(audited(*items), findings)
    pairs = sorted((item.id, finding.code if finding else "") for item, finding in score.reported)
    return pairs, sorted((row.finding.code, row.finding.spans[0].start, row.fate) for row in score.judged)


def test_tables_by_hand() -> None:
    items = wrong("sum", "70万元"), wrong("share", "5%"), wrong("template", "（无）", certainty="look")
    near = wrong("change", "6%", near_miss=True, certainty="look")
    found = [
        says("sum.parts", "70万元"),
        says("sum.list", "70万元"),
        says("template.empty_reason", "（无）", severity="warning"),
        says("change.rate", "6%"),
        says("time.year", "2023年", severity="warning"),
    ]
    (group,) = report(judge(audited(*items, near), found)).groups
    asked = {row[0]: row[1:] for row in contradictions(group).rows}
    assert asked["sum"] == ("1", "1", "0", "1.000", "0", "0", "0", "0", "0")
    assert asked["template"] == ("0", "0", "0", "–", "0", "0", "1", "1", "0")
    assert asked["these nine"] == ("2", "1", "0", "0.500", "0", "0", "1", "1", "1")
    told = {row[0]: row[1:] for row in alarms(group).rows}
    assert told["sum"] == ("2", "0", "1", "1.000", "0", "0", "1", "0", "0")
    assert told["all"] == ("3", "2", "2", "0.500", "1", "1", "1", "0", "0")
    assert told["errors alone"] == ("3", "0", "1", "0.500", "1", "0", "1", "–", "–")
    assert told["warnings alone"] == ("0", "2", "1", "0.500", "0", "1", "0", "–", "–")
    assert group.balance == Tally(2, 3, 4)


def test_details_name_what_went_wrong_but_never_in_hidden_documents() -> None:
    items = wrong("sum", "70万元"), wrong("share", "5%", certainty="likely")
    found = [says("time.year", "2023年"), says("sum.parts", "70万元", severity="note")]
    seen = judge(audited(*items), found)
    rows = details(report(seen)).rows
    assert [row[1:4] for row in rows] == [
        ("only a note", f"{items[0].id} sum", str(TEXT.index("70万元"))),
        ("false", "time.year", str(TEXT.index("2023年"))),
    ]
    hidden = report(judge(audited(*items, name="heldout/example"), found))
    assert details(hidden).rows == ()
    assert "2023年" not in str(findings_data(hidden))
    assert findings_data(hidden)["splits"]["heldout"]["precision"] == "0.000"


def test_every_printed_form_has_the_findings(tmp_path: Path) -> None:
    score = judge(audited(wrong("sum", "70万元")), [says("sum.parts", "70万元"), says("time.year", "2023年")])
    facts = run([document(TEXT, [], "real/example")], lambda _: ((), None))
    whole = replace(facts, findings=report(score))
    assert "real: contradictions" in render.as_text(whole)
    assert "1 audits with 1 contradictions (1 certain) and 0 near misses" in render.as_markdown(whole, DAY)
    assert '"recall": "1.000"' in render.as_json(whole)
    assert "findings: misses and false alarms" in page.as_html(whole, DAY)
    assert "contradictions" not in render.as_text(facts)
    assert [table.title for table in findings_tables(report(score))] == [
        "real: contradictions",
        "real: findings",
        "findings: quality asked for",
    ]
    file = tmp_path / "base.json"
    baseline.save(whole, file, DAY)
    assert baseline.losses(whole, baseline.read_base(file)) == []
    assert baseline.losses(facts, baseline.read_base(file)) == []
    poorer = replace(facts, findings=report(judge(audited(wrong("sum", "70万元")), [])))
    (loss,) = baseline.losses(poorer, baseline.read_base(file))
    assert str(loss) == "real: findings F1 0.667 → 0.000"
