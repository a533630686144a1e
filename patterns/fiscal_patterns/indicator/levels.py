"""一级 and 二级 names as they run down merged cells."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

import regex

from fiscal_patterns.indicator.align import Placed
from fiscal_patterns.indicator.shapes import level, level_words, without_points
from fiscal_patterns.lexicon import one_of
from fiscal_patterns.sections.nouns import Block, Sentence
from fiscal_patterns.tables import Cell
from fiscal_patterns.text import Document

_OUTPUT = ("产出", "项目完成")


class Levels:
    """The levels above the row last read."""

    def __init__(self) -> None:
        self._first: str | None = None
        self._second: str | None = None

    def below(self, document: Document, placed: Placed) -> tuple[str, ...]:
        """Levels of a row: its own where printed, else those of the row above."""
        first, second = placed.get("level1"), placed.get("level2")
        if (first is None) != (second is None):
            self._one(document, first or second, first is not None)
        elif first and second:
            if level(document.clean[first.start : first.end]) != "second" or self._first is None:
                self._first = _name(document, first)  # 生态效益指标 beside 可持续影响指标 is a row without indicator
            self._second = _name(document, second)
        return tuple(name for name in (self._first, self._second) if name)

    def _one(self, document: Document, cell: Cell | None, as_first: bool) -> None:
        """A single level cell: its name says which level it is, its column where the name does not."""
        if cell is None:
            return
        name = _name(document, cell)
        known = level(document.clean[cell.start : cell.end])
        if known == "either":
            # 成本指标 stands under 产出指标 in the older forms, beside it in the newer; then 满意度指标 follows 效益指标.
            known = "second" if name.startswith("成本") and (self._first or "").startswith(_OUTPUT) else "first"
        if known == "second" or (known is None and not as_first):
            self._second = name
        else:
            self._first, self._second = name, None


class ProseLevels:
    """Levels that a paragraph names before its indicators, or its heading: （一）产出指标。数量指标：."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._block: Block | None = None
        self._places: list[int] = []
        self._levels: list[tuple[str, ...]] = []

    def above(self, sentence: Sentence, position: int) -> tuple[str, ...]:
        """Levels named last before ``position``."""
        if sentence.block is not self._block:
            self._block = sentence.block
            self._read(sentence.block)
        index = bisect_right(self._places, position) - 1
        return self._levels[index] if index >= 0 else ()

    def _read(self, block: Block) -> None:
        """Every level of a paragraph, with the place from which on it holds."""
        clean, section = self._document.clean, block.section
        if section and _OWN_MARK.match(clean, block.start) and _OWN_MARK.match(section.title):
            section = None  # the paragraph is a neighbour of that heading, not below it
        parts = [(section.start, section.start + len(section.title))] if section else []
        self._places, self._levels = [], []
        first = second = None
        for start, end in (*parts, (block.start, block.end)):
            for found in _words().finditer(clean, start, end):
                name = self._document.printed(*found.span("name"))
                known = level(found["name"])
                if known == "second" or (known == "either" and first and name.startswith("成本")):
                    second = name
                else:
                    first, second = name, None
                self._places.append(found.end())
                self._levels.append(tuple(part for part in (first, second) if part))


_OWN_MARK = regex.compile(r"[(（][一二三四五六七八九十]{1,2}[)）]")


@cache
def _words() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<name>{one_of(level_words())}指标)(?:完成情况|实现情况|方面)?(?:分析)?(?=[:：。,，]|$)")


def _name(document: Document, cell: Cell) -> str:
    return without_points(document.printed(cell.start, cell.end))
