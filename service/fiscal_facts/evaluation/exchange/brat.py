"""brat: text, stand-off annotations and configuration.

brat allows no line break inside an annotation, so one that crosses breaks (or tabs, which separate its columns) is
written as discontinuous fragments and read back as the stretch from the first to the last. Attributes with fixed values
are brat attributes; the rest, and the fact's own id, are the note of the annotation, as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from fiscal_facts.evaluation.exchange.facts import document_of
from fiscal_facts.evaluation.exchange.graph import CHOICES, LINKS, PARTS, Entity, ExchangeError, Graph, Link, graph_of
from fiscal_facts.evaluation.gold import GoldDocument
from fiscal_facts.evaluation.shape import FACTS

CONFIG = "annotation.conf"
_BREAK = re.compile(r"[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]+")


def write(documents: Sequence[GoldDocument]) -> dict[str, str]:
    """``<name>.txt`` and ``<name>.ann`` for each document, and the configuration."""
    files = {CONFIG: _config()}
    for document in documents:
        files[f"{document.name}.txt"] = document.text
        files[f"{document.name}.ann"] = "".join(f"{line}\n" for line in _lines(graph_of(document)))
    return files


def _lines(graph: Graph) -> Iterator[str]:
    numbers = {entity.id: place for place, entity in enumerate(graph.entities, 1)}
    attribute = 0
    for entity in graph.entities:
        number = numbers[entity.id]
        pieces = fragments(graph.text, entity.start, entity.end)
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(graph.text[start:end] for start, end in pieces)
        yield f"T{number}\t{entity.kind} {places}\t{words}"
        for name in (name for name in entity.attributes if name in CHOICES):
            attribute += 1
            yield f"A{attribute}\t{name} T{number} {entity.attributes[name]}"
        rest = {name: words for name, words in entity.attributes.items() if name not in CHOICES}
        yield f"#{number}\tAnnotatorNotes T{number}\t{json.dumps({'id': entity.id, **rest}, ensure_ascii=False)}"
    for place, link in enumerate(graph.links, 1):
        yield f"R{place}\t{link.kind} Arg1:T{numbers[link.source]} Arg2:T{numbers[link.target]}"


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces of a stretch between breaks and tabs."""
    edges = [(start, start), *((m.start(), m.end()) for m in _BREAK.finditer(text, start, end)), (end, end)]
    pieces = [(edges[place][1], edges[place + 1][0]) for place in range(len(edges) - 1)]
    return [piece for piece in pieces if piece[0] < piece[1]]


def _config() -> str:
    entities = "\n".join((*FACTS, *PARTS))
    ends = "Arg1:<ENTITY>, Arg2:<ENTITY>"
    relations = "\n".join(f"{name}{number}\t{ends}" for name in LINKS for number in ("", "_2", "_3", "_4"))
    attributes = "\n".join(f"{name}\tArg:<ENTITY>, Value:{'|'.join(values)}" for name, values in CHOICES.items())
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    return f"[entities]\n{entities}\n\n[relations]\n{overlap}\n{relations}\n\n[events]\n\n[attributes]\n{attributes}\n"


def read(files: Mapping[str, str]) -> list[GoldDocument]:
    """The documents whose ``.txt`` and ``.ann`` are both there."""
    names = sorted(name.removesuffix(".ann") for name in files if name.endswith(".ann"))
    for name in names:
        if f"{name}.txt" not in files:
            raise ExchangeError(f"{name}.ann has no {name}.txt beside it")
    return [document_of(_graph(name, files[f"{name}.txt"], files[f"{name}.ann"])) for name in names]


_LINE = re.compile(
    r"(?P<id>T\d+)\t(?P<kind>\w+) (?P<places>\d+ \d+(?:;\d+ \d+)*)\t.*"
    r"|A\d+\t(?P<name>\w+) (?P<of>T\d+) (?P<value>\S+)"
    r"|#\d+\tAnnotatorNotes (?P<on>T\d+)\t(?P<note>.*)"
    r"|R\d+\t(?P<link>\w+) Arg1:(?P<from>T\d+) Arg2:(?P<to>T\d+)\s*"
)


def _graph(name: str, text: str, lines: str) -> Graph:
    found = [_match(name, line) for line in lines.split("\n") if line.strip()]
    attributes: dict[str, dict[str, str]] = {}
    for match in found:
        if match["of"]:
            attributes.setdefault(match["of"], {})[match["name"]] = match["value"]
        elif match["on"]:
            attributes.setdefault(match["on"], {}).update(_note(name, match["note"]))
    ids = {match["id"]: attributes.get(match["id"], {}).pop("id", match["id"]) for match in found if match["id"]}
    entities = [
        Entity(ids[match["id"]], match["kind"], *_ends(match["places"]), attributes.get(match["id"], {}))
        for match in found
        if match["id"]
    ]
    links = [Link(m["link"], ids.get(m["from"], m["from"]), ids.get(m["to"], m["to"])) for m in found if m["link"]]
    return Graph(name, text, tuple(entities), tuple(links))


def _match(name: str, line: str) -> re.Match[str]:
    if (found := _LINE.fullmatch(line)) is None:
        raise ExchangeError(f"{name}.ann: cannot read {line!r}")
    return found


def _note(name: str, words: str) -> dict[str, str]:
    try:
        note = json.loads(words)
    except json.JSONDecodeError:
        raise ExchangeError(f"{name}.ann: the note {words!r} is not JSON") from None
    return {str(key): str(value) for key, value in note.items()}


def _ends(places: str) -> tuple[int, int]:
    pieces = [tuple(map(int, piece.split(" "))) for piece in places.split(";")]
    return pieces[0][0], pieces[-1][1]
