"""Functional items: 支出功能分类 paths such as 类/款/项 with marks or codes behind each level."""

from __future__ import annotations

import regex

from fiscal_patterns.label.nouns import Range
from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.records import record

# 政府办公厅（室）及相关机构事务: a bracket inside the name of a level.
_NAME = r"(?:[\p{Han}、“”]|(?<=\p{Han})[（(][室局科处所境县市区][)）]){2,40}+"
_LEVEL = r"\p{Han}(?:[\p{Han}、]|[（(][室局科处所境县市区][)）]){1,30}?"
_ITEM = regex.compile(
    rf"(?P<a>{_NAME})[（(](?:类|(?P<ca>\d{{3}}))[)）](?P<spent>支出)?"
    rf"(?:(?P<b>{_NAME})[（(](?:款|(?P<cb>\d{{2}}))[)）])?+(?:(?P<c>{_NAME})[（(](?:项|(?P<cc>\d{{2}}))[)）])?+(?P<code>\d{{7}})?+"
    rf"|(?P<b2>{_NAME})[（(]款[)）](?:(?P<c2>{_NAME})[（(]项[)）])?+(?P<code2>\d{{7}})?+|(?P<c3>{_NAME})[（(]项[)）](?P<code3>\d{{7}})?+"
    r"|(?<!\d)(?P<code4>2\d{6})(?P<c4>\p{Han}{2,30}?)(?=支出决算|支出预算|年初预算|决算|预算|支出为?$|为?$)"
    # 卫生健康支出-公立医院-综合医院：年初预算数
    rf"|(?P<a5>{one_of(table('label', 'class'))})[-—–]{{1,2}}(?P<b5>{_LEVEL})(?:[-—–]{{1,2}}(?P<c5>{_LEVEL}))?"
    r"(?=[：:，,。\s\d]|(?:年初|调整)?(?:预算|决算)|$)"
)
_MARKED = regex.compile(r"[（(](?:类|款|项|\d{3})[)）]|2\d{6}\p{Han}|支出[-—–]{1,2}\p{Han}")


@record
class Item:
    """A functional path in a text: ranges of the three levels, of the whole, and of 支出 behind a lone 类 mark."""

    levels: tuple[Range | None, Range | None, Range | None]
    start: int
    end: int
    spent: Range | None
    code: str | None

    @property
    def name(self) -> Range:
        """The lowest printed level."""
        return next(level for level in reversed(self.levels) if level)


def last_item(text: str) -> Item | None:
    """The last functional item of a stretch, offsets into it."""
    # A search for one character is faster than any look at all of them: most sentences are long and hold no item.
    signs = "（" in text or "(" in text or "2" in text or "支出-" in text or "支出—" in text or "支出–" in text
    if not signs or not _MARKED.search(text):
        return None
    found = list(_ITEM.finditer(text))
    return _item(found[-1]) if found else None


def _item(found: regex.Match[str]) -> Item:
    spans = [_span(found, *names) for names in (("a", "a5"), ("b", "b2", "b5"), ("c", "c2", "c3", "c4", "c5"))]
    codes = [found[name] for name in ("ca", "cb", "cc") if found[name]]
    code = found["code"] or found["code2"] or found["code3"] or found["code4"] or "".join(codes) or None
    spent = found.span("spent") if found["spent"] and not (spans[1] or spans[2]) else None
    return Item((spans[0], spans[1], spans[2]), found.start(), found.end(), spent, code)


def _span(found: regex.Match[str], *names: str) -> Range | None:
    return next((found.span(name) for name in names if found[name]), None)
