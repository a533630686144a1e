"""Other extractors on the same documents: amounts and percentages, by span and by span and value.

JioNLP, Recognizers-Text and quantulum3 come with the extra ``peers``; a naive regular expression is the floor. A
package that is missing or does not load is named with its reason, and the table goes on without it.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib import import_module
from typing import Any

from fiscal_patterns.facts import Amount, Fact, Percentage

from fiscal_facts.evaluation.gold import GoldDocument
from fiscal_facts.evaluation.matching import pair_equal
from fiscal_facts.evaluation.report import our_extractor
from fiscal_facts.evaluation.scores import Tally
from fiscal_facts.evaluation.soundness import YUAN

Reading = tuple[str, int, int, Decimal | None]
"""Kind (``amount`` in yuan or ``percentage`` as printed), start, end, value."""
Reader = Callable[[str], Iterable[Reading]]
KINDS = ("amount", "percentage")
WINDOW = 400
"""Characters given to JioNLP and quantulum3 at once: JioNLP normalises what it is given, both slow down on more."""


@dataclass(frozen=True, slots=True)
class Row:
    """An extractor's tallies by kind and mode (``span``, ``value``), or why there are none."""

    name: str
    tallies: dict[tuple[str, str], Tally]
    missing: str | None = None


def compare(documents: Sequence[GoldDocument], readers: Iterable[tuple[str, Callable[[], Reader]]]) -> list[Row]:
    """One row per extractor; one that cannot be loaded has its reason instead of figures."""
    rows = []
    for name, load in readers:
        try:
            reader = load()
        except Exception as error:
            rows.append(Row(name, {}, f"not measured: {type(error).__name__}: {error}"))
            continue
        rows.append(Row(name, _tallies(documents, reader)))
    return rows


def _tallies(documents: Sequence[GoldDocument], reader: Reader) -> dict[tuple[str, str], Tally]:
    tallies = {(kind, mode): Tally() for kind in KINDS for mode in ("span", "value")}
    for document in documents:
        annotated, found = list(_annotated(document.facts)), list(reader(document.text))
        for kind in KINDS:
            gold, mine = ([item for item in items if item[0] == kind] for items in (annotated, found))
            tallies[kind, "value"] += Tally(len(pair_equal(gold, mine)), len(gold), len(mine))
            spans = [item[:3] for item in gold], [item[:3] for item in mine]
            tallies[kind, "span"] += Tally(len(pair_equal(*spans)), len(gold), len(mine))
    return tallies


def _annotated(facts: Iterable[Fact]) -> Iterator[Reading]:
    for fact in facts:
        if isinstance(fact, Amount | Percentage):
            yield fact.type, fact.span.start, fact.span.end, abs(fact.value)


def ours(text: str) -> Iterator[Reading]:
    """This project's extractor, reduced to amounts and percentages."""
    return _annotated(our_extractor()(text)[0])


_MONEY = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?(万亿元|亿元|万元|千元|元)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?[%％]")


def naive(text: str) -> Iterator[Reading]:
    """The floor: digits and a unit, wherever they stand."""
    for match in _MONEY.finditer(text):
        yield "amount", match.start(), match.end(), Decimal(match[1].replace(",", "")) * YUAN[match[2]]
    for match in _PERCENT.finditer(text):
        yield "percentage", match.start(), match.end(), Decimal(match[1])


def _quietly(name: str) -> Any:
    """A package imported without its greetings and warnings."""
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module(name)


def _windows(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their offsets, long ones in pieces that end at a full stop."""
    start = 0
    for line in text.splitlines(keepends=True):
        at = 0
        while at < len(line):
            stop = line.rfind("。", at, at + WINDOW) + 1
            stop = stop if stop > at and at + WINDOW < len(line) else min(at + WINDOW, len(line))
            yield start + at, line[at:stop]
            at = stop
        start += len(line)


def _number(words: Any) -> Decimal | None:
    try:
        return abs(Decimal(str(words).rstrip("%").replace(",", "")))
    except InvalidOperation:
        return None


def load_jionlp() -> Reader:
    """JioNLP: money with offsets; it finds no percentages."""
    package = _quietly("jionlp")

    def read(text: str) -> Iterator[Reading]:
        for offset, piece in _windows(text):
            with contextlib.redirect_stdout(io.StringIO()):
                found = package.ner.extract_money(piece, with_parsing=True)
            for item in found or ():
                value = item["detail"]["num"]
                start, end = item["offset"]
                yield "amount", offset + start, offset + end, None if isinstance(value, list) else _number(value)

    return read


def load_recognizers() -> Reader:
    """Recognizers-Text: currency and percentages in Chinese; its ends are inclusive."""
    culture = _quietly("recognizers_text").Culture.Chinese
    numbers, units = _quietly("recognizers_number"), _quietly("recognizers_number_with_unit")

    def read(text: str) -> Iterator[Reading]:
        for offset, piece in _windows(text):
            for kind, found in (
                ("amount", units.recognize_currency(piece, culture)),
                ("percentage", numbers.recognize_percentage(piece, culture)),
            ):
                for item in found:
                    value = _number(item.resolution["value"]) if item.resolution else None
                    yield kind, offset + item.start, offset + item.end + 1, value

    return read


def load_quantulum() -> Reader:
    """quantulum3: made for English; what it finds in Chinese."""
    parser = _quietly("quantulum3.parser")

    def read(text: str) -> Iterator[Reading]:
        for offset, piece in _windows(text):
            for item in parser.parse(piece):
                kind = {"percentage": "percentage", "currency": "amount"}.get(item.unit.entity.name)
                kind = "percentage" if item.unit.name == "percentage" else kind
                if kind:
                    start, end = item.span
                    yield kind, offset + start, offset + end, _number(item.value)

    return read


READERS: tuple[tuple[str, Callable[[], Reader]], ...] = (
    ("fiscal-facts", lambda: ours),
    ("JioNLP", load_jionlp),
    ("Recognizers-Text", load_recognizers),
    ("quantulum3", load_quantulum),
    ("naive regular expression", lambda: naive),
)
"""Ours, the peers, the floor."""
