"""Words of change with the numbers that belong to them, before it is known what changed and against what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, cast

from fiscal_patterns.delta.bases import INNER, Base, inner_base
from fiscal_patterns.facts import Direction
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.records import record

Form = Literal["figure", "object", "short", "comparison", "unchanged", "reached", "bare"]
Numbers = Mapping[int, Labelled]
"""Quantities by the clean offset at which they begin."""

DIRECTION = table("delta", "direction")
_SHORT = table("delta", "short")
_COMPARISON = table("delta", "comparison")
_UNCHANGED = table("delta", "unchanged")
_SAME = table("delta", "same")
_REACHED = table("delta", "reached")


@record
class Move:
    """A word of change from ``start``; ``after`` is the end of the word (and its alternative in brackets).

    ``quantities`` are its numbers (several where one word governs a list), ``base`` the one that a comparison names.
    """

    start: int
    after: int
    end: int
    direction: Direction
    form: Form
    template: bool = False
    quantities: tuple[Labelled, ...] = ()
    base: Base | None = None


# 多发放, 少清运, 新增退休: a verb with its direction; a change only behind a base.
_DONE = rf"(?:[多少](?!{one_of(DIRECTION)}|[于数少项次个种年家处余])[一-鿿]{{1,3}}|新增(?:了|[一-鿿]{{2,4}})?)"
_WORD = rf"(?<![新未不])(?<!综合)(?P<direction>{one_of(DIRECTION)})(?!值)"
_OTHER = rf"[(（/或]{one_of([*DIRECTION, *_COMPARISON, *_UNCHANGED])}[)）]?"
_PATTERN = re.compile(
    rf"""(?P<account>决算数(?=大|小|高|低|等|多|少|超))?(?<![不未已])(?P<comparison>{one_of(_COMPARISON)}|(?P<open>[大小高低多少][(（/][大小高低多少][)）]?)于)(?P<also>{_OTHER})?(?={INNER})
      | (?<![不未])(?P<reached>{one_of(_REACHED)})
      | {_WORD}(?P<other>{_OTHER})?(?P<to>[到至])?
      | (?P<half>[增减][(（/][增减][)）]?)
      | (?P<unchanged>{one_of(_UNCHANGED)})
      | {one_of(_SAME)}
      | (?P<short>{one_of(_SHORT)})了?(?=[\d约近百一二三四五六七八九十])
      | (?P<done>{_DONE})(?=约?近?\d)""",
    re.VERBOSE,
)
_INNER = re.compile(INNER)
# Between the word and its number: 增加了, 增幅为, 增长率约, 下降幅度达. 为 alone after a verb is the level reached.
_GAP = re.compile(
    r"(?:[(（](?:同|自然|可比)口径[)）])?+(?:了|幅度|比例|率|额)?+(?P<is>为|是|达到?)?+(?:约|近|超过?|逾|不足|[:：])?+"
)
# 较上年增加人员经费5万元: what changed stands between the word and its number.
_OBJECT = re.compile(r"(?:(?![的是因为于较比与到达占完由将至])[一-鿿“”（）()]){1,12}+")
# 高于全省平均水平（6.31%）2.43个百分点: the figure of the base.
_BASE_FIGURE = re.compile(r"[(（][^()（）]{1,16}[)）](?=[\d约近])")
_NOUN = frozenset("幅")  # 增幅, 降幅
# The empty slot of a template: 增加（减少）万元.
_SLOT = re.compile(r"\s*[_＿—-]*(?:万元|亿元|元|%)")
_SHARED = re.compile(r"(?:分别|各自?)[一-鿿]{0,2}$")
_LIST = re.compile(r"[、和及与]|以及|[,，](?=[\d-])")


def _by_first(alternatives: list[str]) -> str:
    """An alternation of what begins with a literal character, grouped by that character."""
    groups: dict[str, list[str]] = {}
    for one in alternatives:
        groups.setdefault(one[0], []).append(one[1:])
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in groups.items())


# Where a move may begin. `re` skips to the first characters of the alternation, 15 times faster than `regex` can search
# the whole pattern, and then tries only the words that begin so; the pattern is matched there.
_HINT = re.compile(
    _by_first(
        [
            *sorted({*DIRECTION, *_UNCHANGED, *_SAME, *_REACHED, *(word for word in _COMPARISON if len(word) > 1)}),
            "超",
            "决算数(?=[大小高低等多少超])",
            *(f"{half}[(（/]" for half in "增减大小高低多少"),
            *(f"{word}了?[\\d约近百一二三四五六七八九十]" for word in _SHORT),
            *(f"{half}[一-鿿]{{1,3}}[\\d约近]" for half in "多少"),
            "新增[一-鿿]{0,4}[\\d约近]",
        ]
    )
)


def hints(clean: str) -> list[int]:
    """Where moves may begin, in order: one pass over the whole text."""
    return [match.start() for match in _HINT.finditer(clean)]


def find_moves(clean: str, hints: list[int], end: int, numbers: Numbers) -> list[Move]:
    """The moves at ``hints`` that end before ``end``, in order; a word whose number does not follow is ``bare``."""
    moves: list[Move] = []
    done = 0
    for hint in hints:
        if hint >= done and (match := _PATTERN.match(clean, hint, end)):
            again, done = hint == done, match.end()
            move = _read(clean, match, numbers)
            if moves and moves[-1].form == "unchanged" and again:
                continue  # 持平持平: no words between two statements
            if move and (not moves or move.start >= moves[-1].end):  # 低于全省平均增幅0.6个百分点 is one
                moves.append(move)
    return moves


def _read(clean: str, match: re.Match[str], numbers: Numbers) -> Move | None:
    if match["comparison"]:
        return _compare(clean, match, numbers)
    if match["direction"]:
        return _change(clean, match, numbers)
    if match["half"]:
        direction = "increase" if match["half"][0] == "增" else "decrease"
        return _move(match, match.end(), direction, "figure", _listed(clean, match.end(), numbers))
    if match["reached"]:
        reached = numbers.get(match.end())
        return _move(match, match.end(), _REACHED[match["reached"]], "reached", (reached,)) if reached else None
    if match["short"] or match["done"]:
        direction = _SHORT.get(match["short"]) or ("decrease" if match["done"][0] == "少" else "increase")
        listed = _listed(clean, match.end(), numbers)
        return _move(match, match.end(), direction, "short", listed) if listed else None
    return _move(match, match.end(), "unchanged", "unchanged" if match["unchanged"] else "bare")


def _move(
    match: re.Match[str],
    end: int,
    direction: str,
    form: Form,
    quantities: tuple[Labelled, ...] = (),
    base: Base | None = None,
) -> Move:
    stop = quantities[0].quantity.end if quantities else end
    found = cast(Direction, direction)
    template = bool(
        match["other"] or match["also"] or match["open"] or match["half"] or match["comparison"] == "大小于"
    )
    return Move(match.start(), match.end(), stop, found, form, template, quantities, base)


def _change(clean: str, match: re.Match[str], numbers: Numbers) -> Move:
    word, at = match["direction"], match.end()
    gap = _GAP.match(clean, at)
    after = gap.end() if gap else at
    listed: tuple[Labelled, ...] = ()
    if after in numbers or at in numbers:
        shared = _SHARED.search(clean, max(0, match.start() - 4), match.start()) is not None
        listed = _listed(clean, after if after in numbers else at, numbers, shared=shared)
    elif match["other"] and (slot := _SLOT.match(clean, at)):
        return _move(match, slot.end(), DIRECTION[word], "figure")
    if listed and (match["to"] or _is_level(word, at, gap)):
        return _move(match, at, DIRECTION[word], "reached", listed)
    thing = None if listed or match["to"] or word[-1] in _NOUN else _OBJECT.match(clean, at)
    if thing and thing.end() in numbers:
        return _move(match, at, DIRECTION[word], "object", (numbers[thing.end()],))
    return _move(match, at, DIRECTION[word], "figure" if listed else "bare", listed)


def _is_level(word: str, at: int, gap: re.Match[str] | None) -> bool:
    """下降为1.8万元 names the level reached, 降幅为5% the change."""
    return gap is not None and gap["is"] in ("为", "是") and gap.start("is") == at and word[-1] not in _NOUN


def _compare(clean: str, match: re.Match[str], numbers: Numbers) -> Move:
    base = inner_base(clean, cast("re.Match[str]", _INNER.match(clean, match.end())))  # the lookahead found it
    figure = _BASE_FIGURE.match(clean, base.end)
    gap = _GAP.match(clean, figure.end() if figure else base.end)
    listed = _listed(clean, gap.end() if gap else base.end, numbers)
    word = match["comparison"]
    direction = _COMPARISON.get(word) or _COMPARISON[word[0] + "于"]
    return _move(match, base.end, direction, "comparison", listed, base)


def _listed(clean: str, at: int, numbers: Numbers, *, shared: bool = False) -> tuple[Labelled, ...]:
    """The numbers from ``at`` on, where one word governs several: ``增长4.5%、11.8%和6.3%``; ``shared`` after 各, 分别."""
    found: list[Labelled] = []
    while at in numbers and (not found or _alike(found[-1], numbers[at], shared)):
        found.append(numbers[at])
        mark = _LIST.match(clean, found[-1].quantity.end)
        at = mark.end() if mark else -1
    return tuple(found)


def _alike(first: Labelled, second: Labelled, shared: bool) -> bool:
    """Whether both are changes of one kind."""
    if first.quantity.kind != second.quantity.kind:
        return False
    return shared or (second.kind == "growth" if second.quantity.kind == "percentage" else second.role == "change")
