"""A whole disclosure for the examples beside the codes."""

from __future__ import annotations

from collections.abc import Mapping

_SECTIONS = {
    "收入支出决算总体情况说明": "2024年度收、支总计均为320.00万元。",
    "一般公共预算财政拨款支出决算情况说明": "2024年度一般公共预算财政拨款支出320.00万元。",
    "一般公共预算财政拨款基本支出决算情况说明": "2024年度基本支出260.00万元。",
    "“三公”经费支出决算情况说明": "2024年度“三公”经费支出2.00万元，其中：因公出国（境）费0万元，公务用车购置及运行维护费0万元，"
    "公务接待费2.00万元，国内公务接待20批次，160人次。",
    "政府性基金预算支出决算情况说明": "本年没有政府性基金预算支出。",
    "国有资本经营预算支出决算情况说明": "本年没有国有资本经营预算支出。",
    "机关运行经费支出情况": "2024年度机关运行经费支出40.00万元。",
    "政府采购情况": "2024年度政府采购支出总额12.00万元，其中：货物支出12.00万元、工程支出0万元、服务支出0万元。"
    "授予中小企业合同金额12.00万元，占政府采购支出总额的100%。",
    "国有资产占用情况": "截至2024年12月31日，共有车辆2辆。",
    "预算绩效管理情况": "本单位对3个项目开展了绩效自评。",
}


def disclosure(texts: Mapping[str, str] | None = None, *, without: str = "", tables: bool = True) -> str:
    """A 部门决算 in parts with all that is required, less the section ``without``; ``texts`` replace those of sections."""
    lines = [
        "2024年度某局部门决算",
        "第一部分 部门概况",
        "一、部门职责",
        "负责统计调查。",
        "二、机构设置",
        "内设3个科室。",
    ]
    lines.append("第二部分 2024年度部门决算情况说明")
    kept = {
        title: (texts or {}).get(title, text)
        for title, text in _SECTIONS.items()
        if not without or without not in title
    }
    marks = "一二三四五六七八九十"
    for mark, (title, text) in zip(marks, kept.items(), strict=False):
        lines += [f"{mark}、{title}", text]
    lines += ["第三部分 名词解释", "一、基本支出：指为保障机构正常运转发生的支出。"]
    lines += [
        "第四部分 附表",
        *(["收入支出决算总表", "单位：万元", "项目\t决算数", "收入合计\t320.00"] if tables else []),
    ]
    return "\n".join(lines) + "\n"
