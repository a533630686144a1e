"""Projects named in the titles of reports and forms: 2024年路灯维护项目绩效自评表."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import regex

from fiscal_patterns.project.names import normalised
from fiscal_patterns.project.nouns import Mention
from fiscal_patterns.sections.nouns import Outline
from fiscal_patterns.tables import Tables
from fiscal_patterns.text import Document

_REPORT = regex.compile(r"报告(?:[(（][^()（）\n]{1,12}[)）])?")
_TOLD = regex.compile(r"[^，,。;；\n]{0,20}20\d\d年[^，,。;；\n]{4,44}绩效(?:目标)?(?:自评|评价|完成)情况(?:说明)?")
_TITLE = regex.compile(
    r"""(?:[^,，。;；]{0,40}(?:20\d\d|\d\d)年度?)?
      (?P<name>[^,，。;；《》]{3,44}?)
      (?:项目(?:支出|资金|经费)?(?:20\d\d年度?(?:支出|资金)?)?|(?<=资金|经费|补助|补贴|专项|工程)
        |(?<=(?:资金|经费|补助|补贴)[(（][^()（）]{2,20}[)）]))
      (?:预算)?绩效(?:目标|自评|自我评价|评价|监控|管理|运行|完成情况|申报){1,3}+(?:工作)?(?:报告|报表|表|情况(?:说明)?)
      (?:[(（][^()（）]{1,20}[)）])?""",
    regex.VERBOSE,
)
_ORGANISATION = regex.compile(
    r"(?:关于)?\p{Han}{2,20}?(?:局|委员会|办公室|中心|人民政府|办事处|管委会|学校|医院)(?:关于)?(?=[^,，。]{4})"
)
_OPENED = regex.compile(
    r"附件[\d一二三四五六七八九十-]{0,4}[:：]?(?:[“「\"](?=[^“”「」\"]{3,40}[”」\"]$))?|[“「\"](?=[^“”「」\"]{3,40}[”」\"]$)"
)
_BODY = regex.compile(r"(?:局|委员会|办公室|人民政府|办事处|管委会|联合会|协会|学会|法院|检察院|大队|支队)$")
# A place before the name; not 智慧城市, 农贸市场.
_PLACE = regex.compile(r"\p{Han}{2,3}(?:(?<!城)市(?![场政民容级直])|县(?!城|级|域)|省(?!级|直))(?=\p{Han}{4})")
# 关于下达2024年农村公路养护补助资金的通知, as the title of the document itself.
_NOTICE = regex.compile(
    r"[^《》，,。;；\n]{0,30}关于(?:提前|预|追加|清算)?(?:下达|拨付|安排|分配)[^《》，,。;；\n]{0,20}?(?:20\d\d年度?)"
    r"(?P<name>[^《》，,。;；\n]{4,40}?(?:资金|经费|补助|补贴|专项))(?:[(（][^()（）]{1,12}[)）])?(?:支出)?(?:预算)?(?:指标)?(?:计划)?的?通知(?:[^。;；，,\n]{2,60}[:：])?"
)
# 部门预算|项目支出绩效自评表, 固原市本级部门|项目支出…, 专项资金|绩效目标…: kinds of form, no names.
_GENERIC = regex.compile(
    r".*(?:部门|单位|本级|整体|机关|年度|年)(?:预算|专项)?|(?:中央|省级|市级|区级|县级|财政|专项|预算|重点|政策)*+(?:资金|经费)?"
)
# Longest title of a report met: 46 characters.
_TITLE_LENGTH = 70
_TITLES = 12  # blocks among which the title of a notice stands


def title_names(clean: str, outline: Outline, tables: Tables) -> tuple[tuple[int, int], ...]:
    """Clean ranges of the names in titles, in order."""
    ranges = {table.title_at for table in tables.tables if table.title_at and table.kind == "performance"}
    ends = {found.end() for found in _REPORT.finditer(clean)}
    ranges |= {
        (block.start, block.end)
        for block in outline.blocks
        if block.end in ends and block.kind in ("prose", "heading") and block.end - block.start <= _TITLE_LENGTH
    }
    ranges |= {
        (block.start, block.end)
        for block in outline.blocks[:_TITLES]
        if block.section is None and block.kind == "prose" and _TOLD.fullmatch(clean, block.start, block.end)
    }
    notices = [found.span("name") for found in _notices(clean, outline)]
    return tuple(sorted([*_names(clean, ranges), *notices]))


def _notices(clean: str, outline: Outline) -> Iterator[regex.Match[str]]:
    """Titles of notices that hand out a fund."""
    for block in outline.blocks[:_TITLES]:
        entitled = (
            block.kind == "prose" and clean.find("关于", block.start, min(block.end, block.start + _TITLE_LENGTH)) >= 0
        )
        if entitled and (found := _NOTICE.fullmatch(clean, block.start, block.end)):
            yield found


def title_mentions(
    document: Document,
    outline: Outline,
    titles: tuple[tuple[int, int], ...],
    forms: list[Mention],
    period: str | None,
) -> list[Mention]:
    """Mentions in the titles that no form has taken for its own name; each reaches to the next title or form."""
    taken = {mention.start for mention in forms}
    if all(start in taken for start, _ in titles):
        return []
    starts = sorted({start for start, _ in titles} | taken)
    sections = {block.start: block.section for block in outline.blocks}
    found = []
    for start, end in titles:
        if start not in taken:
            after = bisect_right(starts, start)
            reach = (start, starts[after] if after < len(starts) else len(document.clean))
            section = sections.get(document.clean.rfind("\n", 0, start) + 1)
            name = normalised(document, start, end)
            found.append(Mention(start, end, section, name, None, None, period, "project.title", form=reach))
    return found


def _names(clean: str, ranges: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in ranges:
        found = _TITLE.fullmatch(clean, start, end)
        if not found:
            continue
        name, stop = found.span("name")
        if body := _ORGANISATION.match(clean, name, stop):
            name = body.end()
        if opened := _OPENED.match(clean, name, stop):
            name = opened.end()
        if clean[stop - 1] in '”」"' and not regex.search(r"[“「\"]", clean[name : stop - 1]):
            stop -= 1
        if place := _PLACE.match(clean, name, stop):
            name = place.end()
        if not _GENERIC.fullmatch(clean, name, stop) and not _BODY.search(clean, name, stop):
            yield name, stop
