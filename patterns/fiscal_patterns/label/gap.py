"""What stands between one quantity and the next: boundaries, list openers, reasons, and the phrase of the number."""

from __future__ import annotations

from functools import lru_cache

import regex

from fiscal_patterns.label.classification import Item, last_item
from fiscal_patterns.label.lead import SCOPE, SCOPE_SIGNS
from fiscal_patterns.label.nouns import Range
from fiscal_patterns.label.phrase import Phrase
from fiscal_patterns.label.reading import read
from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.quantity.nouns import QuantityKind
from fiscal_patterns.records import record

# Longest stretch looked at before a number: the longest name in the corpus is 43 characters, with its clause 120.
REACH = 160


@record
class Gap:
    """The stretch before a number; all offsets into it. ``own`` is where the number's own phrase begins.

    ``opener`` is the word that begins a list of parts, ``head`` the name before 中，; ``context`` an earlier clause
    that names something but has no number of its own; ``timed`` whether a period may be stated;
    ``scope`` the last scope named at the head of a clause.
    """

    own: int
    phrase: Phrase
    semicolon: bool = False
    opened: bool = False
    closed: bool = False
    reason: bool = False
    enumerated: bool = False
    opener: str | None = None
    head: Range | None = None
    item: Item | None = None
    context: Range | None = None
    timed: bool = False
    scope: Range | None = None
    closing: bool = False
    theme: bool = False


_SEPARATOR = regex.compile(
    r"[（(][^（）()]{0,60}+[)）]|“[^“”]{0,60}+”|《[^《》]{0,80}+》|「[^「」]{0,60}+」|(?P<mark>[，,；;：:。!！?？\t（(）)])"
)
# What a total is broken down by: 分级次看，, 按支出性质分为：, 主要税种：, 投向如下：, 重点保障以下支出：
_FACET = r"(?:级次|结构|构成|来源|科目|投向|用途|类别|性质|税种|行业|产业|地区|层级|区域|领域|险种|种类|类型|渠道|期限|部门|金额|资金)"
# 具体项目开支：, 重点支出保障情况：, 主要支出科目决算情况是：
_BREAKDOWN = (
    r"(?:具体|主要|重点|各项|分项)\p{Han}{0,4}?"
    r"(?:支出|收入|科目|税种|税收|资金|经费|投入|项目(?=开支|支出|安排|收入|资金|投入))"
    r"\p{Han}{0,6}?(?:开支|情况|明细|构成|去向|安排)(?:是|为|如下)?"
)
# 从各县区完成情况看，, 分县（市、区）看，, 各乡镇完成情况：, 按总量排序，依次为
_BY_PLACE = (
    r"(?:[从分按]各?|各)(?:县区|区县|县市区?|市州|乡镇|镇街|[镇乡](?:[（(]街道[）)])?|县[（(](?:市、区|市|区)[）)])\p{Han}{0,8}?(?:来?看[，,：:]?|情况(?:如下|为|是)?[：:])"
    r"|按\p{Han}{0,10}?(?:排序|排名|排列)(?:情况)?[，,：:]?(?:从[高大多]到[低小少])?(?:依次)?[是为：:]?"
)
_STRUCTURE = (
    rf"分(?!别)\p{{Han}}{{1,10}}?来?看[，,：:]?|分(?:项|{_FACET})(?:完成|执行|收支|收入|支出)?(?:情况)?[是为]?[，,：:]|从\p{{Han}}{{0,12}}?(?:{_FACET}|项目|内容|税目|大类)(?:情况|上|方面)?来?看[，,：:]?"
    r"|按\p{Han}{1,10}?(?:分|划分|分类|分为|分类科目|分别为|来看|看)[，,：:]"
    r"|(?:资金|经费|投资|项目资金)来源(?:情况)?(?:为|是|包括|如下)[，,：:]"
    rf"|主要(?:科目|支出|收入|项目|{_FACET})(?:有|为|是|情况)?(?:如下)?[：:]|(?:投向|用途|构成|组成|去向|使用方向)(?:情况)?(?:为|如下)?[：:]|(?:分配(?:情况|方案|明细)?如下|具体(?:安排|分配)(?:为|如下))[：:]"
    r"|(?:保障|支持|安排|投入|投向)(?:了|于)?(?:以下|下列|如下)\p{Han}{0,4}[：:]"
    rf"|{_BREAKDOWN}[：:]|{_BY_PLACE}"
)
_OPENER = regex.compile(
    rf"(?<!不)(?P<word>{one_of(table('label', 'list'))})(?![^，,；;：:]{{0,12}}的(?:支出|资金))"
    rf"|(?P<structure>{_STRUCTURE})"
)
_OPENERS = tuple(table("label", "list"))
_STRUCTURE_SIGNS = frozenset("看分按：:")  # no structure without one of them
_HEAD = regex.compile(
    r"(?:支出|收入|经费|决算|预算|总额|资金|税种|总计|合计)(?P<stage>(?:决算|预算)?数?)[中里][，,：:]"
)
_UNDER = regex.compile(r"[中里][，,：:]")
_REASON = regex.compile(r"原因|由于|主要是(?!用于)|主要受|主要因")
_REASON_SIGNS = frozenset("因由主")
_CAUSE = regex.compile(r"(?<=项目|资金|支出|收入|经费)(?:因(?!公)|由于|受)")
_CAUSE_SIGNS = frozenset("因由受")
_NUMBERED = regex.compile(r"[；;](?:[一二三四五六七八九]是|[（(]?\d[)）.、]|[①-⑨])")
_NOMINAL = (
    "支出", "收入", "费", "费用", "资金", "基金", "税", "债务", "债券", "余额", "总额", "合计", "总计", "补助",
    "补贴", "投资", "服务", "采购", "项目", "拨款", "工程", "保有量", "面积", "人数", "车辆", "网", "人口", "税收",
)  # fmt: skip


@lru_cache(maxsize=8192)
def read_gap(text: str, what: QuantityKind) -> Gap:
    """The stretch before a quantity, from the quantity before it or the start of the sentence."""
    if text.endswith(BRACKETS) and len(text) > 3:
        before = read_gap(text[:-1], what)
        if before.phrase.named():
            return before  # 大桥改建工程（3.2亿元）: the name stands before the bracket
    marks = [(found.start(), found["mark"]) for found in _SEPARATOR.finditer(text) if found["mark"]]
    if marks and marks[-1][1] in ":：" and not text[marks[-1][0] + 1 :].strip():
        marks.pop()  # 宣传费：8万元
    own = marks[-1][0] + 1 if marks else 0
    if not own and not _OPENING.search(text):
        return Gap(0, read(text, what), timed=not _TIME.isdisjoint(text), scope=_scope(text))
    item = last_item(text)
    if item and item.end > own:
        own = item.spent[0] if item.spent else item.end
    return _gap(text, what, marks, own, item)


BRACKETS = ("（", "(")
# What comes after the parts of a whole: 收支相抵，结转下年0.8亿元, 剩余0.4亿元.
_CLOSED = r"(?:收支相抵|收支平衡|相抵后|平衡后|轧抵|剩余|尚余|补充后)"
_CLOSING = regex.compile(_CLOSED)
_CLOSING_SIGNS = frozenset("抵衡余充")
_MARKS = frozenset("，,；;")
_TIME = frozenset("年月季")
# Words that decide more than the phrase itself: without one of them and without marks the gap is its phrase.
_OPENING = regex.compile(rf"{one_of(table('label', 'list'))}|[因由受（(类按中里看]|主要是|支出[-—–]|2\d{{6}}|{_CLOSED}")


def _gap(text: str, what: QuantityKind, marks: list[tuple[int, str]], own: int, item: Item | None) -> Gap:
    openers = _openers(text)
    if stop := max(text.rfind("；"), text.rfind(";")) + 1:
        openers = [one for one in openers if one["word"] != "用于" or one.start() > stop]  # ，用于购书；项目支出
    closing = None if _CLOSING_SIGNS.isdisjoint(text) else _CLOSING.search(text)
    if closing and openers and not _MARKS.isdisjoint(text[openers[-1].end() + 1 : closing.start()]):
        openers = []  # 用于抗旱救灾，剩余7亿元
    stops = [at for at, mark in marks if mark in "；;"]
    enumerated = bool(stops and _NUMBERED.match(text, stops[-1]))
    head = _head(text) if ("中" in text or "里" in text) and _UNDER.search(text) else None
    signs = {mark for _, mark in marks}
    if openers and openers[-1]["structure"] and openers[-1].end() > own:
        own = openers[-1].end()  # 分部门看税务部门征收3亿元
    context, theme = _context(text, [at for at, _ in marks if at < own])
    return Gap(
        own=own,
        phrase=read(text[own:], what),
        semicolon=any(stop < (openers[-1].start() if openers else own) for stop in stops),
        opened=not signs.isdisjoint("（("),
        closed=not signs.isdisjoint("）)"),
        reason=not _REASON_SIGNS.isdisjoint(text)
        and bool(_REASON.search(text, stops[-1] if stops and not enumerated else 0)),
        enumerated=enumerated,
        opener=_kind(text, openers[-1]) if openers else None,
        head=head,
        item=item,
        context=context,
        theme=theme,
        timed=not _TIME.isdisjoint(text),
        scope=_scope(text),
        closing=closing is not None,
    )


def _openers(text: str) -> list[regex.Match[str]]:
    if _STRUCTURE_SIGNS.isdisjoint(text) and not any(word in text for word in _OPENERS):
        return []
    return list(_OPENER.finditer(text))


_SCOPED = regex.compile(rf"(?:(?<=^|[，,。；;：:）)\s])|(?<=其中|年|月|来|中|现|末|底))(?:{SCOPE.pattern})")


def _scope(text: str) -> Range | None:
    if SCOPE_SIGNS.isdisjoint(text):
        return None
    found = [one.span() for one in _SCOPED.finditer(text)]
    return found[-1] if found else None


# 项目预算与上年持平，仍为95万元; 工伤保险基金当期收不抵支，缺口1,206万元
_SETTLED = regex.compile(
    r"(?:预算|决算)?数?[与和同较比]\p{Han}{0,2}[\p{Han}\d]{2,8}(?:持平|一致)$|(?:当期|当年|本年)?收不抵支$"
)
_SHIFTED = r"(?:稳步|持续|有所|明显|进一步|大幅|不断|逐步|小幅)*+(?:提高|提升|回升|上升|攀升|下降|回落|优化|改善)"
_LARGEST = regex.compile(rf"(?:占比|比重|份额)(?:最[大高小低]|较[大高]|居\p{{Han}}{{2,4}}|{_SHIFTED})$")
_FASTEST = regex.compile(
    r"(?:增幅|增速|降幅|涨幅)(?:均|都)?(?:[最较][大高快小低慢]|明显|靠前|居前|领先|居\p{Han}{2,4})$"
)


def _head(text: str) -> Range | None:
    """The name before 中，: from the punctuation before it."""
    found = _HEAD.search(text)
    if not found:
        return None
    start = max([text.rfind(mark, 0, found.start()) for mark in "，,。；;：:"]) + 1
    return (start, found.start("stage")) if found.start("stage") - start > 1 else None


def _kind(text: str, opener: regex.Match[str]) -> str:
    """The opening word; 用于 before a colon opens as wide a list as 其中 does."""
    word: str = opener["word"] or "按"
    rest = text[opener.end() :]
    return "其中" if word == "用于" and (":" in rest or "：" in rest) else word


def _context(text: str, ends: list[int]) -> tuple[Range | None, bool]:
    """The last clause before the number's own that reads as a name, and whether it sets a theme (支出方面，)."""
    for number in range(len(ends) - 1, -1, -1):
        start = ends[number - 1] + 1 if number else 0
        clause = text[start : ends[number]]
        theme = clause.endswith("方面")
        clause = clause.removesuffix("方面")
        coded = clause[:_CODE].isdigit()
        if (clause[-1:] in "平支致") and (settled := _SETTLED.search(clause)):
            clause, theme = clause[: settled.start()], True
        if ("比" in clause or "份额" in clause) and (share := _LARGEST.search(clause)):
            clause, theme = clause[: share.start()], True
        elif ("幅" in clause or "速" in clause) and (growth := _FASTEST.search(clause)):
            clause, theme = clause[: growth.start()], True
        if clause[-2:] in _FOREMOST and clause[-4:-2] in _FLOWS:
            clause, theme = clause[:-2], True
        if not _CAUSE_SIGNS.isdisjoint(clause) and (cause := _CAUSE.search(clause)):
            clause = clause[: cause.start()]
        theme = theme or coded
        if 2 <= len(clause) <= _LONGEST_CLAUSE and (coded or clause.endswith(_NAMING)) and not _REASON.search(clause):
            phrase = read(clause, "amount")
            if phrase.named() and not phrase.turn:
                return (start + phrase.start, start + phrase.end), theme
            if phrase.bare and (theme or clause.endswith(_BUDGETED)):
                return (start + phrase.bare[0], start + phrase.bare[1]), True
    return None, False


_BUDGETED = ("收入预算", "支出预算", "收入决算", "支出决算")  # （一）收入预算：年初预算数3,640万元
_NAMING = (*_NOMINAL, *_BUDGETED)
_FOREMOST, _FLOWS = ("最多", "最大", "最高", "居首"), ("支出", "收入")  # 教育支出最多，为28亿元
_CODE = 9  # digits that begin the code of a project: 000651122T000000104471
_LONGEST_CLAUSE = 60  # a clause that only names something is short; the longest name of the corpus has 43 with marks
