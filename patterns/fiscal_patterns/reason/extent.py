"""Where an explanation ends, and the parts it enumerates."""

from __future__ import annotations

from typing import Literal

import regex

from fiscal_patterns.delta.moves import DIRECTION
from fiscal_patterns.lexicon import one_of, read_words

Effect = Literal["before", "behind", "next"]

_WORDS = read_words("reason")
# Top-level pieces: brackets and quotes hold their commas.
_PIECE = regex.compile(r"(?:[(（][^()（）\n]{0,80}[)）]|“[^”\n]{0,80}”|《[^》\n]{0,80}》|[^,，;；。!！?？)）\n])++")
# Damage: the next list number or the page's navigation follows without a full stop.
_CUT = regex.compile(
    r"(?<=所致|等原因|等因素)[:：]|(?<=所致)(?=[\p{Han}\d])(?!的)|(?<=\p{Han})\s?(?:\d{1,2}、(?=\p{Han})|(?:上一[篇条]|下一[篇条]|附件|打印本页)[:：】])"
)
_ITEM = r"(?:另?一方面(?:是|系|为)?|[一二三四五六七八九]是|第[一二三四五六七八九][,，]|其[一二三四五次]|[(（]\d{1,2}[)）]|\d{1,2}[、.)](?!\d)|[①-⑩])[:：,，]?"
_ITEM_MARK = regex.compile(rf"\s*{_ITEM}\s*")
_ITEMS = regex.compile(rf"{_ITEM}\s*")
_PARTS = regex.compile(r"[^;；]+")
_FIRST = regex.compile(r"一是|一方面|其一[是,，]")
_SECOND = regex.compile(r"另一|二是|第二|其二|其次|[(（]?2")
_EFFECT = regex.compile(rf"(?:{one_of(_WORDS['effect']['effect'])})[^,，;；。]*?{one_of(DIRECTION)}")
_BASE = r"(?:比|较|与|同)(?:上年|去年|20\d\d年|年初预算|调整预算|预算|同期|全年预算)|同比"
_STATEMENT = regex.compile(
    rf"\s*(?:{one_of(_WORDS['statement']['statement'])}|{_BASE}|\p{{Han}}{{1,8}}率(?:为|达到?)?\d[\d.]*%)"
)
_CLOSING = regex.compile(
    rf"(?:{one_of(_WORDS['closing']['closing'])}|等?的?{one_of(_WORDS['influence']['influence'])}){{1,3}}$"
)
CLOSED = regex.compile(rf"{one_of(_WORDS['closing']['closing'])}$")
_PART_END = regex.compile(
    r"[;；。]"
)  # 压缩班次;公务用车6辆,比上年减少2辆: a new statement wherever in its part the change stands
_PLACEHOLDER = regex.compile(r"[(（]\s*[无]?\s*[)）]|无(?=[。;；,，\n\s]|$)|[“\"]无[”\"]")


def placeholder(clean: str, start: int, end: int) -> tuple[int, int] | None:
    """The range of ``（无）``, ``无`` or ``（）`` where an explanation should stand."""
    match = _PLACEHOLDER.match(clean, start, end)
    return match.span() if match else None


def read_extent(clean: str, start: int, end: int, stops: list[int], *, effect: Effect) -> int:
    """End of the explanation that begins at ``start``, inside the sentence that ends at ``end``.

    ``stops`` are offsets of other statements: behind a ； they end it. ``effect`` says where the effect stands:
    ``before``; ``behind`` (由于人员减少,压缩开支,支出下降5%: ends before the first stop or at 等原因); ``next`` (项目因
    资金下达较晚,进度较慢: ends with its clause).
    """
    at = start
    cut = _CUT.search(clean, start, end)
    for piece in _PIECE.finditer(clean, start, cut.start() if cut else end):
        if piece.start() > start and not _goes_on(clean, at, piece, stops, effect):
            break
        at = piece.end()
        if effect == "next" or (effect == "behind" and CLOSED.search(clean, start, at)):
            break
    return _without_closing(clean, start, at)


def _goes_on(clean: str, at: int, piece: regex.Match[str], stops: list[int], effect: Effect) -> bool:
    """Whether the piece behind the punctuation at ``at`` still explains."""
    mark, begin = clean[at], piece.start()
    if mark not in ",，;；" or begin > at + 2:
        return False
    if _ITEM_MARK.match(clean, begin):
        return True
    if _STATEMENT.match(clean, begin) or _EFFECT.match(clean, begin):
        return False
    if mark in ",，":
        return effect == "before" or not any(begin <= stop < piece.end() for stop in stops)
    part = _PART_END.search(clean, begin)
    end = part.start() if part else len(clean)
    return not any(begin <= stop < end for stop in stops)


def _without_closing(clean: str, start: int, end: int) -> int:
    match = _CLOSING.search(clean, start, end)
    stop = match.start() if match and match.start() > start else end
    while stop > start and clean[stop - 1] in " \t,，;；.":
        stop -= 1
    return stop


def enumerates(clean: str, start: int, end: int) -> bool:
    """Whether the range begins with a mark of enumeration: 一是, 一方面是."""
    return _FIRST.match(clean, start, end) is not None


def read_items(clean: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The parts that 一是…二是…, numbers or ； enumerate, without marks; else the whole."""
    marks = [mark for mark in _ITEMS.finditer(clean, start, end) if _opens(clean, mark.start(), start)]
    if marks and (len(marks) > 1 or marks[0].start() == start or _SECOND.match(clean, marks[0].start())):
        edges = [mark.start() for mark in marks[1:]] + [end]
        items = [_trimmed(clean, mark.end(), edge) for mark, edge in zip(marks, edges, strict=True)]
        first = [_trimmed(clean, start, marks[0].start())] if _SECOND.match(clean, marks[0].start()) else []
        return (*first, *items)
    parts = [_trimmed(clean, *match.span()) for match in _PARTS.finditer(clean, start, end)]
    return tuple(part for part in parts if part[0] < part[1])


def _opens(clean: str, position: int, start: int) -> bool:
    return position == start or clean[position - 1] in ";；,，。:： \n"


def _trimmed(clean: str, start: int, end: int) -> tuple[int, int]:
    while start < end and clean[start].isspace():
        start += 1
    while end > start and (clean[end - 1].isspace() or clean[end - 1] in "；;,，。、"):
        end -= 1
    return start, end
