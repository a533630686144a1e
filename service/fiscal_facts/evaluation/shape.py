"""The shape of one annotation: the fact of the wire without what only an extractor can say.

An annotation has every attribute of its type but no ``rule``, ``section``, ``clean`` or ``cues``. Numbers are decimal
strings. :func:`read_fact` refuses whatever :func:`write_fact` would not write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import msgspec
from fiscal_patterns.facts import (
    FACT_TYPES,
    Amount,
    Count,
    Delta,
    Fact,
    Indicator,
    Percentage,
    Project,
    Reason,
    to_dict,
)
from fiscal_patterns.text import Span

FACTS: Mapping[str, type[Fact]] = {
    "amount": Amount,
    "percentage": Percentage,
    "count": Count,
    "delta": Delta,
    "reason": Reason,
    "project": Project,
    "indicator": Indicator,
}
"""The class of each of the seven types."""
EXTRACTOR_ONLY = ("clean", "section", "rule", "cues")
GOLD_RULE = "gold"
DECIMAL = re.compile(r"-?\d+(\.\d+)?")


class ShapeError(ValueError):
    """An annotation that has not the shape of its type."""


def write_fact(fact: Fact) -> dict[str, Any]:
    """A fact as an annotation file holds it: ``id`` and ``type`` first, decimals as strings."""
    return {name: value for name, value in to_dict(fact).items() if name not in EXTRACTOR_ONLY}


def read_fact(data: Any) -> Fact:
    """The fact that an annotation states; raises :class:`ShapeError` with the attribute and what is wrong with it."""
    if not isinstance(data, dict):
        raise ShapeError("not an object")
    if data.get("type") not in FACTS:
        raise ShapeError(f"unknown type {data.get('type')!r}; one of {', '.join(FACT_TYPES)}")
    kind = FACTS[data["type"]]
    _names(data, kind)
    span = data["span"]
    clean = span.get("text", "") if isinstance(span, dict) else ""
    filled = {**data, "clean": clean, "section": (), "rule": GOLD_RULE, "cues": ()}
    try:
        fact = msgspec.convert(filled, kind)
    except msgspec.ValidationError as error:
        raise ShapeError(str(error).replace("`$.", "`")) from None
    exact(data, write_fact(fact), "")
    return fact


def _names(data: Mapping[str, Any], kind: type[Fact]) -> None:
    wanted = {field.name for field in fields(kind)} - set(EXTRACTOR_ONLY) | {"type"}
    if missing := sorted(wanted - set(data)):
        raise ShapeError(f"{', '.join(missing)} missing")
    if unknown := sorted(set(data) - wanted):
        raise ShapeError(f"unknown attribute {', '.join(unknown)}")


def exact(given: Any, written: Any, path: str) -> None:
    """Refuses what reading would silently change: unknown keys, numbers that are not decimal strings."""
    if isinstance(given, dict) and isinstance(written, dict):
        if unknown := sorted(set(given) - set(written)):
            raise ShapeError(f"unknown attribute {path}{', '.join(unknown)}")
        for name, value in written.items():
            exact(given.get(name), value, f"{path}{name}.")
    elif isinstance(given, list) and isinstance(written, list):
        for one, other in zip(given, written, strict=True):
            exact(one, other, path)
    elif given != written or type(given) is not type(written):
        raise ShapeError(f"{path.rstrip('.')} is {given!r}, should be {written!r}")


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line of an annotation file: the header or a fact."""
    kinds = tuple(FACTS.values())
    _, components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    definitions = {name: closed(shape) for name, shape in components.items()}
    for name, kind in FACTS.items():
        definitions[kind.__name__] = _annotation(name, definitions[kind.__name__])
    definitions["Header"] = _header()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of an annotation file: the header first, then the facts in order of position",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in ("Header", *(kind.__name__ for kind in kinds))],
        "$defs": definitions,
    }


def closed(shape: dict[str, Any]) -> dict[str, Any]:
    """An object schema that allows no further keys and writes decimals as strings."""
    closed = {**shape, "required": sorted(shape["properties"]), "additionalProperties": False}
    closed["properties"] = {name: _decimals(value) for name, value in shape["properties"].items()}
    closed.pop("description", None)
    return closed


def _decimals(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("format") == "decimal":
            return {"type": "string", "pattern": f"^{DECIMAL.pattern}$"}
        return {name: _decimals(item) for name, item in value.items()}
    return [_decimals(item) for item in value] if isinstance(value, list) else value


def _annotation(name: str, shape: dict[str, Any]) -> dict[str, Any]:
    properties = {key: value for key, value in shape["properties"].items() if key not in EXTRACTOR_ONLY}
    properties = {"id": properties.pop("id"), "type": {"const": name}, **properties}
    return {**shape, "properties": properties, "required": sorted(properties)}


def _header() -> dict[str, Any]:
    properties = {
        "format": {"const": 1},
        "document": {"type": "string"},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "chars": {"type": "integer", "minimum": 0},
    }
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}


def spans(fact: Fact) -> list[tuple[str, Span]]:
    """Every span of a fact with the name of the attribute that holds it."""
    found = [("span", fact.span)]
    labels = getattr(fact, "labels", ())
    found += [(f"labels[{number}]", label.span) for number, label in enumerate(labels) if label.span]
    if isinstance(fact, Percentage) and fact.of and fact.of.span:
        found.append(("of", fact.of.span))
    if isinstance(fact, Reason):
        found += [(f"items[{number}]", item) for number, item in enumerate(fact.items)]
    if isinstance(fact, Indicator):
        values = (("target", fact.target), ("actual", fact.actual))
        found += [(name, value.span) for name, value in values if value]
    return found
