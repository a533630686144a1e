"""Every numeral is accounted for: what no fact claims is returned with a reason.

The received text is read, not the clean one, so that a numeral in residue or in a page number is not forgotten.
Outside prose the kind of block is the reason; in prose the shape of the numeral and what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal, cast

import regex

from fiscal_patterns.facts import Fact
from fiscal_patterns.quantity.numerals import HAN
from fiscal_patterns.records import record
from fiscal_patterns.sections.nouns import BlockKind, Outline
from fiscal_patterns.tables.nouns import Tables
from fiscal_patterns.text import Document, Span

UnclaimedReason = Literal[
    "date", "ordinal", "heading", "document_number", "code", "table", "page", "definition", "formula", "contact",
    "name", "unknown",
]  # fmt: skip
_OF_BLOCK: dict[BlockKind, UnclaimedReason] = {
    "heading": "heading",
    "contents": "page",
    "definition": "definition",
    "table": "table",
    "caption": "heading",
    "page": "page",
}
# Blocks whose numerals all have the reason of the block, dates too.
_WHOLLY: frozenset[UnclaimedReason | None] = frozenset(("table", "definition"))
_Region = tuple[int, UnclaimedReason | None]
"""Where a region begins in the received text, and its reason; None for prose."""


@record
class Unclaimed:
    """A numeral that no fact holds, and why."""

    span: Span
    reason: UnclaimedReason


def unclaimed(
    document: Document, outline: Outline, tables: Tables, facts: Sequence[Fact]
) -> tuple[tuple[Unclaimed, ...], Decimal]:
    """Unclaimed numerals in order, and ``coverage`` = 1 - unknown / all numerals in prose (1 where there are none)."""
    claimed = _claimed(facts, len(document.received))
    found: list[Unclaimed] = []
    in_prose, place = 0, 0
    for begin, end, reason in _regions(document, outline, tables):
        while claimed[place][1] <= begin:
            place += 1
        if reason and reason in _WHOLLY and claimed[place][0] >= end:
            found += [Unclaimed(Span(*m.span(), m[0]), reason) for m in DIGITS.finditer(document.received, begin, end)]
            continue
        for match in (DIGITS if reason else HAN_OR_DIGITS).finditer(document.received, begin, end):
            in_prose += reason is None
            while claimed[place][1] <= match.start():
                place += 1
            for span in _unheld(document.received, *match.span(), claimed, place):
                found.append(Unclaimed(span, _reason(document.received, span, reason)))
    return tuple(found), _coverage(sum(item.reason == "unknown" for item in found), in_prose)


def _coverage(unknown: int, in_prose: int) -> Decimal:
    """Four decimals; a text without numerals is covered."""
    return (1 - Decimal(unknown) / max(1, in_prose)).quantize(Decimal("0.0001"))


def _claimed(facts: Iterable[Fact], length: int) -> list[tuple[int, int]]:
    """The ranges of the facts as disjoint ranges in order, and two behind the text; facts come in order of start."""
    found = [(-1, -1)]
    for fact in facts:
        if fact.span.start > found[-1][1]:
            found.append((fact.span.start, fact.span.end))
        elif fact.span.end > found[-1][1]:
            found[-1] = found[-1][0], fact.span.end
    return [*found, *[(length + 1, length + 2)] * 2]


def _unheld(text: str, start: int, stop: int, claimed: Sequence[tuple[int, int]], place: int) -> Sequence[Span]:
    """What of a numeral no fact holds: all, nothing, or the digits left; ``place`` is the first range that may touch it."""
    first, last = claimed[place]
    if stop <= first:
        return (Span(start, stop, text[start:stop]),)
    found: list[Span] = []
    while start < stop and not first <= start < stop <= last:
        found += [Span(*run.span(), run[0]) for run in RUN.finditer(text, start, max(start, min(first, stop)))]
        start, place = last, place + 1
        first, last = claimed[place]
    return found


def _regions(document: Document, outline: Outline, tables: Tables) -> Iterator[tuple[int, int, UnclaimedReason | None]]:
    """The received text in regions of one reason each, neighbours of the same reason joined."""
    begins: list[_Region] = [(0, None)]
    clean_begins = sorted((*_block_regions(outline), *_cell_regions(tables)), key=lambda region: region[0])
    for at, reason in clean_begins:
        if reason != begins[-1][1]:
            begins.append((document.source(at) if at < len(document.clean) else len(document.received), reason))
    for (begin, reason), (end, _) in zip(begins, [*begins[1:], (len(document.received), None)], strict=True):
        yield begin, end, reason


def _block_regions(outline: Outline) -> Iterator[_Region]:
    for block in outline.blocks:
        reason = _OF_BLOCK.get(block.kind)
        yield block.start, "heading" if block.mark > block.start else reason
        if block.mark > block.start:
            yield block.mark, reason


def _cell_regions(tables: Tables) -> Iterator[_Region]:
    """Sentences in cells are prose; the table goes on behind them."""
    for sentence in tables.sentences:
        yield sentence.start, None
        yield sentence.end, "table"


# ---- shapes, in the received text: inner spaces may stand ----------------------------------------------------------

# A numeral with its separators; a blank too, for text set with a space between all characters.
_NUMBER = r"\d++(?:[,.，．\x20\xa0\u3000]?\d++)*+"
DIGITS = regex.compile(_NUMBER)
RUN = regex.compile(r"\d++")
_UNIT = r"[年月日个项人次名位户家所处座台辆套件间份张亩批场笔条支种成元倍吨天期届章节]|部分|百分点|分之|公里|小时|方面"
HAN_OR_DIGITS = regex.compile(rf"{_NUMBER}|(?<![\d余多{HAN}])[{HAN[:-2]}][{HAN}]*+(?=[余多]?[万亿]?(?:{_UNIT}))")

# Bounded, because a shape is looked for from every numeral on.
_SHORT = r"\d{1,16}+(?:[,.，．\x20\xa0\u3000]?\d{1,16}+){0,4}+"
_GAP = r"[\s\xa0\u3000]{0,2}"
_YEAR = r"(?:19|20|１９|２０)\d\d"
_DASH = r"[-—–－~～至到、,，./／和及]"
_NOUN = r"(?:图|表|附件|附表|附|注|例|序号|编号|阶段|方案|No\.?)"
SHAPES = regex.compile(
    rf"""
      (?=[\d{HAN}])(?:(?P<page>(?<=(?:^|\n)[-—–－·\s]{{0,6}})\d{{1,4}}(?=[-—–－·\s]{{0,6}}(?:\n|$))|(?<=(?:浏览次数|阅读次数|访问量|点击数)[:：])\d)
    | (?P<document_number>(?<=[〔\[［【{{({{（]{_GAP}){_YEAR}(?={_GAP}[〕\]］】}})）]{_GAP}[第—–-]{{0,2}}{_GAP}\d)
        | (?<=[〕\]］】}})）]{_GAP}[第—–-]{{0,2}}{_GAP})\d{{1,12}}+(?={_GAP}[号令])|(?<={_YEAR}[〕\]］】}})）][—–-]{{1,2}})\d|\d{{1,12}}+(?={_GAP}号(?:文|令|公告)))
    | (?P<date>{_SHORT}{_GAP}(?:[年月日]|季度|世纪|周年|[时点:：]{_GAP}\d)|[{HAN}]{{1,12}}+[年月日]
        | \d{{1,4}}(?:{_GAP}{_DASH}{_GAP}\d{{1,4}}){{1,4}}{_GAP}[年月日]
        | {_YEAR}(?=[-—–－~～/.度预决]|{_GAP}[)）])|{_YEAR}\.\d{{1,2}}
        | (?<={_YEAR}{_GAP}[-—–－~～/.至年]{_GAP}(?:\d{{1,2}}[-/.月])?)\d{{1,4}}(?!\d)|(?<=\d[:：])\d\d)
    | (?P<contact>0\d{{2,3}}[-—－\s]?\d{{7,8}}(?!\d)|(?<=0\d{{2,3}}[-—－])\d{{7,8}}|1[3-9]\d{{9}}(?!\d))
    | (?P<ordinal>(?<=第{_GAP}|第[\d{HAN}]{{1,3}}{_DASH})[\d{HAN}]|(?<=[前后]{_GAP})[\d{HAN}]{{1,12}}+{_GAP}[名位强家个项]
        | [\d{HAN}]{{1,12}}+{_GAP}[级期届等档版]|(?<={_NOUN}{_GAP})\d|(?<={_NOUN}\d{{1,2}}[-—.])\d
        | (?<=\d[-—])\d(?={_GAP}表)|\d{{1,2}}(?={_GAP}表))
    | (?P<heading>(?<=[(（]{_GAP})\d{{1,2}}{_GAP}[)）]|(?<=(?:^|[\s。；;：:，,、]){_GAP})\d{{1,2}}(?:[)）、]|[.．](?!\d))
        | (?<=(?:^|\n)\s{{0,4}})\d{{1,2}}\s\p{{Han}})
    | (?P<code>(?<=[A-Za-z_＃#][-—_]?)\d|{_SHORT}[A-Za-z]|\d{{7}}|[0０]\d|(?<=(?:代码|编码|索引号|账号|批号)[:：为]?{_GAP})\d
        | (?<=[(（])\d{{3,7}}(?=[)）]))
    | (?P<formula>(?<=[×÷=＝＋+*/／^]{_GAP})\d|{_SHORT}[%％]?{_GAP}[×÷=＝*^/／])
    | (?P<name>(?<=[·•])\d
        | \d{{1,12}}+(?:[号岁·•]|热线|周岁)|[二三四五六七八九]项[合共总]计|[十百千]{{1,3}}+[万亿]|一[个项人次名位户家所处座台辆套件间份张批场笔条支种天]|[{HAN}]{{1,12}}+(?:项规定|站式|个意识|个自信|个维护|个确立|件事|次性|次|起|处|台县)))
    """,
    regex.VERBOSE,
)
# Looked for last, because they look far back: numbers behind a word for a way to reach someone, and in quotes.
FAR_SHAPES = regex.compile(
    rf"""(?=[\d{HAN}])(?:
      (?P<contact>(?<=(?:电话|传真|邮编|邮政编码|热线|手机|邮箱|联系人|联系方式|微信|QQ|网址|www|http)[^。，,；;\n]{{0,16}})\d)
    | (?P<name>(?<=[“‘「『《][^”’」』》\n]{{0,16}}).(?=[^“‘「『《\n]{{0,16}}[”’」』》])))
    """,
    regex.VERBOSE,
)


_DATE_UNITS = frozenset("年月日")
_CODE_LETTERS = frozenset("_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _reason(text: str, span: Span, block: UnclaimedReason | None) -> UnclaimedReason:
    """Why a numeral is no fact. Nine in ten are dates or the names of bookmarks, so these are looked at first."""
    if block not in _WHOLLY and text[span.end : span.end + 2].lstrip()[:1] in _DATE_UNITS:
        return "date"
    if block:
        return block
    if text[span.start - 1 : span.start] in _CODE_LETTERS:
        return "code"
    shape = SHAPES.match(text, span.start) or FAR_SHAPES.match(text, span.start)
    return cast(UnclaimedReason, shape.lastgroup) if shape else "unknown"
