"""Totals and their parts in prose: which amounts a list adds up, across sentences and numbered paragraphs."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

import regex
from fiscal_patterns.facts import Amount, Stage

from fiscal_facts.checks.bases import is_base, is_whole
from fiscal_facts.checks.evidence import Evidence

# A list begins: 其中：, 收入包括：, 项目支出5万元（含…）; 含 only in brackets, for it is in many names.
_CUE = regex.compile(r"其中|包括|[(（]含")
# 基本支出中，人员经费…: the lead-in names the total.
_NAMING = regex.compile(r"(?P<name>[\p{Han}“”]{2,20})中[:：,，]")
# Inside another list where nothing closes the item before it.
_NESTED = regex.compile(r"[^；;。]{0,60}?(?:其中|包括|[(（](?![^()（）]{0,60}[)）]))")
_ENDS_NESTED = regex.compile(r"[；;。)）]")
_NUMBERED = -2
# Levels before a list that may be its total: the stages of one thing, and what is said of it between.
_LEVELS = 6


@dataclass(slots=True)
class Parts:
    """A total and the runs of parts stated of it. ``nested`` where a part has parts of its own.

    A run is what one lead-in lists, or all numbered paragraphs together; a total may be broken down more than once.
    ``rivals`` are other figures before the list that may be its total.
    """

    total: Amount
    runs: dict[tuple[int, int], list[Amount]] = field(default_factory=dict)
    nested: bool = False
    rivals: tuple[Amount, ...] = ()

    @property
    def parts(self) -> list[Amount]:
        """The parts of all runs, run by run."""
        return [part for run in self.runs.values() for part in run]


def read(evidence: Evidence) -> list[Parts]:
    """All totals with parts, in order of their section."""
    return evidence.remembered("lists", lambda: list(_read(evidence)))


def _read(evidence: Evidence) -> Iterator[Parts]:
    section: tuple[str, ...] | None = None
    reader = _Reader(evidence)
    for fact in evidence.amounts:
        if fact.role not in ("level", "part") or is_base(evidence, fact) or is_whole(evidence, fact):
            continue
        if fact.section != section:
            yield from reader.groups.values()
            reader, section = _Reader(evidence), fact.section
        reader.take(fact)
    yield from reader.groups.values()


class _Reader:
    """The lists of one section, amount by amount."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.groups: dict[str, Parts] = {}
        self._levels: list[Amount] = []
        self._last: Amount | None = None
        self._inner: Amount | None = None  # the part whose own parts are being listed
        self._lead_ins = 0
        self._group_of: dict[str, Parts] = {}  # by the id of a part
        self._part_names: set[str] = set()
        self._told: set[Hashable] = set()

    def take(self, fact: Amount) -> None:
        """The next level or part."""
        if fact.role == "level":
            self._inner = None
            if not any(label.text in self._part_names for label in fact.labels):
                self._levels.append(fact)
        elif self._is_told_again(fact):
            self._levels.append(fact)  # a part told again in a paragraph of its own, with parts of its own
            self._inner = None
        elif total := self._total(fact):
            group = self.groups.get(total.id) or self._begun(total)
            if total.id in self._group_of:
                self._group_of[total.id].nested = True
            self._group_of[fact.id] = group
            self._part_names.update(label.text for label in fact.labels)
            self._told |= _told(fact)
            group.runs.setdefault(self._run(fact, total), []).append(fact)
        self._last = fact

    def _is_told_again(self, part: Amount) -> bool:
        """Whether a part comes again in another paragraph than what was last taken."""
        elsewhere = self._last and self._evidence.block(self._last) is not self._evidence.block(part)
        return bool(elsewhere and self._told) and not self._told.isdisjoint(_told(part))

    def _begun(self, total: Amount) -> Parts:
        before = [*self._levels[-_LEVELS:], *([self._last] if self._last else [])]
        rivals = tuple(one for one in before if one is not total and one.value != total.value)
        found = self.groups[total.id] = Parts(total, rivals=rivals)
        return found

    def _total(self, part: Amount) -> Amount | None:
        """What ``part`` is a part of: the amount before it where a list begins inside a list, else the last level."""
        last = self._last
        between = self._evidence.between(last, part) if last else ""
        together = last is not None and self._evidence.sentence_number(last) == self._evidence.sentence_number(part)
        if not together or (self._inner and _ENDS_NESTED.search(between)):
            self._inner = None
        if last and together and last.role == "part" and part.stage in (last.stage, None) and _NESTED.match(between):
            self._inner = last
        elif _CUE.search(between):
            self._lead_ins += 1
        if self._inner:
            return self._inner
        levels = self._levels[-_LEVELS:][::-1]
        if "中" in between and (named := next((one for one in levels if names(between, one)), None)):
            return named
        return next((one for one in levels if one.period == part.period and _agree(one.stage, part.stage)), None)

    def _run(self, part: Amount, total: Amount) -> tuple[int, int]:
        """Which run a part belongs to: its lead-in and sentence, or the numbered paragraphs below the total."""
        block = self._evidence.block(part)
        below = block is not None and block is not self._evidence.block(total) and block.mark > block.start
        return (_NUMBERED, 0) if below else (self._evidence.sentence_number(part), self._lead_ins)


def names(lead_in: str, total: Amount) -> bool:
    """Whether words before a list name this total: 基本支出中，."""
    return any(
        label.text.endswith(found["name"]) or found["name"].endswith(label.text)
        for found in _NAMING.finditer(lead_in)
        for label in total.labels
    )


def _told(part: Amount) -> set[Hashable]:
    """What makes two parts the same one told twice: name, place in the classification, value."""
    return {(label.text, label.classification, part.value) for label in part.labels if part.value}


def _agree(total: Stage | None, part: Stage | None) -> bool:
    return total == part or total is None or part is None
