"""Moves put together: amount with rate, lists pairwise; and which words without a number state a change."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

import regex

from fiscal_patterns.delta.bases import Base
from fiscal_patterns.delta.moves import Move, Numbers
from fiscal_patterns.facts import Direction
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.lexicon import one_of, read_words, table
from fiscal_patterns.records import record


@record
class Draft:
    """A change with its numbers and its base, not yet with what changed."""

    start: int
    end: int
    move: Move
    direction: Direction
    template: bool
    base: Base | None
    amount: Labelled | None = None
    rate: Labelled | None = None


# How far a base is carried inside a sentence. 与2023年相比 governs five parts of a ； list in the longest seen: 212.
_CARRIED = 400
# A base that a ； parts from a move, without a list that it opens: 较上年同期下降1.7%;非税收入增长9.4%.
_PARTED = regex.compile(r"[^;；:：]{1,400}[;；]")
_DEGREE = one_of(table("delta", "degree"))
# Between an amount and its rate: 减少35.60,41.20万元,各下降1.71%,1.96%; 增加5万元（同比增长3%）; 增加5万元（因追加资金）,增长3%.
_LINK = regex.compile(
    r"(?:[(（][^()（）]{2,60}[)）](?=[,，]))?[,，、(（]?(?:并|且|也)?(?:同比|[比较](?:上年度?|去年))?(?:各|均|共|约|仅|分别)*+"
)
# A rate that repeats no word of change: 超概算620万元,超概比例逾一成; 减少2万元（3%）.
_TRAILING = regex.compile(
    r"[,，(（](?P<noun>(?:超概|超支|增减|变动|变化|增长|下降|降低|上升)(?:比例|幅度|率))?(?:为|达)?(?:约|近|逾|超过?)?"
)
_PAIRED = regex.compile(r"(?:分别|各)\p{Han}{0,2}$")
_REASON = regex.compile(r"原因|由于|因为|主要[是系因]|(?<![公病此素而基原])因(?![公此素私而])")
_RESTATED = regex.compile(r"(?:的|了)?(?:主要|变动|增减变化){0,3}(?:原因|是因为)|的情况|的是")
_FORBIDDEN = regex.compile(r"(?:严禁|不得|禁止|杜绝|防止|避免|控制|是否|不能|不可|如|若|凡|将|[不无])\p{Han}{0,3}$")
_OFF_BUDGET = regex.compile(r"[超短多少][收支]")
BETWEEN = regex.compile(rf"(?:的|相比|总体|均|都|也|各|分别|基本|大体|保持|{_DEGREE}|略|微|净|仅)*+")
# An aim is no change (确保增长6%的目标), nor a rank (提升2个位次), nor what purchasing saved (节约 without a base).
# 教育支出8.26亿元,增4.1%: a bare 增 or 降 right behind a level.
_BEHIND_LEVEL = regex.compile(r"\d\s?(?:[万亿]?元[,，(（]?|[^\W\d]{1,3}[,，(（])同?比?[增降减]$")
_AIM = regex.compile(r"(?:以上|左右)?的?(?:预期|年度|增长)?目标|个?(?:位次|名次|位(?!数)|等次)")
_HOPE = regex.compile(r"(?:预期|力争|争取|确保)\p{Han}{0,2}$")
_WEAK = read_words("delta")["weak"]["decrease"]
_NAMED = read_words("delta")["named"]["increase"]
_AFTER_COMMA = regex.compile(rf"[,，][^,，。;；\d]{{0,24}}?(?:均|都|也|各|{_DEGREE})*")
_FROM = regex.compile(r"[由从][^,，。;；]{0,40}\d[^,，。;；]{0,20}$")


def join(clean: str, moves: list[Move], bases: list[Base], numbers: Numbers) -> list[Draft]:
    """The changes that ``moves`` of one sentence state, in order."""
    drafts: list[Draft] = []
    other: Move | None = None
    for run in _runs(clean, moves):
        if drafts and _same_slot(clean, drafts[-1], run[0]):
            drafts[-1] = replace(drafts[-1], end=run[0].end)
        elif not _pair(clean, drafts, run, bases):
            for move in run:
                drafts += _drafts(clean, move, bases, other)
                other = move
        other = run[-1]
    return [_with_trailing_rate(clean, draft, numbers) for draft in drafts]


def _same_slot(clean: str, draft: Draft, move: Move) -> bool:
    """Whether an empty rate follows an empty amount: 增加（减少）万元,增长（下降）%."""
    empty = draft.move.form == move.form == "figure" and not draft.move.quantities and not move.quantities
    return empty and _LINK.fullmatch(clean, draft.end, move.start) is not None


def _runs(clean: str, moves: list[Move]) -> list[list[Move]]:
    """Moves in runs: rates joined by list marks stand together (下降3.8%、增长6.1%和下降0.9%), else each alone."""
    runs: list[list[Move]] = []
    for move in moves:
        before = runs[-1][-1] if runs else None
        if (
            before
            and _is_rate(before)
            and _is_rate(move)
            and clean[before.end : move.start] in ("、", "和", "及", "与")
        ):
            runs[-1].append(move)
        else:
            runs.append([move])
    return runs


def _is_rate(move: Move) -> bool:
    return move.form == "figure" and bool(move.quantities) and move.quantities[0].quantity.kind == "percentage"


def _pair(clean: str, drafts: list[Draft], run: list[Move], bases: list[Base]) -> bool:
    """Give a run of rates, or one amount after its rate, to the drafts before it one to one; False where it stands alone."""
    given = [(move, number) for move in run for number in move.quantities]
    count = len(given)
    if not count or len(drafts) < count or run[0].form != "figure":
        return False
    fits = _takes_rates if _is_rate(run[0]) else _takes_amount
    if not fits(drafts[-count:], run[0]) or not _linked(clean, drafts[-count:], run[0], count, bases):
        return False
    for index, (move, number) in enumerate(given, len(drafts) - count):
        drafts[index] = _with(drafts[index], number, move.template)
    return True


def _takes_rates(drafts: list[Draft], _first: Move) -> bool:
    return all(
        draft.amount and not draft.rate and draft.move.form in ("figure", "short", "comparison") for draft in drafts
    )


def _takes_amount(drafts: list[Draft], first: Move) -> bool:
    """增长58%,增加了5万元: only one, in the same direction."""
    last = drafts[-1]
    return len(drafts) == 1 and last.rate is not None and not last.amount and last.direction == first.direction


def _linked(clean: str, drafts: list[Draft], first: Move, count: int, bases: list[Base]) -> bool:
    """Whether nothing but a comma and 同比/各/分别 stands between, and no other base.

    超收12.4亿元 takes no rate: 增长5.5% behind it compares with the year before.
    """
    last = drafts[-1]
    if _OFF_BUDGET.match(clean, last.start):
        return False
    between = clean[last.end : first.start]
    at = bisect_right(bases, first.start, key=_end)
    new = bases[at - 1] if at and bases[at - 1].start >= last.end else None
    if not _LINK.fullmatch(between) or (new and last.base and new.basis != last.base.basis):
        return False
    return count == 1 or _PAIRED.search(between) is not None or len(drafts[0].move.quantities) == count


def _with(draft: Draft, number: Labelled, template: bool = False) -> Draft:
    """``draft`` with one more number."""
    end, template = number.quantity.end, template or draft.template
    rate = number.quantity.kind == "percentage"
    return Draft(
        draft.start,
        end,
        draft.move,
        draft.direction,
        template,
        draft.base,
        draft.amount if rate else number,
        number if rate else draft.rate,
    )


def _drafts(clean: str, move: Move, bases: list[Base], other: Move | None) -> list[Draft]:
    base = move.base or _base_before(clean, move, bases)
    draft = Draft(move.start, move.end, move, move.direction, move.template, base)
    if move.form == "reached":
        return [draft] if base or _FROM.search(clean, max(0, move.start - 70), move.start) else []
    if not move.quantities:
        return [draft] if move.form == "figure" or _states(clean, move, base, other) else []
    if move.form == "short" and base is None and _BEHIND_LEVEL.search(clean, max(0, move.start - 9), move.after):
        return [_with(draft, number) for number in move.quantities if number.quantity.kind == "percentage"]
    if move.form in ("object", "short") and not (base and BETWEEN.fullmatch(clean, base.end, move.start)):
        return []
    if _no_change(clean, move, base):
        return []
    return [_with(draft, number) for number in move.quantities]


def _no_change(clean: str, move: Move, base: Base | None) -> bool:
    """Whether the number is an aim, a rank or a saving and no change."""
    if move.quantities[0].quantity.unit == "位" or _AIM.match(clean, move.end):
        return True
    hoped = _HOPE.search(clean, max(0, move.start - 6), move.start) is not None
    if hoped or base is not None:
        return hoped
    named = (
        move.quantities[0].quantity.kind == "amount" and clean[move.start : move.quantities[0].quantity.start] in _NAMED
    )
    return named or clean[move.start : move.after] in _WEAK


def _end(base: Base) -> int:
    return base.end


def _base_before(clean: str, move: Move, bases: list[Base]) -> Base | None:
    """The nearest base named before the move, unless a reason begins in between or 超收 has taken it.

    比年初预算超收12.4亿元,增长5.5%: the growth is that over the year before.
    """
    at = bisect_right(bases, move.start, key=_end)
    base = bases[at - 1] if at else None
    if base is None or move.start - base.end > _CARRIED or _REASON.search(clean, base.end, move.start):
        return None
    if base.basis not in ("previous_year", "other") and not base.closed and _PARTED.match(clean, base.end, move.start):
        return None
    return None if _OFF_BUDGET.search(clean, base.end, move.start) else base


def _states(clean: str, move: Move, base: Base | None, other: Move | None) -> bool:
    """Whether a word without a number states a change: 持平 does, others where their base leads up to them.

    ``other`` is the move before it: a base that it has used does not lead up to this one.
    """
    if move.form == "comparison":
        return not _FORBIDDEN.search(clean, max(0, move.start - 8), move.start)
    if move.form == "unchanged" and base is None:
        return not _RESTATED.match(clean, move.after)
    if base is None or move.template:
        return False
    if move.form == "unchanged":
        return True
    if other and base.end <= other.start:
        return False
    between = clean[base.end : move.start]
    return bool(BETWEEN.fullmatch(between) or (base.closed and _AFTER_COMMA.fullmatch(between)))


def _with_trailing_rate(clean: str, draft: Draft, numbers: Numbers) -> Draft:
    if draft.amount is None or draft.rate is not None or draft.end != draft.amount.quantity.end:
        return draft
    link = _TRAILING.match(clean, draft.end)
    rate = numbers.get(link.end()) if link else None
    if (
        link is None
        or rate is None
        or rate.quantity.kind != "percentage"
        or not (link["noun"] or rate.kind == "growth")
    ):
        return draft
    return _with(draft, rate)
