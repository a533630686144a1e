"""Vehicles at the end of one year, told twice."""

from __future__ import annotations

import pytest
from fiscal_facts import extract


def found(text: str) -> list[str]:
    return [finding.spans[1].text for finding in extract(text).findings if finding.code == "same.counts"]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("截至2023年12月31日，共有车辆14辆。", "车辆：截至2023年12月31日15辆。", True),
        ("截至2023年12月31日，共有车辆14辆。", "截至2023年底，本部门共有车辆13辆。", True),
        ("截止2023年年末，车辆保有量14辆。", "截至2023年12月底，占有车辆41辆。", True),
        ("截至2023年12月31日，本部门车辆总数为14辆。", "截至2023年末共有车辆12辆。", True),
        ("截至2023年12月31日，车辆共计4辆。", "车辆：截至2023年12月31日5辆。", True),
        ("截至2023年12月31日，共有车辆14辆。", "车辆：截至2022年12月31日15辆。", False),
        ("截至2023年12月31日，共有车辆14辆。", "截至2023年12月31日，局机关共有车辆4辆。", False),
        ("截至2023年12月31日，共有车辆14辆。", "截至2023年12月31日，下属单位共有车辆10辆。", False),
        ("截至2023年12月31日，共有车辆14辆。", "截至2023年12月31日，执法执勤车辆8辆。", False),
        ("截至2023年12月31日，共有车辆14辆。", "截至2023年6月30日，共有车辆13辆。", False),
        ("截至2023年12月31日，共有车辆14辆。", "截至2023年12月31日，共有车辆14辆。", False),
    ],
)
def test_vehicles_at_one_moment(one: str, other: str, differ: bool) -> None:
    text = f"宁川县水务局2023年度部门决算\n一、国有资产占用情况\n{one}\n二、附件\n{other}\n"
    assert bool(found(text)) is differ
