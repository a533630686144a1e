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

_REPORT = regex.compile("报告")
_TITLE = regex.compile(
    r"""(?:[^,，。;；]{0,40}(?:20\d\d|\d\d)年度?)?+
      (?P<name>[^,，。;；《》]{3,44}?)
      (?:项目(?:支出|资金|经费)?|(?<=资金|经费|补助|补贴|专项|工程))
      (?:预算)?绩效(?:目标|自评|自我评价|评价|监控|管理|运行|完成情况|申报){1,3}+(?:工作)?(?:报告|报表|表|情况)
      (?:[(（][^()（）]{1,20}[)）])?""",
    regex.VERBOSE,
)
_ORGANISATION = regex.compile(
    r"(?:关于)?\p{Han}{2,20}?(?:局|委员会|办公室|中心|人民政府|办事处|管委会|学校|医院)(?:关于)?(?=[^,，。]{4})"
)
# 部门预算|项目支出绩效自评表, 固原市本级部门|项目支出…, 专项资金|绩效目标…: kinds of form, no names.
_GENERIC = regex.compile(
    r".*(?:部门|单位|本级|整体|机关|年度|年)(?:预算|专项)?|(?:中央|省级|市级|区级|县级|财政|专项|预算|重点|政策)*+(?:资金|经费)?"
)
# Longest title of a report met: 46 characters.
_TITLE_LENGTH = 70


def title_names(clean: str, outline: Outline, tables: Tables) -> tuple[tuple[int, int], ...]:
    """Clean ranges of the names in titles, in order."""
    ranges = {table.title_at for table in tables.tables if table.title_at and table.kind == "performance"}
    ends = {found.end() for found in _REPORT.finditer(clean)}
    ranges |= {
        (block.start, block.end)
        for block in outline.blocks
        if block.end in ends and block.kind in ("prose", "heading") and block.end - block.start <= _TITLE_LENGTH
    }
    return tuple(sorted(_names(clean, ranges)))


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
        if not _GENERIC.fullmatch(clean, name, stop):
            yield name, stop
