"""Extractions as the command line prints them: JSON, JSON lines, or a table for reading."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

import msgspec

from fiscal_facts.explain import TYPE_NAMES

Answers = Iterable[tuple[str, dict[str, Any]]]
"""Name of an input and its answer."""


def as_json(answers: Answers, *, several: bool) -> Iterator[bytes]:
    """The answer, indented; of several inputs an array, each answer with the name of its file in front."""
    if not several:
        for _, answer in answers:
            yield msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n"
        return
    opening = b"[\n"
    for name, answer in answers:
        yield opening + msgspec.json.format(msgspec.json.encode({"file": name, **answer}), indent=2)
        opening = b",\n"
    yield b"[]\n" if opening == b"[\n" else b"\n]\n"


def as_lines(answers: Answers) -> Iterator[bytes]:
    """One answer a line, with the name of its file in front."""
    for name, answer in answers:
        yield msgspec.json.encode({"file": name, **answer}) + b"\n"


_COLUMNS = ("id", "类型", "原文", "值", "口径", "期间", "规则")
_WIDEST = 44  # the longest label of the real documents takes 42 columns


def as_table(answers: Answers) -> Iterator[bytes]:
    """For each input its facts, one a row, columns aligned by display width."""
    for name, answer in answers:
        rows = [_COLUMNS, *(_row(fact) for fact in answer["facts"])]
        widths = [max(_width(row[column]) for row in rows) for column in range(len(_COLUMNS))]
        lines = ("  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows)
        end = f"{len(answer['facts'])} 项，覆盖率 {answer['coverage']}"
        yield "\n".join([name, *(line.rstrip() for line in lines), end, "", ""]).encode("utf-8", "replace")


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows of words with their columns aligned, the last one ragged."""
    listed = list(rows)
    widths = [max(map(_width, column)) for column in zip(*listed, strict=True)]
    return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in listed)


def _row(fact: dict[str, Any]) -> tuple[str, ...]:
    labels = "、".join(label["text"] for label in fact.get("labels", ()))
    cells = (
        fact["id"],
        TYPE_NAMES[fact["type"]],
        fact["clean"],
        _value(fact),
        labels,
        fact["period"] or "",
        fact["rule"],
    )
    return tuple(_cut(cell) for cell in cells)


def _value(fact: dict[str, Any]) -> str:
    """What a fact says, in one cell."""
    if "number" in fact:
        return f"{fact['number']} {fact['unit']}"
    if fact["type"] == "delta":
        return f"{fact['direction']} / {fact['basis']}"
    if fact["type"] == "reason":
        return " ".join(fact["explains"])
    if fact["type"] == "project":
        return str(fact["code"] or fact["budget"] or "")
    return " → ".join(fact[part]["text"] if fact[part] else "—" for part in ("target", "actual"))


def _cut(cell: str) -> str:
    """The words on one line, no wider than a column may be."""
    words = " ".join(cell.split())
    ends = accumulate(map(_width, words))
    kept = sum(1 for end in ends if end <= _WIDEST)
    return words if kept == len(words) else words[: kept - 1] + "…"


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in words)
