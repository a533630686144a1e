"""What a printed name of a project consists of: code, category, year, name, closing 项目."""

from __future__ import annotations

from functools import cache

import regex

from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.text import Document

# 51090422T000000389802-, 510704-23-T-0000123-: administrative code, year, kind, running number.
_CODE = regex.compile(r"(?P<code>[0-9]{6,12}[A-Z][0-9]{6,16}|[0-9]{12,24})\s?+[-—_:：]?")
# A closing word that only says what the name is.
_CLOSING = regex.compile(r"(?:(?:专项)?预算)?项目(?:支出|资金|经费)?$")
_BRACKETS = str.maketrans("()", "（）")


@cache
def _category() -> regex.Pattern[str]:
    return regex.compile(f"(?P<category>{one_of(table('project', 'category', ('kind',)))})[-—:：]")


def name_range(clean: str, start: int, end: int) -> tuple[int, int, str | None, str | None]:
    """Range of the name alone inside a cell or phrase, then code and category where printed."""
    code = category = None
    if found := _CODE.match(clean, start, end):
        code, start = found["code"], found.end()
    if found := _category().match(clean, start, end):
        category, start = found["category"], found.end()
    return (*without_closing(clean, start, end), code, category)


def without_closing(clean: str, start: int, end: int) -> tuple[int, int]:
    """The range less a closing 项目 or 专项预算项目, which says only what the name is."""
    closing = _CLOSING.search(clean, start, end)
    return start, closing.start() if closing and closing.start() > start else end


def normalised(document: Document, start: int, end: int) -> str:
    """The printed name without breaks and spaces, brackets full width."""
    return "".join(document.printed(start, end).split()).translate(_BRACKETS)
