"""The examples beside the rules: every ``corpus.toml`` runs here, and every word and rule must occur in one."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

import pytest
from fiscal_facts import Extraction, extract
from fiscal_patterns.facts import Fact, plain
from fiscal_patterns.lexicon import read_words

TYPES = {
    "quantity": ("amount", "percentage", "count"),
    "label": ("amount", "percentage", "count"),
    "delta": ("delta",),
    "reason": ("reason",),
    "project": ("project",),
    "indicator": ("indicator",),
}
WORDS = ("sections", "tables", *TYPES)


@cache
def examples(folder: str) -> tuple[dict[str, Any], ...]:
    source = files("fiscal_patterns").joinpath(folder, "corpus.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(source).get("example", ()))


@cache
def extracted(text: str) -> Extraction:
    return extract(text)


def cases() -> list[Any]:
    found = []
    for folder in TYPES:
        for number, example in enumerate(examples(folder)):
            marks = [pytest.mark.xfail(reason=example["gap"], strict=True)] if "gap" in example else []
            found.append(pytest.param(folder, example, marks=marks, id=f"{folder}-{number}-{example['text'][:16]}"))
    return found


def shown(fact: Fact, name: str, by_id: dict[str, Fact]) -> Any:
    """An attribute as a corpus writes it: references as the words they point to, labels as their texts."""
    value: Any = getattr(fact, name, None) if name != "words" else fact.span.text
    if name == "labels":
        return [label.text for label in value]
    if name == "classification":
        return plain(fact.labels[0].classification)  # type: ignore[attr-defined]
    if name == "of":
        return value.text if value else ""
    if name in ("amount", "rate", "project"):
        return by_id[value].span.text if value else ""
    if name in ("current", "explains", "reasons"):
        return [by_id[item].span.text if item else "" for item in value]
    if name == "items":
        return [item.text for item in value]
    return plain(value)


def agrees(fact: Fact, expected: dict[str, Any], by_id: dict[str, Fact]) -> bool:
    for name, wanted in expected.items():
        found = shown(fact, name, by_id) if name in ("words", "classification") or hasattr(fact, name) else None
        if isinstance(wanted, dict) and isinstance(found, dict):
            if any(str(found.get(key) or "") != value for key, value in wanted.items()):
                return False
        elif name in ("number", "value", "weight", "score", "budget", "initial_budget", "outturn", "execution_rate"):
            if (Decimal(found) if found else None) != (Decimal(wanted) if wanted else None):
                return False
        elif (found if found is not None else "") != wanted:
            return False
    return True


@pytest.mark.parametrize(("folder", "example"), cases())
def test_an_example_gives_exactly_its_facts(folder: str, example: dict[str, Any]) -> None:
    facts = extracted(example["text"]).facts
    by_id = {fact.id: fact for fact in facts}
    found = [fact for fact in facts if fact.type in example.get("types", TYPES[folder])]
    left = list(found)
    for expected in example["facts"]:
        match = next((fact for fact in left if agrees(fact, expected, by_id)), None)
        assert match, (
            f"missing {expected}; found {[{k: shown(f, k, by_id) for k in expected if hasattr(f, k) or k == 'words'} for f in left]}"
        )
        left.remove(match)
    assert not left, f"too many: {[(fact.type, fact.span.text, fact.rule) for fact in left]}"


@pytest.mark.parametrize(
    "folder", [name for name in TYPES if name != "label"]
)  # labels are part of the facts they name
def test_every_rule_is_shown_by_an_example(folder: str) -> None:
    declared = {rule.id for rule in import_module(f"fiscal_patterns.{folder}").RULES}
    fired = {
        fact.rule
        for name in TYPES
        for example in examples(name)
        for fact in extracted(example["text"]).facts
        if fact.type in TYPES[folder]
    }
    assert fired <= declared, "rule ids that RULES does not declare"
    assert declared <= fired, "rules that no example shows"


@pytest.mark.parametrize("folder", WORDS)
def test_every_word_is_shown_by_an_example(folder: str) -> None:
    texts = "\n".join(example["text"] for name in TYPES for example in examples(name))
    unused = [
        word for rows in read_words(folder).values() for words in rows.values() for word in words if word not in texts
    ]
    assert not unused
