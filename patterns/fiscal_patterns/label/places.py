"""Places: whose figure it is, never what is measured. 其中：北屏县7,300万元, 龙泉街道（18.4%）."""

from __future__ import annotations

import regex

from fiscal_patterns.label.nouns import Label
from fiscal_patterns.label.standing import Labels, Standing
from fiscal_patterns.lexicon import one_of, table

# 社区, 园区, 县城 and the like end as places do and are none.
_UNIT = (
    r"(?:省|(?<![城县地超门股楼])市|(?<![社小园景库灾病牧林矿山地辖校护范能片街专分区])区|(?<![全各外])县|州|旗|盟"
    r"|(?<![城乡村集])镇|(?<![城下家返])乡|街道|兵团|苏木|开发区|示范区|合作区)"
)
PLACE = rf"(?:{one_of(table('label', 'place'))}|\p{{Han}}{{1,8}}{_UNIT})"
# 乡镇级完成5亿元: whose income it is; the commoner 省级, 市级 name who pays (其中省级300万元).
_TIER = r"(?:乡镇|园区|开发区|[镇乡])级"
_ONE = regex.compile(rf"{PLACE}(?:本级|财政)?|{_TIER}|县[（(](?:市、区|市|区)[)）]|各?县区|区县|县市区?")
PLACE_ENDS = frozenset("省市区县州旗盟镇乡道团木级政)）") | {word[-1] for word in table("label", "place")}


_PASSED_ON = ("转贷", "下达", "补助")  # 转贷市县15亿元: what was passed on, not whose it is


def is_place(name: str) -> bool:
    """Whether a name is nothing but that of a place."""
    return name[-1:] in PLACE_ENDS and not name.startswith(_PASSED_ON) and _ONE.fullmatch(name) is not None


def measured_at(standing: Standing, place: str, what: Labels = ()) -> Labels:
    """``what`` with ``place`` as its scope, else what the text speaks of: the last thing measured, not counted."""
    last = what or next(
        (one.labels for one in reversed(standing.series) if one.quantity.kind != "count" and one.labels), ()
    )
    standing.scopes.add(place)
    return tuple(
        Label(one.text, one.start, one.end, True, one.classification, place)
        for one in last or standing.subject or standing.main
    )
