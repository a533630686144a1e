"""What is left of the template is found, and what only looks like it is not."""

from __future__ import annotations

import pytest
from fiscal_facts import extract


def found(text: str) -> list[tuple[str, str, str]]:
    findings = extract(text).findings
    return [
        (finding.code.removeprefix("template."), finding.severity, finding.spans[0].text)
        for finding in findings
        if finding.code.startswith("template.")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("支出较上年增加（减少）0万元，增长（下降）0%。", "增加（减少）0万元，增长（下降）0%"),
        ("公务接待费支出较2023年度减少(增加)0.00元。", "减少(增加)0.00元"),
        ("决算数小于（大于）预算数的主要原因是压减开支。", "决算数小于（大于）预算数"),
        ("决算数等于（大于、小于）预算数。", "等于（大于、小于）"),
        ("支出较上年（增加/减少）0万元。", "（增加/减少）0万元"),
        ("支出较上年增加/减少0万元。", "增加/减少0万元"),
        ("支出较上年增加或减少3万元。", "增加或减少3万元"),
        ("支出较上年增加（或减少）3万元。", "增加（或减少）3万元"),
        ("本单位有（无）政府性基金预算支出。", "有（无）"),
        ("與上年相比，支出增加（減少）0萬元。", "增加（減少）0萬元"),
    ],
)
def test_alternatives_that_nobody_chose_between(text: str, words: str) -> None:
    assert [(code, span) for code, _, span in found(text)] == [("alternatives", words)]


def test_a_fused_comparison() -> None:
    assert ("alternatives", "error") in [item[:2] for item in found("支出决算3.00万元，决算数大小于预算数。")]


@pytest.mark.parametrize(
    "text",
    [
        "支出较上年增加0.30万元（含减少外宾接待0.10万元）。",
        "工资福利支出较上年增加（提高）3万元。",
        "本年盈余（亏损）3.00万元。",
        "一、收入支出增加（减少）情况",
        "收支总表\n项目\t上年数\t增加（减少）额\n收入合计\t12.00\t3.00\n",
        "基本支出决算数大于等于预算数的单位3个。",
    ],
)
def test_no_alternatives(text: str) -> None:
    assert [item for item in found(text) if item[0] == "alternatives"] == []


def test_alternatives_of_two_statements_are_two_findings() -> None:
    text = "较2023年增加（减少）0元，增长（降低）0%；接待费支出增加（减少）0元，增长（降低）0%。"
    assert [span for _, _, span in found(text)] == ["增加（减少）0元，增长（降低）0%"] * 2


def test_a_reason_that_alternatives_announce_belongs_to_their_finding() -> None:
    text = "公务接待费支出0元，较上年减少（增加）0元，公务接待费支出减少（增加）的主要原因是（无）。"
    assert "empty_reason" not in [code for code, _, _ in found(text)]


@pytest.mark.parametrize("reason", ["（无）", "无", "（）"])
def test_a_reason_that_is_none(reason: str) -> None:
    text = f"培训费支出2.00万元，较上年减少1.00万元，下降33.33%，主要原因是{reason}。"
    assert [(code, severity) for code, severity, _ in found(text)] == [("empty_reason", "error")]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("公务接待费支出0万元，较上年增加0万元，增长0%，主要原因是来访人员增加。", "warning"),
        ("公务接待费支出0万元，与上年持平，主要原因是严格控制，减少接待。", "note"),
    ],
)
def test_a_reason_for_a_change_from_nothing_to_nothing(text: str, severity: str) -> None:
    assert [item[:2] for item in found(text)] == [("reason_for_zero", severity)]


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费支出0万元，与上年持平，主要原因是两年均未安排接待。",
        "公务接待费支出0万元，较上年增加0万元，增长0%，主要原因是支出无增减变化。",
        "公务接待费支出5.00万元，与上年持平，主要原因是接待批次增加，接待标准降低。",
    ],
)
def test_a_reason_that_may_stand(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("基本支出468.55万元，占 %；项目支出161.57万元。", "占 %"),
        ("会议费支出0.20万元，较上年减少 万元，降幅较大。", "减少 万元"),
        ("会议费决算 万元，培训费决算0.20万元。", "决算 万元"),
        ("培训费支出0.20万元，完成预算的 %。", "完成预算的 %"),
        ("截至 年 月 日，共有车辆2辆。", "截至 年 月 日"),
        ("共有车辆____辆。", "____辆"),
        ("公务用车保有量 辆，团组0个。", "保有量 辆"),
    ],
)
def test_a_slot_without_its_figure(text: str, words: str) -> None:
    assert found(text) == [("empty_slot", "error", words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("收入总计XX万元。", "XX万元"),
        ("20XX年度部门决算说明如下。", "20XX年"),
        ("会议费支出X万元。", "X万元"),
        ("××年收入3.00万元。", "××年"),
        ("主要原因：此处填写。", "此处填写"),
    ],
)
def test_a_placeholder(text: str, words: str) -> None:
    assert found(text) == [("placeholder", "error", words)]


def test_a_name_left_out_may_be_meant() -> None:
    assert found("审计发现XX项目虚报3.00万元。") == [("placeholder", "warning", "XX项目")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("改造站点25个，其中：卧石镇9个、石坪乡7个、XX乡9个。", "XX乡"),
        ("新建水窖30口：东关村12口，××村18口。", "××村"),
        ("发放补助60万元，其中西河镇20万元、xx街道40万元。", "xx街道"),
        ("为石坪小学12台、XX小学8台设备续保。", "XX小学"),
        ("改造房屋40间，分布在××社区18间和北门社区22间。", "××社区"),
    ],
)
def test_a_place_without_its_name_beside_places_with_theirs(text: str, words: str) -> None:
    assert found(text) == [("placeholder", "warning", words)]


@pytest.mark.parametrize(
    "text",
    ["审计发现XX乡虚报面积3亩。", "抽查××村、××镇各2户。", "XX公司未按合同交货3批次，延迟20天。"],
)
def test_a_place_left_out_may_be_meant(text: str) -> None:
    assert {severity for _, severity, _ in found(text)} == {"note"}


@pytest.mark.parametrize(
    "text",
    [
        "改造站点25个，其中：卧石镇9个、石坪乡7个、某乡9个。",
        "购置XX-200型乡村诊疗设备1台。",
        "基本支出占74.36%；项目支出占25.64%（单位：万元）。",
        "购置XX-200型设备1台，得分=4×100%。",
        "查处张××等3人。",
        "金额单位：万元，币种：人民币。",
        "一般公共预算支出5.00元（按支出功能分类），具体情况如下（按规定不公开的除外）。",
        "表决3项，解决2件，支出决算0元。",
        "主要用于（无偿）接待。",
    ],
)
def test_nothing_is_left_of_the_template(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "words",
    [
        "（按支出功能分类科目说明）",
        "（备注：此数据与决算报表保持一致）",
        "（如没有相关支出，请删除此段）",
        "（若无，填“无”）",
    ],
)
def test_an_instruction_left_in_the_text(words: str) -> None:
    assert found(f"政府性基金预算支出0元，具体情况如下：无{words}。") == [("instruction", "warning", words)]


def test_an_instruction_in_a_heading_is_a_note() -> None:
    text = "六、基本支出决算情况说明（按经济分类填列到款级科目）\n基本支出3.00万元。"
    assert [item[:2] for item in found(text)] == [("instruction", "note")]


def test_empty_heads_of_tables_are_one_finding() -> None:
    table = "部门收入总表\n部门：\n金额单位：万元\n项目\t预算数\n收入合计\t12.00\n\n"
    findings = [finding for finding in extract(table * 3).findings if finding.code == "template.empty_field"]
    assert [len(finding.spans) for finding in findings] == [3]


def test_a_name_on_the_next_line_fills_the_head() -> None:
    assert found("部门收入总表\n部门：\n某县统计局\n单位：万元\n项目\t预算数\n收入合计\t12.00\n") == []
