"""Moves put together: amount with rate, lists pairwise, a level reached with how far."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

import regex

from fiscal_patterns.delta.bases import INNER, Base, inner_base
from fiscal_patterns.delta.moves import Move, Numbers
from fiscal_patterns.delta.stated import WEAK, is_no_change, leads_to, states
from fiscal_patterns.facts import Direction
from fiscal_patterns.label.nouns import Labelled
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
# Between an amount and its rate: 减少35.60,41.20万元,各下降1.71%,1.96%; 增加5万元（同比增长3%）; 增加5万元（因追加资金）,增长3%.
_LINK = regex.compile(
    r"(?:[(（][^()（）]{2,60}[)）](?=[,，]))?[,，、(（]?(?:并|且|也)?(?:同比|[比较](?:上年度?|去年))?(?:各|均|共|约|仅|分别)*+"
)
# A rate that repeats no word of change: 超概算620万元,超概比例逾一成; 减少2万元（3%）.
_TRAILING = regex.compile(
    r"[,，(（](?P<noun>(?:超概|超支|增减|变动|变化|增长|下降|降低|上升)(?:比例|幅度|率))?(?:为|达)?(?:约|近|逾|超过?)?"
)
_COUNTED = ("figure", "object", "short", "comparison", "reached")
_DASHES = frozenset("-~—–")
_LONGEST_LIST = 12  # changes that one word governs
_PAIRED = regex.compile(r"(?:分别|各)\p{Han}{0,2}$")
_REASON = regex.compile(r"原因|由于|因为|主要[是系因]|(?<![公病此素而基原])因(?![公此素私而])")
_OFF_BUDGET = regex.compile(r"[超短多少][收支]")
# 教育支出8.26亿元,增4.1%: a bare 增 or 降 right behind a level.
_BEHIND_LEVEL = regex.compile(r"\d\s?(?:[万亿]?元[,，(（]?|[^\W\d]{1,3}[,，(（])同?比?[增降减]$")
_FROM_REACH = 70  # how far 由 stands before the word that reaches a level
# 由年初的121.5万元减少到: the base of a level reached.
_FROM_BASE = regex.compile(rf"[由从]{INNER}(?:的|为)?(?=约?\d)")
_WITHIN = r"(?:[^,，;；。]|(?<=\d)[,，](?=\d{3}(?!\d)))"  # of one clause; 1,380元 does not end it
_MOVED = regex.compile(
    rf"[由从]{_WITHIN}{{1,30}}(?:调整|变更|变动|变)?(?:为|到|至|成)[\d.,]{{1,16}}\p{{Han}}{{1,3}}[,，]$"
)
_PARTS = regex.compile(r"[;；]|(?<!\d)[,，]|[,，](?!\d{3})")
_FROM = regex.compile(rf"[由从]{_WITHIN}{{0,40}}\d{_WITHIN}{{0,20}}$")


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
    return [_over_range(clean, _with_trailing_rate(clean, draft, numbers), numbers) for draft in drafts]


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
    return move.form in ("figure", "short") and bool(move.quantities) and _rates(move.quantities[0])


def _rates(number: Labelled) -> bool:
    """Whether the number is a rate of change: percent, points, or 倍."""
    return number.quantity.kind == "percentage" or number.quantity.unit == "倍"


def _pair(clean: str, drafts: list[Draft], run: list[Move], bases: list[Base]) -> bool:
    """Give a run of rates, or one amount after its rate, to the drafts before it one to one; False where it stands alone."""
    given = [(move, number) for move in run for number in move.quantities]
    count = len(given)
    if (count == 1 and _shared_rate(clean, drafts, run[0])) or _extends(clean, drafts, run[0], bases):
        return True
    if not count or len(drafts) < count or not (run[0].form == "figure" or _is_rate(run[0])):
        return False
    fits = _takes_rates if _is_rate(run[0]) else _takes_amount
    if not fits(drafts[-count:], run[0]) or not _linked(clean, drafts[-count:], run[0], count, bases):
        return False
    for index, (move, number) in enumerate(given, len(drafts) - count):
        drafts[index] = _with(drafts[index], number, move.template)
    return True


def _shared_rate(clean: str, drafts: list[Draft], move: Move) -> bool:
    """Give the one rate behind paired amounts to each of them: 分别减少3万元、5万元,均下降2%; the spans stay apart."""
    paired = [draft for draft in drafts[-_LONGEST_LIST:] if draft.move is drafts[-1].move]
    if len(paired) < len("甲乙") or not _is_rate(move) or paired[-1].rate or not paired[-1].amount:
        return False
    if paired[0].direction != move.direction or not _LINK.fullmatch(clean, paired[-1].end, move.start):
        return False
    drafts[-len(paired) :] = [replace(draft, rate=move.quantities[0]) for draft in paired]
    return True


def _extends(clean: str, drafts: list[Draft], move: Move, bases: list[Base]) -> bool:
    """Give a level reached the change that says how far it went: 由21%降至15.5%,下降5.5个百分点."""
    last = drafts[-1] if drafts else None
    if last is None or last.move.form != "reached" or last.amount or last.rate or len(move.quantities) != 1:
        return False
    if (
        move.form not in ("figure", "short")
        or last.direction != move.direction
        or not _LINK.fullmatch(clean, last.end, move.start)
    ):
        return False
    base = _base_before(clean, move, bases)
    near = base if base and base.start >= last.end else last.base
    drafts[-1] = replace(_with(last, move.quantities[0]), base=near)
    return True


def _takes_rates(drafts: list[Draft], _first: Move) -> bool:
    return all(draft.amount and not draft.rate and draft.move.form in _COUNTED for draft in drafts)


def _takes_amount(drafts: list[Draft], first: Move) -> bool:
    """增长58%,增加了5万元: only one, in the same direction."""
    last = drafts[-1]
    return len(drafts) == 1 and last.rate is not None and not last.amount and last.direction == first.direction


def _linked(clean: str, drafts: list[Draft], first: Move, count: int, bases: list[Base]) -> bool:
    """Whether nothing but a comma and 同比/各/分别 stands between, and no other base.

    超收12.4亿元 takes no rate: 增长5.5% behind it compares with the year before.
    """
    last = drafts[-1]
    if _OFF_BUDGET.match(clean, last.start) and not _against_year(clean, last):
        return False
    between = clean[last.end : first.start]
    at = bisect_right(bases, first.start, key=_end)
    new = bases[at - 1] if at and bases[at - 1].start >= last.end else None
    if not _LINK.fullmatch(between) or (new and last.base and new.basis != last.base.basis):
        return False
    return count == 1 or _PAIRED.search(between) is not None or len(drafts[0].move.quantities) == count


def _against_year(clean: str, draft: Draft) -> bool:
    """同比短收354万元: off what the year before had."""
    base = draft.base
    return base is not None and base.basis in ("previous_year", "same_period") and leads_to(clean, base, draft.start)


def _with(draft: Draft, number: Labelled, template: bool = False) -> Draft:
    """``draft`` with one more number."""
    end, template = number.quantity.end, template or draft.template
    rate = _rates(number)
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
    base = move.base or _moved_from(clean, move) or _base_before(clean, move, bases)
    draft = Draft(move.start, move.end, move, move.direction, move.template, base)
    if move.form == "reached":
        return _reached(clean, draft)
    if not move.quantities:
        return [draft] if move.form == "figure" or states(clean, move, base, other) else []
    if move.form == "short" and base is None and _BEHIND_LEVEL.search(clean, max(0, move.start - 9), move.after):
        return [_with(draft, number) for number in move.quantities if number.quantity.kind == "percentage"]
    if move.form in ("object", "short") and not (base and leads_to(clean, base, move.start)):
        own = move.form == "object" and move.quantities[0].role == "change"
        if not own or clean[move.start : move.after] in WEAK:
            return []
    if is_no_change(clean, move, base):
        return []
    return [_with(draft, number) for number in move.quantities]


def _moved_from(clean: str, move: Move) -> Base | None:
    """由年初的120万元调整为150万元,增加30万元: the base that 由 names in the clause before."""
    if clean[move.start - 1] not in ",，" or not (
        moved := _MOVED.search(clean, max(0, move.start - _FROM_REACH), move.start)
    ):
        return None
    found = _FROM_BASE.match(clean, moved.start(), move.start)
    return inner_base(clean, found) if found else None


def _reached(clean: str, draft: Draft) -> list[Draft]:
    """A level reached, against a base named before it or in its own 由."""
    start = draft.move.start
    found = list(_FROM_BASE.finditer(clean, max(0, start - _FROM_REACH), start))
    if found and not _PARTS.search(clean, found[-1].end(), start):
        return [replace(draft, base=inner_base(clean, found[-1]))]
    return [draft] if draft.base or _FROM.search(clean, max(0, start - _FROM_REACH), start) else []


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


def _over_range(clean: str, draft: Draft, numbers: Numbers) -> Draft:
    """压减5%-10%: the span takes in the high end."""
    low = draft.rate or draft.amount
    if low is None or low.quantity.end != draft.end or clean[draft.end : draft.end + 1] not in _DASHES:
        return draft
    high = numbers.get(draft.end + 1)
    fits = high is not None and high.quantity.kind == low.quantity.kind
    return replace(draft, end=high.quantity.end) if high and fits else draft


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
