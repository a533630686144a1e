"""What a document says of itself: title, publishing body, year, kind; nothing where it does not say it."""

from __future__ import annotations

import pytest
from asgi import DOCUMENTS
from fiscal_facts import extract
from fiscal_patterns.identity import Identity

REST = "\n\n一、收入支出决算总体情况说明\n收入总计12.5万元。\n"
BUREAU = "青石区林业局"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("青石区林业局2024年度部门决算情况说明", Identity("青石区林业局2024年度部门决算情况说明", BUREAU, 2024, "final_account")),
        ("青石区林业局\n2025年部门预算", Identity("青石区林业局2025年部门预算", BUREAU, 2025, "budget")),
        ("\n2024 年度\n\n**青石区林业服务\n中心单位决算**\n\n目录", Identity("2024年度青石区林业服务中心单位决算", "青石区林业服务中心", 2024, "final_account")),
        ("２０２３年度青石区林业局部门决算", Identity("２０２３年度青石区林业局部门决算", BUREAU, 2023, "final_account")),
        ("青石區林業局2023年部門決算", Identity("青石區林業局2023年部門決算", "青石區林業局", 2023, "final_account")),
        ("关于青石区2023年财政预算执行情况的报告", Identity("关于青石区2023年财政预算执行情况的报告", None, 2023, "bulletin")),
        ("白河州2024年1-9月财政收支运行情况", Identity("白河州2024年1-9月财政收支运行情况", None, 2024, "bulletin")),
        ("白河縣二〇二四年上半年財政預算執行情況", Identity("白河縣二〇二四年上半年財政預算執行情況", None, 2024, "bulletin")),
        ("关于白河市2023年度市级预算执行情况的审计结果公告\n（2024年第6号）", Identity("关于白河市2023年度市级预算执行情况的审计结果公告", None, 2023, "other")),
        ("附件3\n项目支出绩效自评表\n（2023年度）", Identity("项目支出绩效自评表", None, 2023, "performance_report")),
        ("索引号:DQ0153/2025-00417 浏览次数:326 青石区林业局2024年度部门决算公开说明", Identity("青石区林业局2024年度部门决算公开说明", BUREAU, 2024, "final_account")),
    ],
)  # fmt: skip
def test_the_first_lines_name_the_document(head: str, expected: Identity) -> None:
    assert extract(head + REST).identity == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "收入总计12.5万元，比上年增加1.2万元。", "2024年度收入总计12.5万元，由财政局核定。", "青石区\n林业\n其他\n",
        "根据预算法，预算公开。", "第一部分 概况\n一、主要职责\n负责林业工作。", "1234567890", "预算" * 60,
    ],
)  # fmt: skip
def test_a_text_that_names_nothing_is_not_named(text: str) -> None:
    assert extract(text).identity == Identity()


def test_without_a_title_headings_give_the_year_and_sentences_the_body() -> None:
    text = "第一部分 单位概况\n一、单位职责\n负责林业工作。\n二、机构设置\n青石区林业局下属二级单位2个。\n第二部分 2024年度部门决算情况说明\n收入12万元。\n"
    assert extract(text).identity == Identity(None, BUREAU, 2024, "final_account")


def test_the_real_documents_are_known() -> None:
    found = {path.stem.split("-")[0]: extract(path.read_bytes().decode()).identity for path in DOCUMENTS}
    assert {name: (about.organisation, about.year, about.kind) for name, about in found.items()} == {
        "anju": ("遂宁市安居区医疗保障局", 2024, "final_account"),
        "guyuan": ("固原市医疗保障服务中心", 2024, "final_account"),
        "panzhihua": ("攀枝花市医疗保障局", 2024, "final_account"),
        "suining": ("遂宁市医疗保障事务中心", 2024, "final_account"),
        "tongchuan": ("达州市通川区医疗保障事务中心", 2024, "budget"),
    }
