"""Breaks inside sentences: which line ends mean something, and which only the page or the converter made."""

from __future__ import annotations

from collections.abc import Iterator

import regex

Cut = tuple[int, int]

LINE = regex.compile(r"[^\n\x0b\x0c\x85\u2029]++")
PAGE = regex.compile(r"(?:[-—–―－·]\s?+){1,3}+\d{1,4}\s?+(?:[-—–―－·]\s?+){0,3}+|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?")
_MARK = regex.compile(
    r"""(?:第[一二三四五六七八九十\d]{1,3}+(?:部分|章|节)
      | [一二三四五六七八九十]{1,3}+[、.．]
      | [(（](?:[一二三四五六七八九十]{1,3}+|\d{1,2})[)）]
      | \d{1,2}[、.．](?!\d) | [①-⑳]
      | (?:附件|附表|表|图)\d{0,2}(?:[-—]\d)?+[:：]?$ | [(（](?:图|表)\d)""",
    regex.VERBOSE,
)
_HEADING_END = regex.compile(
    r"(?:说明|情况|概况|职责|职能|设置|构成|解释|附件|附表|目录|部分|方向|评价|目标|规模|简介|表|报告|建议|问题|结论|分析|决算|预算|方法|重点)(?:[(（][^()（）]{1,40}[)）])?[)）:：]?$"
)
# Lines round a table that end without punctuation: 单位：万元, 公开01表, 注：…
_FORM_LINE = regex.compile(r"(?:公开|编制|金额)?(?:部门|单位)(?:名称)?[:：]|公开\d{1,3}表|备?注[:：]")
_YEAR_OPENS = regex.compile(r"(?:19|20)\d\d年")
# A marked line this short without punctuation is a heading whatever its last word: (1)管理制度健全性.
_SHORT_HEADING = 16
_ENDED = regex.compile(r"[。;；!！?？：:]$")
_PUNCTUATED = regex.compile(r"[,，。;；:：、]")
# A cell of a form that lost its tabs: short and without sentence punctuation. Longest cell name seen in forms: 24.
_PROSE_LIKE = regex.compile(
    r"[,，。;；:：、\t]|(?<=\n)(?:第[一二三四五六七八九十\d]{1,3}(?:部分|章)|[一二三四五六七八九十]{1,3}、)"
)
_CELL_LENGTH = 26
_CELL_RUN = 4


def broken_lines(text: str) -> Iterator[Cut]:
    """Cuts that join lines broken inside a sentence; a page number standing in the break goes with it.

    A line is joined to the next when it ends neither a sentence nor a heading, the next begins neither a heading nor
    a list item, and neither is a table row (tab) or one of a run of short cells.
    """
    lines = [found.span() for found in LINE.finditer(text) if not text[found.start() : found.end()].isspace()]
    cells = cell_lines(text, lines)
    previous = -1
    for index, (start, end) in enumerate(lines):
        words = text[start:end]
        page = PAGE.fullmatch(words.strip()) is not None
        if previous >= 0 and not page and not _structural(text, lines, previous, index, cells):
            yield lines[previous][1], start
        if not page or previous < 0:
            previous = index


def _structural(text: str, lines: list[Cut], before: int, after: int, cells: set[int]) -> bool:
    """Whether the break between two lines means something."""
    if before in cells or after in cells:
        return True
    first, second = text[slice(*lines[before])], text[slice(*lines[after])]
    if "\t" in first or "\t" in second or _ENDED.search(first) or _MARK.match(second):
        return True
    return _FORM_LINE.match(first) is not None or _FORM_LINE.match(second) is not None or _complete(first, second)


def _complete(first: str, second: str) -> bool:
    """Whether ``first`` stands for itself: a heading, a title or a caption."""
    if _PUNCTUATED.search(first.lstrip("（(")[4:]):
        return False
    if first[-1].isdigit() and (second[0].isdigit() or second[0] in ".,%％万亿元年月日个人项辆次"):
        return False
    if _MARK.match(first) or first.startswith("附"):
        short = len(first) <= _SHORT_HEADING or _YEAR_OPENS.match(second)
        return bool(short or _HEADING_END.search(first) or not _PUNCTUATED.search(second))
    return not _PUNCTUATED.search(second) or _HEADING_END.search(first) is not None


def cell_lines(text: str, lines: list[Cut]) -> set[int]:
    """Indices of ``lines`` in runs of short lines without sentence punctuation: forms with one cell per line."""
    found: set[int] = set()
    run: list[int] = []
    for index, (start, end) in enumerate([*lines, (0, 0)]):
        if start < end <= start + _CELL_LENGTH and not _PROSE_LIKE.search(text, start, end):
            run.append(index)
            continue
        if len(run) >= _CELL_RUN:
            found.update(run)
        run = []
    return found
