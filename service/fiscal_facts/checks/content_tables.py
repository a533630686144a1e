"""Tables of a disclosure: listed and there, listed and not there, left to an attachment."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from fiscal_patterns.sections import Block, Section
from fiscal_patterns.text import Span

from fiscal_facts.checks.content_examples import disclosure
from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent

TABLES = Code(
    "content.tables",
    "note",
    "目录里列出的表，文中没有",
    disclosure(tables=False) + "一、收入支出决算总表\n二、收入决算表\n三、支出决算表\n",
    disclosure(),
)
# A document that is in parts (第一部分 …) claims to be the whole disclosure; a single note or an excerpt does not.
_FEWEST_PARTS = 2
_LISTED = regex.compile(r"[^。,，;；]{3,60}表(?:[(（][^()（）]{1,20}[)）])*")
_MARK = regex.compile(
    r"^(?:[-－\s]*[一二三四五六七八九十\d]{1,3}[、.．]|[(（]?表\s?\d[\d-]*[)）]?)|[(（][^()（）]*[)）]|[“”\"\s]"
)
_LIST = regex.compile(r"(?:决算|预算|公开)?(?:附?表|报表)$")
_ALIKE = 75  # percent of pairs of characters: 部门预算项目支出绩效目标表, 部门预算项目绩效目标表


def is_whole(evidence: Evidence) -> bool:
    """Whether a document is a complete disclosure, of which completeness may be asked."""
    if evidence.identity.kind not in ("final_account", "budget"):
        return False
    return sum(section.rank == 1 for _, _, section in evidence.headings) >= _FEWEST_PARTS


def opening(evidence: Evidence) -> Span:
    """Where the document begins: what is absent stands nowhere."""
    first = evidence.outline.blocks[0]
    return evidence.document.span(first.start, first.end)


def _span(evidence: Evidence, title: Section) -> Span:
    end = evidence.document.clean.find("\n", title.start)
    return evidence.document.span(title.start, min(title.start + len(title.title), end if end > 0 else title.start + 1))


def tables(evidence: Evidence) -> Iterator[Outcome]:
    """Tables listed under a heading 附表 against the tables that are there; a disclosure without any says so."""
    if not is_whole(evidence):
        return
    clean = evidence.document.clean
    headings = [block for _, block, section in evidence.headings if section.parent and _lists(section.parent)]
    listed = [block for block in headings if _LISTED.fullmatch(clean, block.mark, block.end)]
    if not listed:
        yield from _none(evidence)
        return
    titles = {_bare(table.title) for table in evidence.tables.tables if table.title and table.kind != "other"}
    names = [_bare(clean[block.mark : block.end]) for block in listed]
    others = titles.difference(names)
    absent = [block for block, name in zip(listed, names, strict=True) if not _is_there(name, titles, others)]
    yield _absent_tables(evidence, listed, absent) if absent else consistent(TABLES)


def _is_there(name: str, titles: set[str], others: set[str]) -> bool:
    """Whether a table bears the name, or a name much like it that no other row of the list has."""
    return name in titles or any(_alike(name, other) for other in others)


def _absent_tables(evidence: Evidence, listed: list[Block], absent: list[Block]) -> Outcome:
    spans = [evidence.document.span(block.start, block.end) for block in absent]
    if len(absent) < len(listed):
        names = "、".join(span.text for span in spans)
        return inconsistent(TABLES, f"列出{len(listed)}张表，文中没有{len(absent)}张：{names}。", spans)
    parent = listed[0].section.parent if listed[0].section else None
    head = [_span(evidence, parent)] if parent else []
    return inconsistent(TABLES, f"列出{len(listed)}张表，文中一张也没有。", (*head, *spans))


_ACCOUNT_TITLE = regex.compile(r"(?:决算|预算|总|明细)(?:支出)?表")
_REFERRED = regex.compile(r"(?:报表|附表|决算表|预算表)[^。\n]{0,16}见附[件表]\s?\d{0,2}")


def _none(evidence: Evidence) -> Iterator[Outcome]:
    """No list of tables: then the tables of accounts themselves, or at least where they are."""
    for table in evidence.tables.tables:
        if table.kind == "account" and _ACCOUNT_TITLE.search(table.title or ""):
            yield consistent(TABLES)
            return
    referred = _REFERRED.search(evidence.document.clean)
    place = evidence.document.span(*referred.span()) if referred else opening(evidence)
    where = f"只写“{referred.group()}”" if referred else "没有收支决算（预算）报表"
    yield inconsistent(TABLES, f"文中{where}，报表不在文中。", (place,))


def _lists(section: Section) -> bool:
    return section.rank == 1 and _LIST.search(section.title) is not None


def _bare(title: str) -> str:
    return _MARK.sub("", title)


def _alike(one: str, other: str) -> bool:
    """Whether most pairs of characters of the longer title stand in the shorter."""
    shorter, longer = sorted((one, other), key=len)
    pairs = {longer[place : place + 2] for place in range(len(longer) - 1)}
    return bool(pairs) and sum(pair in shorter for pair in pairs) * 100 >= len(pairs) * _ALIKE
