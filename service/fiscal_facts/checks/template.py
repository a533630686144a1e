"""What is left of the template: alternatives not chosen, slots not filled, instructions not taken out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

import regex
from fiscal_patterns.facts import Amount, Delta, Fact, Reason
from fiscal_patterns.lexicon import one_of
from fiscal_patterns.sections import Block

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome, Severity
from fiscal_facts.checks.outcomes import consistent, inconsistent

ALTERNATIVES = Code(
    "template.alternatives",
    "error",
    "模板里的两种说法都留着，没有选定：增加（减少）、小于（大于）、大小于",
    "公务接待费支出较上年增加（减少）0万元，增长（下降）0%。",
    "公务接待费支出较上年增加0.30万元（含减少外宾接待0.10万元），增长5%。",
)
EMPTY_REASON = Code(
    "template.empty_reason",
    "error",
    "写了“原因是”，原因却是（无）或空括号",
    "教育支出年初预算为0元，支出决算为0元，决算数等于预算数，主要原因是（无）。",
    "教育支出决算为0元，决算数等于预算数，主要原因是本年未安排。存在问题：无。",
)
ZERO_REASON = Code(
    "template.reason_for_zero",
    "warning",
    "两年都是零，却说明了增减的原因",
    "公务接待费支出0万元，较上年增加0万元，增长0%，主要原因是来访人员增加。",
    "公务接待费支出0万元，与上年持平，主要原因是两年均未安排接待。",
)
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

CODES: tuple[Code, ...] = (
    ALTERNATIVES, EMPTY_REASON, ZERO_REASON, EMPTY_SLOT, PLACEHOLDER, INSTRUCTION, CUT_WORD, EMPTY_FIELD, EMPTY_PURPOSE,
)  # fmt: skip

# 盈余（亏损） and the like are names of items, not alternatives.
_SENSES = {
    "up": ("增加", "增长", "上升", "提高", "增", "增多", "大于", "高于", "多于", "超过", "超出", "净增加"),
    "down": ("减少", "降低", "下降", "减", "压减", "压缩", "回落", "小于", "低于", "少于", "净减少"),
    "same": ("等于", "持平", "不变", "无变化", "一致"),
    "there": ("有",),
    "none": ("无",),
}
_SENSE = {word: sense for sense, words in _SENSES.items() for word in words}
_WORD = one_of(_SENSE)
_JOIN = r"[、,，/／或]{1,2}"
# In brackets: the other alternative (增加（减少）), or all of them (（增加/减少）).
_BRACKETED = regex.compile(rf"\s?[(（【\[]或?(?P<inside>{_WORD}(?:{_JOIN}{_WORD}){{0,3}})[)）】\]]")
_BEFORE = regex.compile(rf"(?:{_WORD})$")
_LONGEST = 4  # 净增加, 无变化
# Side by side before a figure, or fused: 增加/减少0万元, 决算数大小于预算数.
_FUSED = regex.compile(
    r"(?:增加|增长|上升|提高|减少|下降|降低)[/／](?:减少|下降|降低|增加|增长|上升|提高)(?=的?(?:主要)?原因|[\dXx×])"
    r"|(?:增加减少|减少增加|增长下降|下降增长|上升下降)(?=\d)|大小于|大于小于|小于大于|高低于"
)
# Between two alternatives of one statement: 0元,; and what still belongs to it behind the last: 0%, 的主要原因是（无）.
_BETWEEN = regex.compile(r"[\d.,，\s%亿万千元人次辆个-]{0,24}")
_FIGURE = regex.compile(r"-?\d[\d.,]{0,20}+(?:%|[亿万千]{0,2}元|人次|辆|个|人|批次)?")
_REASON_BEHIND = regex.compile(r"(?:预算数|决算数)?的?(?:主要)?(?:变动)?原因(?:是|为)?[:：]?")
# Alternatives in a heading, a table, a contents list or a definition name what may be: 本年增加（减少）额.
_SILENT = frozenset(("heading", "contents", "definition", "caption", "page"))


def _block(evidence: Evidence, position: int) -> Block | None:
    at = bisect_right(evidence.outline.blocks, position, key=lambda block: block.start) - 1
    return evidence.outline.blocks[at] if at >= 0 else None


def _in_prose(evidence: Evidence, position: int) -> bool:
    """Whether a clean position is in a paragraph, or in a cell that holds sentences."""
    block = _block(evidence, position)
    if block is None or block.kind in _SILENT:
        return False
    if block.kind != "table":
        return True
    cells = evidence.tables.sentences
    at = bisect_right(cells, position, key=lambda sentence: sentence.start) - 1
    return at >= 0 and position < cells[at].end


def alternatives(evidence: Evidence) -> Iterator[Outcome]:
    """One finding for the alternatives of one statement: 增加（减少）0元，增长（降低）0%."""
    yield from (consistent(ALTERNATIVES) for delta in evidence.deltas if not delta.template)
    reasons = {reason.span.start: reason for reason in evidence.reasons if reason.placeholder}
    for start, end in _statements(evidence.document.clean, _marks(evidence)):
        span = evidence.document.span(start, end)
        delta = next((found for found in _deltas_at(evidence, start) if found.span.start <= span.start), None)
        place = delta if delta and delta.span.end >= span.end else span
        reason = next((reasons[at] for at in range(span.end, span.end + 12) if at in reasons), None)
        places = (place, *([reason] if reason and _announced(evidence, end, reason) else []))
        words = place.clean if isinstance(place, Delta) else evidence.document.clean[start:end]
        yield inconsistent(ALTERNATIVES, f"“{words}”：模板的两种说法都留着，没有选定", places, printed=words)


def _announced(evidence: Evidence, end: int, reason: Reason) -> bool:
    """Whether the reason follows at once: 减少（增加）的主要原因是（无）."""
    behind = _REASON_BEHIND.match(evidence.document.clean, end)
    return behind is not None and evidence.document.source(behind.end()) == reason.span.start


def _deltas_at(evidence: Evidence, position: int) -> list[Delta]:
    received = evidence.document.source(position)
    return [delta for delta in evidence.deltas if delta.template and delta.span.start <= received < delta.span.end]


def _marks(evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Clean ranges of unresolved alternatives in prose, in order."""
    clean = evidence.document.clean
    found = [mark.span() for mark in _FUSED.finditer(clean)]
    for mark in _BRACKETED.finditer(clean):
        senses = {_SENSE[word] for word in regex.split(_JOIN, mark["inside"])}
        before = _BEFORE.search(clean, max(0, mark.start() - _LONGEST), mark.start())
        if before and _SENSE[before.group()] not in senses:
            found.append((before.start(), mark.end()))
        elif len(senses) > 1 and _FIGURE.match(clean, mark.end()):
            found.append(mark.span())
    return (mark for mark in sorted(found) if _in_prose(evidence, mark[0]))


def _statements(clean: str, marks: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Marks of one statement put together, with the figure behind the last."""
    first = last = -1
    for start, end in marks:
        if first >= 0 and _BETWEEN.fullmatch(clean, last, start):
            last = end
            continue
        if first >= 0:
            yield first, _with_figure(clean, last)
        first, last = start, end
    if first >= 0:
        yield first, _with_figure(clean, last)


def _with_figure(clean: str, end: int) -> int:
    figure = _FIGURE.match(clean, end)
    return figure.end() if figure else end


def empty_reasons(evidence: Evidence) -> Iterator[Outcome]:
    """（无） where a reason should stand; one that alternatives announce is found with them."""
    clean = evidence.document.clean
    for reason in evidence.reasons:
        if not reason.placeholder:
            yield consistent(EMPTY_REASON)
        elif not _BRACKETED.search(reason.cue or ""):
            cue = reason.cue or ""
            moved = any(_moves(evidence, evidence.by_id.get(found)) for found in reason.explains)
            what = "变动不为零，" if moved else ""
            message = f"“{cue}{reason.span.text}”：{what}没有写出原因"
            yield inconsistent(EMPTY_REASON, message, (reason,), printed=reason.span.text)
    for mark in _PURPOSE.finditer(clean):
        span = evidence.document.span(*mark.span())
        yield inconsistent(EMPTY_PURPOSE, f"“{mark.group()}”：没有写出用途", (span,), printed=mark.group())


_PURPOSE = regex.compile(r"主要用于[:：]?(?:[(（]无?[)）]|无(?=[。;；]))")


def _moves(evidence: Evidence, fact: Fact | None) -> bool:
    """Whether what is explained is a change by more than nothing."""
    if not isinstance(fact, Delta) or fact.template:
        return False
    amount, rate = evidence.amount(fact.amount), evidence.percentage(fact.rate)
    return any(figure is not None and figure.value != 0 for figure in (amount, rate))


# A reason that tells of a rise or fall; 未增加, 无变化 and 严格控制 explain why nothing stands there.
_TELLS_CHANGE = regex.compile(
    r"(?<![未无没不])(?<!没有|并未|不再)(?:增加|增长|上升|提高|减少|下降|降低|压减|压缩|缩减|上涨|下调|新增)(?!变化|变动)"
)


def reasons_for_zero(evidence: Evidence) -> Iterator[Outcome]:
    """A change of nothing from nothing whose reason tells of a rise or fall."""
    for delta in evidence.deltas:
        reasons = [reason for reason in evidence.explained.get(delta.id, ()) if not reason.placeholder]
        if not reasons or not _nothing(evidence, delta):
            continue
        told = next((reason for reason in reasons if _TELLS_CHANGE.search(reason.clean)), None)
        if told is None or any(not _is_zero(evidence, found) for found in told.explains):
            yield consistent(ZERO_REASON)
        else:
            message = f"“{delta.clean}”：两年都是零，没有变动，却写了增减的原因“{told.clean}”"
            mild: Severity | None = "note" if delta.direction == "unchanged" else None
            yield inconsistent(ZERO_REASON, message, (told, delta), printed=told.clean, severity=mild)


def _is_zero(evidence: Evidence, identity: str) -> bool:
    fact = evidence.by_id.get(identity)
    return _nothing(evidence, fact) if isinstance(fact, Delta) else isinstance(fact, Amount) and fact.value == 0


def _nothing(evidence: Evidence, delta: Delta) -> bool:
    """Whether a change is printed as zero (or as none) and its present level as zero."""
    if delta.template or not delta.current:
        return False
    levels = [evidence.figure(level) for level in delta.current]
    amount, rate = evidence.amount(delta.amount), evidence.percentage(delta.rate)
    still = delta.direction == "unchanged" or (amount is not None and amount.value == 0)
    return (
        still
        and all(level is not None and level.value == 0 for level in levels)
        and all(figure is None or figure.value == 0 for figure in (amount, rate))
    )


_EMPTY_SLOT = regex.compile(
    r"(?:占|增长|下降|增加|减少|降低|上升|提高)%(?=[,，。;；、:：)）\s]|$)"
    r"|(?:占(?:比|总支出|本年支出合计|本年收入合计|总收入)?的|完成(?:年初|调整|全年|年度)?预算的?)%(?=[,，。;；、\s]|$)"
    r"|(?:增加|减少|上升|下降|节约|(?<!单位[:：]?)(?:收入|支出|决算|预算|合计|总计|共计|决算数|预算数|金额)(?:总额)?为?)"
    r"(?:万元|亿元)(?=[,，。;；])"
    r"|(?:截至|截止|时间为)年月(?:日|底|末)|(?<=\p{Han})_{2,}+\s?(?:万元|亿元|元|%|个|辆|批次|人次|人|台|年|月|日)",
    regex.MULTILINE,
)
_EMPTY_BRACKETS = regex.compile(r"(?<=\p{Han}[”》]?)[(（]\s*[)）](?=[,，。;；\p{Han}])")
_PLACEHOLDER = regex.compile(
    r"(?<![A-Za-z\d×*-])(?:[Xx]{2,6}+|[×*]{2,6}+)\s?(?:万元|亿元|元|%|个|人|辆|批次|人次|年|月|日)"
    r"|(?<=\p{Han})[Xx](?:万元|亿元|%)|(?<![\dA-Za-z])[Xx×]月[Xx×]日|(?<!\d)20[Xx×*]{2}年"
    r"|此处(?:填写|插入|填报|请填|说明)|[(（]请(?:填写|说明|补充)[^()（）]{0,40}[)）]|[(（]?待(?:填写|补充完善)[)）]"
    r"|[(（](?:单位|部门)名称[)）](?=\d|\p{Han})"
)
# Names may be left out on purpose (an audit notice), figures not.
_UNNAMED = regex.compile(r"(?<![A-Za-z\d×*-])(?:[Xx]{2,6}+|[×*]{2,6}+)(?:部门|单位|局|委|中心|项目|工作|原因|市|县|区)")
_INSTRUCTION = regex.compile(
    r"[(（](?:按|参照|请按)(?!规定|要求)[^()（）。]{2,30}(?:说明|填列|填写|填报|列示|填列到[类款项]级科目)[)）]"
    r"|[(（](?:备注|注|说明|提示)[:：]?(?:此|该|本|上述)(?:数据|数|处|表|项)[^()（）]{2,60}(?:一致|相同|取数|填列|填写|提取)[)）]"
    r"|[(（](?:如有|若有|如无|若无|如没有|若没有|没有的|无此项)[^()（）]{0,30}(?:说明|填写|填列|写明|删除|列示|填|写)(?:[“\"][^“”\"]{1,20}[”\"])?[)）]"
)
_CUT_WORD = regex.compile(r"(?:支出|收入)决(?=\d)|(?:支出|收入)预(?=\d)")
_EMPTY_FIELD = regex.compile(
    r"^(?:公开)?(?:部门|单位|编制单位|填报单位|编报单位)(?:名称)?[:：](?=\s*$|\t)", regex.MULTILINE
)


def slots(evidence: Evidence) -> Iterator[Outcome]:
    """Slots without a figure, placeholders, instructions and cut words, wherever prose holds them."""
    yield from _found(evidence, EMPTY_SLOT, _EMPTY_SLOT, "该填数字的地方是空的")
    yield from _found(evidence, EMPTY_SLOT, _EMPTY_BRACKETS, "括号里是空的", "note")
    yield from _found(evidence, PLACEHOLDER, _PLACEHOLDER, "占位的文字没有换掉")
    yield from _found(evidence, PLACEHOLDER, _UNNAMED, "占位的文字没有换掉", "warning")
    yield from _found(evidence, CUT_WORD, _CUT_WORD, "词不完整，少了字")
    for mark in _INSTRUCTION.finditer(evidence.document.clean):
        block = _block(evidence, mark.start())
        if block and block.kind not in ("contents", "definition"):
            mild: Severity | None = "note" if block.kind in ("heading", "table") else None
            span = evidence.document.span(*mark.span())
            message = f"“{mark.group()}”：填写说明留在正文里"
            yield inconsistent(INSTRUCTION, message, (span,), printed=mark.group(), severity=mild)


def _found(
    evidence: Evidence, code: Code, pattern: regex.Pattern[str], says: str, severity: Severity | None = None
) -> Iterator[Outcome]:
    for mark in pattern.finditer(evidence.document.clean):
        if _in_prose(evidence, mark.start()) and not _is_reason(evidence, mark.start()):
            span = evidence.document.span(*mark.span())
            yield inconsistent(code, f"“{mark.group()}”：{says}", (span,), printed=mark.group(), severity=severity)


def _is_reason(evidence: Evidence, position: int) -> bool:
    """Whether empty brackets stand for a reason: then they are found as such."""
    received = evidence.document.source(position)
    return evidence.document.clean[position] in "(（" and any(
        reason.placeholder and reason.span.start == received for reason in evidence.reasons
    )


def fields(evidence: Evidence) -> Iterator[Outcome]:
    """Heads of tables that name no body: one finding for all of them."""
    clean = evidence.document.clean
    found = [evidence.document.span(*mark.span()) for mark in _EMPTY_FIELD.finditer(clean)]
    if found:
        message = f"表头“{found[0].text}”后面是空的，共{len(found)}处"
        yield inconsistent(EMPTY_FIELD, message, found, printed=found[0].text)


CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (
    alternatives,
    empty_reasons,
    reasons_for_zero,
    slots,
    fields,
)
