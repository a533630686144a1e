"""Breaks inside sentences: which line ends mean something, and which only the page or the converter made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

import regex

from fiscal_patterns.form_lines import HEAD, form_lines

Cut = tuple[int, int]

PAGE = re.compile(r"(?:[-—–―－·]\s?+){1,3}+\d{1,4}\s?+(?:[-—–―－·]\s?+){0,3}+|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?")
_MARK = re.compile(
    r"""(?:第[一二三四五六七八九十\d]{1,3}+(?:部分|章|节)
      | [一二三四五六七八九十]{1,3}+[、.．]
      | [(（](?:[一二三四五六七八九十]{1,3}+|\d{1,2})[)）]
      | \d{1,2}[、.．](?!\d) | [①-⑳]
      | (?:附件|附表|表|图)\d{0,2}(?:[-—]\d)?+[:：]?$ | [(（](?:图|表)\d)""",
    re.VERBOSE,
)
_HEADING_END = regex.compile(
    r"(?:说明|情况|概况|职责|职能|设置|构成|解释|附件|附表|目录|部分|方向|评价|目标|规模|简介|表|报告|建议|问题|结论|分析|决算|预算|方法|重点)(?:[(（][^()（）]{1,40}[)）])?[)）:：]?$"
)
# Ends of headings that lines inside a sentence have too: only behind a mark, or of the title of a notice.
_MARKED_END = regex.compile(r"(?:措施|打算|成效|做法|经验|原因|要求|安排|计划|意见|进展|成果|绩效)$")
_NOTICE = regex.compile(r"^[^《》]{2,30}关于[^《》]{4,60}的(?:通知|批复|函|公告)$")
# Lines round a table that end without punctuation: 单位：万元, 公开01表, 注：…
_FORM_LINE = re.compile(r"(?:公开|编制|金额)?(?:部门|单位)(?:名称)?[:：]|公开\d{1,3}表|备?注[:：]")
_FORM_LINE_SIGNS = frozenset("公编金部单备注")
_YEAR_OPENS = re.compile(r"(?:19|20)\d\d年")
# A marked line this short without punctuation is a heading whatever its last word: (1)管理制度健全性.
_SHORT_HEADING = 16
_PUNCTUATED = re.compile(r"[,，。;；:：、]")
# A cell of a form that lost its tabs: short and without sentence punctuation. Longest seen in forms: a project code with its name, 36.
_PROSE_LIKE = regex.compile(r"[,，。;；:：、\t]|^第[一二三四五六七八九十\d]{1,3}(?:部分|章)")
_CELL_LENGTH = 36
_CELL_RUN = 4
_BREAK = re.compile(r"\n(?<=[^\s。;；!！?？：:]\n)[^\S\t]*+(?=\S)")  # the line end first: re looks for it
_BLANK = re.compile(r"[^\S\t]++")
_PAGE_OPENS = "-—–―－·第"


def broken_lines(text: str) -> Iterator[Cut]:
    """Cuts that join lines broken inside a sentence; a page number standing in the break goes with it.

    A line is joined to the next when it ends neither a sentence nor a heading, the next begins neither a heading nor
    a list item, and neither is a table row (tab) or one of a run of short cells.
    """
    cells = _form_cells(text) if HEAD in text else frozenset()
    for found in _BREAK.finditer(text):
        before, after = found.span()
        start = text.rfind("\n", 0, before) + 1
        first = text[start:before]
        after, second = _next_line(text, after)
        if start in cells or after in cells or not _open(first, second):
            continue
        if not (_cell_like(first) and _cell_like(second) and _in_cell_run(text, before, after)):
            yield before, after


def _form_cells(text: str) -> frozenset[int]:
    """Where the lines begin that are cells of a form."""
    lines = text.split("\n")
    if HEAD not in lines:
        return frozenset()
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    return frozenset(starts[index] for index in form_lines(lines))


def _next_line(text: str, start: int) -> tuple[int, str]:
    """Start and words of the first line from ``start`` that is no page number."""
    while True:
        end = _line_end(text, start)
        words = text[start:end]
        if not words or words[0] not in _PAGE_OPENS or not PAGE.fullmatch(words.rstrip()):
            return start, words
        blank = _BLANK.match(text, end)
        start = blank.end() if blank else end


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _open(first: str, second: str) -> bool:
    """Whether nothing but the page made the break between two lines."""
    if not second or "\t" in first or "\t" in second or _MARK.match(second):
        return False
    if first[0] in _PAGE_OPENS and PAGE.fullmatch(first):
        return False
    return not (_is_form_line(first) or _is_form_line(second) or _complete(first, second))


def _is_form_line(line: str) -> bool:
    return line[0] in _FORM_LINE_SIGNS and _FORM_LINE.match(line) is not None


def _complete(first: str, second: str) -> bool:
    """Whether ``first`` stands for itself: a heading, a title or a caption."""
    if _PUNCTUATED.search(first.lstrip("（(")[4:]):
        return False
    if first[-1].isdigit() and (second[0].isdigit() or second[0] in ".,%％万亿元年月日个人项辆次"):
        return False
    if _MARK.match(first) or first.startswith("附"):
        short = len(first) <= _SHORT_HEADING or _YEAR_OPENS.match(second)
        return bool(short or _HEADING_END.search(first) or _MARKED_END.search(first) or not _PUNCTUATED.search(second))
    return not _PUNCTUATED.search(second) or bool(
        _HEADING_END.search(first) or ("关于" in first and _NOTICE.search(first))
    )


def _cell_like(line: str) -> bool:
    return 0 < len(line) <= _CELL_LENGTH and not _PROSE_LIKE.search(line)


def _in_cell_run(text: str, before: int, after: int) -> bool:
    """Whether the two lines at a break stand in a run of cells; looks no further than the run must be long."""
    above = _cells_above(text, before)
    return above + 2 >= _CELL_RUN or above + 2 + _cells_below(text, after) >= _CELL_RUN


def _cells_above(text: str, position: int) -> int:
    """How many lines like cells stand in a row above the one that holds ``position``, as far as a run must be long."""
    count = 0
    start = text.rfind("\n", 0, position)
    while count < _CELL_RUN and start > 0:
        end = start
        while end > 0 and text[end - 1] == "\n":
            end -= 1
        start = text.rfind("\n", 0, end)
        if not _cell_like(text[start + 1 : end]):
            break
        count += 1
    return count


def _cells_below(text: str, position: int) -> int:
    """How many lines like cells stand in a row below the one that holds ``position``, as far as a run must be long."""
    count = 0
    start = _line_end(text, position)
    while count < _CELL_RUN and (blank := _BLANK.match(text, start)):
        start, end = blank.end(), _line_end(text, blank.end())
        if not _cell_like(text[start:end]):
            break
        count, start = count + 1, end
    return count


def cell_lines(lines: list[str]) -> set[int]:
    """Indices in runs of short lines without sentence punctuation (blank ones aside): a form, one cell per line."""
    found: set[int] = set()
    run: list[int] = []
    for index, words in enumerate(lines):
        if not words:
            continue
        if len(words) <= _CELL_LENGTH and "\t" not in words and not _PROSE_LIKE.search(words):
            run.append(index)
        elif run and not words.isspace():
            if len(run) >= _CELL_RUN:
                found.update(run)
            run = []
    if len(run) >= _CELL_RUN:
        found.update(run)
    return found | form_lines(lines)
