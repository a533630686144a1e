"""From the graph of an annotation tool back to checked facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from fiscal_patterns.facts import Fact

from fiscal_facts.evaluation.exchange.graph import BAR, FLAGS, PARTS, Entity, ExchangeError, Graph
from fiscal_facts.evaluation.gold import GoldDocument, GoldError, split_of
from fiscal_facts.evaluation.shape import EXTRACTOR_ONLY, FACTS, ShapeError, read_fact
from fiscal_facts.evaluation.soundness import position, unsound

_NUMBERED = re.compile(r"(\w+?)(?:_(\d+))?")
LISTS = ("labels", "current", "explains", "reasons", "items", "levels")
Ties = dict[tuple[str, int], str]
"""Of one fact: kind of link and place in its list to the entity at the other end."""


def document_of(graph: Graph) -> GoldDocument:
    """The document that a graph states; raises :class:`GoldError` where it is unsound."""
    entities = {entity.id: entity for entity in graph.entities}
    if len(entities) != len(graph.entities):
        raise GoldError(graph.name, None, "two entities have the same id")
    ties = _ties(graph, entities)
    made = []
    for entity in graph.entities:
        if entity.kind in FACTS:
            made.append(_data(graph, entity, ties.get(entity.id, {}), entities))
        elif entity.kind not in PARTS:
            raise GoldError(graph.name, entity.id, f"unknown kind {entity.kind!r}")
    _reasons_from_explains(made)
    facts = sorted((_fact(graph.name, data) for data in made), key=position)
    document = GoldDocument(graph.name, split_of(graph.name), graph.text, tuple(facts))
    return checked(document)


def checked(document: GoldDocument) -> GoldDocument:
    """The document, if its annotations are sound."""
    for fact, reason in unsound(document.text, document.facts):
        raise GoldError(document.name, fact, reason)
    return document


def _fact(name: str, data: dict[str, Any]) -> Fact:
    try:
        return read_fact(data)
    except ShapeError as error:
        raise GoldError(name, data["id"], str(error)) from None


def _ties(graph: Graph, entities: Mapping[str, Entity]) -> dict[str, Ties]:
    ties: dict[str, Ties] = {}
    for link in graph.links:
        for end in (link.source, link.target):
            if end not in entities:
                raise GoldError(graph.name, end, f"link {link.kind} names it, but it is not there")
        kind, place = split_number(link.kind)
        ties.setdefault(link.source, {})[kind, place] = link.target
    return ties


def split_number(kind: str) -> tuple[str, int]:
    """``label_2`` is the second label: ``("label", 1)``."""
    found = _NUMBERED.fullmatch(kind)
    if found is None:
        raise ExchangeError(f"unknown link {kind!r}")
    return found[1], int(found[2]) - 1 if found[2] else 0


def _data(graph: Graph, entity: Entity, ties: Ties, entities: Mapping[str, Entity]) -> dict[str, Any]:
    """An annotation as a file holds it, from an entity and what is tied to it."""
    names = [field.name for field in fields(FACTS[entity.kind]) if field.name not in EXTRACTOR_ONLY]
    data: dict[str, Any] = {"id": entity.id, "type": entity.kind}
    data |= {name: [] if name in LISTS else None for name in names if name != "id"}
    data["span"] = span(graph.text, entity)
    for name, words in entity.attributes.items():
        if not name.startswith("unplaced_"):
            data[name] = _typed(name, words)
    data |= {name: _of_parts(graph, name, data, entity, ties, entities) for name in names if name in _PARTS_OF}
    for kind, name in (("amount", "amount"), ("rate", "rate"), ("project", "project")):
        if (kind, 0) in ties and entity.kind in ("delta", "indicator"):
            data[name] = ties[kind, 0]
    if "current" in data:
        data["current"] = [ties.get(("current", place)) for place in range(len(data["labels"]))]
    if "explains" in data:
        data["explains"] = [target for (kind, _), target in sorted(ties.items()) if kind == "explains"]
    return data


_PARTS_OF = ("labels", "of", "items", "target", "actual")


def _of_parts(
    graph: Graph, name: str, data: Mapping[str, Any], entity: Entity, ties: Ties, entities: Mapping[str, Entity]
) -> Any:
    if name == "labels":
        return list(_labels(graph, "label", entity, ties, entities))
    if name == "of":
        return next(_labels(graph, "of", entity, ties, entities), None)
    if name == "items":
        places = sorted(place for kind, place in ties if kind == "item")
        return [span(graph.text, entities[ties["item", place]]) for place in places] or [data["span"]]
    return _value(graph, entities[ties[name, 0]]) if (name, 0) in ties else None


def _labels(
    graph: Graph, kind: str, entity: Entity, ties: Ties, entities: Mapping[str, Entity]
) -> Iterator[dict[str, Any]]:
    place = 0
    while True:
        name = f"unplaced_{kind}" if place == 0 else f"unplaced_{kind}_{place + 1}"
        if f"{name}.text" in entity.attributes:
            inside = {
                key.split(".")[1]: words for key, words in entity.attributes.items() if key.startswith(f"{name}.")
            }
            yield label(inside, None, inherited=inside["inherited"] == "true")
        elif (kind, place) in ties or (f"inherited_{kind}", place) in ties:
            inherited = (kind, place) not in ties
            part = entities[ties[f"inherited_{kind}" if inherited else kind, place]]
            yield label(part.attributes, span(graph.text, part), inherited=inherited)
        else:
            return
        place += 1


def label(words: Mapping[str, str], place: dict[str, Any] | None, *, inherited: bool) -> dict[str, Any]:
    """A label as an annotation file holds it; without ``text`` its name is its words without spaces."""
    path = None
    if "classification" in words:
        names = [name or None for name in words["classification"].split(BAR)]
        path = {"names": names, "code": words.get("code")}
    text = words.get("text") or "".join((place or {"text": ""})["text"].split())
    return {
        "text": text,
        "span": place,
        "inherited": inherited,
        "classification": path,
        "scope": words.get("scope"),
    }


def _value(graph: Graph, entity: Entity) -> dict[str, Any]:
    place = span(graph.text, entity)
    words = entity.attributes
    return {
        "text": words.get("text", place["text"]),
        "span": place,
        "comparator": words.get("comparator"),
        "value": words.get("value"),
        "unit": words.get("unit"),
    }


def _typed(name: str, words: str) -> Any:
    if name in FLAGS:
        return words == "true"
    if name == "order":
        return int(words) if words.isdecimal() else words
    return words.split(BAR) if name == "levels" else words


def _reasons_from_explains(made: list[dict[str, Any]]) -> None:
    by_id = {data["id"]: data for data in made}
    for data in sorted(made, key=lambda data: (data["span"]["start"], -data["span"]["end"])):
        for explained in data["explains"] if data["type"] == "reason" else ():
            if by_id[explained]["type"] == "delta":
                by_id[explained]["reasons"].append(data["id"])


def span(text: str, entity: Entity) -> dict[str, Any]:
    """The entity's place with its words."""
    return {"start": entity.start, "end": entity.end, "text": text[entity.start : entity.end]}
