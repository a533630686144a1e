"""From the cleaned text to its outline: each line is a heading, prose, a table row or something that holds no facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fiscal_patterns.breaks import PAGE
from fiscal_patterns.sections.grid_lines import grid_lines
from fiscal_patterns.sections.nouns import Block, BlockKind, Outline, Section, Sentence

_MARKS = re.compile(
    r"""(?P<part>第[一二三四五六七八九十\d]{1,3}+(?:部分|章|节)[:：、]?)
      | (?P<han>[一二三四五六七八九十]{1,3}+[、.．])
      | (?P<bracket>[(（][一二三四五六七八九十]{1,3}+[)）])
      | (?P<number>\d{1,2}[、.．](?!\d))
      | (?P<round>[(（]\d{1,2}[)）])
      | (?P<circle>[①-⑳])""",
    re.VERBOSE,
)
_RANK = {"part": 1, "han": 2, "bracket": 3, "number": 4, "round": 5, "circle": 6}

# Longest heading met in 205 documents: 38 characters (一般公共预算财政拨款“三公”经费支出决算情况说明（…）).
_HEADING_LENGTH = 45
_CLOSED_HEADING = 12  # （四）预算绩效管理情况。
_RUN_ON = re.compile(
    r"[^。,，;；:：]{2,40}(?:说明|情况|概况|构成|分析|职责|效能|管理|效果)(?:[(（][^()（）]{1,50}[)）])?[。:：]"
)
_NO_HEADING = re.compile(r"[。;；!！?？,，:：]|\d(?:%|万|亿|元)")
_ENDS_CONTENTS = re.compile(r"[。;；!！?？,，]|\d(?:%|万|亿|元)")
_CONTENTS_HEAD = re.compile(r"目\s*录")
_CONTENTS_ROW = re.compile(r"[^\t]{2,60}[.…·]{3,}+\s*+\d{1,4}")
_LEADERS = re.compile(r"(?<![.…·\t\s])[.…·\t\s]++\d{0,4}$")
_PAGED = ""  # stands among the rows of a contents list that prints page numbers
_DEFINITION = re.compile(
    r"[^。:：;；]{2,70}+[:：](?:是指|指|反映|纳入|为保障)|[^。:：;；,，]{2,70}+[,，](?:是指|指反映)"
)
_CAPTION = re.compile(
    r"[(（]?\s?(?:图|表)\s?\d{1,2}(?:[-—]\d)?[:：]?[^。]{0,60}|[(（][^()（）]{0,20}(?:饼|柱|折线|条形)[状形]?图[^。]{0,20}[)）]"
)
_UNIT_LINE = re.compile(r"[(（]?(?:金额)?单位[:：][^。，,]{1,8}[)）]?")


def sectionize(clean: str) -> Outline:
    """Outline of a cleaned text: every non-blank line is in exactly one block, in order.

    A line with a tab is a table row, and so is each of a run of short lines (a form with one cell per line).
    """
    blocks: list[Block] = []
    section: Section | None = None
    contents: set[str] | None = None  # the rows of the contents list while inside it
    lines = clean.split("\n")
    rows = grid_lines(lines)
    start = end = -1
    for index, line in enumerate(lines):
        start, end = end + 1, end + 1 + len(line)
        words = line.strip()
        if not words:
            continue
        first = start if len(words) == len(line) else start + line.index(words[0])
        if contents is not None or words[0] == "目":
            contents = _contents(words, contents)
        if contents is None and index in rows:
            blocks.append(Block(_row_kind(words), first, first + len(words), first, section))
            continue
        blocks += _line_blocks(clean, first, first + len(words), section, contents is not None)
        section = blocks[-1].section
    return Outline(
        tuple(blocks),
        tuple([sentence for block in blocks if block.kind == "prose" for sentence in split(clean, block)]),
    )


def _row_kind(words: str) -> BlockKind:
    return "contents" if words[-1].isdigit() and _CONTENTS_ROW.fullmatch(words) else "table"


def _contents(words: str, rows: set[str] | None) -> set[str] | None:
    """Contents run from 目录 to the first sentence, the first row that comes again, or the first row without a page."""
    if words[0] == "目" and _CONTENTS_HEAD.fullmatch(words):
        return set()
    if rows is None:
        return None
    name = _LEADERS.sub("", words)
    paged = name != words
    if _ENDS_CONTENTS.search(name) or name in rows or (_PAGED in rows and not paged):
        return None
    rows.update((name, _PAGED) if paged else (name,))
    return rows


def _line_blocks(clean: str, start: int, end: int, section: Section | None, contents: bool) -> Sequence[Block]:
    """The one or two blocks of a line without tabs: a heading, which is of its own section, may run on into prose."""
    opens = clean[start]
    if opens in _FORM_OPENS and (kind := _form_kind(clean, start, end)):
        return (Block(kind, start, end, start, section),)
    mark = _MARKS.match(clean, start, end) if opens in _MARK_OPENS else None
    after = mark.end() if mark else start
    if contents or (clean[end - 1].isdigit() and _CONTENTS_ROW.fullmatch(clean, start, end)):
        return (Block("contents", start, end, after, section),)
    if _in_definitions(section, mark) or _DEFINITION.match(clean, after, end):
        return (Block("definition", start, end, after, section),)
    if mark and (run_on := _RUN_ON.match(clean, after, end)) and run_on.end() < end:
        stop = run_on.end()
        own = _section(clean, start, stop, mark, section)
        return Block("heading", start, stop, after, own), Block("prose", stop, end, stop, own)
    if mark and _is_heading(clean, start, after, end):
        return (Block("heading", start, end, after, _section(clean, start, end, mark, section)),)
    return (Block("prose", start, end, after, section),)


# First characters of page numbers, captions and unit lines, and of list marks: a set test before six patterns.
_FORM_OPENS = frozenset("-—–―－·第(（图表单金")
_MARK_OPENS = frozenset("第一二三四五六七八九十(（0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


def _form_kind(clean: str, start: int, end: int) -> BlockKind | None:
    """``page`` or ``caption`` for a line that is no text of its own."""
    if PAGE.fullmatch(clean, start, end):
        return "page"
    if _CAPTION.fullmatch(clean, start, end) or _UNIT_LINE.fullmatch(clean, start, end):
        return "caption"
    return None


def _is_heading(clean: str, start: int, after: int, end: int) -> bool:
    """A marked line is a heading when short and without sentence punctuation; with a closing 。 only when very short."""
    if end - start > _HEADING_LENGTH or _NO_HEADING.search(clean, after, end - 1):
        return False
    return clean[end - 1] not in "。;；" or end - after <= _CLOSED_HEADING


def _in_definitions(section: Section | None, mark: re.Match[str] | None) -> bool:
    if mark and mark.lastgroup == "part":
        return False
    while section is not None and "名词解释" not in section.title:
        section = section.parent
    return section is not None


def _section(clean: str, start: int, end: int, mark: re.Match[str], current: Section | None) -> Section:
    rank = _RANK[mark.lastgroup or "part"]
    parent = current
    while parent is not None and parent.rank >= rank:
        parent = parent.parent
    return Section(clean[start:end].rstrip("。:："), rank, start, parent)


# A sentence ends at a full stop, a question or exclamation mark, or at the half-width stop that converters leave: a
# point behind a Han character, bracket or percent sign (58人.二、), never behind a digit. With re, which has no \p{Han},
# in half the time of regex.
_HAN = "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\U00020000-\U000323af"
_SENTENCE = re.compile(rf"(?:[^。!！?？.]++|(?<![{_HAN})）%])\.|\.(?=[A-Za-z.]))++(?:[。!！?？.]++[”’」』)）]?)?+")


def split(clean: str, block: Block) -> Iterator[Sentence]:
    """Sentences of one block of prose, from behind its list mark."""
    for found in _SENTENCE.finditer(clean, block.mark, block.end):
        yield Sentence(*found.span(), block)
