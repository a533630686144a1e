"""Label Studio: one JSON file of tasks, and the labelling configuration that fits it.

Offsets are code points, as current versions store them; what older versions wrote in UTF-16 units is recognised by
the words that every region repeats.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from fiscal_facts.evaluation.exchange.facts import document_of
from fiscal_facts.evaluation.exchange.graph import CHOICES, LINKS, PARTS, Entity, ExchangeError, Graph, Link, graph_of
from fiscal_facts.evaluation.exchange.units import from_utf16
from fiscal_facts.evaluation.gold import GoldDocument
from fiscal_facts.evaluation.shape import FACTS

TASKS = "tasks.json"
CONFIG = "config.xml"


def write(documents: Sequence[GoldDocument]) -> dict[str, str]:
    """The task file and the configuration by name."""
    tasks = [_task(graph_of(document)) for document in documents]
    names = sorted({name for task in tasks for region in task["annotations"][0]["result"] for name in _area(region)})
    return {TASKS: json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", CONFIG: _config(names)}


def _area(region: Mapping[str, Any]) -> Iterator[str]:
    if region["type"] == "textarea":
        yield region["from_name"]


def _task(graph: Graph) -> dict[str, Any]:
    result = [region for entity in graph.entities for region in _regions(graph.text, entity)]
    result += [
        {"type": "relation", "from_id": link.source, "to_id": link.target, "direction": "right", "labels": [link.kind]}
        for link in graph.links
    ]
    return {"data": {"text": graph.text, "name": graph.name}, "annotations": [{"result": result}]}


def _regions(text: str, entity: Entity) -> Iterator[dict[str, Any]]:
    place = {"start": entity.start, "end": entity.end}
    value = {**place, "text": text[entity.start : entity.end], "labels": [entity.kind]}
    yield {"id": entity.id, "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    for name, words in entity.attributes.items():
        kind = "choices" if name in CHOICES else "textarea"
        answer = {"choices": [words]} if kind == "choices" else {"text": [words]}
        yield {"id": entity.id, "from_name": name, "to_name": "text", "type": kind, "value": {**place, **answer}}


def _config(areas: Sequence[str]) -> str:
    def tags(tag: str, values: Sequence[str]) -> str:
        return "".join(f'\n    <{tag} value="{escape(value)}"/>' for value in values)

    choices = "".join(
        f'\n  <Choices name="{escape(name)}" toName="text" perRegion="true">{tags("Choice", values)}\n  </Choices>'
        for name, values in CHOICES.items()
    )
    boxes = "".join(f'\n  <TextArea name="{escape(name)}" toName="text" perRegion="true"/>' for name in areas)
    labels = tags("Label", (*FACTS, *PARTS))
    links = tags("Relation", LINKS)
    return (
        f'<View>\n  <Labels name="label" toName="text">{labels}\n  </Labels>\n'
        f'  <Text name="text" value="$text" granularity="symbol"/>\n'
        f"  <Relations>{links}\n  </Relations>{choices}{boxes}\n</View>\n"
    )


def read(files: Mapping[str, str]) -> list[GoldDocument]:
    """The documents of every ``.json`` file of tasks."""
    tasks = [task for name, words in sorted(files.items()) if name.endswith(".json") for task in _tasks(name, words)]
    return [document_of(_graph(task)) for task in tasks]


def _tasks(name: str, words: str) -> list[Any]:
    try:
        tasks = json.loads(words)
    except json.JSONDecodeError as error:
        raise ExchangeError(f"{name}: not JSON: {error.msg}") from None
    if not isinstance(tasks, list) or any(not task.get("annotations") for task in tasks):
        raise ExchangeError(f"{name}: not a list of annotated tasks")
    return tasks


def _graph(task: Mapping[str, Any]) -> Graph:
    data = task["data"]
    text: str = data["text"]
    result = task["annotations"][0]["result"]
    attributes: dict[str, dict[str, str]] = {}
    for region in result:
        if region["type"] in ("choices", "textarea"):
            answer = region["value"]["choices" if region["type"] == "choices" else "text"]
            attributes.setdefault(region["id"], {})[region["from_name"]] = answer[0]
    entities = [_entity(text, region, attributes) for region in result if region["type"] == "labels"]
    links = [Link(r["labels"][0], r["from_id"], r["to_id"]) for r in result if r["type"] == "relation"]
    return Graph(data["name"], text, tuple(entities), tuple(links))


def _entity(text: str, region: Mapping[str, Any], attributes: Mapping[str, Mapping[str, str]]) -> Entity:
    value = region["value"]
    start, end = value["start"], value["end"]
    if text[start:end] != value["text"]:
        start, end = from_utf16(text, start, end)
    if text[start:end] != value["text"]:
        raise ExchangeError(f"region {region['id']} reads {text[start:end]!r}, exported as {value['text']!r}")
    return Entity(region["id"], value["labels"][0], start, end, attributes.get(region["id"], {}))
