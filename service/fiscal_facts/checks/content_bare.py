"""Headings of required sections with nothing under them, or only the words that lead something in."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from fiscal_patterns.sections import Block

from fiscal_facts.checks.content_examples import disclosure
from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent

BARE = Code(
    "content.bare_heading",
    "warning",
    "应当公开的一节只有标题，或只有“情况如下：”，下面就是下一节",
    disclosure({"国有资产占用情况": "本部门国有资产占用情况如下："}),
    disclosure({"国有资产占用情况": "本部门国有资产占用情况如下：无。"}),
)

# A list of headings (of tables, of what is attached) has nothing under any: two sections with text show that it is none.
_FEWEST = 2
_TABLE = regex.compile(r"[表图](?:[(（][^()（）]{1,30}[)）])*$")
_LEAD_IN = regex.compile(r"\A(?:[^。；;:：\d]|20\d\d(?=年)){2,60}+[:：]")
# What is attached begins: 附表：支出决算简表, 附件 2023年度主要决算指标; with a name of its own.
_ATTACHED = regex.compile(r"附(?:[件表录]\s?\d{0,2}[:：、.\s]?\s?(?P<name>[^。，,；;]{4,40}))$")


def bare(evidence: Evidence, words: regex.Pattern[str]) -> Iterator[Outcome]:
    """Headings with one of ``words``, among sections that have text."""
    clean = evidence.document.clean
    headings = [(at, block) for at, block, section in evidence.headings if section.rank]
    filled: dict[tuple[int, int], int] | None = None
    for place, (at, block) in enumerate(headings):
        if not words.search(clean, block.mark, block.end):
            continue
        if _may_hold(evidence, at):
            yield consistent(BARE)
            continue
        filled = _filled(evidence, headings) if filled is None else filled
        if filled.get(_kin(block), 0) < _FEWEST or _TABLE.search(clean, block.mark, block.end):
            continue
        following = headings[place + 1] if place + 1 < len(headings) else None
        under = _under(evidence, at, following[0] if following else None)
        outcome = _empty(evidence, block, under, following[1] if following else None)
        yield outcome or consistent(BARE)


def _may_hold(evidence: Evidence, at: int) -> bool:
    """Whether a paragraph follows that neither leads something in nor names what is attached: most headings end here."""
    blocks, clean = evidence.outline.blocks, evidence.document.clean
    if at + 1 == len(blocks) or blocks[at + 1].kind != "prose":
        return False
    block = blocks[at + 1]
    return clean[block.end - 1] not in ":：" and clean[block.start] != "附"


def _kin(block: Block) -> tuple[int, int]:
    """What headings of one level of one part have in common."""
    section = block.section
    assert section is not None  # noqa: S101 a heading
    return section.rank, section.parent.start if section.parent else -1


def _filled(evidence: Evidence, headings: list[tuple[int, Block]]) -> dict[tuple[int, int], int]:
    """How many headings of each level have text of their own."""
    found: dict[tuple[int, int], int] = {}
    blocks = evidence.outline.blocks
    for at, block in headings:
        if at + 1 < len(blocks) and blocks[at + 1].kind == "prose":
            found[_kin(block)] = found.get(_kin(block), 0) + 1
    return found


def _under(evidence: Evidence, at: int, end: int | None) -> list[Block]:
    """The first two blocks between a heading and the next, numbers of pages aside."""
    blocks = evidence.outline.blocks[at + 1 : end if end is not None else at + 5]
    return [block for block in blocks[:4] if block.kind != "page"][:2]


def _empty(evidence: Evidence, heading: Block, under: list[Block], following: Block | None) -> Outcome | None:
    """The finding, where nothing stands under a heading before the next of its kind or before what is attached."""
    clean = evidence.document.clean
    ends = following is None or _kin(following) == _kin(heading)
    title = clean[heading.start : heading.end]
    first = clean[under[0].start : under[0].end] if under else ""
    attached = _ATTACHED.match(first) if under and under[0].kind != "table" else None
    if attached and not _shares(title, attached["name"]):
        return _finding(evidence, heading, under[0], f"“{title}”只有标题，下面就是附件。")
    if not under and following is not None and ends:
        return _finding(evidence, heading, following, f"“{title}”只有标题，下面就是下一节。")
    if len(under) == 1 and under[0].kind == "prose" and following is not None and ends and _LEAD_IN.fullmatch(first):
        return _finding(evidence, under[0], heading, f"“{title}”只有“{first}”，后面没有内容。")
    return None


def _shares(title: str, name: str) -> bool:
    """Whether what is attached is what the heading promises: a pair of characters of its subject in both."""
    subject = regex.sub(
        r"^[^、.．)）]{1,4}[、.．)）]|20\d\d年度?|部门|单位|预算|决算|支出|收入|情况|说明|管理|占用|占有|使用",
        " ",
        title,
    )
    pairs = {subject[at : at + 2] for at in range(len(subject) - 1)}
    return any(" " not in pair and pair in name for pair in pairs)


def _finding(evidence: Evidence, wrong: Block, other: Block, message: str) -> Outcome:
    spans = [evidence.document.span(block.start, block.end) for block in (wrong, other)]
    return inconsistent(BARE, message, spans, printed=spans[0].text)
