"""What stands between one quantity and the next: boundaries, list openers, reasons, and the phrase of the number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from fiscal_patterns.label.classification import Item, last_item
from fiscal_patterns.label.nouns import Range
from fiscal_patterns.label.phrase import Phrase, read
from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.quantity.nouns import QuantityKind

# Longest stretch looked at before a number: the longest name in the corpus is 43 characters, with its clause 120.
REACH = 160


@dataclass(frozen=True, slots=True)
class Gap:
    """The stretch before a number; all offsets into it. ``own`` is where the number's own phrase begins.

    ``opener`` is the word that begins a list of parts, ``head`` the name before 中，; ``context`` an earlier clause
    that names something but has no number of its own.
    """

    own: int
    phrase: Phrase
    semicolon: bool
    opened: bool
    closed: bool
    reason: bool
    enumerated: bool
    opener: str | None
    head: Range | None
    item: Item | None
    context: Range | None


_SEPARATOR = regex.compile(
    r"[（(][^（）()]{0,60}+[)）]|“[^“”]{0,60}+”|《[^《》]{0,80}+》|「[^「」]{0,60}+」|(?P<mark>[，,；;：:。!！?？\t（(）)])"
)
_OPENER = regex.compile(
    rf"(?<!不)(?P<word>{one_of(table('label', 'list'))})(?![^，,；;：:]{{0,12}}的(?:支出|资金))|按(?:支出)?(?:功能|经济)分类[^，,：:]{{0,6}}[：:，,]"
)
_HEAD = regex.compile(
    r"(?P<name>[^，,。；;：:]{2,40}(?:支出|收入|经费|决算|预算|总额|资金|税种|总计|合计))(?:决算|预算)?数?(?:当?中|里)[，,：:]"
)
_REASON = regex.compile(r"原因|由于|主要是(?!用于)|主要受|主要因")
_CAUSE = regex.compile(r"(?<=项目|资金|支出|收入|经费)(?:因(?!公)|由于|受)")
_NUMBERED = regex.compile(r"[；;](?:[一二三四五六七八九]是|[（(]?\d[)）.、]|[①-⑨])")
_NOMINAL = regex.compile(
    r"(?:支出|收入|经费|费|费用|资金|基金|税|债务|债券|余额|总额|合计|总计|补助|补贴|投资|项目|拨款|工程|保有量|面积|人数|车辆|网|人口)$"
)


@lru_cache(maxsize=8192)
def read_gap(text: str, what: QuantityKind) -> Gap:
    """The stretch before a quantity, from the quantity before it or the start of the sentence."""
    marks = [found for found in _SEPARATOR.finditer(text) if found["mark"]]
    own = marks[-1].end() if marks else 0
    item = last_item(text)
    if item and item.end > own:
        own = item.spent[0] if item.spent else item.end
    opener = None
    for opener in _OPENER.finditer(text):
        pass
    head = _HEAD.search(text)
    stops = [found.start() for found in marks if found["mark"] in "；;"]
    enumerated = bool(_NUMBERED.search(text))
    after = stops[-1] if stops and not enumerated else 0
    signs = {found["mark"] for found in marks}
    return Gap(
        own=own,
        phrase=read(text[own:], what),
        semicolon=any(stop < (opener.start() if opener else own) for stop in stops),
        opened=bool(signs & {"（", "("}),
        closed=bool(signs & {"）", ")"}),
        reason=bool(_REASON.search(text, after)),
        enumerated=enumerated,
        opener=_kind(text, opener),
        head=head.span("name") if head else None,
        item=item,
        context=_context(text, [found.start() for found in marks], own),
    )


def _kind(text: str, opener: regex.Match[str] | None) -> str | None:
    """The opening word; 用于 before a colon opens as wide a list as 其中 does."""
    if opener is None:
        return None
    word = opener["word"] or "按"
    return "其中" if word == "用于" and (":" in text[opener.end() :] or "：" in text[opener.end() :]) else word


def _context(text: str, marks: list[int], own: int) -> Range | None:
    """The last clause before the number's own that reads as a name."""
    ends = [mark for mark in marks if mark < own]
    for number in range(len(ends) - 1, -1, -1):
        start = ends[number - 1] + 1 if number else 0
        clause = text[start : ends[number]]
        if cause := _CAUSE.search(clause):
            clause = clause[: cause.start()]
        if 2 <= len(clause) <= 40 and _NOMINAL.search(clause) and not _REASON.search(clause):
            phrase = read(clause, "amount")
            if phrase.name[1] > phrase.name[0] and not phrase.turn:
                return start + phrase.name[0], start + phrase.name[1]
    return None
