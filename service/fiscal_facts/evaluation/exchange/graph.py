"""Annotations as the graph that annotation tools know: entities with attributes, and links between them.

A fact is an entity of its type. Labels, wholes, items of a reason, target and actual values are entities of their own,
because people correct them by their place; links tie them to their fact. Every other attribute is words on the entity,
absent ones left out. ``reasons`` of a delta is not written: it is ``explains`` read backwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fiscal_facts.evaluation.gold import GoldDocument
from fiscal_facts.evaluation.shape import write_fact

PARTS = ("label", "item", "target", "actual")
"""Entities that are no facts."""
LINKS = (
    "label", "inherited_label", "of", "inherited_of", "item", "target", "actual", "amount", "rate", "current",
    "explains", "project",
)  # fmt: skip
FLAGS = ("template", "placeholder", "met")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "role": ("level", "change", "part", "price", "threshold"),
    "stage": ("budget", "initial_budget", "adjusted_budget", "final_account", "outturn"),
    "kind": ("share", "completion", "growth", "rate", "target", "threshold"),
    "approximation": ("about", "over", "under", "at_least", "at_most"),
    "direction": ("increase", "decrease", "unchanged"),
    "basis": ("previous_year", "initial_budget", "budget", "adjusted_budget", "same_period", "plan", "other"),
    "template": ("true", "false"),
    "placeholder": ("true", "false"),
    "met": ("true", "false"),
}
"""Attributes with a fixed set of values, for tools that offer choices."""
BAR = "|"
"""Between the members of a list that is written as words: levels, classification."""


Annotation = Mapping[str, Any]
"""A fact or a part of one as an annotation file holds it."""
Drawer = Callable[[Annotation, str, Any], Iterable[tuple[str, str]]]


class ExchangeError(ValueError):
    """What a tool exported cannot be read back: document, place and reason."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of text with a kind; ``attributes`` are words."""

    id: str
    kind: str
    start: int
    end: int
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A tie from one entity to another. A number at the end of ``kind`` (``label_2``) is the place in a list."""

    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Graph:
    """The annotations of one document; ``name`` is the document's."""

    name: str
    text: str
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]


def graph_of(document: GoldDocument) -> Graph:
    """The facts of a document as entities and links."""
    drawing = _Drawing()
    for fact in document.facts:
        drawing.add(write_fact(fact))
    return Graph(document.name, document.text, tuple(drawing.entities), tuple(drawing.links))


def numbered(kind: str, place: int) -> str:
    """``label`` for the first of a list, ``label_2`` for the second."""
    return kind if place == 0 else f"{kind}_{place + 1}"


class _Drawing:
    """Collects entities and links; one label entity serves every fact that has it."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.links: list[Link] = []
        self._parts: dict[tuple[Any, ...], str] = {}
        self._drawers: Mapping[str, Drawer] = {
            "labels": self._labels,
            "of": self._of,
            "items": self._items,
            "levels": self._levels,
            **dict.fromkeys(("target", "actual"), self._cell),
            **dict.fromkeys(("amount", "rate", "current", "explains", "project"), self._reference),
        }

    def add(self, data: Annotation) -> None:
        attributes: dict[str, str] = {}
        for name, value in data.items():
            if name not in ("id", "type", "span", "reasons"):
                draw = self._drawers.get(name, self._words)
                attributes.update(draw(data, name, value))
        span = data["span"]
        self.entities.append(Entity(data["id"], data["type"], span["start"], span["end"], attributes))

    def _words(self, fact: Annotation, name: str, value: Any) -> Iterator[tuple[str, str]]:
        if value is not None:
            yield name, ("true" if value else "false") if isinstance(value, bool) else str(value)

    def _labels(self, fact: Annotation, name: str, value: Any) -> Iterator[tuple[str, str]]:
        for place, label in enumerate(value):
            yield from self._label(fact, "label", place, label)

    def _of(self, fact: Annotation, name: str, value: Any) -> Iterator[tuple[str, str]]:
        if value:
            yield from self._label(fact, "of", 0, value)

    def _label(self, fact: Annotation, kind: str, place: int, label: Annotation) -> Iterator[tuple[str, str]]:
        """A label with a place is an entity; one without is words on the fact."""
        words = label_words(label)
        if label["span"] is None:
            name = numbered(f"unplaced_{kind}", place)
            yield from ((f"{name}.{key}", value) for key, value in words.items())
            yield f"{name}.inherited", str(label["inherited"]).lower()
            return
        part = self._part("label", label["span"], words)
        kind = f"inherited_{kind}" if label["inherited"] else kind
        self.links.append(Link(numbered(kind, place), fact["id"], part))

    def _part(self, kind: str, span: Annotation, words: dict[str, str]) -> str:
        key = (kind, span["start"], span["end"], tuple(words.items()))
        if key not in self._parts:
            self._parts[key] = f"{kind}{len(self._parts) + 1}"
            self.entities.append(Entity(self._parts[key], kind, span["start"], span["end"], words))
        return self._parts[key]

    def _items(self, fact: Annotation, name: str, value: Any) -> Iterator[tuple[str, str]]:
        if value != [fact["span"]]:
            parts = [self._part("item", item, {}) for item in value]
            self.links += [Link(numbered("item", place), fact["id"], part) for place, part in enumerate(parts)]
        yield from ()

    def _cell(self, fact: Annotation, name: str, value: Any) -> Iterator[tuple[str, str]]:
        if value:
            words = {key: value[key] for key in ("comparator", "value", "unit") if value[key] is not None}
            if value["text"] != value["span"]["text"]:
                words["text"] = value["text"]
            self.links.append(Link(name, fact["id"], self._part(name, value["span"], words)))
        yield from ()

    def _reference(self, fact: Annotation, name: str, value: Any) -> Iterator[tuple[str, str]]:
        identities: Sequence[str | None] = value if isinstance(value, list) else [value]
        found = [(place, identity) for place, identity in enumerate(identities) if identity]
        self.links += [Link(numbered(name, place), fact["id"], identity) for place, identity in found]
        yield from ()

    def _levels(self, fact: Annotation, name: str, value: Any) -> Iterator[tuple[str, str]]:
        if value:
            yield name, joined(value)


def label_words(label: Annotation) -> dict[str, str]:
    """What a label says besides its place."""
    words = {"text": label["text"]}
    if path := label["classification"]:
        words["classification"] = joined(name or "" for name in path["names"])
        if path["code"]:
            words["code"] = path["code"]
    if label["scope"]:
        words["scope"] = label["scope"]
    return words


def joined(members: Iterable[str]) -> str:
    """Members with a bar between; a member that holds a bar cannot be written."""
    listed = list(members)
    if any(BAR in member for member in listed):
        raise ExchangeError(f"{listed!r} cannot be written with {BAR!r} between its members")
    return BAR.join(listed)
