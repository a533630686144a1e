"""Years of moments and of titles: the year before the document's where only its own can be meant."""

from __future__ import annotations

import pytest
from fiscal_facts import extract
from fiscal_facts.checks.form_examples import form

FORM = form("产出指标\t数量指标\t培训场次\t90\t≥5场\t5场\t90", funds="420.00\t420.00\t397.74\t10\t94.70%\t9.47")


BASES = """宁川县水务局2025年部门预算公开说明
一、收支预算总体情况
2025年收支总预算968.42万元，比2024年预算数增加46.15万元，增长5.00%。
二、基本支出预算情况
2025年基本支出612.84万元，比2024年预算数减少10.00万元，下降1.61%。
三、具体情况
1.行政运行预算数为461.12万元，比2024年预算数增加11.62万元，增长2.59%。
2.培训支出预算数为35.20万元，比2024年预算数增加3.20万元，增长10.00%。
四、其他
{}
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("会议费预算7.60万元，比2023年预算减少0.85万元，下降10.06%。", "2023年"),
        ("公务接待费预算2.40万元，较2023年预算数增加0.40万元，增长20%。", "2023年"),
        ("住房公积金预算58.46万元，与2023年预算数持平。", "2023年"),
        ("会议费预算7.60万元，比2024年预算减少0.85万元，下降10.06%。", None),
        ("会议费预算7.60万元，2023年至2025年两年平均增长3.20%。", None),
        ("会议费预算7.60万元，比2024年预算减少0.85万元，比2023年预算增加0.10万元。", None),
    ],
)
def test_the_year_before_last_as_a_base(text: str, words: str | None) -> None:
    findings = [finding for finding in extract(BASES.format(text)).findings if finding.code == "time.base"]
    assert [finding.spans[0].text for finding in findings] == ([words] if words else [])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024年基本支出612.84万元，其中：人员经费538.20万元，公用经费74.64万元。", "2024年"),
        ("2024年运转类支出612.84万元。", "2024年"),
        ("2025年基本支出612.84万元，其中：人员经费538.20万元，公用经费74.64万元。", None),
        ("2024年基本支出612.84万元，与2025年持平。", None),
        ("2024年基本支出600.84万元。", None),
    ],
)
def test_a_figure_of_this_year_under_the_year_before(text: str, year: str | None) -> None:
    text = f"宁川县水务局2025年部门预算\n一、支出\n2025年支出预算968.42万元，其中：基本支出612.84万元，项目支出355.58万元。\n二、基本支出\n{text}\n"
    findings = [finding for finding in extract(text).findings if finding.code == "time.year"]
    assert [finding.spans[0].text for finding in findings] == ([year] if year else [])


@pytest.mark.parametrize(
    ("kind", "text", "stale"),
    [
        ("2025年部门预算公开说明", "截至2023年12月31日，共有车辆4辆。", True),
        ("2025年部门预算公开说明", "截至2023年底，固定资产总额320.50万元。", True),
        ("2025年部门预算公开说明", "截至2024年12月31日，共有车辆4辆。", False),
        ("2025年部门预算公开说明", "截至2023年12月31日，共有车辆5辆；截至2024年12月31日，共有车辆4辆。", False),
        ("2025年度部门决算公开说明", "截至2024年12月31日，共有车辆4辆。", True),
    ],
)
def test_a_stock_of_the_wrong_year(kind: str, text: str, stale: bool) -> None:
    text = f"宁川县水务局{kind}\n一、收支总体情况\n收支总额968.42万元。\n二、国有资产占用情况\n{text}\n"
    assert [code for code, _ in found(text)] == (["time.stale"] if stale else [])


def found(text: str) -> list[tuple[str, str]]:
    return [
        (finding.code, finding.spans[0].text)
        for finding in extract(text).findings
        if finding.code in ("time.moment", "time.title", "time.stale")
    ]


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        (
            "宁川县2025年一季度财政预算执行情况",
            "截至2024年3月底，全县发行债券4.60亿元，占2025年额度的25.0%。",
            "截至2024年3月底",
        ),
        ("宁川县2025年1-9月财政收支情况", "截止2024年9月30日，支出进度完成2025年预算的72.1%。", "截止2024年9月30日"),
        (
            "宁川县2025年上半年预算执行情况",
            "截至2024年6月末，专项资金拨付3.20亿元，为2025年指标的51%。",
            "截至2024年6月末",
        ),
        ("宁川县2025年8月份财政收支情况", "截至2024年8月31日，已使用2025年债券资金0.80亿元。", "截至2024年8月31日"),
        (
            "2024年度职工培训项目绩效评价报告",
            "截至2023年12月31日，全年支出38.20万元，预算执行率95.50%。",
            "截至2023年12月31日",
        ),
        ("2024年度职工培训项目绩效评价报告", "截至2023年底，本年度资金支付20.00万元，资金执行率100%。", "截至2023年底"),
    ],
)
def test_a_moment_of_the_year_before(title: str, text: str, words: str) -> None:
    assert found(f"{title}\n一、总体情况\n{text}\n") == [("time.moment", words)]


TOLD = "\n一、收入\n{0}年收入12.30亿元。\n二、支出\n{0}年支出15.20亿元，比{1}年增加0.20亿元。\n三、债券\n{0}年发行债券3.20亿元。\n"


def test_a_title_of_another_year_than_all_paragraphs() -> None:
    assert found("宁川县2024年财政预算执行情况" + TOLD.format(2025, 2024)) == [("time.title", "2024年")]
    assert found("宁川县2025年财政预算执行情况" + TOLD.format(2025, 2024)) == []
    assert found("宁川县2024年财政预算执行情况和2025年预算草案" + TOLD.format(2025, 2024)) == []
    assert found("宁川县2024年财政预算执行情况" + TOLD.format(2025, 2024) + "四、上年\n2024年收入12.00亿元。\n") == []
    assert found("宁川县2025年财政预算执行情况" + TOLD.format(2024, 2023)) == []


def test_what_the_form_of_the_year_has_spent() -> None:
    text = f"职工培训项目绩效自评报告（2024年度）\n{FORM}\n一、资金情况\n"
    assert found(text + "截至2023年12月31日，项目支出397.74万元。\n") == [("time.moment", "截至2023年12月31日")]
    assert found(text + "截至2023年12月31日，项目支出350.20万元。\n") == []
    assert found(text + "截至2024年12月31日，项目支出397.74万元。\n") == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("宁川县2025年一季度财政预算执行情况", "截至2025年3月底，发行债券4.60亿元，较截至2024年3月底增加1.10亿元。"),
        ("宁川县2025年一季度财政预算执行情况", "截至2024年3月底，发行债券4.10亿元。"),
        ("宁川县2025年一季度财政预算执行情况", "截至2024年12月底，累计发行债券4.10亿元，2025年计划发行2.00亿元。"),
        ("宁川县2025年一季度财政预算执行情况", "截至2024年底，债务余额40.10亿元，2025年到期3.00亿元。"),
        ("2024年度职工培训项目绩效评价报告", "截至2023年12月31日，项目累计支出38.20万元，全年执行率95.50%。"),
        ("2024年度职工培训项目绩效评价报告", "截至2023年12月31日，上年结转资金已全年支付完毕，执行率100%。"),
        ("2024年度职工培训项目绩效评价报告", "截至2023年底，2023年全年支出18.20万元，执行率91.00%。"),
        ("2024年度职工培训项目绩效评价报告", "截至2023年12月31日，共有学员320人。"),
        ("宁川县水务局2025年部门预算", "截至2024年12月31日，共有车辆4辆，全年支出进度良好。"),
    ],
)
def test_a_moment_that_may_stand(title: str, text: str) -> None:
    assert found(f"{title}\n一、总体情况\n{text}\n") == []


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("宁川县水务局2024年度部门决算", "第二部分 2023年度部门决算情况说明"),
        ("宁川县水务局2024年度部门决算", "2023年度收入支出决算总表"),
        ("宁川县水务局2024年度部门决算公开说明", "附件 2023年度主要决算指标"),
        ("宁川县水务局2024年度单位决算", "一、2023年度一般公共预算财政拨款支出决算情况"),
        ("宁川县水务局2025年部门预算", "第二部分 2024年部门预算情况说明"),
    ],
)
def test_a_title_of_the_year_before(title: str, heading: str) -> None:
    year = heading[heading.index("20") :][:5]
    text = f"{title}\n第一部分 概况\n收、支总计均为829.13万元。\n{heading}\n支出合计829.13万元。\n"
    assert found(text) == [("time.title", year)]


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("宁川县水务局2024年度部门决算", "第二部分 2024年度部门决算情况说明"),
        ("宁川县水务局2024年度部门决算", "二、与2023年度部门决算对比情况"),
        ("宁川县水务局2025年部门预算", "一、2024年部门预算执行情况"),
        ("宁川县水务局2025年部门预算", "二、2024年部门决算情况"),
        ("宁川县水务局2024年度部门决算", "三、2025年部门预算安排"),
        ("宁川县水务局2024年度部门决算", "四、2023年度项目绩效自评情况"),
    ],
)
def test_a_title_that_may_stand(title: str, heading: str) -> None:
    text = f"{title}\n第一部分 概况\n收、支总计均为829.13万元。\n{heading}\n支出合计829.13万元。\n"
    assert found(text) == []
