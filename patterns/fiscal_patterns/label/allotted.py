"""Money by who got it: 拨付乡镇卫生院2,563万元，妇幼等机构285万元."""

from __future__ import annotations

import regex

from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Parts

_PAYING = ("拨付", "拨付给", "分配", "分配给", "分配至", "下拨", "划拨", "拨至")
RECIPIENT = regex.compile(
    r"(?:机构|医院|卫生[院室所]|学校|高校|院校|单位|[^核]中心|企业|合作社|公司|部门|局|站|街道|乡镇|社区|农户)$"
)
_MONEY = ("资金", "经费", "补助", "补贴", "专款")


def allotted(site: Site) -> Parts | None:
    """The list that a verb of payment with a receiver behind it opens."""
    standing = site.standing
    if site.quantity.kind != "amount" or not site.clean.endswith(_PAYING, site.own, site.name[0]):
        return None
    if not site.phrase.named() or not RECIPIENT.search(site.clean, *site.name):
        return None
    for one in reversed(standing.series):
        if one.labels and one.role == "level" and one.labels[0].text.endswith(_MONEY):
            return Parts(one.labels, one.stage, allotted=True)
    return None
