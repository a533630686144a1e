"""Facts as the encoder wants them: a flat dictionary each, what lies deeper left to the encoder, which is faster."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

from fiscal_patterns.facts import Fact, plain


def flat(fact: Fact, *, explain: bool) -> dict[str, Any]:
    """The members of ``to_dict(fact)`` in the same order, spans and labels still dataclasses."""
    kind: Any = type(fact)
    names, read, exact = _shape(kind, explain)
    found = dict(zip(names, read(fact), strict=True))
    for name in exact:
        found[name] = plain(found[name])
    return found


@cache
def _shape(kind: Any, explain: bool) -> tuple[tuple[str, ...], Any, tuple[str, ...]]:
    """Names in order, what reads them all at once, and which may hold decimals, whose digits are ours to write."""
    own = {field.name: str(field.type) for field in fields(kind)}
    names = ("id", "type", *(name for name in own if name != "id" and (explain or name != "cues")))
    exact = tuple(name for name in names if "Decimal" in own.get(name, "") or "IndicatorValue" in own.get(name, ""))
    return names, attrgetter(*names), exact
