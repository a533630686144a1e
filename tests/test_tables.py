"""Rows and cells in every layout, and the cells that hold sentences."""

from __future__ import annotations

from fiscal_patterns.sections import sectionize
from fiscal_patterns.tables import Tables, read
from fiscal_patterns.text import Document

TABBED = """2024年度路灯维护项目绩效自评表
金额单位：万元
项目名称\t\t路灯维护\t\t
项目资金\t\t年初预算数\t全年执行数\t得分
\t年度资金总额\t30.00\t28.50\t9.5
年度目标\t完成城区路灯维护，亮灯率达到98%。\t\t全年维护路灯1200盏，亮灯率99%。\t
一级指标\t二级指标\t三级指标\t指标值\t完成值
产出指标\t数量指标\t维护路灯\t1200盏\t1200盏
\t质量指标\t亮灯率\t≥98%\t99%，优于目标。
合计\t\t\t\t
"""

ONE_CELL_PER_LINE = """\t项目支出绩效自评表

\t项目名称
\t桥梁检测

\t一级
指标
\t二级指标
\t三级指标
\t指标值
\t完成值

\t产
出
指
标
\t数量指标
\t检测桥梁
\t12座
\t12座

\t
\t
\t出具报告
\t12份
\t12份

\t评价结论
\t检测任务全部完成，发现3座桥梁存在病害。

三、存在问题
"""


def tables(text: str) -> tuple[str, Tables]:
    clean = Document(text).clean
    return clean, read(clean, sectionize(clean))


def words(clean: str, found: Tables) -> list[list[str]]:
    return [[clean[cell.start : cell.end] for cell in row.cells] for table in found.tables for row in table.rows]


def test_cells_between_tabs_keep_their_columns() -> None:
    clean, found = tables(TABBED)
    (table,) = found.tables
    assert (table.kind, table.title, table.unit) == ("performance", "2024年度路灯维护项目绩效自评表", "万元")
    assert [(cell.column, clean[cell.start : cell.end]) for cell in table.rows[2].cells] == [
        (1, "年度资金总额"), (2, "30.00"), (3, "28.50"), (4, "9.5"),
    ]  # fmt: skip


def test_the_indicators_of_a_form_are_a_grid() -> None:
    _, found = tables(TABBED)
    (grid,) = found.tables[0].grids
    assert [column.role for column in grid.columns] == ["level1", "level2", "name", "target", "actual"]
    assert (grid.first, grid.last) == (5, 7)


def test_cells_with_sentences_are_prose_and_indicator_rows_are_not() -> None:
    clean, found = tables(TABBED)
    assert [clean[sentence.start : sentence.end] for sentence in found.sentences] == [
        "完成城区路灯维护，亮灯率达到98%。", "全年维护路灯1200盏，亮灯率99%。",
    ]  # fmt: skip


def test_one_cell_per_line_with_wrapped_cells() -> None:
    clean, found = tables(ONE_CELL_PER_LINE)
    rows = words(clean, found)
    assert rows[2] == ["一级\n指标", "二级指标", "三级指标", "指标值", "完成值"]
    assert rows[3] == ["产\n出\n指\n标", "数量指标", "检测桥梁", "12座", "12座"]
    assert [cell.column for cell in found.tables[0].rows[4].cells] == [2, 3, 4]
    assert [clean[sentence.start : sentence.end] for sentence in found.sentences] == [
        "检测任务全部完成，发现3座桥梁存在病害。"
    ]


def test_account_tables_hold_no_sentences() -> None:
    _, found = tables(
        "收入支出决算总表\n收入\t行次\t决算数\n一、财政拨款收入，含结转。\t1\t25.6\n本年收入合计\t2\t25.6\n"
    )
    assert [table.kind for table in found.tables] == ["account"]
    assert not found.sentences


def test_scoring_rules_hold_no_sentences() -> None:
    _, found = tables(
        "项目支出绩效自评表\n项目资金\t年初预算数\t执行率\t得分计算方法\n总额\t12\t80%\t执行率×该指标分值，最高不得超过分值上限。\n"
    )
    assert not found.sentences
