"""W3C Web Annotation (JSON-LD): one annotation page per document.

Each entity is an annotation whose target selects its place twice, by position in code points and by quotation; each
link is an annotation with motivation ``linking``. Bodies that hold attributes have the type ``Dataset``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fiscal_facts.evaluation.exchange.facts import document_of
from fiscal_facts.evaluation.exchange.graph import Entity, ExchangeError, Graph, Link, graph_of
from fiscal_facts.evaluation.gold import GoldDocument

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 16
"""Characters of prefix and suffix of a quotation: enough to tell repeated amounts in a list apart."""


def write(documents: Sequence[GoldDocument]) -> dict[str, str]:
    """``<name>.jsonld`` and ``<name>.txt`` for each document."""
    files = {}
    for document in documents:
        page = json.dumps(_page(graph_of(document)), ensure_ascii=False, indent=1)
        files[f"{document.name}.jsonld"] = page + "\n"
        files[f"{document.name}.txt"] = document.text
    return files


def _page(graph: Graph) -> dict[str, Any]:
    items = [_entity_annotation(graph, entity) for entity in graph.entities]
    items += [_link_annotation(place, link) for place, link in enumerate(graph.links, 1)]
    return {"@context": CONTEXT, "type": "AnnotationPage", "id": _iri(graph.name), "items": items}


def _iri(name: str) -> str:
    return f"urn:fiscal-facts:{name}"


def _entity_annotation(graph: Graph, entity: Entity) -> dict[str, Any]:
    start, end, text = entity.start, entity.end, graph.text
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    body = [{"type": "TextualBody", "purpose": "tagging", "value": entity.kind}]
    if entity.attributes:
        body.append({"type": "Dataset", "purpose": "describing", "value": dict(entity.attributes)})  # type: ignore[dict-item]
    return {
        "id": f"#{entity.id}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": body,
        "target": {"source": f"{_iri(graph.name)}.txt", "selector": [position, quote]},
    }


def _link_annotation(place: int, link: Link) -> dict[str, Any]:
    body = [{"type": "TextualBody", "purpose": "tagging", "value": link.kind}, f"#{link.target}"]
    target = f"#{link.source}"
    return {"id": f"#link{place}", "type": "Annotation", "motivation": "linking", "body": body, "target": target}


def read(files: Mapping[str, str]) -> list[GoldDocument]:
    """The documents of every ``.jsonld`` page whose text lies beside it."""
    found = []
    for name in sorted(name.removesuffix(".jsonld") for name in files if name.endswith(".jsonld")):
        if f"{name}.txt" not in files:
            raise ExchangeError(f"{name}.jsonld has no {name}.txt beside it")
        found.append(document_of(_graph(name, files[f"{name}.txt"], files[f"{name}.jsonld"])))
    return found


def _graph(name: str, text: str, words: str) -> Graph:
    try:
        items = json.loads(words)["items"]
        entities = [_entity(text, item) for item in items if item["motivation"] == "tagging"]
        links = [
            Link(item["body"][0]["value"], item["target"].removeprefix("#"), item["body"][1].removeprefix("#"))
            for item in items
            if item["motivation"] == "linking"
        ]
    except (json.JSONDecodeError, KeyError, TypeError, IndexError) as error:
        raise ExchangeError(f"{name}.jsonld: not a page of ours: {error!r}") from None
    return Graph(name, text, tuple(entities), tuple(links))


def _entity(text: str, item: Mapping[str, Any]) -> Entity:
    selectors = {selector["type"]: selector for selector in item["target"]["selector"]}
    position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
    start, end = position["start"], position["end"]
    if text[start:end] != quote["exact"]:
        raise ExchangeError(f"{item['id']} reads {text[start:end]!r}, quoted as {quote['exact']!r}")
    attributes: dict[str, str] = next((body["value"] for body in item["body"] if body["type"] == "Dataset"), {})
    return Entity(item["id"].removeprefix("#"), item["body"][0]["value"], start, end, attributes)
