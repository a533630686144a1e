"""Cleaning on the side: what patterns should not see is cut out, and every character left knows where it stood.

Three steps, each a list of cuts into the view before it: residue and inner spaces; breaks inside sentences (with the
page numbers that stand in them); then characters one to one (full width, traditional). Never NFKC, which turns
``①1亿元`` into ``11亿元``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

Cut = tuple[int, int]


@dataclass(frozen=True, slots=True)
class View:
    """A text made of pieces of another: piece ``i`` begins at ``clean_at[i]`` and stood ``shift[i]`` further on."""

    text: str
    clean_at: list[int]
    shift: list[int]

    def without(self, cuts: Iterable[Cut]) -> View:
        """This view less the ``cuts`` (ascending, not overlapping, offsets of this view)."""
        kept = list(_between(cuts, len(self.text)))
        if kept == [(0, len(self.text))]:
            return self
        clean_at, shift, at, piece = [0], [0], 0, 0
        for start, end in kept:
            while piece + 1 < len(self.clean_at) and self.clean_at[piece + 1] <= start:
                piece += 1
            clean_at.append(at)
            shift.append(start - at + self.shift[piece])
            while piece + 1 < len(self.clean_at) and self.clean_at[piece + 1] < end:
                piece += 1
                clean_at.append(at + self.clean_at[piece] - start)
                shift.append(start - at + self.shift[piece])
            at += end - start
        text = self.text
        return View("".join([text[start:end] for start, end in kept]), clean_at, shift)


def _between(cuts: Iterable[Cut], length: int) -> Iterator[Cut]:
    at = 0
    for start, end in cuts:
        if start > at:
            yield at, start
        at = end
    if at < length:
        yield at, length


# Word's bookmarks, contents fields and hyperlinks as text converters leave them; markdown emphasis and bullets of PDF
# converters; characters without width. Spaces go unless they separate two Latin words or two numbers.
_RESIDUE = regex.compile(
    r"""
      \[bookmark:[^\]\n]{0,120}+\]
    | (?:HYPERLINK\ \\l\ )?+"?_Toc\d++"?(?:\ \\h)?+ | PAGEREF\ _?\w{0,40}+(?:\ \\h)?+
    | \*\*
    | [\u200b-\u200f\u2028\u202a-\u202e\u2060\ufeff\u00ad]++
    | (?<![0-9A-Za-z \u3000\xa0\u2002-\u200a\r])[ \u3000\xa0\u2002-\u200a\r]++
    | [ \u3000\xa0\u2002-\u200a\r]++(?![0-9A-Za-z \u3000\xa0\u2002-\u200a\r])
    | (?<=\n|\A)-\ ++(?=[^\s\d])
    """,
    regex.VERBOSE,
)

_SPACED_LINE = regex.compile(r"(?m)^(?:[^\s][ \u3000\xa0]){8,}+[^\n]*+")
_SPACE = regex.compile(r"[ \u3000\xa0]++")


def _residue(text: str) -> Iterator[Cut]:
    for found in _RESIDUE.finditer(text):
        yield found.span()


def _justified(text: str) -> Iterator[Cut]:
    """Spaces of lines set with a space between every character (``2 0 2 4 年``), digits included."""
    for line in _SPACED_LINE.finditer(text):
        for found in _SPACE.finditer(text, line.start(), line.end()):
            yield found.span()


def clean(received: str) -> View:
    """The cleaned view of a text, linear in its length."""
    view = View(received, [0], [0])
    view = view.without(_justified(received))
    view = view.without(_residue(view.text))
    view = view.without(broken_lines(view.text))
    return View(_same_length(view.text), view.clean_at, view.shift)


# ---- breaks inside sentences -------------------------------------------------------------------------------------

_LINE = regex.compile(r"[^\n\x0b\x0c\x85\u2029]++")
_PAGE = regex.compile(r"(?:[-—–―－·]\s?+){1,3}+\d{1,4}\s?+(?:[-—–―－·]\s?+){0,3}+|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?")
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
    lines = [found.span() for found in _LINE.finditer(text) if not text[found.start() : found.end()].isspace()]
    cells = cell_lines(text, lines)
    previous = -1
    for index, (start, end) in enumerate(lines):
        words = text[start:end]
        page = _PAGE.fullmatch(words.strip()) is not None
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


# ---- characters one to one ---------------------------------------------------------------------------------------

_WIDE = {
    chr(code): chr(code - 0xFEE0) for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
}
_WIDE |= {"％": "%", "．": ".", "－": "-", "﹣": "-", "−": "-", "＋": "+", "＝": "=", "〜": "~", "～": "~", "﹪": "%"}


@cache
def _characters() -> dict[str, str]:
    """Full width to half width, traditional to simplified (OpenCC's single-character table), one to one."""
    pairs = files("fiscal_patterns").joinpath("traditional.txt").read_text(encoding="utf-8").split()
    return {**{pair[0]: pair[1] for pair in pairs}, **_WIDE}


def _same_length(text: str) -> str:
    table = _characters()
    present = table.keys() & set(text)
    return text.translate({ord(old): table[old] for old in present}) if present else text
