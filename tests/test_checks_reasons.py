"""Reasons that are missing, reused, or contradicted by their own words; and those that may stand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from fiscal_facts import extract

TITLE = "2024年度部门决算情况说明\n\n"


def codes(text: str) -> list[str]:
    found = [finding for finding in extract(TITLE + text).findings if finding.code.startswith("reason.")]
    assert all(finding.severity == "note" for finding in found)
    return [finding.code.removeprefix("reason.") for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        "政府性基金预算支出0万元，较上年减少281.43万元，下降100%。",
        "项目支出50.00万元，比2023年增加10.00万元，增长25.00%。人员经费30.00万元。",
    ],
)
def test_a_large_change_without_a_reason(text: str) -> None:
    assert codes(text) == ["absent"]


@pytest.mark.parametrize(
    "text",
    [
        "项目支出50.00万元，比2023年增加4.00万元，增长8.70%。",
        "项目支出50.00万元，比2023年增加10.00万元，增长25.00%。主要原因是新增系统建设。",
        "“三公”经费支出0.30万元，较上年减少0.30万元，下降50.00%。\n公务接待费支出0.30万元，较上年减少0.30万元，下降50.00%，"
        "原因是减少公务接待。",
        "全市税收收入118.75亿元，较上年增加14.77亿元，增长14.2%。",
        "会议费、培训费各下降8.5%。设备购置增长40%。",
    ],
    ids=["small", "next sentence", "explained elsewhere", "a whole budget", "no amount"],
)
def test_a_change_that_asks_for_no_reason(text: str) -> None:
    assert codes(text) == []


def test_the_change_that_asks_for_a_reason_is_chosen() -> None:
    text = TITLE + "项目支出50.00万元，比2023年增加4.00万元，增长8.70%。"
    for percent, asked in ((Decimal(5), ["reason.absent"]), (Decimal("8.7"), ["reason.absent"]), (Decimal(9), [])):
        assert [finding.code for finding in extract(text, asks_a_reason=percent).findings] == asked


def test_a_bulletin_owes_no_reasons() -> None:
    text = "关于某县2024年上半年财政预算执行情况的通报\n\n项目支出50.00万元，比2023年增加10.00万元，增长25.00%。"
    assert extract(text).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "公务用车运行维护费支出11.76万元，较上年增加0.58万元，增长5.19%，主要原因是严格派车管理，燃油和维修费用支出减少。",
        "公务接待费支出1.00万元，较上年减少0.50万元，下降33.33%，主要原因是接待批次增多，接待费用增加。",
        "培训费支出3.00万元，较上年增长1.00万元，增长50%，原因是压缩培训费支出。",
        "办公费10.00万元，比上年下降2.00万元，降低16.67%，主要系业务量增加，办公费用上升所致。",
        "工资福利支出36.00万元，较2023年度减少4.00万元，下降10.00%，主要原因是2024年新招录工作人员1名，工资福利各项支出增加。",
    ],
)
def test_words_against_the_direction(text: str) -> None:
    assert codes(text) == ["against"]


@pytest.mark.parametrize(
    "text",
    [
        "项目支出50.00万元，较上年减少10.00万元，下降16.67%，主要原因是上年一次性项目支出增加，基数较大。",
        "年末结转和结余5.00万元，较上年减少2.00万元，下降28.57%，主要原因是本年支出增加。",
        "公务接待费支出1.00万元，较上年减少0.50万元，下降33.33%，主要原因是人员经费增加，压缩公务接待费支出。",
        "支出总计50.00万元，较上年增加5.00万元，增长11.11%，主要原因是人员经费增加，项目支出减少。",
        "本年支出50.00万元，较上年减少10.00万元，下降16.67%，主要原因是人员退休，工资福利支出减少。",
        "财政拨款收入50.00万元，较上年减少5.00万元，下降9.09%，主要原因是其他收入增加，财政拨款相应减少。",
        "收入总计100.00万元，较上年增加20.00万元，增长25%，主要原因是减少了非税收入，增加了财政拨款。",
        "基本支出30.00万元，较上年增加3.00万元，增长11.11%。主要原因：一是人员增加；二是运转成本上升；三是压减会议费支出。",
        "住房公积金支出10.00万元，决算数小于预算数的主要原因是人员减少。",
    ],
)
def test_words_that_may_stand(text: str) -> None:
    assert codes(text) == []


def test_one_reason_for_a_rise_and_a_fall() -> None:
    text = (
        "会议费支出5.00万元，较上年增加1.00万元，增长25%，主要原因是{0}。"
        "培训费支出3.00万元，较上年减少1.00万元，下降25%，主要原因是{0}。"
    )
    assert codes(text.format("落实机构改革职能划转要求")) == ["reused"]
    assert codes(text.format("根据工作需要据实安排")) == []
    assert codes(text.format("人员变动")) == []


def test_operating_cost_explained_with_personnel_cost() -> None:
    text = "机关运行经费31.18万元，比2023年增加2.52万元，增长8.79%，主要原因是{}。"
    assert codes(text.format("人员经费政策性增支")) == ["unrelated"]
    assert codes(text.format("人员增加，办公费、差旅费增加")) == []
    assert codes(text.format("工资调整，工会经费等公用经费增加")) == []


def test_a_reason_against_the_change_of_another_item() -> None:
    text = (
        "机关运行经费支出85.34万元，比2023年{}。"
        "“三公”经费支出0.43万元，较上年减少0.03万元，降低6.52%，主要原因是厉行节约，减少公用经费。"
    )
    assert codes(text.format("增加5.58万元，增长7.00%")) == ["elsewhere"]
    assert codes(text.format("减少5.58万元，下降6.14%")) == []
