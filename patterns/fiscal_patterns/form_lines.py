"""Forms with one cell per line and no tabs: which lines are cells, long names and scoring rules included."""

from __future__ import annotations

import re

HEAD = "三级指标"
_NAME = "项目名称"
# What follows the indicators: the total with its figures, a conclusion, a heading, the title of the next form.
_TOTAL = re.compile(r"(?:合计|总分|总计|总得分|自评总分)[:：]?")
_NUMBER = re.compile(r"[+-]?[\d,.]++[%分]?+|[-—/]")
_AFTER = re.compile(
    r"(?:评价结论|自评结论|存在问题|改进措施|说明|其他说明|项目负责人|填表人|填报人|联系人)(?:[:：].*)?"
    r"|[一二三四五六七八九十]{1,3}[、.．].*|第[一二三四五六七八九十]部分.*|[(（][一二三四五六七八九十]{1,2}[)）].*|附件\d?"
)
_TITLE_ENDS = ("表", ")", "）")
_TITLE = re.compile(r".{2,50}(?:自评|目标|评价|情况|申报)表(?:[(（].{1,20}[)）])?")
# Scoring rules are as long as sentences: 完成值达到指标值，记满分；未达到指标值，按比例记分。
_SCORING = re.compile(r"记满?分|计分|得满?分|扣完|扣\d|×|÷|指标(?:分值|得分)|得分计算")
# Longest name of an indicator met: 38 characters; longest cell of a head: a project code with its name, 36.
_LONGEST = 60
_HEAD_CELL = 36
_PUNCTUATED = re.compile(r"[,，。;；]")
# From the name of the project to the heads of its indicators; the longest met has 75 lines.
_LONGEST_HEAD = 160


def form_lines(lines: list[str]) -> set[int]:
    """Indices of the lines that are cells of such forms."""
    found: set[int] = set()
    if HEAD not in lines:
        return found
    name = -_LONGEST_HEAD
    index = 0
    while index < len(lines):
        line = lines[index]
        if line == _NAME or (line.endswith(_TITLE_ENDS) and _TITLE.fullmatch(line)):
            name = index
        elif line == HEAD:
            if index - name < _LONGEST_HEAD:
                found.update(place for place in range(name, index) if _is_head_cell(lines[place]))
            index, name = _grid(lines, index, found), -_LONGEST_HEAD
            continue
        index += 1
    return found


def _is_head_cell(line: str) -> bool:
    if "\t" in line:
        return False
    return (0 < len(line) <= _HEAD_CELL and not _PUNCTUATED.search(line)) or _SCORING.search(line) is not None


def _grid(lines: list[str], index: int, found: set[int]) -> int:
    """Add the cells from the head 三级指标 on; the index of the first line behind them."""
    closed = False
    while index < len(lines):
        line = lines[index]
        if line and not line.isspace():
            if not _goes_on(line, closed):
                return index
            closed = closed or _TOTAL.fullmatch(line) is not None
            found.add(index)
        index += 1
    return index


def _goes_on(line: str, closed: bool) -> bool:
    """Whether a line is one more cell; behind the total only figures are."""
    if closed:
        return _NUMBER.fullmatch(line) is not None
    if "\t" in line or (line != HEAD and (_AFTER.fullmatch(line) or _TITLE.fullmatch(line))):
        return False
    return len(line) <= _LONGEST or _SCORING.search(line) is not None
