"""The outline: headings and their tree, and lines that hold no facts."""

from __future__ import annotations

import pytest
from fiscal_patterns.sections import Outline, sectionize
from fiscal_patterns.text import Document

DISCLOSURE = """目录
第一部分 概况	4
一、主要职责.....	4
第二部分 决算情况说明
一、收入支出决算总体情况说明
2024年度收入总计100万元。支出总计100万元。
（图1：收、支决算总计变动情况图）（柱状图）
五、一般公共预算财政拨款支出决算情况说明
（一）总体情况。2024年度支出100万元，占本年支出合计的100%。
（三）具体情况
1.教育支出（类）普通教育（款）小学教育（项）：支出决算为60万元。
— 3 —
第三部分 名词解释
1.财政拨款收入：指单位从同级财政部门取得的资金。
第四部分 附表
单位：万元
项目	决算数
教育支出	60
"""


@pytest.fixture(scope="module")
def outline() -> Outline:
    return sectionize(Document(DISCLOSURE).clean)


def kinds(outline: Outline) -> list[str]:
    return [block.kind for block in outline.blocks]


def test_every_line_has_its_kind(outline: Outline) -> None:
    assert kinds(outline) == [
        "contents", "contents", "contents", "heading", "heading", "prose", "caption", "heading", "heading", "prose",
        "heading", "prose", "page", "heading", "definition", "heading", "caption", "table", "table",
    ]  # fmt: skip


def test_headings_nest_by_their_marks(outline: Outline) -> None:
    last = outline.sentences[-1]
    assert last.block.section is not None
    assert last.block.section.path() == (
        "第二部分决算情况说明",
        "五、一般公共预算财政拨款支出决算情况说明",
        "（三）具体情况",
    )


def test_a_list_mark_is_no_part_of_the_sentence(outline: Outline) -> None:
    clean = Document(DISCLOSURE).clean
    last = outline.sentences[-1]
    assert clean[last.start : last.end].startswith("教育支出（类）")


def test_a_heading_may_run_on_into_its_first_sentence(outline: Outline) -> None:
    clean = Document(DISCLOSURE).clean
    assert "2024年度支出100万元，占本年支出合计的100%。" in [clean[item.start : item.end] for item in outline.sentences]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("收入100.5万元。支出3.2万元。", 2),
        ("在职人员58人,其中行政31人,事业27人.收入总计2136.58万元.", 2),
        ("下降1.96%.主要原因是项目结束", 2),
        ("参见www.example.cn网站。", 1),
    ],
)
def test_sentences_end_at_stops_never_inside_numbers(text: str, count: int) -> None:
    assert len(sectionize(text).sentences) == count
