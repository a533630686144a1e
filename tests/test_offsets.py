"""Every span points at its own words, whatever the text holds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fiscal_facts import Extraction, extract
from fiscal_patterns.text import Document, Span
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DOCUMENTS = sorted((Path(__file__).parent.parent / "annotations" / "documents" / "real").glob("*.txt"))
PIECES = [
    "2024年度", "收入总计", "支出决算为", "784.39 万元", "１２０．５０万元", "3,748,076.80元", "增长2.44%", "，", "。", "；", "\n", "\r\n",
    "\ufeff", "\u200b", "\u3000", "\xa0", "\t", "其中：", "主要变动原因是", "人员减少", "与2023年相比", "减少", "（无）", "“三公”经费", "占",
    "𠮷", "😀", "e\u0301", "[bookmark: _Toc15396599]", "— 3 —", "百分之三点五", "近六成", "3批次", "35人次", "项目", "完成预算", "≥95%", "①",
    "各增加", "收、支总计", "持平", "一、", "（一）", "1.", "單位：萬元", "項目", "產出指標", "1 129 236万元", "0", "-", "7.5个百分点",
]  # fmt: skip


def spans(value: Any) -> Iterator[Span]:
    """All spans inside a result, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans(getattr(value, field.name))


def assert_spans_hold(extraction: Extraction) -> None:
    for span in spans(extraction):
        assert extraction.text[span.start : span.end] == span.text
        assert span.start < span.end


def test_spans_hold_on_20000_random_texts_of_fiscal_pieces() -> None:
    chance = random.Random(20241231)
    for _ in range(20_000):
        assert_spans_hold(extract("".join(chance.choices(PIECES, k=chance.randint(1, 12)))))


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_spans_hold_on_any_unicode(text: str) -> None:
    assert_spans_hold(extract(text))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem[:12])
def test_every_clean_character_is_one_received_character(path: Path) -> None:
    document = Document(path.read_bytes().decode("utf-8"))
    sources = [document.source(position) for position in range(len(document.clean))]
    assert all(before < after for before, after in pairwise(sources))
    assert document.printed(0, len(document.clean)) == "".join(document.received[at] for at in sources)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem[:12])
def test_a_neutral_prefix_shifts_every_span_by_its_length(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    prefix = "各位读者：\n\n"
    plain, shifted = extract(text), extract(prefix + text)
    assert [(span.start + len(prefix), span.text) for span in spans(plain.facts)] == [
        (span.start, span.text) for span in spans(shifted.facts)
    ]


SENTENCE = "2024年收入总计1234567.80万元，与2023年相比，收入总计减少52.83万元，下降5.14%。"


def values(text: str) -> list[tuple[str, Decimal]]:
    return [(fact.type, fact.value) for fact in extract(text).facts if hasattr(fact, "value")]


@pytest.mark.parametrize("put_in", ["\n", "\r\n", " ", "\u3000", "\n\n"])
def test_breaks_and_spaces_anywhere_keep_the_values(put_in: str) -> None:
    expected = values(SENTENCE)
    assert len(expected) == 3
    for position in range(1, len(SENTENCE)):
        before, after = SENTENCE[position - 1], SENTENCE[position]
        if put_in in (" ", "\u3000") and before.isdigit() and after.isdigit():
            continue  # two numbers may stand side by side: a space between digits separates, unless it groups thousands
        assert values(SENTENCE[:position] + put_in + SENTENCE[position:]) == expected, position


def test_full_width_and_separators_keep_the_values() -> None:
    wide = str.maketrans("0123456789.%,", "０１２３４５６７８９．％，")
    expected = values(SENTENCE)
    assert values(SENTENCE.translate(wide)) == expected
    for printed in ("1,234,567.80", "1, 234, 567.80", "1 234 567.80"):
        assert values(SENTENCE.replace("1234567.80", printed)) == expected
