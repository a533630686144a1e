"""What is left of the template: alternatives not chosen, slots not filled, instructions not taken out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import chain

import regex
from fiscal_patterns.facts import Amount, Delta, Fact, Reason
from fiscal_patterns.lexicon import one_of

from fiscal_facts.checks import slots
from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome, Severity
from fiscal_facts.checks.outcomes import consistent, inconsistent
from fiscal_facts.checks.places import in_prose

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
_INSIDE = rf"或?(?P<inside>{_WORD}(?:{_JOIN}{_WORD}){{0,3}})[)）】\]](?!情况|变化|变动|额|趋势)"
# One for each opening: a search for one character is several times as fast as for any of them.
_BRACKETED = tuple(regex.compile(opening + _INSIDE) for opening in (r"\(", "（", "【", r"\["))
_BEFORE = regex.compile(rf"(?P<word>{_WORD})\s?$")
_LONGEST = 5  # 净增加, 无变化, and a space
# Side by side before a figure, or fused: 增加/减少0万元, 决算数大小于预算数.
_FUSED = regex.compile(
    r"(?:增加|增长|上升|提高|减少|下降|降低)[/／或](?:减少|下降|降低|增加|增长|上升|提高)(?=的?(?:主要)?原因|[\dXx×])"
    r"|(?:增加减少|减少增加|增长下降|下降增长|上升下降)(?=\d)|大小于|大于小于|小于大于|高低于"
)
# Between two alternatives of one statement: 0元,; and what still belongs to it behind the last: 0%, 的主要原因是（无）.
_BETWEEN = regex.compile(r"[\d.,，\s%亿万千元人次辆个-]{0,24}")
_FIGURE = regex.compile(r"-?\d[\d.,]{0,20}+(?:%|[亿万千]{0,2}元|人次|辆|个|人|批次)?")
_REASON_BEHIND = regex.compile(r"(?:预算数|决算数)?的?(?:主要)?(?:变动)?原因(?:是|为)?[:：]?")


def alternatives(evidence: Evidence) -> Iterator[Outcome]:
    """One finding for the alternatives of one statement: 增加（减少）0元，增长（降低）0%."""
    yield from (consistent(ALTERNATIVES) for delta in evidence.deltas if not delta.template)
    reasons = {reason.span.start: reason for reason in evidence.reasons if reason.placeholder}
    deltas = [delta for delta in evidence.deltas if delta.template]
    for start, end in _statements(evidence.document.clean, _marks(evidence)):
        span = evidence.document.span(start, end)
        delta = _at(deltas, span.start)
        place = delta if delta and delta.span.end >= span.end else span
        reason = next((reasons[at] for at in range(span.end, span.end + 12) if at in reasons), None)
        places = (place, *([reason] if reason and _announced(evidence, end, reason) else []))
        words = place.clean if isinstance(place, Delta) else evidence.document.clean[start:end]
        yield inconsistent(ALTERNATIVES, f"“{words}”：模板的两种说法都留着，没有选定。", places, printed=words)


def _announced(evidence: Evidence, end: int, reason: Reason) -> bool:
    """Whether the reason follows at once: 减少（增加）的主要原因是（无）."""
    behind = _REASON_BEHIND.match(evidence.document.clean, end)
    return behind is not None and evidence.document.source(behind.end()) == reason.span.start


def _at(deltas: list[Delta], position: int) -> Delta | None:
    """The delta that holds a received position."""
    last = bisect_right(deltas, position, key=lambda delta: delta.span.start) - 1
    return deltas[last] if last >= 0 and position < deltas[last].span.end else None


def _marks(evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Clean ranges of unresolved alternatives in prose, in order."""
    clean = evidence.document.clean
    found = [mark.span() for mark in _FUSED.finditer(clean)]
    for mark in chain.from_iterable(shape.finditer(clean) for shape in _BRACKETED):
        senses = {_SENSE[word] for word in regex.split(_JOIN, mark["inside"])}
        before = _BEFORE.search(clean, max(0, mark.start() - _LONGEST), mark.start())
        if before and _SENSE[before["word"]] not in senses:
            found.append((before.start(), mark.end()))
        elif len(senses) > 1 and _FIGURE.match(clean, mark.end()):
            found.append(mark.span())
    return (mark for mark in sorted(found) if in_prose(evidence, mark[0]))


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
    for reason in evidence.reasons:
        if not reason.placeholder:
            yield consistent(EMPTY_REASON)
        elif not any(shape.search(reason.cue or "") for shape in _BRACKETED):
            cue = reason.cue or ""
            moved = any(_moves(evidence, evidence.by_id.get(found)) for found in reason.explains)
            what = "变动不为零，" if moved else ""
            message = f"“{cue}{reason.span.text}”：{what}没有写出原因。"
            yield inconsistent(EMPTY_REASON, message, (reason,), printed=reason.span.text)


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
            message = f"“{delta.clean}”：两年都是零，没有变动，却写了增减的原因“{told.clean}”。"
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


CODES: tuple[Code, ...] = (ALTERNATIVES, EMPTY_REASON, ZERO_REASON, *slots.CODES)
CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (
    alternatives,
    empty_reasons,
    reasons_for_zero,
    *slots.CHECKS,
)
