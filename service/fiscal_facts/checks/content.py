"""What a complete disclosure must tell: present, absent, or a heading with nothing under it. The list is content.toml."""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import regex
from fiscal_patterns.facts import Amount, Fact
from fiscal_patterns.lexicon import one_of
from fiscal_patterns.sections import Block, Section
from fiscal_patterns.text import Span

from fiscal_facts.checks.content_bare import BARE, bare
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
CODES: tuple[Code, ...] = (ABSENT, EMPTY, BARE, PART, TABLES)

_UNREAD = frozenset(("contents", "definition", "page"))


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a disclosure must tell, or (``parts``) tell in detail.

    ``needs`` are types of facts of which its section holds one, or else a word of ``zero``; ``spent``: asked for only
    where money was spent on it; ``defined``: definitions will do.
    """

    name: str
    kinds: tuple[str, ...]
    words: tuple[str, ...]
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
        tuple(row["words"]),
        tuple(row.get("needs", ())),
        source,
        regex.compile(one_of(row.get("zero", _file()["zero"]))),
        regex.compile(one_of(row["spent"])) if "spent" in row else None,
        row.get("defined", False),
        tuple(_item(part, known, source) for part in row.get("part", ())),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading and all that stands under it, deeper headings included: clean offsets."""

    title: str
    blocks: tuple[Block, ...]


def required(evidence: Evidence) -> Iterator[Outcome]:
    """Every item that this kind of document must tell."""
    kind = evidence.identity.kind
    if not is_whole(evidence):
        return
    headings = [(at, section) for at, _, section in evidence.headings]
    for item in items():
        if kind not in item.kinds:
            continue
        if not _stands(evidence, item.words) and not (item.defined and _defines(evidence)):
            message = f"没有写{item.name}（{item.regulation}）。"
            yield inconsistent(ABSENT, message, (opening(evidence),), expected=item.name)
            continue
        yield consistent(ABSENT)
        under = _under(evidence, item, headings)
        yield from _filled(evidence, item, under)
        yield from (_detail(evidence, item, part, under) for part in item.parts if kind in part.kinds)


def headings(evidence: Evidence) -> Iterator[Outcome]:
    """Headings of required sections with nothing under them; excerpts are asked too, of what they hold."""
    kind = evidence.identity.kind
    if kind in ("final_account", "budget"):
        yield from bare(evidence, _titles(kind))


@cache
def _titles(kind: str) -> regex.Pattern[str]:
    """Words of the headings of sections that a kind of document must have, definitions aside."""
    asked = [item for item in items() if kind in item.kinds and not item.defined]
    return regex.compile(one_of({word for item in asked for word in item.words}))


def _under(evidence: Evidence, item: Item, headings: list[tuple[int, Section]]) -> _Part | None:
    """The first heading with one of the item's words, and what stands under it; ``headings`` by number of block."""
    blocks = evidence.outline.blocks
    for place, (first, section) in enumerate(headings):
        if any(word in section.title for word in item.words):
            later = (at for at, other in headings[place + 1 :] if other.rank <= section.rank)
            return _Part(section.title, blocks[first : next(later, len(blocks))])
    return None


def _stands(evidence: Evidence, words: tuple[str, ...]) -> bool:
    """Whether a heading, a paragraph or a table holds one of the words; contents and definitions do not count."""
    clean = evidence.document.clean
    for word in words:
        at = clean.find(word)
        while at >= 0:
            block = block_at(evidence, at)
            if block is not None and block.kind not in _UNREAD:
                return True
            at = clean.find(word, at + 1)
    return False


def _defines(evidence: Evidence) -> bool:
    return any(block.kind == "definition" for block in evidence.outline.blocks)


def _filled(evidence: Evidence, item: Item, under: _Part | None) -> Iterator[Outcome]:
    """What stands under the item's own heading: a figure, or a word that there is none."""
    if not item.needs or under is None:
        return
    if any(fact.type in item.needs and _counts(fact) for fact in _facts(evidence, under)):
        yield consistent(EMPTY)
        return
    words = [evidence.document.clean[block.start : block.end] for block in under.blocks if block.kind != "heading"]
    if not words or (len(words) == 1 and words[0].endswith((":", "："))):
        return  # content.bare_heading looks at that
    if any(block.kind == "table" for block in under.blocks) or any(item.zero.search(text) for text in words):
        yield not_checkable(EMPTY, "missing")
        return
    message = f"“{under.title}”下面没有数字，也没有说明没有（{item.regulation}）。"
    yield inconsistent(EMPTY, message, (_first_text(evidence, under),), expected=item.name)


def _facts(evidence: Evidence, under: _Part) -> tuple[Fact, ...]:
    start = evidence.document.source(under.blocks[0].start)
    end = evidence.document.source(under.blocks[-1].end - 1)
    first = bisect_left(evidence.facts, start, key=lambda fact: fact.span.start)
    return evidence.facts[first : bisect_right(evidence.facts, end, key=lambda fact: fact.span.start)]


def _counts(fact: Fact) -> bool:
    return not isinstance(fact, Amount) or fact.role != "threshold"


def _first_text(evidence: Evidence, under: _Part) -> Span:
    """The first paragraph under a heading, or the heading where nothing follows."""
    block = next((block for block in under.blocks if block.kind == "prose"), under.blocks[0])
    return evidence.document.span(block.start, block.end)


def _detail(evidence: Evidence, item: Item, part: Item, under: _Part | None) -> Outcome:
    spent = _spent(evidence, part)
    if part.spent and spent is None:
        return not_checkable(PART, "missing")
    if _told(evidence, part, under):
        return consistent(PART)
    place = spent or (_first_text(evidence, under) if under else opening(evidence))
    message = f"{item.name}没有写{part.name}（{part.regulation}）。"
    return inconsistent(PART, message, (place,), expected=part.name)


def _told(evidence: Evidence, part: Item, under: _Part | None) -> bool:
    """Whether the item's own paragraphs tell the part; counts may stand anywhere."""
    if under is None or part.spent:
        return _stands(evidence, part.words)
    start, end = under.blocks[0].start, under.blocks[-1].end
    return any(evidence.document.clean.find(word, start, end) >= 0 for word in part.words)


def _spent(evidence: Evidence, part: Item) -> Amount | None:
    """The amount above zero that asks for the part, if any."""
    if part.spent is None:
        return None
    found = (name for name in _spending(evidence) if part.spent.search(name))
    name = next(found, None)
    return _spending(evidence)[name] if name is not None else None


def _spending(evidence: Evidence) -> dict[str, Amount]:
    """Names of what money was spent on, in order, each with the first amount above zero."""

    def work() -> dict[str, Amount]:
        found: dict[str, Amount] = {}
        for amount in evidence.amounts:
            planned = amount.stage in ("budget", "initial_budget")
            if amount.role in ("level", "part") and not planned and amount.value > 0:
                for label in amount.labels:
                    found.setdefault(label.text, amount)
        return found

    return evidence.remembered("spending", work)


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (required, headings, tables)
