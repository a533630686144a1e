"""What a complete disclosure must tell: present, absent, or a heading with nothing under it. The list is content.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import regex
from fiscal_patterns.facts import Amount
from fiscal_patterns.lexicon import one_of
from fiscal_patterns.sections import Section
from fiscal_patterns.text import Span

from fiscal_facts.checks.content_examples import disclosure
from fiscal_facts.checks.content_tables import TABLES, is_whole, opening, tables
from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable
from fiscal_facts.checks.places import block_at

ABSENT = Code(
    "content.absent",
    "note",
    "按规定应当公开的内容没有写",
    disclosure(without="政府采购"),
    disclosure(),
)
EMPTY = Code(
    "content.empty",
    "note",
    "有标题，下面没有数字，也没有说明没有",
    disclosure({"国有资产占用情况": "截至2024年底，本单位严格管理各类资产。"}),
    disclosure({"国有资产占用情况": "本单位没有占用国有资产。"}),
)
PART = Code(
    "content.part_absent",
    "note",
    "应当细化公开的一项没有写：“三公”经费的团组、辆、批次，授予中小企业的合同金额",
    disclosure({"政府采购情况": "政府采购支出总额12.00万元，其中：货物支出12.00万元、工程支出0万元、服务支出0万元。"}),
    disclosure({"政府采购情况": "本单位2024年未发生政府采购。"}),
)
CODES: tuple[Code, ...] = (ABSENT, EMPTY, PART, TABLES)

_UNREAD = frozenset(("contents", "definition", "page"))


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a disclosure must tell, or (``parts``) tell in detail.

    ``needs`` are types of facts of which its section holds one, or else a word of ``zero``; ``spent``: asked for only
    where money was spent on it; ``defined``: definitions will do.
    """

    name: str
    kinds: tuple[str, ...]
    words: regex.Pattern[str]
    needs: tuple[str, ...]
    regulation: str
    zero: regex.Pattern[str]
    spent: regex.Pattern[str] | None
    defined: bool
    parts: tuple[Item, ...]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("fiscal_facts.checks").joinpath("content.toml").read_text(encoding="utf-8"))


@cache
def items() -> tuple[Item, ...]:
    """All required items, in the order of the file."""
    return tuple(_item(row, row["kinds"], row["regulation"]) for row in _file()["item"])


def _item(row: dict[str, Any], kinds: list[str], regulation: str) -> Item:
    known = row.get("kinds", kinds)
    source = row.get("regulation", regulation)
    return Item(
        row["name"],
        tuple(known),
        regex.compile(one_of(row["words"])),
        tuple(row.get("needs", ())),
        source,
        regex.compile(one_of(row.get("zero", _file()["zero"]))),
        regex.compile(one_of(row["spent"])) if "spent" in row else None,
        row.get("defined", False),
        tuple(_item(part, known, source) for part in row.get("part", ())),
    )


def required(evidence: Evidence) -> Iterator[Outcome]:
    """Every item that this kind of document must tell."""
    kind = evidence.identity.kind
    if not is_whole(evidence):
        return
    titles = _titles(evidence)
    for item in items():
        if kind not in item.kinds:
            continue
        if not _stands(evidence, item.words) and not (item.defined and _defines(evidence)):
            message = f"没有写“{item.name}”（{item.regulation}）。"
            yield inconsistent(ABSENT, message, (opening(evidence),), expected=item.name)
            continue
        yield consistent(ABSENT)
        yield from _filled(evidence, item, titles)
        yield from (_part(evidence, item, part, titles) for part in item.parts if kind in part.kinds)


def _titles(evidence: Evidence) -> list[Section]:
    return [block.section for block in evidence.outline.blocks if block.kind == "heading" and block.section is not None]


def _stands(evidence: Evidence, words: regex.Pattern[str], start: int = 0) -> bool:
    """Whether a heading, a paragraph or a table holds one of the words; contents and definitions do not count."""
    for found in words.finditer(evidence.document.clean, start):
        block = block_at(evidence, found.start())
        if block is not None and block.kind not in _UNREAD:
            return True
    return False


def _defines(evidence: Evidence) -> bool:
    return any(block.kind == "definition" for block in evidence.outline.blocks)


def _filled(evidence: Evidence, item: Item, titles: list[Section]) -> Iterator[Outcome]:
    """The section of an item, if it has one of its own: a figure, or a word that there is none."""
    section = next((title for title in titles if item.words.search(title.title)), None)
    if not item.needs or section is None:
        return
    if any(fact.type in item.needs and _counts(fact) and section.title in fact.section for fact in evidence.facts):
        yield consistent(EMPTY)
        return
    blocks = [block for block in evidence.outline.blocks if _within(block.section, section)]
    words = [evidence.document.clean[block.start : block.end] for block in blocks if block.kind != "heading"]
    if any(block.kind == "table" for block in blocks) or any(item.zero.search(text) for text in words):
        yield not_checkable(EMPTY, "missing")
        return
    message = f"“{section.title}”下面没有数字，也没有说明没有（{item.regulation}）。"
    yield inconsistent(EMPTY, message, (_first_text(evidence, section),), expected=item.name)


def _first_text(evidence: Evidence, section: Section) -> Span:
    """The first paragraph of a section, or its heading where nothing follows."""
    blocks = [block for block in evidence.outline.blocks if _within(block.section, section)]
    block = next((block for block in blocks if block.kind == "prose"), blocks[0])
    return evidence.document.span(block.start, block.end)


def _counts(fact: object) -> bool:
    return not isinstance(fact, Amount) or fact.role != "threshold"


def _within(section: Section | None, outer: Section) -> bool:
    while section is not None and section is not outer:
        section = section.parent
    return section is outer


def _part(evidence: Evidence, item: Item, part: Item, titles: list[Section]) -> Outcome:
    spent = _spent(evidence, part)
    if part.spent and spent is None:
        return not_checkable(PART, "missing")
    section = next((title for title in titles if item.words.search(title.title)), None)
    if _told(evidence, part, section):
        return consistent(PART)
    place = spent or (_first_text(evidence, section) if section else opening(evidence))
    message = f"{item.name}没有写{part.name}（{part.regulation}）。"
    return inconsistent(PART, message, (place,), expected=part.name)


def _told(evidence: Evidence, part: Item, section: Section | None) -> bool:
    """Whether the section of the item tells the part; counts may stand anywhere."""
    if section is None or part.spent:
        return _stands(evidence, part.words)
    clean = evidence.document.clean
    blocks = [block for block in evidence.outline.blocks if _within(block.section, section)]
    return any(part.words.search(clean, block.start, block.end) for block in blocks)


def _spent(evidence: Evidence, part: Item) -> Amount | None:
    """The amount above zero that asks for the part, if any."""
    for amount in evidence.amounts if part.spent else ():
        level = amount.role in ("level", "part") and amount.stage not in ("budget", "initial_budget")
        if level and amount.value > 0 and any(_names(part, label.text) for label in amount.labels):
            return amount
    return None


def _names(part: Item, label: str) -> bool:
    return part.spent is not None and part.spent.search(label) is not None


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (required, tables)
