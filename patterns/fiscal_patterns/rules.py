"""What a rule says of itself: id, meaning, source, and an example; listed by ``fiscal-facts rules`` and /v1/rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A stable id ``<type>.<shape>``, what it finds (Chinese, one sentence), an example, and where the form comes from."""

    id: str
    says: str
    example: str
    source: str = ""
