"""What a complete disclosure must tell; excerpts and single notes are asked for nothing."""

from __future__ import annotations

import pytest
from fiscal_facts import extract
from fiscal_facts.checks import Finding
from fiscal_facts.checks.content import items
from fiscal_facts.checks.content_examples import disclosure

KINDS = {"final_account", "budget"}


def found(text: str) -> list[Finding]:
    return [finding for finding in extract(text).findings if finding.code.startswith("content.")]


def told(text: str) -> list[tuple[str, str | None]]:
    return [(finding.code.removeprefix("content."), finding.expected) for finding in found(text)]


def test_a_complete_disclosure_is_silent() -> None:
    result = extract(disclosure())
    assert found(disclosure()) == []
    assert next(tally for tally in result.checks if tally.code == "content.absent").consistent == len(items())


def test_every_item_names_its_regulation_and_a_kind_of_document() -> None:
    for item in items():
        assert item.regulation.startswith("《")
        assert item.kinds
        assert set(item.kinds) <= KINDS
        assert all(set(part.kinds) <= KINDS for part in item.parts)


@pytest.mark.parametrize(
    ("without", "name"),
    [
        ("政府采购", "政府采购"),
        ("机关运行经费", "机关运行经费"),
        ("国有资产", "国有资产占用情况"),
        ("绩效", "预算绩效情况"),
        ("政府性基金", "政府性基金预算"),
        ("三公", "“三公”经费"),
    ],
)
def test_what_is_not_there(without: str, name: str) -> None:
    assert ("absent", name) in told(disclosure(without=without))


def test_the_message_names_the_regulation() -> None:
    finding = found(disclosure(without="政府采购"))[0]
    assert finding.message == "没有写政府采购（《预算法》第十四条）。"
    assert finding.severity == "note"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至2024年底，本单位严格管理各类资产。", [("empty", "国有资产占用情况")]),
        ("本单位2024年未安排购置单价200万元以上设备。", [("empty", "国有资产占用情况")]),
        ("本单位没有占用国有资产。", []),
        ("截至2024年底，共有车辆0辆。", []),
    ],
)
def test_a_heading_with_no_figure_below(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(disclosure({"国有资产占用情况": text})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2024年度政府采购支出总额12.00万元，其中：货物支出12.00万元、工程支出0万元、服务支出0万元。",
            [("part_absent", "授予中小企业的合同金额和占比")],
        ),
        ("2024年度政府采购支出总额0万元。", []),
        ("本单位2024年未发生政府采购。", []),
    ],
)
def test_procurement_and_small_enterprises(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(disclosure({"政府采购情况": text})) == expected


def test_counts_are_asked_for_where_money_was_spent() -> None:
    spent = (
        "2024年度“三公”经费支出2.00万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费0万元，公务接待费{}万元。"
    )
    assert told(disclosure({"“三公”经费支出决算情况说明": spent.format("2.00")})) == [
        ("part_absent", "国内公务接待批次、人次")
    ]
    assert told(disclosure({"“三公”经费支出决算情况说明": spent.format("0")})) == []


def test_a_part_of_the_three_expenses_that_is_not_mentioned() -> None:
    text = "2024年度“三公”经费支出0万元，其中：公务用车购置及运行维护费0万元，公务接待费0万元。"
    assert told(disclosure({"“三公”经费支出决算情况说明": text})) == [("part_absent", "因公出国（境）费")]


def test_tables_that_are_only_listed() -> None:
    listed = "一、收入支出决算总表\n二、收入决算表\n三、支出决算表\n"
    finding = found(disclosure(tables=False) + listed)[0]
    assert (finding.code, finding.spans[0].text) == ("content.tables", "第四部分 附表")
    assert len(finding.spans) == 4


def test_tables_left_to_an_attachment() -> None:
    finding = found(disclosure(tables=False) + "决算公开报表见附件1\n")[0]
    assert (finding.code, finding.spans[0].text) == ("content.tables", "报表见附件1")


@pytest.mark.parametrize(
    "text",
    [
        "2024年度“三公”经费支出决算情况说明\n\n一、总体情况\n“三公”经费支出2.00万元。\n二、具体情况\n公务接待费2.00万元。",
        "某县2024年上半年财政预算执行情况\n\n第一部分 收入\n收入12.00亿元。\n第二部分 支出\n支出12.00亿元。",
    ],
    ids=["a note", "a bulletin"],
)
def test_what_is_no_whole_disclosure_is_asked_for_nothing(text: str) -> None:
    assert found(text) == []


EXCERPT = """宁川县水务局2024年度部门决算公开说明
一、收入支出决算总体情况
2024年度收、支总计均为320.00万元。
二、机关运行经费支出情况
2024年度机关运行经费支出40.00万元。
{}"""


@pytest.mark.parametrize(
    "rest",
    [
        "三、政府采购支出情况\n四、国有资产占用情况\n共有车辆2辆。\n",
        "三、政府采购情况说明\n四、国有资产占用情况说明\n五、预算绩效情况\n对3个项目开展绩效自评。\n",
        "三、国有资产占有使用情况\n本单位国有资产占有使用情况如下：\n四、预算绩效情况\n对3个项目开展绩效自评。\n",
        "三、政府采购支出情况\n2024年度政府采购情况说明：\n四、国有资产占用情况\n共有车辆2辆。\n",
        "三、预算绩效管理情况\n附表：支出决算简表\n单位：万元\n科目\t合计\n农林水支出\t320.00\n",
        "三、预算绩效情况\n附件 2024年度主要决算指标\n1.收、支总计：320.00万元。\n",
        "三、“三公”经费支出决算情况\n\n\n四、国有资产占用情况\n\n共有车辆2辆。\n",
    ],
)
def test_a_heading_with_nothing_under_it(rest: str) -> None:
    assert {finding.code for finding in found(EXCERPT.format(rest))} == {"content.bare_heading"}


@pytest.mark.parametrize(
    "rest",
    [
        "三、政府采购支出情况\n（一）总体情况\n政府采购支出总额12.00万元。\n四、国有资产占用情况\n共有车辆2辆。\n",
        "三、政府采购支出情况\n无。\n四、国有资产占用情况\n本单位国有资产占用情况如下：无。\n",
        "三、国有资产占用情况\n本单位国有资产占用情况如下：\n1.车辆2辆。\n2.设备0台。\n四、预算绩效情况\n对3个项目开展绩效自评。\n",
        "三、国有资产占用情况\n资产情况如下：\n单位：万元\n项目\t金额\n车辆\t32.00\n四、预算绩效情况\n对3个项目开展绩效自评。\n",
        "三、预算绩效情况\n附件：部门整体支出绩效自评表\n指标\t得分\n产出指标\t50.0\n",
        "三、预算绩效情况说明\n附表1\n",
        "三、其他重要事项说明\n四、国有资产占用情况\n共有车辆2辆。\n",
        "第三部分 附表\n一、收入支出决算总表\n二、“三公”经费支出决算表\n三、政府采购情况表\n",
    ],
)
def test_a_heading_that_is_not_empty(rest: str) -> None:
    assert "content.bare_heading" not in {finding.code for finding in found(EXCERPT.format(rest))}


def test_a_list_of_headings_alone_is_a_list() -> None:
    text = "宁川县水务局2024年度部门决算\n一、收入支出决算总体情况\n二、政府采购支出情况\n三、国有资产占用情况\n四、预算绩效情况\n"
    assert found(text) == []
