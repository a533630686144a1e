"""The span mode agrees with nervaluate where nervaluate is right: disjoint predictions in order."""

from __future__ import annotations

import random
from typing import Any

import pytest
from fiscal_facts.evaluation.scores import ALL, Tally, score
from fiscal_patterns.facts import Fact
from gold_examples import document, fact

nervaluate: Any = pytest.importorskip("nervaluate")
TEXT = "".join(chr(0x4E00 + place) for place in range(400))
KINDS = ("reason", "project")
NAMES: dict[str, dict[str, Any]] = {"reason": {}, "project": {"name": "甲"}}


def layout(draw: random.Random) -> list[Fact]:
    """Disjoint facts of two types, in order."""
    facts, at = [], 0
    while at < 380:
        start = at + draw.randrange(1, 9)
        end = start + draw.randrange(1, 9)
        kind = draw.choice(KINDS)
        facts.append(fact(TEXT, kind, TEXT[start:end], **NAMES[kind]))
        at = end
    return facts


def disturbed(facts: list[Fact], draw: random.Random) -> list[Fact]:
    """Some facts gone, some with another type."""
    kept = []
    for each in facts:
        fate = draw.random()
        if fate > 0.9:
            continue
        kind = each.type if fate < 0.75 else KINDS[KINDS.index(each.type) - 1]
        kept.append(fact(TEXT, kind, each.span.text, **NAMES[kind]))
    return kept


def spans(facts: list[Fact]) -> list[dict[str, object]]:
    return [{"label": each.type, "start": each.span.start, "end": each.span.end - 1} for each in facts]


@pytest.mark.parametrize("seed", range(20))
def test_span_mode_counts_as_nervaluate_does(seed: int) -> None:
    draw = random.Random(seed)
    gold = layout(draw)
    found = disturbed(gold, draw)
    measured = nervaluate.Evaluator([spans(gold)], [spans(found)], tags=list(KINDS), loader="dict").evaluate()
    theirs = measured["overall"]["strict"]
    assert score(document(TEXT, gold), found).total()[ALL, "span"] == Tally(
        theirs.correct, theirs.possible, theirs.actual
    )
