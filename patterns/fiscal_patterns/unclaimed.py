"""Every numeral is accounted for: what no fact claims is returned with a reason.

The received text is read, not the clean one, so that a numeral in residue or in a page number is not forgotten.
Outside prose the kind of block is the reason; in prose the shape of the numeral and what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from operator import itemgetter
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
_OF_BLOCK: dict[BlockKind, UnclaimedReason | None] = {
    "prose": None,
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
"""Where a region of the received text ends, and its reason; None for prose."""


@record
class Unclaimed:
    """A numeral that no fact holds, and why."""

    span: Span
    reason: UnclaimedReason


def unclaimed(
    document: Document, outline: Outline, tables: Tables, facts: Sequence[Fact]
) -> tuple[tuple[Unclaimed, ...], Decimal]:
    """Unclaimed numerals in order, and ``coverage`` = 1 - unknown / all numerals in prose (1 where there are none)."""
    text = document.received
    numerals = _numerals(text, 0, len(text))
    claimed = _claimed(facts, len(text))
    regions = _regions(document, outline, tables)
    found: list[Unclaimed] = []
    in_prose, place = 0, 0
    first, last = claimed[place]
    end, block = next(regions)
    while numerals:
        start, stop = numerals.pop()
        while end <= start:
            end, block = next(regions)
        if stop > end:  # reaches into the next region, as where a blank stands between two cells: in two parts
            numerals += _numerals(text, end, stop) + _numerals(text, start, end)
            continue
        if block is None:
            in_prose += 1
        elif text[start] in _HAN_OPENS:
            continue
        while last <= start:
            place += 1
            first, last = claimed[place]
        if stop <= first:
            found.append(Unclaimed(Span(start, stop, text[start:stop]), _reason(text, start, stop, block)))
        elif start < first or last < stop:
            left = _left(text, start, stop, claimed, place)
            found += [Unclaimed(span, _reason(text, span.start, span.end, block)) for span in left]
    return tuple(found), _coverage([item.reason for item in found].count("unknown"), in_prose)


def _numerals(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """All numerals of a range, the last one first, so that one after the other can be taken off the end."""
    return [numeral.span() for numeral in NUMERALS.finditer(text, start, end)][::-1]


def _coverage(unknown: int, in_prose: int) -> Decimal:
    """Four decimals; a text without numerals is covered."""
    return (1 - Decimal(unknown) / max(1, in_prose)).quantize(Decimal("0.0001"))


def _claimed(facts: Iterable[Fact], length: int) -> list[tuple[int, int]]:
    """The ranges of the facts as disjoint ranges in order, and two behind the text; facts come in order of start."""
    found = [(-1, -1)]
    reached = -1
    for fact in facts:
        span = fact.span
        if span.start > reached:
            found.append((span.start, span.end))
        elif span.end > reached:
            found[-1] = found[-1][0], span.end
        else:
            continue
        reached = span.end
    return [*found, *[(length + 1, length + 2)] * 2]


def _left(text: str, start: int, stop: int, claimed: Sequence[tuple[int, int]], place: int) -> Iterator[Span]:
    """The runs of digits of a numeral that no fact holds; ``place`` is the first claimed range that may touch it."""
    first, last = claimed[place]
    while start < stop and not first <= start < stop <= last:
        for run in RUN.finditer(text, start, max(start, min(first, stop))):
            yield Span(*run.span(), run[0])
        start, place = last, place + 1
        first, last = claimed[place]


def _regions(document: Document, outline: Outline, tables: Tables) -> Iterator[_Region]:
    """The received text in regions of one reason each, neighbours of the same reason joined."""
    reason = None
    for at, following in _reasons(outline, tables):
        if following != reason:
            yield document.source(at) if at < len(document.clean) else len(document.received), reason
            reason = following
    yield len(document.received), reason


def _reasons(outline: Outline, tables: Tables) -> list[_Region]:
    """Where another reason may begin, in clean offsets; sentences in cells are prose, the table goes on behind them."""
    found: list[tuple[int, UnclaimedReason | None]] = []
    for kind, start, _, mark, _ in outline.blocks:
        if mark > start:
            found.append((start, "heading"))
        found.append((mark, _OF_BLOCK[kind]))
    if tables.sentences:
        for start, end, _ in tables.sentences:
            found += (start, None), (end, "table")
        found.sort(key=itemgetter(0))
    return found


# ---- shapes, in the received text: inner spaces may stand ----------------------------------------------------------

# A numeral with its separators; a blank too, for text set with a space between all characters.
_SEPARATED = r"[,.，．\x20\xa0\u3000]?\d++"

RUN = re.compile(r"\d++")
_UNIT = r"[年月日个项人次名位户家所处座台辆套件间份张亩批场笔条支种成元倍吨天期届章节]|部分|百分点|分之|公里|小时|方面"
# One class for the first character, and re instead of regex: half the time of an alternation.
_HAN_OPENS = HAN[:-2]  # not 万 and 亿
NUMERALS = re.compile(
    rf"""[\d{_HAN_OPENS}](?:(?<=\d)(?:{_SEPARATED})*+
      | (?<=[{_HAN_OPENS}])(?<![\d余多{HAN}].)[{HAN}]*+(?=[余多]?[万亿]?(?:{_UNIT})))""",
    re.VERBOSE,
)

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


def _reason(text: str, start: int, end: int, block: UnclaimedReason | None) -> UnclaimedReason:
    """Why a numeral is no fact. Nine in ten are dates or the names of bookmarks, so these are looked at first."""
    if block and block in _WHOLLY:
        return block
    if text[end : end + 2].lstrip()[:1] in _DATE_UNITS:
        return "date"
    if block:
        return block
    if text[start - 1 : start] in _CODE_LETTERS:
        return "code"
    shape = SHAPES.match(text, start) or FAR_SHAPES.match(text, start)
    return cast(UnclaimedReason, shape.lastgroup) if shape else "unknown"
