"""Slots of the template that nobody filled, and instructions that nobody took out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

import regex
from fiscal_patterns.sections import Block

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome, Severity
from fiscal_facts.checks.outcomes import inconsistent
from fiscal_facts.checks.places import block_at, in_prose

EMPTY_SLOT = Code(
    "template.empty_slot",
    "error",
    "该填数字的地方是空的：占 %、减少 万元、截至 年 月 日",
    "基本支出468.55万元，占 %；项目支出 161.57万元。",
    "基本支出占74.36%；项目支出占25.64%（单位：万元）。",
)
PLACEHOLDER = Code(
    "template.placeholder",
    "error",
    "占位的文字没有换掉：XX万元、20XX年、此处填写",
    "2024年度XX单位收入总计XX万元。",
    "2024年度收入总计12万元，购置XX-200型设备1台，得分=4×100%。",
)
INSTRUCTION = Code(
    "template.instruction",
    "warning",
    "填写说明留在正文里：（按支出功能分类科目说明）、（备注：此数据与…保持一致）",
    "政府性基金预算支出0元，支出具体情况如下：无（按支出功能分类科目说明）。",
    "一般公共预算支出5元（按支出功能分类），具体情况如下（按规定不公开的除外）：无。",
)
CUT_WORD = Code(
    "template.cut_word",
    "note",
    "词只剩一半，少了字：支出决0元",
    "公务用车购置及运行维护费支出决0元，占0%。",
    "公务用车购置及运行维护费支出决算0元，表决3项，完成解决2件。",
)
EMPTY_FIELD = Code(
    "template.empty_field",
    "note",
    "表头的部门、单位名称是空的",
    "部门预算收支总表\n部门：\t\t单位：万元\n项目\t预算数\n收入合计\t12\n",
    "部门预算收支总表\n部门：某局\t\t单位：万元\n项目\t预算数\n收入合计\t12\n",
)
EMPTY_PURPOSE = Code(
    "template.empty_purpose",
    "note",
    "写了“主要用于”，用途却是（无）或空括号",
    "公务接待费支出0元，主要用于（无）。",
    "公务接待费支出5元，主要用于（无偿）接待。",
)

LEVEL_SKIPPED = Code(
    "template.level_skipped",
    "note",
    "功能分类从类直接到项，缺了款，或把款写成了项",
    "社会保障和就业支出（类）行政事业单位养老支出（项）：2024年预算数为3.00万元。",
    "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）：2024年预算数为3.00万元。",
)
REPEATED = Code(
    "template.repeated_heading",
    "note",
    "同一级标题的编号和文字重复出现",
    "项目绩效评价报告\n一、项目概况\n项目支出3.00万元。\n二、绩效分析\n目标已完成。\n二、绩效分析\n效果良好。\n",
    "项目绩效评价报告\n一、项目概况\n项目支出3.00万元。\n二、绩效分析\n目标已完成。\n"
    "项目绩效评价报告\n一、项目概况\n项目支出5.00万元。\n二、绩效分析\n效果良好。\n",
)
CODES: tuple[Code, ...] = (
    LEVEL_SKIPPED,
    REPEATED,
    EMPTY_SLOT,
    PLACEHOLDER,
    INSTRUCTION,
    CUT_WORD,
    EMPTY_FIELD,
    EMPTY_PURPOSE,
)

_PURPOSE = regex.compile(r"主要用于[:：]?(?:[(（]无?[)）]|无(?=[。;；]))")
# Led by the unit, which is rarer than the words before it; the words are looked at last.
# Each with one first character of its own: a search for it is several times as fast as one for all together.
_EMPTY_SLOTS = (
    regex.compile(
        r"%(?=[,，。;；、:：)）\s]|$)(?<=(?P<word>占|增长|下降|增加|减少|降低|上升|提高"
        r"|占(?:比|总支出|本年支出合计|本年收入合计|总收入)?的|完成(?:年初|调整|全年|年度)?预算的?)%)",
        regex.MULTILINE,
    ),
    regex.compile(
        r"元(?=[,，。;；])(?<=(?P<sum>增加|减少|上升|下降|节约"
        r"|(?<!单位[:：]?)(?:收入|支出|决算|预算|合计|总计|共计|决算数|预算数|金额)(?:总额)?为?)[万亿]元)"
    ),
    regex.compile(r"年月[日底末](?<=(?P<date>截至|截止|时间为)年月[日底末])"),
    regex.compile(r"保有量为?[辆个](?=[,，。;；])"),
    regex.compile(r"团组数?[辆个](?=[,，。;；])"),
    regex.compile(
        r"__(?<=\p{Han}__)_{0,38}+(?!_)\s?(?:万元|亿元|元|%|个|辆|批次|人次|人|台|年|月|日)",
    ),
)
_LEADS = ("word", "sum", "date", "item")
_BRACKETS = (r"\(", "（")
_EMPTY_BRACKETS = tuple(
    regex.compile(rf"{opening}\s*+[)）](?=[,，。;；\p{{Han}}])(?<=\p{{Han}}[”》]?[(（]\s{{0,4}}[)）])")
    for opening in _BRACKETS
)
_PLACEHOLDER = regex.compile(
    r"(?:[Xx]{2,6}+|[×*]{2,6}+)(?<![A-Za-z\d×*-](?:[Xx]{2,6}|[×*]{2,6}))"
    r"\s?(?:万元|亿元|元|%|个(?!人)|人|辆|批次|人次|年|月|日)"
    r"|[Xx](?=万元|亿元|%)(?<=\p{Han}[Xx])(?:万元|亿元|%)|[Xx×]月[Xx×]日|20[Xx×*]{2}年"
)
_ASKED = regex.compile(
    r"此处(?:填写|插入|填报|请填|说明)|[(（]请(?:填写|说明|补充)[^()（）]{0,40}[)）]|[(（]?待(?:填写|补充完善)[)）]"
    r"|[(（](?:单位|部门)名称[)）](?=\d|\p{Han})"
)
# Without one of these nothing of the kind is there: a look that most documents need not go beyond.
_CROSSES = re.compile(r"[Xx×*][Xx×*万亿%月]")
_ASKING = re.compile(r"此处|请填|请说|请补|待填写|待补充|名称[)）]")
# Names may be left out on purpose (an audit notice), figures not.
_UNNAMED = regex.compile(r"(?<![A-Za-z\d×*-])(?:[Xx]{2,6}+|[×*]{2,6}+)(?:部门|单位|局|委|中心|项目|工作|原因|市|县|区)")
# A place or a body without its name, and like ones that are named: 卧石镇9个、XX乡9个.
_UNNAMED_PLACE = regex.compile(
    r"(?<![A-Za-z\d×*-])(?:[Xx]{2,6}+|[×*]{2,6}+)(?:(?P<place>乡镇|[乡镇村]|街道|社区)|(?P<body>学校|小学|中学|医院|公司|水库))"
)
_NAMED_PLACE = regex.compile(
    r"\p{Han}{2}(?:(?P<place>[乡镇村]|街道|社区)|(?P<body>学校|小学|中学|医院|公司|水库))\s?\d"
)
_INSTRUCTION = (
    r"(?:(?:按|参照|请按)(?!规定|要求)[^()（）。]{2,30}(?:说明|填列|填写|填报|列示|填列到[类款项]级科目)"
    r"|(?:备注|注|说明|提示)[:：]?(?:此|该|本|上述)(?:数据|数|处|表|项)[^()（）]{2,60}(?:一致|相同|取数|填列|填写|提取)"
    r"|(?:如有|若有|如无|若无|如没有|若没有|没有的|无此项)[^()（）]{0,30}(?:说明|填写|填列|写明|删除|列示|填|写)(?:此[项段条]|本[项段条])?(?:[“\"][^“”\"]{1,20}[”\"])?)[)）]"
)
_INSTRUCTIONS = tuple(regex.compile(opening + _INSTRUCTION) for opening in _BRACKETS)
_CUT_WORDS = tuple(regex.compile(rf"{word}(?=\d)(?<=(?P<word>支出|收入){word})") for word in "决预")
_LEVEL_SKIPPED = regex.compile(r"类[)）]\s?(?P<item>[^()（）。，,；;\n\s][^()（）。，,；;\n]{1,29}[(（]项[)）])")
# The name may stand in the next cell or on the next line: only the unit, or nothing, follows an empty field.
_EMPTY_FIELDS = tuple(
    regex.compile(
        rf"{colon}(?=\s*+(?:[(（]?(?:金额)?单位[:：]|公开\d\d表))"
        rf"(?<=^(?P<field>(?:公开)?(?:部门|单位|编制单位|填报单位|编报单位)(?:名称)?){colon})",
        regex.MULTILINE,
    )
    for colon in ":："
)


def slots(evidence: Evidence) -> Iterator[Outcome]:
    """Slots without a figure, placeholders, instructions and cut words, wherever prose holds them."""
    reasons = frozenset(reason.span.start for reason in evidence.reasons if reason.placeholder)
    for empty in _EMPTY_SLOTS:
        yield from _found(evidence, EMPTY_SLOT, empty, "该填数字的地方是空的")
    for empty in _EMPTY_BRACKETS:
        yield from _found(evidence, EMPTY_SLOT, empty, "括号里是空的", "note", reasons)
    clean = evidence.document.clean
    if any(sign in clean for sign in "Xx×*") and _CROSSES.search(clean):
        yield from _found(evidence, PLACEHOLDER, _PLACEHOLDER, "占位的文字没有换掉")
        yield from _found(evidence, PLACEHOLDER, _UNNAMED, "占位的文字没有换掉", "warning")
        yield from _unnamed_places(evidence)
    if _ASKING.search(clean):
        yield from _found(evidence, PLACEHOLDER, _ASKED, "占位的文字没有换掉")
    yield from _found(evidence, EMPTY_PURPOSE, _PURPOSE, "没有写出用途")
    yield from _found(evidence, LEVEL_SKIPPED, _LEVEL_SKIPPED, "前面是类，这里却是项，缺了款")
    for cut in _CUT_WORDS:
        yield from _found(evidence, CUT_WORD, cut, "词不完整，少了字")
    for mark in chain.from_iterable(shape.finditer(clean) for shape in _INSTRUCTIONS):
        block = block_at(evidence, mark.start())
        if block and block.kind not in ("contents", "definition"):
            mild: Severity | None = "note" if block.kind in ("heading", "table") else None
            span = evidence.document.span(*mark.span())
            message = f"“{mark.group()}”：填写说明留在正文里。"
            yield inconsistent(INSTRUCTION, message, (span,), printed=mark.group(), severity=mild)


def _found(
    evidence: Evidence,
    code: Code,
    pattern: regex.Pattern[str],
    says: str,
    severity: Severity | None = None,
    besides: frozenset[int] = frozenset(),
) -> Iterator[Outcome]:
    """A finding for each place in prose; ``besides`` are received offsets of places that are found otherwise."""
    for mark in pattern.finditer(evidence.document.clean):
        if in_prose(evidence, mark.start()) and evidence.document.source(mark.start()) not in besides:
            span = evidence.document.span(_begin(mark), mark.end())
            words = evidence.document.clean[_begin(mark) : mark.end()]
            yield inconsistent(code, f"“{words}”：{says}。", (span,), printed=words, severity=severity)


def _unnamed_places(evidence: Evidence) -> Iterator[Outcome]:
    """XX乡 beside 石坪乡; a note where no like place of the sentence is named, for then it may be meant."""
    clean = evidence.document.clean
    for mark in _UNNAMED_PLACE.finditer(clean):
        sentence = evidence.sentence_at(mark.start()) if in_prose(evidence, mark.start()) else None
        if sentence is None:
            continue
        named = _NAMED_PLACE.finditer(clean, sentence.start, sentence.end)
        listed = any(bool(other["place"]) == bool(mark["place"]) for other in named)
        mild: Severity = "warning" if listed else "note"
        span = evidence.document.span(*mark.span())
        message = f"“{mark.group()}”：占位的文字没有换掉。"
        yield inconsistent(PLACEHOLDER, message, (span,), printed=mark.group(), severity=mild)


def _begin(mark: regex.Match[str]) -> int:
    """Where what is told begins: the words before an empty slot, the item behind its class."""
    groups = mark.groupdict()
    return next((mark.start(name) for name in _LEADS if groups.get(name)), mark.start())


def fields(evidence: Evidence) -> Iterator[Outcome]:
    """Heads of tables that name no body: one finding for all of them."""
    clean = evidence.document.clean
    marks = chain.from_iterable(shape.finditer(clean) for shape in _EMPTY_FIELDS)
    found = [evidence.document.span(*place) for place in sorted((mark.start("field"), mark.end()) for mark in marks)]
    if found:
        message = f"表头“{found[0].text}”后面是空的，共{len(found)}处。"
        yield inconsistent(EMPTY_FIELD, message, found, printed=found[0].text)


def headings(evidence: Evidence) -> Iterator[Outcome]:
    """A heading that comes again, mark and words, where its numbers did not begin anew."""
    clean = evidence.document.clean
    last: dict[int, tuple[str, Block]] = {}
    for _, block, section in evidence.headings:
        if block.mark == block.start:
            continue
        rank, words = section.rank, clean[block.start : block.end]
        before = last.get(rank)
        last = {other: heading for other, heading in last.items() if other < rank}
        last[rank] = words, block
        if before and before[0] == words:
            spans = [evidence.document.span(found.start, found.end) for found in (block, before[1])]
            yield inconsistent(REPEATED, f"标题“{words}”连着出现两次。", spans, printed=words)


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (slots, fields, headings)
