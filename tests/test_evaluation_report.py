"""The report: formats, gains and losses against an earlier run, the page, other extractors."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fiscal_facts.cli import main
from fiscal_facts.evaluation import GoldDocument, GoldError, baseline, others, page, render
from fiscal_facts.evaluation.agreement import kappa
from fiscal_facts.evaluation.gold import write_document
from fiscal_facts.evaluation.report import Report, run
from fiscal_facts.evaluation.scores import Tally
from fiscal_facts.evaluation.tables import comparison, targets
from fiscal_facts.evaluation.tabular import figure
from fiscal_patterns.facts import Fact
from gold_examples import document, fact

DAY = date(2026, 11, 22)
LINES = [f"第{number}项支出{number}万元。" for number in range(1, 61)]
TEXT = "".join(LINES) + "<b>&另列</b>9元。"


def amounts(text: str = TEXT) -> list[Fact]:
    found = []
    for number in range(1, 61):
        words = f"支出{number}万元"
        start = text.index(words) + 2
        made = fact(text, "amount", f"{number}万元", text.count(f"{number}万元", 0, start), id=f"a{number}", number=str(number), unit="万元", value=f"{number}0000")  # fmt: skip
        found.append(made)
    return found


def gold(name: str = "real/example") -> GoldDocument:
    return document(TEXT, amounts(), name)


def reported(facts: Sequence[Fact], *documents: GoldDocument) -> Report:
    return run(documents or [gold()], lambda _: (facts, Decimal("0.98")))


def test_gains_and_losses_name_facts_and_sentences(tmp_path: Path) -> None:
    file = tmp_path / "base.json"
    baseline.save(reported(amounts()[1:]), file, DAY)
    nine = fact(TEXT, "amount", "9元", id="x", number="9", unit="元")
    found = list(baseline.changes(reported([*amounts()[:-1], nine]), baseline.read_base(file)))
    assert [(change.kind, change.words) for change in found] == [
        ("lost", "60万元"),
        ("gained", "1万元"),
        ("new false alarm", "9元"),
    ]
    assert found[0].sentence == "第60项支出60万元。"
    shown = baseline.changes_as_text(found)
    assert "real/example: 1 lost, 1 gained, 1 new false alarm" in shown
    assert "第60项支出60万元。" in shown
    assert baseline.changes_as_text([]) == "no fact gained or lost"


def test_hidden_documents_show_figures_but_no_words(tmp_path: Path) -> None:
    hidden = gold("heldout/example")
    file = tmp_path / "base.json"
    baseline.save(reported(amounts(), hidden), file, DAY)
    assert "支出" not in file.read_text(encoding="utf-8")
    report = reported(amounts()[1:], hidden)
    shown = baseline.changes_as_text(list(baseline.changes(report, baseline.read_base(file))))
    assert shown == "heldout/example: 1 lost"
    whole = page.as_html(report, DAY)
    assert "支出1万元" not in whole
    assert "heldout/example" in whole


def test_more_than_a_point_is_a_loss_and_a_point_is_none(tmp_path: Path) -> None:
    file = tmp_path / "base.json"
    baseline.save(reported(amounts()), file, DAY)
    base = baseline.read_base(file)
    # One of sixty gone: F1 118/119, 0.84 points less. Two gone: 116/118, 1.69 points less.
    assert baseline.losses(reported(amounts()[:-1]), base) == []
    (loss,) = baseline.losses(reported(amounts()[:-2]), base)
    assert (loss.type, loss.before, loss.now) == ("amount", Fraction(1), Fraction(116, 118))
    assert str(loss) == "real: amount F1 1.000 → 0.983"


def test_a_type_that_vanishes_is_a_loss(tmp_path: Path) -> None:
    file = tmp_path / "base.json"
    baseline.save(reported(amounts()), file, DAY)
    assert [loss.now for loss in baseline.losses(reported([]), baseline.read_base(file))] == [Fraction(0)]


def test_small_splits_are_held_to_the_point_only_together(tmp_path: Path) -> None:
    few = document(TEXT, amounts()[:5], "written/few")
    file = tmp_path / "base.json"

    def run_with(kept: int) -> Report:
        found = {gold().name: amounts(), few.name: amounts()[:kept]}
        texts = iter((gold().name, few.name))
        return run([gold(), few], lambda _: (found[next(texts)], None))

    baseline.save(run_with(5), file, DAY)
    # 64 of 65 is less than a point, though it is eleven points of the five.
    assert baseline.losses(run_with(4), baseline.read_base(file)) == []


def test_what_is_no_saved_run_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "base.json"
    for words in ("", "{}", "[]", '{"format": 1}'):
        file.write_text(words, encoding="utf-8")
        with pytest.raises(GoldError, match=r"base\.json"):
            baseline.read_base(file)


def test_figures_are_rounded_decimals() -> None:
    assert figure(Fraction(2, 3)) == "0.667"
    assert figure(Decimal("0.98765")) == "0.988"
    assert figure(None) == "–"


def test_every_printed_form_says_what_it_was_measured_on() -> None:
    report = reported(amounts())
    for shown in (render.as_text(report), render.as_markdown(report, DAY), page.as_html(report, DAY)):
        assert "real 1 documents with 60 facts" in shown
        assert report.gold in shown
        assert "only held-out is unseen" in shown
    assert "2026-11-22" in render.as_markdown(report, DAY)
    data = json.loads(render.as_json(report))
    assert data["splits"]["real"]["strict"]["amount"]["f1"] == "1.000"
    assert data["documents"]["real/example"]["strict"]["amount"]["gold"] == 60


def test_quality_asked_for_stands_beside_what_is_reached() -> None:
    table = targets(reported(amounts()[:-10]))
    assert table is not None
    assert table.rows[0] == ("amount", "0.985", "0.909", "no")
    assert targets(reported(amounts(), replace(gold(), name="own/x", split="own"))) is None


class _Page(HTMLParser):
    """Collects what the page would load and whether its tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_one_file_without_network_and_escapes_everything() -> None:
    wrong = replace(amounts()[1], role="change")  # type: ignore[call-arg]
    nine = fact(TEXT, "amount", "9元", id="x", number="9", unit="元")
    whole = page.as_html(reported([*amounts()[2:], wrong, nine]), DAY)
    assert "<b>&另列" not in whole
    assert "&lt;b&gt;&amp;另列&lt;/b&gt;" in whole
    reader = _Page()
    reader.feed(whole)
    assert reader.loaded == []
    assert not re.search(r"https?://", whole)
    states = {mark.state for mark in page.marks(reported([*amounts()[2:], wrong, nine]).scores[0])}
    assert states == {"hit", "wrong", "missed", "false"}


def test_the_page_marks_every_character_of_a_fact() -> None:
    report = reported(amounts())
    whole = page.as_html(report, DAY)
    body = re.search(r'<pre data-document="0">(.*?)</pre>', whole, re.DOTALL)
    assert body is not None
    assert len(re.findall(r"<i data-f=", body[1])) == 60
    assert re.sub(r"</?i[^>]*>", "", body[1]) == TEXT.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_rules_have_precision_and_recall() -> None:
    found = [replace(each, rule="amount.digits") for each in amounts()[:30]]
    found += [replace(each, rule="amount.wild", role="change") for each in amounts()[30:40]]  # type: ignore[call-arg]
    table = page.rule_table(reported(found).scores)
    assert table.rows == (("amount.digits", "30", "30", "1.000", "0.500"), ("amount.wild", "10", "0", "0.000", "0.000"))


def test_the_naive_floor_reads_digits_and_units() -> None:
    text = "收入1,234.5万元，占50 %，另1.2亿元"
    assert list(others.naive(text)) == [
        ("amount", 2, 11, Decimal("12345000.0")),
        ("amount", 19, 24, Decimal("120000000.0")),
        ("percentage", 13, 17, Decimal(50)),
    ]


def test_a_peer_that_is_missing_is_named_with_its_reason() -> None:
    def absent() -> others.Reader:
        raise ModuleNotFoundError("No module named 'jionlp'")

    rows = others.compare([gold()], [("floor", lambda: others.naive), ("JioNLP", absent)])
    assert rows[0].tallies["amount", "span"] == Tally(60, 60, 61)
    assert rows[0].tallies["amount", "value"] == Tally(60, 60, 61)
    table = comparison(rows)
    assert table.rows[1][0] == "JioNLP (not measured: ModuleNotFoundError: No module named 'jionlp')"
    assert set(table.rows[1][1:]) == {"–"}


@pytest.mark.parametrize(("name", "load"), others.READERS)
def test_readers_give_offsets_into_the_text(name: str, load: Any) -> None:
    try:
        reader = load()
    except Exception as missing:  # a peer is not installed everywhere
        pytest.skip(f"{name}: {missing}")
    for text in ("收入10万元，占5%。\n支出3.5亿元。" * 60, "", "无"):
        for _, start, end, _ in reader(text):
            assert 0 <= start < end <= len(text)


def test_kappa_by_hand() -> None:
    # Seen 3/4; by chance 1/2·1/4 + 1/2·3/4 = 1/2; kappa (3/4 - 1/2) / (1 - 1/2) = 1/2.
    assert kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]) == Fraction(1, 2)
    assert kappa([("a", "a"), ("a", "a")]) is None
    assert kappa([]) is None


def test_the_command_prints_every_format_and_keeps_its_exit_codes(tmp_path: Path) -> None:
    write_document(gold(), tmp_path)
    own = str(tmp_path)
    for shape, sign in (
        ("table", "amount"),
        ("json", '"splits"'),
        ("markdown", "# Results"),
        ("html", "<!doctype html>"),
    ):
        result = CliRunner().invoke(main, ["evaluate", own, "--format", shape])
        assert result.exit_code == 0, result.stderr
        assert sign in result.stdout
    base = tmp_path / "base.json"
    assert CliRunner().invoke(main, ["evaluate", own, "--save", str(base)]).exit_code == 0
    assert CliRunner().invoke(main, ["evaluate", own, "--base", str(base)]).exit_code == 0
    data = json.loads(base.read_text(encoding="utf-8"))
    data["scores"]["real"]["count"] = [60, 60, 60]
    data["scores"]["real"]["amount"] = [60, 60, 60]
    base.write_text(json.dumps(data), encoding="utf-8")
    reached = json.loads(CliRunner().invoke(main, ["evaluate", own, "--format", "json"]).stdout)
    fallen = reached["splits"]["real"]["strict"]["amount"]["f1"] < "0.990"
    result = CliRunner().invoke(main, ["evaluate", own, "--base", str(base), "--split", "real"])
    assert result.exit_code == (1 if fallen else 0)
    assert CliRunner().invoke(main, ["evaluate", own, "--split", "none"]).exit_code == 2
    assert CliRunner().invoke(main, ["evaluate", own, "--base", str(tmp_path / "no.json")]).exit_code == 2
    assert CliRunner().invoke(main, ["evaluate", str(tmp_path / "nowhere")]).exit_code == 2
