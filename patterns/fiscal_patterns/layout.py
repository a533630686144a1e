"""Spaces and pipes that carry structure: cell borders of flattened rows, lost line ends round headings.

Each becomes a tab or a line end, one character for one, before spaces are cut; lengths never change.
"""

from __future__ import annotations

import re

import regex

_ROW_GAPS = 4
_TOTALS = ("总分", "合计", "小计", "总计")
# Five cells at least: 产出指标 数量指标 培训人数 ≥20人 19人. Sentences have punctuation; dates and amounts set with
# spaces (2024 年 12 月) have a unit or a date character behind a number.
_SPACED_ROW = regex.compile(
    rf"""(?:(?P<cell>(?:[^\s。;；,，:：]|(?<=\d),(?=\d)){{1,40}}+)(?:[ \u3000]++(?&cell)){{{_ROW_GAPS},}}+
      | (?:{"|".join(_TOTALS)})(?:[ \u3000]++[\d.,%]{{1,12}}+){{1,6}}+)[ \u3000]*+""",
    regex.VERBOSE,
)
_NUMBER_THEN_UNIT = regex.compile(
    r"\d[ \u3000]++[年月日号时万亿元千百个项次人名批辆台件户%％、至到—-]|[^\d\s]{2,40}[ \u3000]++\d{1,2}[ \u3000]++[^\d\s]"
)
# A row of indicators says what it is by its first cell; its other cells may hold anything: 数量指标 培训人数 ≥ 20 人 19 10 10.
_FORM_ROW = regex.compile(r"(?:\p{Han}{2,8}|[一二三]级)指标(?:[ \u3000]++[^\s。]{1,60}+){3,}+[ \u3000]*+")
_FORM_HEAD = "三级指标"
_FORM_CELLS = 3  # cells that make a row of a form, below its head
# The lines above: the name of the project, its funds; 其中： opens sentences too, so that it counts only below these.
_FORM_OPENS = ("项目名称", "项目资金", "预算执行情况")
_FORM_OPENS_SIGNS = frozenset("项预")
_FORM_OPENING = re.compile(
    rf"(?:{'|'.join(_FORM_OPENS)})[^\s，。；;]{{0,12}}+(?:[ \u3000]++[^\s，。；;]{{1,40}}+)++[ \u3000]*+"
)
_FORM_FUNDS = re.compile(
    r"(?:年度资金总额|资金总额|其中[:：]|财政拨款|地方资金|其他资金)[^\s，。；;]{0,12}+(?:[ \u3000]++[^\s，。；;]{1,40}+)++[^\s]{0,80}+[ \u3000]*+"
)
_FORM_END = regex.compile(
    r"[ \u3000]{0,40}+(?:总分|合计|总计|评价结论|存在问题|说明|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]部分)"
)
_FORM_END_SIGNS = frozenset(" \u3000总合评存说一二三四五六七八九十第")  # what a line that ends a form begins with
_PIPED_ROW = regex.compile(r"[^|｜]{0,80}+(?:[|｜][^|｜÷×]{0,80}+){3,}+")
_SPACES = regex.compile(r"[ \u3000]++(?=[^\s])")
# One cell per line, each behind blanks and a pipe; a line without them begins the next row, a line with blanks alone
# goes on with the cell above it.
_PIPED_CELL = regex.compile(r"\n(?=[ \t\u3000]++\|(?:[^|\n]*+|[| \t]*+)$)", regex.MULTILINE)
_WRAPPED_CELL = regex.compile(r"(?<=[^\s。；;])\n(?=[ \t\u3000]{1,40}+[^\s|。；;]{1,20}+\n[ \t\u3000]++\|)")
_PIPED_OPENINGS = (" |", "\t|", "\u3000|")
_PIPED_CELLS = 4  # from so many on they are a table
# A whole form on one line: … 项目名称 … 三级指标 年度指标值 … 总分 100 93.8, the cells held apart by spaces.
_LINE_OF_CELLS = 40

# A whole document on one line: 一、单位基本情况 内设机构7个. 二、收支情况 …
_ONE_LINE = 200
_BEFORE_MARK = regex.compile(
    r"[ \u3000](?=(?:[一二三四五六七八九十]{1,3}+、|[(（][一二三四五六七八九十]{1,2}+[)）]|第[一二三四五六七八九十]部分)\S)"
)
# No number goes on from a heading but a year: (一)教育支出 120 万元 is a sentence set with spaces.
_AFTER_HEADING = regex.compile(
    r"(?<=(?:[一二三四五六七八九十]、|[(（][一二三四五六七八九十]{1,2}[)）])[^\s,，。;；:：.、]{2,30})[ \u3000](?=[^\s\d]|20\d\d)"
)
# The same of numbered headings, in prose only: cells of a form hold numbered sentences.
_NUMBERED = regex.compile(
    r"(?<=[。；;]|情[况況]|[说説說]明)[ \u3000](?=\d{1,2}[.、．]\p{Han})"
    r"|(?<=(?<!\d)\d{1,2}[.、．][^\s\d,，。;；:：、]{3,24})[ \u3000](?=[\p{Han}“])"
)
# A heading that runs into its paragraph: 二、支出情况 2025年本部门支出…; 3.公务接待费 公务接待费支出…
_RUN_IN = regex.compile(
    r"""(?:[一二三四五六七八九十]{1,3}+、|[(（](?:[一二三四五六七八九十]{1,3}+|\d{1,2})[)）]|\d{1,2}[.、．])[ ]?
    (?:[^\s,，。;；:：]{2,40}(?:情[况況]|[说説說]明|概[况況]|分析|[构構]成)(?:[(（][^()（）\s]{1,40}[)）])?(?P<gap>[ \u3000])(?=[\p{Han}“]|20\d\d)
      |(?P<title>[^\s\d,，。;；:：]{3,24})(?P<gap2>[ \u3000])(?:20\d\d年度?)?(?P=title))""",
    regex.VERBOSE,
)
_RUN_IN_SIGNS = frozenset("一二三四五六七八九十(（0123456789")  # first characters of the former
_BLANKS = " \u3000"
_OTHER_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_RETURN = regex.compile(r"\r(?!\n)")


def separated(text: str) -> str:
    """``text`` with tabs and line ends where spaces, pipes or other line ends stood for them; same length."""
    if "\r" in text:
        text = _RETURN.sub("\n", text)
    for character in _OTHER_LINE_ENDS:
        text = text.replace(character, "\n")
    if "|" in text and any(opening in text for opening in _PIPED_OPENINGS):
        text = _rows_of_piped_cells(text)
    lines = text.split("\n")
    marks = [mark for mark in " \u3000|｜" if mark in text]
    for index in {index for mark in marks for index, line in enumerate(lines) if mark in line}:
        line = lines[index]
        if len(line) >= _ONE_LINE or _is_spaced(line.strip(_BLANKS)) or "|" in line or "｜" in line:
            lines[index] = _separated(line)  # not where blanks only indent
    if _FORM_HEAD in text:
        _separate_forms(lines)
    return "\n".join(lines)


def _rows_of_piped_cells(text: str) -> str:
    """Each row of a table that prints one cell per line behind a pipe on one line, with tabs between its cells."""
    ends = [found.start() for found in _PIPED_CELL.finditer(text)]
    if len(ends) < _PIPED_CELLS:
        return text
    characters = list(text)
    for end in ends:
        stop = text.find("\n", end + 1)
        stop = len(text) if stop < 0 else stop
        characters[end:stop] = " " + text[end + 1 : stop].replace("|", "\t")
    for found in _WRAPPED_CELL.finditer(text):
        characters[found.start()] = " "
    return "".join(characters)


def _separate_forms(lines: list[str]) -> None:
    """Set tabs in the rows of forms that spaces hold apart, from the name of the project to the total."""
    head = inside = False
    for index, line in enumerate(lines):
        if _FORM_HEAD in line and "\t" in line.strip():
            inside, head = True, False
        elif line[:1] in _FORM_OPENS_SIGNS and line.startswith(_FORM_OPENS) and _FORM_OPENING.fullmatch(line):
            head, inside = True, False
            lines[index] = _tabbed(line)
        elif head and _FORM_FUNDS.fullmatch(line):
            lines[index] = _tabbed(line)
        elif inside:
            inside = line[:1] not in _FORM_END_SIGNS or not _FORM_END.match(line)
            if "\t" not in line and _is_spaced(line) and len(line.split()) >= _FORM_CELLS:
                lines[index] = _tabbed(line)


def _separated(line: str) -> str:
    if "指标" in line[:12] and _FORM_ROW.fullmatch(line):
        return _tabbed(line)
    if ("|" in line or "｜" in line) and _is_piped(line):
        return line.replace("|", "\t").replace("｜", "\t")
    if len(line) >= _ONE_LINE:
        if _FORM_HEAD in line and "项目名称" in line and line.count(" ") >= _LINE_OF_CELLS and "\t" not in line:
            return _tabbed(line)
        return _headed(line)
    gaps = line.count(" ") + line.count("\u3000") >= _ROW_GAPS or line.startswith(_TOTALS)
    if gaps and _is_row(line, _SPACED_ROW) and not _NUMBER_THEN_UNIT.search(line):
        return _tabbed(line)
    return _run_in(line)


def _is_spaced(line: str) -> bool:
    return " " in line or "\u3000" in line


def _is_piped(line: str) -> bool:
    if line.count("|") + line.count("｜") <= 2:
        return False
    return line.lstrip()[:1] in "|｜" or _is_row(line, _PIPED_ROW)


def _run_in(line: str) -> str:
    """A line that begins with a heading and goes on with its paragraph, on two lines."""
    words = line.lstrip(_BLANKS)
    found = _RUN_IN.match(line, len(line) - len(words)) if words[:1] in _RUN_IN_SIGNS else None
    if found is None:
        return line
    at = max(found.start("gap"), found.start("gap2"))
    return line[:at] + "\n" + _headed(line[at + 1 :])


def _headed(line: str) -> str:
    """A line that holds several paragraphs with line ends before and behind their headings."""
    line = _AFTER_HEADING.sub("\n", _BEFORE_MARK.sub("\n", line))
    return line if "\t" in line else _NUMBERED.sub("\n", line)


def _is_row(line: str, shape: regex.Pattern[str]) -> bool:
    return "。" not in line and "，" not in line and shape.fullmatch(line) is not None


def _tabbed(line: str) -> str:
    return _SPACES.sub(lambda gap: "\t" + gap.group()[1:], line)
