"""Parts against their total, in prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome

CODES: tuple[Code, ...] = ()
CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = ()
