"""A relation is reported where it is certain; where another figure, place or total explains it, the link is in doubt."""

from __future__ import annotations

import pytest
from fiscal_facts import extract

HEAD = "宁川县水务局2024年度部门决算\n"

RIGHT = (
    # another figure of the passage is the level, the whole or the part
    "项目总投资186万元，其中市级财政资金120万元、区级配套66万元，较上年增加26万元，增长16.25%。",
    "组织收入186.40万元，其中增值税72.15万元、个人所得税9.08万元、其他各税105.17万元，较去年同期减少12.3万元，减幅6.19%。",
    "全市一般公共预算收入完成1204310万元，增长8.74%。其中，市本级完成465208万元，增长5.2%；6个县完成739102万元，增长11.09%。"
    "税收收入完成868307万元，占一般公共预算收入的72.1%。",
    "省级财政配套24.6亿元，市县配套7.94亿元，合计131亿元，其中东川、西凉两市分别到位18.2亿元和11.75亿元，分别占全省的13.89%、8.97%。",
    "项目预算6820.00万元，实际到位6138.00万元，到位率90.00%；实际使用5893.28万元，预算执行率96.01%。",
    "2024年收入120万元（2023年：100万元），增长20%，增加20万元。",
    # what is only compared with is no level and no total
    "2024年公路养护4647万元，较2023年度的4512万元增加135万元，增长2.99%，其中：县道1820万元、乡道1527万元、村道1300万元。",
    "公务用车运行维护费支出251万元，比上年累计支出285万元下降34万元，下降12%。",
    "一般公共预算收入完成21.84亿元，完成年初预算85.30亿元的25.6%。其中：税收收入14.37亿元，非税收入7.47亿元。",
    # lists of another total, of another kind, of one fund, of one tier
    "基本支出690.18万元，占48.85%；项目支出722.59万元，占51.15%。基本支出中，人员经费433.75万元，材料费218.09万元。",
    "支出24.65亿元，其中科学技术支出4.2亿元，主要是兑现专项资金3.8亿元；环境保护支出3760万元；教育支出5.03亿元。",
    "2024年本年支出合计630.12万元，其中：财政拨款基本支出400万元，财政拨款项目支出151.57万元。",
    "政府采购支出总额100万元，其中：货物支出60万元、服务支出30万元。",
    "问题金额3786.5万元，其中2023年3316.10万元；账务记录不规范金额18234.28万元。",
    "2024年收入总计599.2亿元，支出总计515.5亿元，收支相抵，结余83.7亿元。",
    # stages, places, kinds of counts
    "年初预算为10万元，支出决算为12万元，完成年初预算的120%，决算数大于年初预算数；较调整预算持平。",
    "一般公共预算财政拨款支出年初预算80万元，调整后一般公共预算财政拨款支出100万元，支出决算95万元。",
    "政府采购支出总额100万元。其中下属水利站政府采购支出总额20万元。",
    "截至2024年12月31日，共有车辆4辆。截至2023年12月31日，共有车辆5辆。",
    "批复预算8个项目985万元（含1个结转项目50万元），年中增加8个项目。",
    "本科以上学历占60%，党员占70%，女性占40%。",
    "2024年决算与2022年相比增长5%，与2023年相比增长3%。",
)


@pytest.mark.parametrize("words", RIGHT)
def test_what_another_reading_explains_is_no_contradiction(words: str) -> None:
    found = extract(f"{HEAD}{words}\n").findings
    assert [finding.message for finding in found if finding.severity != "note"] == []


WRONG = (
    ("change.rate", "区级配套66万元，较上年增加26万元，增长56.25%。"),
    ("share.part", "税收收入完成868307万元，占一般公共预算收入的27.1%。一般公共预算收入完成1204310万元。"),
    ("share.completion", "一般公共预算收入完成21.84亿元，完成年初预算85.30亿元的28.6%。"),
    (
        "share.part",
        "“三公”经费支出中，公务接待费支出0.53万元，占69%；公务用车费支出1.18万元，占31%。“三公”经费支出1.71万元。",
    ),
    ("sum.parts", "全年预算420.00万元，其中：中央补助资金180.00万元，县级财政资金204.00万元。"),
    ("sum.parts", "全州一般公共预算收入21.84亿元。分级次看，州本级收入6.35亿元；县级收入15.94亿元。"),
    ("unit.yuan", "新增债券4.60亿元，其中：一般债券1.80亿元，专项债券2.80万元。"),
    ("direction.levels", "2024年公务接待费4.00万元，较2023年的5.00万元增加1.00万元。"),
    ("sum.list", "一般公共预算收入21.84亿元，政府性基金收入8.26亿元，一般公共预算收入与政府性基金收入合计31.10亿元。"),
    ("unit.yuan", "2024年机关运行经费支出212.40元，较2023年的205.16万元增加7.24万元，增长3.53%。"),
    ("sum.balance", "2024年度收入总计784.39万元，支出总计774.39万元。"),
)


@pytest.mark.parametrize(("code", "words"), WRONG)
def test_what_nothing_else_explains_is_reported(code: str, words: str) -> None:
    found = {finding.code for finding in extract(f"{HEAD}{words}\n").findings if finding.severity != "note"}
    assert code in found


def test_a_total_in_another_paragraph_is_a_note_where_no_share_of_it_fits() -> None:
    words = f"{HEAD}一、收入\n省级配套资金24.60亿元。\n二、到位\n东川到位18.20亿元，占73.89%。\n"
    assert [
        finding for finding in extract(words).findings if finding.code == "share.part" and finding.severity != "note"
    ] == []
