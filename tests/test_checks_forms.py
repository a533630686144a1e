"""Performance forms: sums of points, scores, execution of the budget, the narrative; in several layouts."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import Any

import pytest
from fiscal_facts import extract
from fiscal_facts.checks import content, forms, reasons, template
from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.form_examples import form
from fiscal_patterns import tables
from fiscal_patterns.facts import Fact
from fiscal_patterns.identity import identify
from fiscal_patterns.sections import sectionize
from fiscal_patterns.text import Document

HEADS = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析"]
ROWS = [
    ["产出指标", "数量指标", "培训场次", "≥12场", "12场", "20", "20", ""],
    ["产出指标", "质量指标", "考核合格率", "≥95%", "92%", "20", "19.37", "两人缺考"],
    ["产出指标", "成本指标", "培训总成本", "≤20万元", "18.5万元", "10", "10", ""],
    ["效益指标", "社会效益指标", "服务能力", "有所提升", "有所提升", "30", "30", ""],
    ["满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", "96%", "10", "10", ""],
]
FUNDS = ["20.00", "18.50", "92.50%", "9.25"]


def tabs(rows: list[list[str]], total: str, funds: list[str]) -> str:
    lines = ["项目支出绩效自评表", "项目名称\t职工培训经费"]
    lines += ["项目资金（万元）\t全年预算数\t全年执行数\t分值\t执行率\t得分"]
    lines += [f"年度资金总额\t{funds[0]}\t{funds[1]}\t10\t{funds[2]}\t{funds[3]}"]
    lines += ["\t".join(HEADS), *("\t".join(row).rstrip("\t") for row in rows), f"总分\t\t\t\t\t100\t{total}"]
    return "\n".join(lines) + "\n"


def cells(rows: list[list[str]], total: str, funds: list[str]) -> str:
    lines = [
        "项目支出绩效自评表",
        "项目名称",
        "职工培训经费",
        "项目资金（万元）",
        "全年预算数",
        "全年执行数",
        "执行率",
        "得分",
    ]
    lines += [*funds, *HEADS, *(cell for row in rows for cell in row if cell), "总分", "100", total]
    return "\n".join(lines) + "\n"


LAYOUTS = pytest.mark.parametrize("layout", [tabs, cells])


def codes(text: str) -> list[str]:
    return [
        finding.code for finding in extract(text).findings if finding.code.split(".")[0] in ("form", "same", "unit")
    ]


def changed(row: int, column: int, words: str) -> list[list[str]]:
    rows = [list(cells) for cells in ROWS]
    rows[row][column] = words
    return rows


@LAYOUTS
def test_a_form_that_adds_up_is_silent(layout: Any) -> None:
    result = extract(layout(ROWS, "98.62", FUNDS))
    assert result.findings == ()
    checks = {tally.code: tally.consistent for tally in result.checks}
    assert checks["form.total_score"] == 1
    assert checks["form.weights"] == 1
    assert checks["form.execution_rate"] == 1


@LAYOUTS
def test_a_total_that_is_not_the_sum(layout: Any) -> None:
    assert codes(layout(ROWS, "96.62", FUNDS)) == ["form.total_score"]


@LAYOUTS
def test_a_score_that_was_typed_wrongly(layout: Any) -> None:
    assert "form.total_score" in codes(layout(changed(3, 6, "28"), "98.62", FUNDS))


@LAYOUTS
def test_a_weight_that_does_not_add_up(layout: Any) -> None:
    assert "form.weights" in codes(layout(changed(0, 5, "25"), "98.62", FUNDS))


@LAYOUTS
def test_a_target_missed_with_full_score(layout: Any) -> None:
    assert codes(layout(changed(1, 6, "20"), "99.25", FUNDS)) == ["form.full_score_missed"]


@LAYOUTS
def test_a_target_reached_with_a_cut_score(layout: Any) -> None:
    assert codes(layout(changed(0, 6, "18"), "96.62", FUNDS)) == ["form.score_cut"]


@LAYOUTS
def test_a_cut_with_a_reason_is_silent(layout: Any) -> None:
    rows = changed(0, 6, "18")
    rows[0][7] = "目标值设置偏低"
    assert codes(layout(rows, "96.62", FUNDS)) == []


@LAYOUTS
def test_a_rate_that_is_not_outturn_over_budget(layout: Any) -> None:
    assert "form.execution_rate" in codes(layout(ROWS, "98.62", ["20.00", "18.50", "95.20%", "9.25"]))


ROW = "产出指标\t数量指标\t培训场次\t90\t≥5场\t5场\t90"


@pytest.mark.parametrize(
    "funds",
    [
        "20.00\t20.00\t3.24\t10\t16%\t1.6",
        "10.00\t10.00\t9.99\t10\t100%\t10",
        "0.00\t0.00\t0.00\t10\t0.00%\t0",
        "0.00\t0.00\t0.00\t10\t100%\t10",
        "50.00\t6.15\t6.15\t10\t100.00%\t10",
        "50.00\t40.00\t25.00\t10\t50%\t5",
        "30.00\t30.00\t20.00\t10\t66.66%\t6.67",
        "20.00\t20.00\t18.50\t10\t92.50%\t10",
        "20.00\t20.00\t18.50\t10\t0.925\t9.25",
    ],
    ids=["rounded", "nearly all", "none", "none at 100", "adjusted", "half", "truncated", "tiers", "no sign"],
)
def test_execution_that_a_naive_check_would_flag(funds: str) -> None:
    assert [code for code in codes(form(ROW, funds=funds)) if code != "form.execution_unscored"] == []


@pytest.mark.parametrize(
    ("funds", "code"),
    [
        ("20.00\t20.00\t15.00\t10\t57.00%\t5.7", "form.execution_rate"),
        ("137.00\t137.00\t0.30\t10\t0.22%\t12", "form.execution_score"),
        ("137.00\t137.00\t27.40\t10\t20.00%\t10", "form.execution_score"),
        ("137.00\t137.00\t27.40\t10\t20.00%\t", "form.execution_unscored"),
    ],
)
def test_execution_that_contradicts_itself(funds: str, code: str) -> None:
    assert codes(form(ROW, funds=funds)) == [code]


@pytest.mark.parametrize(
    ("funds", "total", "code"),
    [
        ("420.00\t397.74\t10\t94.70%\t9.74", "99.17", "form.execution_score"),
        ("420.00\t397.74\t10\t94.70%\t9.74", "", "form.execution_score"),
        ("420.00\t397.74\t10\t94.70%\t9.0", "99.17", "form.execution_score"),
        ("420.00\t397.74\t10\t94.70%\t4.97", "", "form.execution_score"),
        ("210.00\t165.90\t20\t79.00%\t18.5", "105.50", "form.execution_score"),
        ("420.00\t397.74\t10\t94.70%\t9.5", "99.20", None),
        ("420.00\t397.74\t10\t94.70%\t9.47", "99.17", None),
        ("420.00\t397.74\t10\t94.70%\t9.00", "98.70", None),
        ("420.00\t397.74\t10\t94.70%\t9.20", "", None),
        ("420.00\t397.74\t10\t94.70%\t8.94", "98.64", None),
    ],
    ids=["total", "exchanged", "tier", "far", "twenty", "rounded", "exact", "tier kept", "alone", "per point"],
)
def test_a_score_of_execution_that_the_total_or_its_digits_give_away(funds: str, total: str, code: str | None) -> None:
    rows = ["产出指标\t数量指标\t培训场次\t50\t≥5场\t5场\t50", "\t\t参训人数\t40\t≥50人\t50人\t39.70\t两人请假"]
    found = codes(form(*rows, funds=f"420.00\t{funds}", total=total or None))
    assert (code in found) if code else ("form.execution_score" not in found)


def test_a_missed_target_where_other_scores_have_decimals() -> None:
    rows = [
        "产出指标\t数量指标\t服务人数\t15\t≥3200人\t3156人\t15",
        "\t质量指标\t合格率\t10\t≥92%\t91.1%\t9.90\t两人缺考",
    ]
    assert codes(form(*rows)) == ["form.full_score_missed"]
    assert codes(form(rows[0])) == []


@pytest.mark.parametrize(
    ("target", "actual", "late"),
    [
        ("2024年11月底前", "2024年12月20日完成", True),
        ("2024年12月31日前", "2025年1月15日", True),
        ("2024.11.30", "2024.12.2", True),
        ("11月底前完成", "12月15日完成", True),
        ("2024年底前", "2025年3月完成", True),
        ("2023年11月底前", "2024年11月20日完成", True),
        ("2024年11月底前", "2024年11月20日完成", False),
        ("2024年11月前", "2024年11月20日完成", False),
        ("2024年12月31日前", "2024年12月31日", False),
        ("11月底前", "2024年12月15日完成", False),
        ("2024年6月后", "2024年12月", False),
        ("2024年1月至12月", "2024年1月至12月", False),
        ("及时", "2024年12月31日", False),
        ("2024年底前", "2024年11月完成", False),
    ],
)
def test_a_deadline_that_was_missed_with_full_score(target: str, actual: str, late: bool) -> None:
    row = f"产出指标\t时效指标\t完成时限\t20\t{target}\t{actual}\t20"
    sure = [finding.code for finding in extract(form(row)).findings if finding.severity != "note"]
    assert sure == (["form.full_score_missed"] if late else [])
    late_but_cut = form(row.removesuffix("20") + "18\t延期")
    assert codes(late_but_cut) == []


def test_weights_against_the_level_and_against_the_total() -> None:
    rows = [
        "产出指标（50分）\t数量指标\t培训场次\t30\t≥5场\t5场\t30",
        "\t质量指标\t合格率\t18\t100%\t100%\t18",
        "效益指标（40分）\t社会效益指标\t服务能力\t40\t提升\t提升\t40",
    ]
    assert codes(form(*rows, total="100\t98", funds="5.00\t5.00\t5.00\t10\t100%\t10")) == [
        "form.level_points",
        "form.weights",
    ]


def test_a_score_of_a_printed_rule_is_exact() -> None:
    rule = "137.00\t137.00\t0.30\t10\t0.22%\t2.2\t执行率×该指标分值"
    text = form(ROW, funds=rule).replace("执行率\t得分\n", "执行率\t得分\t得分计算方法\n")
    finding = next(finding for finding in extract(text).findings if finding.code == "form.execution_score")
    assert finding.severity == "error"
    assert "把0.22%当成了22%" in finding.message


def test_points_of_a_level_that_goes_on_after_a_page_are_added_once() -> None:
    first = "产出指标（40分）\t数量指标\t培训场次\t20\t≥5场\t5场\t20"
    again = "产出指标（40分）\t质量指标\t合格率\t20\t100%\t100%\t20"
    assert codes(form(first, again)) == []
    assert codes(form(first, again.replace("\t20\t100", "\t25\t100"))) == ["form.level_points", "form.score_cut"]


@pytest.mark.parametrize(
    ("target", "actual", "code"),
    [
        ("≥95%", "94%", []),
        ("≥95%", "80%", ["form.full_score_missed"]),
        ("≤30分钟", "45分钟", ["form.full_score_missed"]),
        ("=5场", "6场", []),
        ("=5场", "4场", ["form.full_score_missed"]),
        ("≤1小时", "完成", ["form.actual_not_measured"]),
        ("≥10次", "≥10次", ["form.actual_not_measured"]),
        ("显著提升", "较上年提升", ["form.weaker_result"]),
        ("有所提升", "较上年提升", []),
        ("长期有效", "长期有效", []),
    ],
)
def test_full_scores(target: str, actual: str, code: list[str]) -> None:
    assert codes(form(f"产出指标\t数量指标\t工作情况\t20\t{target}\t{actual}\t20")) == code


def test_cost_below_a_plain_target_keeps_it() -> None:
    assert codes(form("产出指标\t成本指标\t场均补助\t10\t=7000元\t6910.57元\t10")) == []


def test_a_total_that_leaves_room_for_execution_is_not_checkable() -> None:
    text = form("产出指标\t数量指标\t培训场次\t50\t≥5场\t5场\t50", "\t质量指标\t合格率\t40\t100%\t100%\t40", total="98")
    result = extract(text)
    assert result.findings == ()
    assert next(tally for tally in result.checks if tally.code == "form.total_score").why == {"missing": 1}


def test_a_damaged_form_is_not_checkable() -> None:
    text = cells(ROWS, "98.62", FUNDS).replace("≥95%\n92%\n20\n", "")
    assert all(finding.severity == "note" for finding in extract(text).findings)


def told(words: str) -> list[str]:
    return codes(words + "\n\n" + form(ROW, funds="20.00\t20.00\t15.00\t10\t75.00%\t7.5", total="97.5"))


def test_the_narrative_agrees_with_the_form() -> None:
    assert told("职工培训经费项目预算20万元，支出15万元，执行率75%，自评得分97.5分。") == []
    assert told("职工培训经费项目年初预算20.00万元，实际支出149999元。") == []
    assert told("设备购置、职工培训经费2个项目预算合计86.74万元，实际支出71.06万元。") == []


def test_the_narrative_contradicts_the_form() -> None:
    assert told("职工培训经费项目预算20万元，支出12万元，执行率60%。") == ["form.narrative"] * 2
    assert told("职工培训经费项目自评得分95分。") == ["form.narrative"]


SOURCES = "20.00\t20.00\t15.00\t10\t75.00%\t7.5\n其中：中央补助资金\t12.00\t12.00\t9.00\n县级财政资金\t8.00\t8.00\t6.00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自评得分95.7分。", ["form.told_score"]),
        ("项目综合评价得分为79.5分，等级为中。", ["form.told_score"]),
        ("经自评，最终得分：99.5分。", ["form.told_score"]),
        ("绩效自评总分95.70分。", ["form.told_score"]),
        ("自评总得分90.00分，评价等次为“优”。", ["form.told_score"]),
        ("自评得分97.5分。", []),
        ("自评得分97.50分，其中产出指标得分90分。", []),
        ("部门整体支出自评得分95分。", []),
        ("上年自评得分95分。", []),
        ("各项目平均自评得分95分。", []),
        ("产出指标自评得分90分。", []),
        ("设备维护项目自评得分95分。", []),
        ("全年预算20.00万元，其中：中央补助资金12.00万元，县级财政资金8.80万元。", ["form.told_funds"]),
        ("到位资金20.00万元，中央补助资金21.00万元、县级财政资金8.00万元。", ["form.told_funds"]),
        ("全年预算20.00万元，全年执行15.50万元。", ["form.told_funds"]),
        ("年初预算20.00万元，全年执行15.00万元，预算执行率57.00%。", ["form.told_funds", "form.execution_rate"]),
        ("全年预算22.00万元，实际支出15.00万元。", ["form.told_funds"]),
        ("全年预算20.00万元，其中：中央补助资金12.00万元，县级财政资金8.00万元。", []),
        ("中央补助资金支出9.00万元，县级财政资金支出6.00万元。", []),
        ("全年预算20.00万元，县级财政资金分两批下达，第一批5.00万元，第二批3.00万元。", []),
        ("上年全年预算18.00万元，全年执行15.00万元。", []),
        ("设备维护项目全年预算30.00万元，全年执行15.00万元。", []),
        ("市级财政资金5.00万元，县级财政资金4.00万元。", []),
    ],
)
def test_the_text_beside_the_only_form(text: str, expected: list[str]) -> None:
    text = form(ROW, funds=SOURCES, total="97.5") + f"\n项目自评说明\n一、基本情况\n{text}\n"
    assert sorted(codes(text)) == sorted(expected)


def test_the_text_beside_two_forms_may_mean_either() -> None:
    one = form(ROW, funds=SOURCES, total="97.5")
    text = one + one.replace("职工培训", "设备维护") + "\n说明\n自评得分95分。\n"
    assert codes(text) == []


def test_a_form_in_yuan_with_figures_in_ten_thousands() -> None:
    text = "职工培训经费项目支出373.85万元。\n\n" + form(ROW, funds="373.85\t373.85\t373.85\t10\t100%\t10")
    assert codes(text) == []
    assert codes(text.replace("项目资金（万元）", "项目资金（元）")) == ["unit.form"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自评得分93.6分，其中预算执行9.48分、产出47.12分、效益28分、满意度9分。", []),
        ("自评得分96.6分，其中预算执行9.48分、产出47.12分、效益28分、满意度9分。", ["form.scores_in_prose"]),
        ("自评得分96.6分，其中产出47.12分、效益28分。", []),
        ("项目自评由预算执行10分、产出48分、效益29分构成，总分为89分。", ["form.scores_in_prose"]),
        ("决策15分，得13分；过程25分，得24分；产出30分，得28分；效益30分，得27分。综合得分92分。", []),
        (
            "决策15分，得13分；过程25分，得24分；产出30分，得28分；效益30分，得27分。综合得分95分。",
            ["form.scores_in_prose"],
        ),
        ("甲项目自评得分96.5分，乙项目自评得分98分，丙项目自评得分90分。", []),
    ],
)
def test_scores_in_prose(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目调整后预算1,200万元。截至2023年底，项目实际支出1,137.6万元，预算执行率94.8%。", []),
        ("项目调整后预算1,200万元。截至2023年底，项目实际支出1,137.6万元，预算执行率98.4%。", ["form.execution_rate"]),
        ("“古籍修复”项目预算60万元，支出48万元，执行率92.5%。", ["form.execution_rate"]),
        ("“古籍修复”项目预算60万元，支出48万元，执行率80%；“图书购置”项目预算120万元，支出90万元，执行率75%。", []),
        ("项目预算约60万元，支出48万元，执行率92.5%。", []),
    ],
)
def test_execution_in_prose(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def missing_parts(fact: Fact, chance: random.Random) -> Fact:
    """The fact with some of what may be absent taken out."""
    optional = [field.name for field in fields(fact) if str(field.type).endswith("| None")]
    gone: dict[str, Any] = {name: None for name in optional if chance.random() < 0.4}
    for name in ("labels", "explains", "reasons", "current", "levels", "cues", "section"):
        if hasattr(fact, name) and chance.random() < 0.3:
            gone[name] = ()
    return replace(fact, **gone)


@pytest.mark.parametrize("seed", range(20))
def test_facts_with_missing_parts_never_crash_a_check(seed: int) -> None:
    chance = random.Random(seed)
    text = (
        "2024年度部门决算情况说明\n\n职工培训经费项目预算20万元，支出15万元，较上年减少3.00万元，下降16.67%，主要原因是（无）。"
        "公务接待费支出0万元，较上年增加0万元，增长0%，主要原因是人员增加。项目2个，涉及资金48.60万元。\n\n"
        + tabs(ROWS, "98.62", FUNDS)
        + form(ROW, funds="0.00\t18.50\t18.50\t10\t100%\t10").replace("职工培训", "设备维护")
    )
    document = Document(text)
    outline = sectionize(document.clean)
    kept = [fact for fact in extract(text).facts if chance.random() < 0.8]
    facts = tuple(missing_parts(fact, chance) for fact in kept)
    evidence = Evidence(document, outline, tables.read(document.clean, outline), facts, identify(document, outline))
    for module in (forms, template, reasons, content):
        for check in module.CHECKS:
            list(check(evidence))
