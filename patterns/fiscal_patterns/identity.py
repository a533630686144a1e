"""What a document says of itself in its first lines: title, publishing body, year and kind; None where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import regex

from fiscal_patterns.sections.nouns import Block, Outline
from fiscal_patterns.text import Document

DocumentKind = Literal["final_account", "budget", "performance_report", "bulletin", "other"]


@dataclass(frozen=True, slots=True)
class Identity:
    """``title`` as printed, ``organisation`` the publishing body, ``year`` the fiscal year, ``kind`` of document."""

    title: str | None = None
    organisation: str | None = None
    year: int | None = None
    kind: DocumentKind | None = None


# The first that occurs decides: an audit of 预算执行情况 is no bulletin, a bulletin of it no budget.
_KINDS: tuple[tuple[DocumentKind, regex.Pattern[str]], ...] = (
    ("other", regex.compile(r"审计|目录|通知|办法")),
    ("performance_report", regex.compile(r"绩效(?:评价|自评|报告|管理工作|目标)|自评(?:表|报告|综述)")),
    ("final_account", regex.compile(r"决算")),
    ("bulletin", regex.compile(r"(?:执行|收支|运行)情况|公报|快报")),
    ("budget", regex.compile(r"预算")),
)
_TITLE_END = regex.compile(
    r"(?:决算|预算|说明|情况|报告|公告|公报|通报|通知|办法|表|书)(?:[(（][^()（）]{1,20}[)）])?$"
)
_NO_TITLE = regex.compile(
    r"附件\s?[\d一二三四五六七八九十]{0,2}[:：]?|(?:公开|发布|编制|填报)?(?:时间|日期)[:：].{0,30}|[(（].{0,30}[)）]|[—-]{1,3}.{0,60}"
)
_SENTENCE_LIKE = regex.compile(r"[。;；!！?？,，]|[:：]$")
# What may run into the title before it: 附件3; 索引号:… 发布日期:… 浏览次数:326.
_HEADER = regex.compile(
    r"\G(?:附件\s?[\d一二三四五六七八九十]{1,2}[:：]?|(?:[\p{Han}]{2,6}[:：][^\p{Han}]{1,40}+){1,8}+)"
)
_TITLE_LINES = 6
_TITLE_LENGTH = 80

_HAN_YEAR = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_YEAR = regex.compile(
    r"((?:19|20)\d\d|[一二]?[〇零一二三四五六七八九]{4})(?=年|[-—]\d{1,2}月|(?:部门|单位)?(?:决算|预算))"
)
_LONE_YEAR = regex.compile(r"[(（](?:19|20)\d\d年度?[)）]")

# \G: looked for where a line begins and nowhere else.
_BODY = (
    r"(?P<body>\p{Han}{2,30}?(?:局|厅|委员会|办公室|中心|办事处|人民政府|政府|法院|检察院|联合会|协会|学校|中学|小学"
    r"|大学|学院|医院|研究院|图书馆|博物馆|档案馆|文化馆|管理站|服务站|总站|支队|大队|总队|管理处|事务所|监测站|总工会|研究所))"
)
_IN_TITLE = regex.compile(
    rf"\G(?:关于)?(?:(?:19|20)\d\d年度?)?{_BODY}(?:本级|机关)?(?=(?:19|20)\d\d年|[一二][〇零一二三四五六七八九]{{3}}年|部门|单位|决算|预算|整体|[“\"]三公|关于)"
)
_ALONE = regex.compile(rf"\G{_BODY}")
# 攀枝花市医疗保障局（以下简称…）为一级预算单位; 某中心是某局下属单位
_IN_PROSE = regex.compile(
    rf"\G{_BODY}(?=[(（](?:以下)?(?:简称|本级)|下属|是[^,，。]{{2,30}}单位|为[^,，。]{{2,30}}单位|核定|共有)"
)
# Documents without a title name their body under 单位概况, within the first 60 blocks of all we have seen.
_FIRST_BLOCKS = 60


def identify(document: Document, outline: Outline) -> Identity:
    """What the first lines of a document and its headings say; a part that they do not say plainly is None."""
    lines = list(_title_lines(document.clean, outline))
    title = "".join(document.printed(start, end) for start, end in lines) or None
    words = "".join(document.clean[start:end] for start, end in lines)
    named = words or _first_dated_heading(document.clean, outline)
    year = _year(named) or _bracketed_year(document.clean, outline)
    return Identity(title, _named_in(words, title) or _presented(document, outline), year, _kind(named))


def _title_lines(clean: str, outline: Outline) -> Iterator[tuple[int, int]]:
    """Clean ranges of the lines that make the title, none where no line ends as titles do."""
    found: list[tuple[int, int]] = []
    for block in islice(outline.blocks, _TITLE_LINES):
        start = _after_header(clean, block)
        words = clean[start : block.end]
        if block.kind in ("heading", "contents") or "\t" in words or _SENTENCE_LIKE.search(words):
            return
        if block.kind in ("page", "caption") or _NO_TITLE.fullmatch(words):
            continue
        found.append((start, block.end))
        if sum(end - begin for begin, end in found) > _TITLE_LENGTH:
            return
        if _TITLE_END.search(words):
            yield from found
            return


def _after_header(clean: str, block: Block) -> int:
    header = _HEADER.match(clean, block.start, block.end)
    return header.end() if header and header.end() < block.end else block.start


def _first_dated_heading(clean: str, outline: Outline) -> str:
    """The first heading that says of which year it is and of what kind: 第二部分 2024年度部门决算情况说明."""
    for block in outline.blocks:
        words = clean[block.start : block.end]
        if block.kind == "heading" and _YEAR.search(words) and _kind(words) in ("final_account", "budget"):
            return words
    return ""


def _year(words: str) -> int | None:
    found = _YEAR.search(words)
    if not found:
        return None
    digits = "".join(_HAN_YEAR.get(character, character) for character in found.group(1))
    return int(digits) if digits.isascii() and digits[:2] in ("19", "20") else None


def _kind(words: str) -> DocumentKind | None:
    if not words:
        return None
    return next((kind for kind, shape in _KINDS if shape.search(words)), "other")


def _bracketed_year(clean: str, outline: Outline) -> int | None:
    """The year that stands alone under a title: （2023年度）."""
    lines = (_LONE_YEAR.fullmatch(clean, block.start, block.end) for block in outline.blocks[:_TITLE_LINES])
    return next((_year(line.group()) for line in lines if line), None)


def _named_in(words: str, title: str | None) -> str | None:
    """The body that the title names, as printed: ``words`` and ``title`` run parallel."""
    found = _IN_TITLE.match(words)
    return title[slice(*found.span("body"))] if found and title else None


def _presented(document: Document, outline: Outline) -> str | None:
    """The body that stands alone in a line among the first, else the one that a sentence presents."""
    clean = document.clean
    blocks = outline.blocks[:_FIRST_BLOCKS]
    for block in blocks[:_TITLE_LINES]:
        if _ALONE.fullmatch(clean, block.start, block.end):
            return document.printed(block.start, block.end)
    for block in blocks:
        if block.kind == "prose" and (found := _IN_PROSE.match(clean, block.mark, block.end)):
            return document.printed(*found.span("body"))
    return None
