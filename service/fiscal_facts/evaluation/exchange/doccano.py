"""doccano: JSONL with relations, one document per line.

Offsets are UTF-16 code units, as doccano counts them. It has no attributes: they travel in ``meta``, by kind and place
of their entity, so that they find it again after ids were given anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fiscal_facts.evaluation.exchange.facts import document_of
from fiscal_facts.evaluation.exchange.graph import Entity, ExchangeError, Graph, Link, graph_of
from fiscal_facts.evaluation.exchange.units import from_utf16, to_utf16
from fiscal_facts.evaluation.gold import GoldDocument

FILE = "documents.jsonl"


def write(documents: Sequence[GoldDocument]) -> dict[str, str]:
    """The one file by name."""
    lines = [_line(number, graph_of(document)) for number, document in enumerate(documents, 1)]
    return {FILE: "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)}


def _line(number: int, graph: Graph) -> dict[str, Any]:
    numbers = {entity.id: place for place, entity in enumerate(graph.entities, 1)}
    entities = [
        {
            "id": numbers[entity.id],
            "label": entity.kind,
            "start_offset": to_utf16(graph.text, entity.start),
            "end_offset": to_utf16(graph.text, entity.end),
        }
        for entity in graph.entities
    ]
    relations = [
        {"id": place, "from_id": numbers[link.source], "to_id": numbers[link.target], "type": link.kind}
        for place, link in enumerate(graph.links, 1)
    ]
    kept: dict[str, list[Any]] = {}
    for entity in graph.entities:
        kept.setdefault(_place(entity.kind, entity.start, entity.end), []).append([entity.id, dict(entity.attributes)])
    meta = {"name": graph.name, "attributes": kept}
    return {
        "id": number,
        "text": graph.text,
        "entities": entities,
        "relations": relations,
        "meta": meta,
        "Comments": [],
    }


def _place(kind: str, start: int, end: int) -> str:
    return f"{kind} {start} {end}"


def read(files: Mapping[str, str]) -> list[GoldDocument]:
    """The documents of every ``.jsonl`` file."""
    found = []
    for name, words in sorted(files.items()):
        if name.endswith(".jsonl"):
            found += [document_of(_graph(name, line)) for line in words.split("\n") if line.strip()]
    return found


def _graph(name: str, line: str) -> Graph:
    try:
        data = json.loads(line)
        meta = data.get("meta") or data["metadata"]
        text, kept = data["text"], {place: list(rows) for place, rows in meta["attributes"].items()}
        entities = [_entity(text, item, kept) for item in data["entities"]]
        ids = {item["id"]: entity.id for item, entity in zip(data["entities"], entities, strict=True)}
        links = [Link(item["type"], ids[item["from_id"]], ids[item["to_id"]]) for item in data["relations"]]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ExchangeError(f"{name}: not a line of doccano with relations: {error!r}") from None
    return Graph(meta["name"], text, tuple(entities), tuple(links))


def _entity(text: str, item: Mapping[str, Any], kept: dict[str, list[Any]]) -> Entity:
    start, end = from_utf16(text, item["start_offset"], item["end_offset"])
    rows = kept.get(_place(item["label"], start, end))
    identity, attributes = rows.pop(0) if rows else (f"new{item['id']}", {})
    return Entity(identity, item["label"], start, end, attributes)
