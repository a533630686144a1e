"""Spaces and pipes that carry structure: cell borders of flattened rows, lost line ends round headings.

Each becomes a tab or a line end, one character for one, before spaces are cut; lengths never change.
"""

from __future__ import annotations

import regex

# Five cells at least: 产出指标 数量指标 培训人数 ≥20人 19人. Sentences have punctuation; dates and amounts set with
# spaces (2024 年 12 月) have a unit or a date character behind a number.
_SPACED_ROW = regex.compile(
    r"""(?m)^(?:(?P<cell>(?:[^\s。;；,，:：]|(?<=\d),(?=\d)){1,40}+)(?:[ \u3000]++(?&cell)){4,}+
      | (?:总分|合计|小计|总计)(?:[ \u3000]++[\d.,%]{1,12}+){1,6}+)[ \u3000]*+$""",
    regex.VERBOSE,
)
_NUMBER_THEN_UNIT = regex.compile(
    r"\d[ \u3000]++[年月日号时万亿元千百个项次人名批辆台件户%％、至到—-]|[^\d\s]{2,40}[ \u3000]++\d{1,2}[ \u3000]++[^\d\s]"
)
_PIPED_ROW = regex.compile(r"(?m)^[^\n|｜]{0,80}+(?:[|｜][^\n|｜÷×]{0,80}+){3,}+$")
_SPACES = regex.compile(r"[ \u3000]++(?=[^\s])")

# A whole document on one line: 一、单位基本情况 内设机构7个. 二、收支情况 …
_ONE_LINE = regex.compile(r"(?m)^[^\n]{200,}+$")
_BEFORE_MARK = regex.compile(
    r"[ \u3000](?=(?:[一二三四五六七八九十]{1,3}+、|[(（][一二三四五六七八九十]{1,2}+[)）]|第[一二三四五六七八九十]部分)\S)"
)
_AFTER_HEADING = regex.compile(
    r"(?<=(?:[一二三四五六七八九十]、|[(（][一二三四五六七八九十]{1,2}[)）])[^\s,，。;；:：.、]{2,30})[ \u3000](?=\S)"
)


def separated(text: str) -> str:
    """``text`` with tabs and line ends where spaces or pipes stood for them; same length."""
    text = _PIPED_ROW.sub(lambda row: regex.sub("[|｜]", "\t", row.group()), text)
    text = _SPACED_ROW.sub(_tabbed, text)
    return _ONE_LINE.sub(_with_line_ends, text)


def _tabbed(row: regex.Match[str]) -> str:
    words = row.group()
    if "\t" in words or _NUMBER_THEN_UNIT.search(words):
        return words
    return _SPACES.sub(lambda gap: "\t" + gap.group()[1:], words)


def _with_line_ends(line: regex.Match[str]) -> str:
    words = _BEFORE_MARK.sub("\n", line.group())
    return _AFTER_HEADING.sub("\n", words)
