"""Exchange with annotation tools: what people correct there comes back exactly.

Each format writes a sequence of documents as files by name, and reads such files back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fiscal_facts.evaluation.exchange import brat, doccano, label_studio, web_annotation
from fiscal_facts.evaluation.exchange.facts import checked
from fiscal_facts.evaluation.exchange.graph import ExchangeError
from fiscal_facts.evaluation.gold import GoldDocument


@dataclass(frozen=True, slots=True)
class Format:
    """How a tool's files are written and read."""

    write: Callable[[Sequence[GoldDocument]], dict[str, str]]
    read: Callable[[Mapping[str, str]], list[GoldDocument]]


FORMATS: Mapping[str, Format] = {
    "label-studio": Format(label_studio.write, label_studio.read),
    "doccano": Format(doccano.write, doccano.read),
    "brat": Format(brat.write, brat.read),
    "web-annotation": Format(web_annotation.write, web_annotation.read),
}

__all__ = ["FORMATS", "ExchangeError", "Format", "checked"]
