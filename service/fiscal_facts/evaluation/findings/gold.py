"""Audited documents: the contradictions of a text and the near misses that a naive checker would take for some.

``findings/<split>/<name>.jsonl`` is the audit of ``documents/<split>/<name>.txt``, or of the clean twin
``findings/twins/<split>/<name>.txt``. The first line is a header with the sha256 of the text, each further line one
contradiction or near miss with its places and their words. A twin without an audit holds no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec
from fiscal_patterns.text import Span

from fiscal_facts.evaluation.gold import (
    GoldError,
    check_header,
    id_of,
    parsed_lines,
    read_pair,
    read_text,
    sha256,
    split_of,
)
from fiscal_facts.evaluation.shape import ShapeError, closed, exact

FORMAT = 1
FOLDER = "findings"
TWINS = "twins"
Kind = Literal[
    "change", "direction", "share", "sum", "same", "form", "time", "unit", "template", "reason", "content"
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds of check; the part of a finding's code before the point."""
Certainty = Literal["certain", "likely", "look"]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
"""Contradiction beyond rounding; very probably wrong; worth a look. Surest first."""


class Contradiction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an auditor found. The first span is the place that is wrong, the others those it was held against.

    ``near_miss``: right, though a naive checker would flag it. ``printed`` and ``expected`` are words for people.
    """

    id: str
    kind: Kind = msgspec.field(name="class")
    near_miss: bool
    certainty: Certainty
    spans: tuple[Span, ...]
    printed: str | None
    expected: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Audited:
    """A text with its audit. ``name`` is ``<split>/<file name without ending>``; ``twin`` for a clean twin."""

    name: str
    split: str
    text: str
    items: tuple[Contradiction, ...]
    twin: bool = False

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What is wrong in the text, surely or perhaps."""
        return tuple(item for item in self.items if not item.near_miss)

    @property
    def near_misses(self) -> tuple[Contradiction, ...]:
        """What only looks wrong."""
        return tuple(item for item in self.items if item.near_miss)


def read_audits(folder: Path, splits: Sequence[str] | None = None) -> tuple[Audited, ...]:
    """All audited documents and twins of a folder in order of name; none where it holds no ``findings``.

    Raises :class:`GoldError` on the first that is unsound.
    """
    root = folder / FOLDER
    audits = {_name(file, root): file for file in root.rglob("*.jsonl")}
    twins = {_name(file, root / TWINS): file for file in (root / TWINS).rglob("*.txt")}
    names = [name for name in sorted({*audits, *twins}) if not splits or split_of(name) in splits]
    return tuple(_read(name, folder, audits.get(name), twins.get(name)) for name in names)


def _name(file: Path, root: Path) -> str:
    return file.relative_to(root).with_suffix("").as_posix()


def _read(name: str, folder: Path, audit: Path | None, twin: Path | None) -> Audited:
    text_file = folder / "documents" / f"{name}.txt"
    if twin and text_file.is_file():
        raise GoldError(twin, None, f"a twin cannot have the name of the document {text_file}")
    if audit:
        text, lines = read_pair(audit, twin or text_file)
        return Audited(name, split_of(name), text, _read_items(audit, lines, text, twin is not None), twin is not None)
    if twin is None:
        raise GoldError(folder, None, f"nothing of the name {name}")
    try:
        return Audited(name, split_of(name), read_text(twin), (), twin=True)
    except UnicodeDecodeError as error:
        raise GoldError(twin, None, f"not UTF-8: {error}") from None


def _read_items(file: Path, lines: Sequence[str], text: str, twin: bool) -> tuple[Contradiction, ...]:
    header, written = parsed_lines(file, lines)
    check_header(file, header, {"format": FORMAT, "document": f"{file.stem}.txt", "sha256": sha256(text)})
    items = []
    for data in written:
        try:
            items.append(read_item(data))
        except ShapeError as error:
            raise GoldError(file, id_of(data, "finding"), str(error)) from None
    for item, reason in _unsound(text, items, twin):
        raise GoldError(file, item, reason)
    return tuple(items)


def read_item(data: Any) -> Contradiction:
    """The contradiction or near miss that a line states; raises :class:`ShapeError`."""
    try:
        item = msgspec.convert(data, Contradiction)
    except msgspec.ValidationError as error:
        raise ShapeError(str(error).replace("`$.", "`")) from None
    exact(data, write_item(item), "")
    return item


def write_item(item: Contradiction) -> dict[str, Any]:
    """A contradiction as a line holds it."""
    written: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(item))
    return written


def _unsound(text: str, items: Sequence[Contradiction], twin: bool) -> Iterator[tuple[str, str]]:
    """Id of the item and what is wrong with it."""
    ids: set[str] = set()
    places: dict[tuple[str, frozenset[tuple[int, int]]], str] = {}
    for item in items:
        if item.id in ids or not item.id:
            yield item.id or "finding", "id used twice" if item.id else "its id is empty"
        ids.add(item.id)
        yield from ((item.id, reason) for reason in _places(text, item.spans))
        if not item.why.strip():
            yield item.id, "why is empty"
        if twin and item.certainty == "certain" and not item.near_miss:
            yield item.id, "a certain contradiction in a clean twin"
        key = item.kind, frozenset((span.start, span.end) for span in item.spans)
        if key in places:
            yield item.id, f"the same {item.kind} at the same places as {places[key]}"
        places[key] = item.id


def _places(text: str, spans: Sequence[Span]) -> Iterator[str]:
    if not spans:
        yield "spans is empty; the first names the wrong place"
    for number, span in enumerate(spans):
        name = f"spans[{number}] [{span.start}, {span.end})"
        if not 0 <= span.start < span.end <= len(text):
            yield f"{name} is empty or outside the text of {len(text)} characters"
        elif text[span.start : span.end] != span.text:
            yield f"{name} reads {text[span.start : span.end]!r}, annotated {span.text!r}"


def audit_lines(document: Audited) -> list[str]:
    """The lines of a document's audit, header first."""
    name = f"{document.name.rsplit('/', 1)[-1]}.txt"
    header = {"document": name, "sha256": sha256(document.text), "format": FORMAT}
    dump = msgspec.json.encode
    return [dump(line).decode() for line in (header, *document.items)]


def audits_digest(documents: Iterable[Audited]) -> str:
    """Twelve hexadecimal digits that name this state of the audits."""
    lines = [f"{document.name}\n{line}" for document in documents for line in audit_lines(document)]
    return sha256("\n".join(lines))[:12]


def audit_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line of an audit: the header or a contradiction."""
    _, components = msgspec.json.schema_components([Contradiction], ref_template="#/$defs/{name}")
    definitions = {name: closed(shape) for name, shape in components.items()}
    definitions["Contradiction"]["properties"]["spans"]["minItems"] = 1
    header = {
        "document": {"type": "string"},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "format": {"const": FORMAT},
    }
    definitions["Header"] = closed({"type": "object", "properties": header})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of an audit: the header first, then the contradictions and near misses",
        "oneOf": [{"$ref": "#/$defs/Header"}, {"$ref": "#/$defs/Contradiction"}],
        "$defs": definitions,
    }
