"""The scorer on examples small enough to be worked out on paper."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from fiscal_facts.evaluation import default_folder, read_folder
from fiscal_facts.evaluation.intervals import intervals
from fiscal_facts.evaluation.matching import pair_overlapping
from fiscal_facts.evaluation.scores import ALL, SENTENCES, Tally, added, score
from fiscal_patterns.facts import Fact
from gold_examples import document, fact, label, span

TEXT = "收入10万元，支出8万元，占80%。结余2万元。"
TEN = fact(TEXT, "amount", "10万元", number="10", unit="万元", value="100000", label="收入")
EIGHT = fact(TEXT, "amount", "8万元", number="8", unit="万元", value="80000", label="支出")
SHARE = fact(TEXT, "percentage", "80%", number="80", label="支出")
TWO = fact(TEXT, "amount", "2万元", number="2", unit="万元", value="20000", label="结余")
GOLD = document(TEXT, [TEN, EIGHT, SHARE, TWO])

# Found: 10万元 right; 8万 a character short; 80% as another kind; 2万元 twice.
SHORT = fact(TEXT, "amount", "8万", number="8", unit="万元", value="80000", label="支出")
RATE = fact(TEXT, "percentage", "80%", number="80", kind="rate", label="支出")
TWICE = replace(TWO, id="again")
FOUND = [TEN, SHORT, RATE, TWO, TWICE]


@pytest.mark.parametrize(
    ("mode", "amount", "percentage"),
    [
        # All attributes and strict: 10万元 and one of the two 2万元; the share has the wrong kind.
        ("exact", (2, 3, 4), (0, 1, 1)),
        ("strict", (2, 3, 4), (0, 1, 1)),
        # The span alone: the share is right as well.
        ("span", (2, 3, 4), (1, 1, 1)),
        # One character in common is enough for 8万; the second 2万元 still has no partner.
        ("overlap", (3, 3, 4), (1, 1, 1)),
        # 80,000 yuan of 支出, wherever it stands; the kind is not asked.
        ("value", (3, 3, 4), (1, 1, 1)),
    ],
)
def test_each_mode_on_paper(mode: str, amount: tuple[int, int, int], percentage: tuple[int, int, int]) -> None:
    total = score(GOLD, FOUND).total()
    assert total["amount", mode] == Tally(*amount)
    assert total["percentage", mode] == Tally(*percentage)
    together = Tally(*amount) + Tally(*percentage)
    assert total[ALL, mode] == together


def test_shares_are_exact_fractions() -> None:
    tally = score(GOLD, FOUND).total()["amount", "strict"]
    assert (tally.precision, tally.recall, tally.f1) == (Fraction(2, 4), Fraction(2, 3), Fraction(4, 7))
    assert Tally().f1 is None
    assert Tally(0, 1, 0).f1 == 0


def test_a_sentence_is_right_only_when_everything_in_it_is() -> None:
    # The first sentence has a short span and a wrong kind, the second a duplicate.
    assert score(GOLD, FOUND).total()[SENTENCES] == Tally(0, 2, 2)
    # Without the duplicate the second is right; a wrong label spoils it again.
    assert score(GOLD, FOUND[:-1]).total()[SENTENCES] == Tally(1, 2, 2)
    elsewhere = fact(TEXT, "amount", "2万元", number="2", unit="万元", value="20000", label="支出")
    assert score(GOLD, [*FOUND[:-2], elsewhere]).total()[SENTENCES] == Tally(0, 2, 2)


def test_a_false_alarm_in_a_sentence_without_facts_counts_as_a_wrong_sentence() -> None:
    text = "收入10万元。另见第3页。"
    gold = document(text, [fact(text, "amount", "10万元", number="10", unit="万元", value="100000", label="收入")])
    alarm = fact(text, "count", "3页", number="3", unit="页")
    assert score(gold, [*gold.facts, alarm]).total()[SENTENCES] == Tally(1, 2, 2)


def test_a_sentence_is_not_cut_inside_a_fact() -> None:
    text = "原因是人员\n减少。收入1元。"
    gold = document(text, [fact(text, "reason", "人员\n减少"), fact(text, "amount", "1元", number="1", unit="元")])
    assert score(gold, gold.facts).total()[SENTENCES] == Tally(2, 2, 2)


LINKED = "收入增加5万元，增长2%，原因是新增甲项目。"
AMOUNT = fact(LINKED, "amount", "5万元", number="5", unit="万元", value="50000", role="change", label="收入")
GROWTH = fact(LINKED, "percentage", "2%", number="2", kind="growth", label="收入")
DELTA = fact(
    LINKED, "delta", "增加5万元，增长2%", id="d", label="收入", amount=AMOUNT.id, rate=GROWTH.id, reasons=["r"]
)
REASON = fact(LINKED, "reason", "新增甲项目", id="r", cue="原因是", explains=["d"])
PROJECT = fact(LINKED, "project", "甲", name="甲")
NESTED = document(LINKED, [AMOUNT, GROWTH, DELTA, REASON, PROJECT])


def test_perfect_nested_output_scores_one_in_every_measure() -> None:
    total = score(NESTED, NESTED.facts).total()
    assert {tally.f1 for tally in total.values()} == {Fraction(1)}
    assert total[ALL, "strict"] == Tally(5, 5, 5)


def test_relations_are_scored_apart_from_spans() -> None:
    # The reason is a character short and the delta has lost its rate: the links of what is there still hold.
    shorter = fact(LINKED, "reason", "新增甲项", id="r", cue="原因是", explains=["d"])
    rateless = replace(DELTA, rate=None)
    total = score(NESTED, [AMOUNT, GROWTH, rateless, shorter, PROJECT]).total()
    assert total["explains", "relation"] == Tally(1, 1, 1)
    assert total["amount", "relation"] == Tally(1, 1, 1)
    assert total["rate", "relation"] == Tally(0, 1, 0)
    assert total["label", "relation"] == Tally(2, 2, 2)
    assert total["reason", "strict"] == Tally(0, 1, 1)
    assert total["reason", "overlap"] == Tally(1, 1, 1)
    # Strictly the delta is wrong without its rate, and so is the sentence.
    assert total["delta", "strict"] == Tally(0, 1, 1)
    assert total[SENTENCES] == Tally(0, 1, 1)


def test_a_link_to_the_wrong_fact_is_a_miss_and_a_false_alarm() -> None:
    confused = replace(REASON, explains=(AMOUNT.id,))
    total = score(NESTED, [AMOUNT, GROWTH, DELTA, confused, PROJECT]).total()
    assert total["explains", "relation"] == Tally(0, 1, 1)


def test_target_and_actual_count_as_a_pair() -> None:
    text = "满意度\t≥90%\t95%\n"
    target = {"text": "≥90%", "span": span(text, "≥90%"), "comparator": ">=", "value": "90", "unit": "%"}
    actual = {"text": "95%", "span": span(text, "95%"), "comparator": "=", "value": "95", "unit": "%"}
    cells = {"name": "满意度", "target": target, "actual": actual}
    gold = document(text, [fact(text, "indicator", "满意度\t≥90%\t95%", **cells)])
    wrong = fact(text, "indicator", "满意度\t≥90%\t95%", **cells | {"actual": actual | {"value": "96"}})
    assert score(gold, gold.facts).total()["pair", "relation"] == Tally(1, 1, 1)
    assert score(gold, [wrong]).total()["pair", "relation"] == Tally(0, 1, 1)
    assert score(gold, [wrong]).total()["indicator", "strict"] == Tally(0, 1, 1)


def test_labels_compare_by_text_not_by_place() -> None:
    text = "收入10万元。收入合计，10万元。"
    here = fact(text, "amount", "10万元", number="10", unit="万元", value="100000", label="收入")
    there = fact(text, "amount", "10万元", number="10", unit="万元", value="100000", labels=[label(text, "收入", 1)])
    total = score(document(text, [here]), [there]).total()
    assert total["label", "relation"] == Tally(1, 1, 1)


def test_overlap_pairs_as_many_as_can_be_paired() -> None:
    # X overlaps A and B, Y overlaps A alone: taking X for A first, because it overlaps more, must not cost B its partner.
    text = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    a, b = fact(text, "reason", text[:6]), fact(text, "reason", text[6:12])
    x, y = fact(text, "reason", text[2:9]), fact(text, "reason", text[:1])
    assert pair_overlapping([a, b], [x, y]) == [(0, 1), (1, 0)]
    assert score(document(text, [a, b]), [x, y]).total()["reason", "overlap"] == Tally(2, 2, 2)


def test_order_changes_nothing() -> None:
    gold = read_folder(default_folder(), splits=["written"])[3]
    draw = random.Random(7)
    found = [fact for fact in gold.facts if draw.random() > 0.1]
    found += [replace(fact, id=f"{fact.id}x") for fact in gold.facts if draw.random() > 0.9]
    kept = {fact.id for fact in found}
    found = [fact for fact in found if _whole(fact, kept)]
    first = score(gold, found).total()
    for _ in range(1000):
        draw.shuffle(found)
        assert score(gold, found).total() == first


def _whole(fact: Fact, kept: set[str]) -> bool:
    names = [getattr(fact, name, None) for name in ("amount", "rate", "project")]
    names += [*getattr(fact, "current", ()), *getattr(fact, "explains", ())]
    return all(name in kept for name in names if name)


def test_the_gold_set_scores_one_against_itself() -> None:
    documents = read_folder(default_folder())
    total = added(score(gold, gold.facts).total() for gold in documents)
    assert {tally.f1 for tally in total.values()} == {Fraction(1)}


def test_intervals_are_reproducible_and_hold_the_value() -> None:
    right, wrong = {("amount", "strict"): Tally(2, 2, 2)}, {("amount", "strict"): Tally(0, 1, 1)}
    sentences = [right] * 6 + [wrong] * 4
    first = intervals(sentences, rounds=400)
    assert first == intervals(sentences, rounds=400)
    low, high = first["amount", "strict"]
    assert low < Tally(12, 16, 16).f1 < high  # type: ignore[operator]
    assert intervals([right] * 5)["amount", "strict"] == (Fraction(1), Fraction(1))
    assert intervals([]) == {}
