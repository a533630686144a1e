"""What a document yields, and its wire form: the same for Python, the command line and HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

import msgspec
from fiscal_patterns.facts import Fact, plain, to_dict
from fiscal_patterns.identity import Identity
from fiscal_patterns.unclaimed import Unclaimed

from fiscal_facts.checks.nouns import Checked, Finding, Tally, in_kind
from fiscal_facts.offsets import in_utf16
from fiscal_facts.version import __version__
from fiscal_facts.wire import flat

Offsets = Literal["code_point", "utf16"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of an answer should know: a stable ``code`` and one Chinese sentence."""

    code: str
    message: str


DEADLINE = Notice("deadline", "处理时间已到上限，只返回已找到的内容；后面的步骤没有进行。")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document yields. ``coverage`` is the share of prose numerals that are accounted for.

    ``partial`` is true when a deadline ended the work early: facts found so far are there, later types are missing.
    ``checked`` is None where the document was not checked against itself, because of a deadline or by choice.
    """

    text: str
    facts: tuple[Fact, ...]
    unclaimed: tuple[Unclaimed, ...]
    coverage: Decimal
    identity: Identity = field(default_factory=Identity)
    warnings: tuple[Notice, ...] = ()
    partial: bool = False
    checked: Checked | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Where the document contradicts itself, worst first."""
        return self.checked.findings if self.checked else ()

    @property
    def checks(self) -> tuple[Tally, ...]:
        """How often each kind of check was made, and with what outcome."""
        return self.checked.checks if self.checked else ()

    def without_findings(self, codes: Collection[str]) -> Extraction:
        """The same without findings and tallies of these codes; a kind (``change``) stands for all its codes."""
        if not codes or self.checked is None:
            return self
        findings = tuple(found for found in self.findings if not any(in_kind(found.code, code) for code in codes))
        checks = tuple(tally for tally in self.checks if not any(in_kind(tally.code, code) for code in codes))
        return replace(self, checked=Checked(findings, checks))

    def to_dict(
        self,
        *,
        types: Collection[str] | None = None,
        offsets: Offsets = "code_point",
        explain: bool = False,
        text: bool = False,
    ) -> dict[str, Any]:
        """The answer as JSON-ready data, keys in a fixed order; numbers are strings, ``partial`` only where true.

        ``types`` keeps facts of these types (their ids and references stay as they are); ``offsets`` chooses the unit
        of every span; ``explain`` adds the cues of each fact; ``text`` returns the text that the spans point into.
        """
        facts = [to_dict(fact, explain=explain) for fact in self.facts if types is None or fact.type in types]
        found = self._answer(facts, plain(self.unclaimed), text)
        found.update((name, plain(found[name])) for name in ("findings", "checks") if name in found)
        return in_utf16(found, self.text) if offsets == "utf16" else found

    def to_json(
        self,
        *,
        types: Collection[str] | None = None,
        offsets: Offsets = "code_point",
        explain: bool = False,
        text: bool = False,
    ) -> bytes:
        """:meth:`to_dict` as UTF-8 JSON, several times faster than encoding that would be."""
        if offsets == "utf16" and not self.text.isascii():
            return msgspec.json.encode(self.to_dict(types=types, offsets=offsets, explain=explain, text=text))
        facts = [flat(fact, explain=explain) for fact in self.facts if types is None or fact.type in types]
        return msgspec.json.encode(self._answer(facts, self.unclaimed, text))

    def findings_to_dict(self, *, offsets: Offsets = "code_point", text: bool = False) -> dict[str, Any]:
        """What was checked and found alone, without the facts."""
        found: dict[str, Any] = {"version": __version__, "document": self._document(text)}
        found |= {"findings": plain(self.findings), "checks": plain(self.checks), "warnings": plain(self.warnings)}
        found |= {"partial": True} if self.partial else {}
        return in_utf16(found, self.text) if offsets == "utf16" else found

    def _answer(self, facts: list[dict[str, Any]], unclaimed: Sequence[Any], text: bool) -> dict[str, Any]:
        found: dict[str, Any] = {
            "version": __version__,
            "document": self._document(text),
            "facts": facts,
            "unclaimed": unclaimed,
            "coverage": plain(self.coverage),
            **self._checked(),
            "warnings": plain(self.warnings),
        }
        return {**found, "partial": True} if self.partial else found

    def _checked(self) -> dict[str, Any]:
        if self.checked is None and not self.partial:
            return {}
        return {"findings": self.findings, "checks": self.checks}

    def _document(self, text: bool) -> dict[str, Any]:
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        found = {"sha256": digest, "chars": len(self.text), **plain(self.identity)}
        return {**found, "text": self.text} if text else found
