"""元 and 万元 between the text and an account table: the same digits, and a third figure that says which is right."""

from __future__ import annotations

import pytest
from fiscal_facts import extract

YUAN = "支出预算表\n单位：元\n科目名称\t合计\n项目支出\t3555834.80\n基本支出\t6128412.60\n"
TEN_THOUSAND = "支出预算表\n单位：万元\n科目名称\t合计\n项目支出\t355.58\n基本支出\t612.84\n"


def found(text: str) -> list[str]:
    return [finding.spans[0].text for finding in extract(text).findings if finding.code == "unit.table"]


@pytest.mark.parametrize(
    ("table", "text", "words"),
    [
        (YUAN, "项目支出355.58万元。\n涉及预算资金3555834.80万元。", ["3555834.80万元"]),
        (YUAN, "项目支出355.58万元。\n绩效目标涉及3,555,834.80万元。", ["3,555,834.80万元"]),
        (
            YUAN.replace("3555834.80", "3,555,834.80"),
            "项目支出355.58万元。\n涉及预算资金3555834.80万元。",
            ["3555834.80万元"],
        ),
        (TEN_THOUSAND, "项目支出3555800元。\n涉及预算资金355.58元。", ["355.58元"]),
        (TEN_THOUSAND, "基本支出6128400元。\n人员和公用共612.84元。", ["612.84元"]),
        (YUAN, "项目支出355.58万元。\n涉及预算资金3555834.80元。", []),
        (YUAN, "涉及预算资金3555834.80万元。", []),
        (YUAN, "项目支出355.58万元，基本支出612.84万元。", []),
        (TEN_THOUSAND, "项目支出355.58万元。\n培训人均标准355.00元。", []),
        (YUAN.replace("单位：元", ""), "项目支出355.58万元。\n涉及预算资金3555834.80万元。", []),
    ],
)
def test_the_same_digits_in_two_units(table: str, text: str, words: list[str]) -> None:
    assert found(f"{table}\n{text}\n") == words
