"""The cleaned view: what is cut, joined and exchanged, and what must stay apart."""

from __future__ import annotations

import pytest
from fiscal_patterns.text import Document


@pytest.mark.parametrize(
    ("received", "clean"),
    [
        ("[bookmark: _Toc15396599][bookmark: OLE_LINK1]第一部分  概况", "第一部分概况"),
        ("收入总计 784.39 万元", "收入总计784.39万元"),
        ("支出１２０．５０万元，占５０％", "支出120.50万元，占50%"),
        ("2 0 2 4 年 度 收 入 3 1 8 . 6 4 万 元", "2024年度收入318.64万元"),
        ("總計減少５萬元", "总计减少5万元"),
        ("\ufeff收\u200b入100万元", "收入100万元"),
        ("**第一部分 概况**", "第一部分概况"),
        ("①1亿元", "①1亿元"),
        ("金额1 129 236万元", "金额1 129 236万元"),
        ("使用 VPN 专线 10 条", "使用VPN专线10条"),
        ("完成预算 98.42%，中期人\n\n员减少导致保费未使用完。", "完成预算98.42%，中期人员减少导致保费未使用完。"),
        (
            "卫生健康支出\r\n\r\n307.48 万元、住房保障支出 31.11 万元。",
            "卫生健康支出307.48万元、住房保障支出31.11万元。",
        ),
        ("主要原因是自动气象站改造项\n\n— 4 —\n目当年完工验收。", "主要原因是自动气象站改造项目当年完工验收。"),
        ("支出 61.[bookmark: OLE_LINK7]30 万元", "支出61.30万元"),
    ],
)
def test_damage_is_cleaned(received: str, clean: str) -> None:
    assert Document(received).clean == clean


@pytest.mark.parametrize(
    "received",
    [
        "一、收支情况\n收入总计100万元。",
        "支出总计100万元。\n2.公务用车0辆。",
        "绩效指标\n数量指标\n培训人数\n≥100\n人",
        "产出指标\t数量指标\n质量指标\t合格率",
        "单位：万元\n本年收入合计100万元，其中：财政拨款100万元。",
        "三级指标\n指标值\n完成值\n数量指标\n改善居民出行、就医条件\n明显改善\n改善\n效益指标\n居民满意度",
        "六、没有使用政府性基金预算拨款安排的支出\n七、国有资本经营预算情况说明",
    ],
)
def test_breaks_that_mean_something_stay(received: str) -> None:
    assert Document(received).clean == received


def test_spaces_and_pipes_between_cells_become_tabs() -> None:
    assert Document("产出指标 数量指标 培训人数 ≥20人 19人 30 28.5").clean.count("\t") == 6
    assert Document("| 数量指标 | 培训人数 | ≥ | 20 | 人 |").clean.count("\t") == 6
    assert Document("| 年度目标 | 培训20人，合格率95%。 | |").clean.count("\t") == 4
    assert Document("数量指标 培训人数 ≥ 20 人 19 人 时效指标").clean.count("\t") == 7
    assert "\t" not in Document("截至 2024 年 12 月 底 共有 车辆").clean


FORM = """项目名称 山洪预警平台
项目资金(万元) 年初预算数 全年执行数 得分计算方法
年度资金总额: 10万 9.8万 执行率×分值,不超过上限。
一级指标 二级指标 三级指标 指标值 完成值
产出指标 数量指标 预警、转移演练 6次 6次
平台正常运行率 ≥90% 93%
总分 100 98
其中：公务用车 0 辆。
"""


def test_rows_of_a_form_get_their_tabs_from_its_head_to_its_total() -> None:
    assert [line.count("\t") for line in Document(FORM).clean.split("\n")] == [1, 3, 3, 4, 4, 2, 2, 0, 0]


def test_cells_of_a_form_are_not_joined_whatever_their_length() -> None:
    form = (
        "项目名称\n山洪预警平台\n年度资金总额:\n10万\n一级指标\n二级指标\n三级指标\n指标值\n完成值\n得分计算方法\n产出指标\n数量指标\n"
        "演练次数\n≥6次\n6次\n完成值达到指标值,记满分;未达到指标值,按B/A或A/B×该指标分值记分\n"
        "改善居民出行、就医条件\n明显改善\n改善\n合计\n100"
    )
    assert Document(form).clean == form
    assert Document(form + "\n本年支出中,公务用\n车运行维护费2万元。").clean.endswith("公务用车运行维护费2万元。")


def test_a_document_on_one_line_gets_its_line_ends_back() -> None:
    body = "内设机构7个,编制人数64人,年末实有58人." * 10
    assert Document(f"公开说明 一、单位基本情况 {body} 二、收支决算情况 收入总计136.58万元.").clean.count("\n") == 4


@pytest.mark.parametrize(
    ("received", "breaks"),
    [
        ("二、支出情况 2025年支出总额310万元，其中基本支出210万元。", 1),
        ("（一）資產負債情況 資產總額310萬元。", 1),
        ("3.公务接待费 公务接待费支出0.52万元。", 1),
        ("三、收入决算情况 收入100万元。 四、支出决算情况 支出98万元。", 3),
        ("（一）教育支出 120 万元，占八成。", 0),
        ("3.公务接待费 支出0.52万元。", 0),
        ("2.完成 2024 年度收入 120 万元。", 0),
    ],
)
def test_a_heading_that_runs_into_its_paragraph_gets_its_line_end(received: str, breaks: int) -> None:
    assert Document(received).clean.count("\n") == breaks


def test_numbered_headings_of_one_line_get_their_line_ends_and_amounts_stay() -> None:
    body = "全年开支合理，没有超支。" * 20
    text = f"一、总体情况 {body} (一)教育支出 120 万元。 1.公务接待费 公务接待费支出0.52万元。"
    assert Document(text).clean.split("\n")[2:] == ["(一)教育支出120万元。", "1.公务接待费", "公务接待费支出0.52万元。"]


def test_a_span_covers_the_break_and_clean_joins_it() -> None:
    document = Document("中期人\n\n员减少。")
    start = document.clean.index("人员")
    assert document.span(start, start + 2).text == "人\n\n员"
    assert document.printed(start, start + 2) == "人员"


def test_printed_keeps_the_script_of_the_document() -> None:
    document = Document("醫療 保障支出５萬元")
    assert document.printed(0, 6) == "醫療保障支出"
