"""Paper-size annotations for the tests of the gold set and of the evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fiscal_facts.evaluation.gold import GoldDocument
from fiscal_facts.evaluation.shape import read_fact
from fiscal_patterns.facts import Fact

DEFAULTS: dict[str, dict[str, Any]] = {
    "amount": {"approximation": None, "stage": None, "role": "level", "per": None},
    "percentage": {"unit": "percent", "approximation": None, "kind": "share", "of": None},
    "count": {"approximation": None},
    "delta": {
        "direction": "increase", "basis": "previous_year", "base_period": None, "amount": None, "rate": None,
        "caliber": None, "order": 1, "template": False, "reasons": [],
    },
    "reason": {"cue": None, "explains": [], "placeholder": False},
    "project": {
        "name": "", "code": None, "category": None, "budget": None, "initial_budget": None, "outturn": None,
        "execution_rate": None, "score": None,
    },
    "indicator": {
        "project": None, "levels": [], "name": "", "target": None, "actual": None, "weight": None, "score": None,
        "note": None, "met": None,
    },
}  # fmt: skip


def span(text: str, words: str, nth: int = 0) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


def label(text: str, words: str, nth: int = 0, **more: Any) -> dict[str, Any]:
    made = {"text": words, "span": span(text, words, nth), "inherited": False, "classification": None, "scope": None}
    return made | more


def data(text: str, kind: str, words: str, nth: int = 0, /, **more: Any) -> dict[str, Any]:
    """An annotation as a file holds it; ``label`` names the words of a single label."""
    place = span(text, words, nth)
    made: dict[str, Any] = {
        "id": more.pop("id", f"{kind}{place['start']}"),
        "type": kind,
        "span": place,
        "period": None,
    }
    made |= DEFAULTS[kind]
    if kind in ("amount", "percentage", "count", "delta"):
        named = more.pop("label", None)
        made["labels"] = [label(text, named)] if named else []
    if kind == "delta":
        made["current"] = [None] * len(more.get("labels", made["labels"]))
    if kind == "reason":
        made["items"] = [place]
    if kind in ("amount", "percentage", "count"):
        made["value"] = more.get("value", more["number"])
    return made | more


def fact(text: str, kind: str, words: str, nth: int = 0, /, **more: Any) -> Any:
    """A fact of any type; typed loosely, because tests change the attributes of one type or another."""
    return read_fact(data(text, kind, words, nth, **more))


def document(text: str, facts: Sequence[Fact], name: str = "own/example") -> GoldDocument:
    ordered = sorted(facts, key=lambda each: (each.span.start, -each.span.end))
    return GoldDocument(name, name.split("/")[0], text, tuple(ordered))
