"""Texts of performance forms for the examples beside the codes."""

from __future__ import annotations

_HEADS = "一级指标\t二级指标\t三级指标\t分值\t年度指标值\t实际完成值\t得分\t偏差原因分析"
_METHOD_HEADS = "一级指标\t二级指标\t三级指标\t分值\t指标解释\t评分标准\t得分"


def form(*rows: str, total: str | int | None = None, funds: str = "", method: bool = False) -> str:
    """A form of a project with these rows of indicators, cells between tabs in the order of the heads.

    ``total`` fills the closing row, ``funds`` the row 年度资金总额: initial budget, budget, outturn, points, rate, score.
    """
    lines = ["项目支出绩效自评表", "项目名称\t职工培训经费"]
    if funds:
        lines += ["项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分", f"年度资金总额\t{funds}"]
    lines += [_METHOD_HEADS if method else _HEADS, *rows]
    if total is not None:
        lines.append(f"总分\t{total}")
    return "\n".join(lines) + "\n"
