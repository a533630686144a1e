"""Moves put together: amount with rate, lists pairwise; and which words without a number state a change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from fiscal_patterns.delta.bases import Base
from fiscal_patterns.delta.moves import Move, Numbers
from fiscal_patterns.facts import Direction
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.lexicon import one_of, table


@dataclass(frozen=True, slots=True)
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


_DEGREE = one_of(table("delta", "degree"))
# Between an amount and its rate: 减少35.60,41.20万元,各下降1.71%,1.96%; 增加5万元（同比增长3%）.
_LINK = regex.compile(r"[,，、(（]?(?:并|且|也)?(?:同比|[比较](?:上年度?|去年))?(?:各|均|共|约|仅|分别)*+")
# A rate that repeats no word of change: 超概算620万元,超概比例逾一成; 减少2万元（3%）.
_TRAILING = regex.compile(r"[,，(（](?:\p{Han}{0,4}(?:比例|幅度|率))?(?:为|达)?(?:约|近|逾|超过?)?")
_PAIRED = regex.compile(r"(?:分别|各)\p{Han}{0,2}$")
_REASON = regex.compile(r"原因|由于|因为|主要[是系因]|(?<![公病此素而基原])因(?![公此素私而])")
_RESTATED = regex.compile(r"(?:的|了)?(?:主要|变动|增减变化)*(?:原因|是因为)|的情况|的是")
_BETWEEN = regex.compile(rf"(?:的|相比|总体|均|都|也|各|{_DEGREE})*+")
_AFTER_COMMA = regex.compile(rf"[,，][^,，。;；\d]{{0,24}}?(?:均|都|也|各|{_DEGREE})*")
_FROM = regex.compile(r"[由从][^,，。;；]{0,40}\d[^,，。;；]{0,20}$")


def join(clean: str, moves: list[Move], bases: list[Base], numbers: Numbers) -> list[Draft]:
    """The changes that ``moves`` of one sentence state, in order."""
    drafts: list[Draft] = []
    for run in _runs(clean, moves):
        rates = [(move, number) for move in run for number in move.quantities]
        if not _pair(clean, drafts, run, rates, bases):
            for move in run:
                drafts += _drafts(clean, move, bases, moves)
    return [_with_trailing_rate(clean, draft, numbers) for draft in drafts]


def _runs(clean: str, moves: list[Move]) -> list[list[Move]]:
    """Moves in runs: rates joined by list marks stand together (下降3.8%、增长6.1%和下降0.9%), else each alone."""
    runs: list[list[Move]] = []
    for before, move in pairwise([None, *moves]):
        assert move is not None
        joined = (
            before
            and _is_rate(before)
            and _is_rate(move)
            and clean[before.end : move.start] in ("、", "和", "及", "与")
        )
        if joined:
            runs[-1].append(move)
        else:
            runs.append([move])
    return runs


def _is_rate(move: Move) -> bool:
    return move.form == "figure" and move.quantities[0].quantity.kind == "percentage"


def _pair(
    clean: str, drafts: list[Draft], run: list[Move], rates: list[tuple[Move, Labelled]], bases: list[Base]
) -> bool:
    """Give a run of rates (or an amount after its rate) to the drafts before it, one to one; False where it stands alone."""
    count, first = len(rates), run[0]
    if not count or len(drafts) < count or first.form != "figure":
        return False
    open_drafts = drafts[-count:]
    wanted = "rate" if _is_rate(first) else "amount"
    if any(getattr(draft, wanted) or draft.move.form not in ("figure", "comparison") for draft in open_drafts):
        return False
    if wanted == "amount" and (count > 1 or drafts[-1].direction != first.direction or not drafts[-1].rate):
        return False
    if wanted == "rate" and not all(draft.amount for draft in open_drafts):
        return False
    between = clean[drafts[-1].end : first.start]
    new_base = next((base for base in bases if drafts[-1].end <= base.start < first.start), None)
    if not _LINK.fullmatch(between) or (new_base and not _same(new_base, drafts[-1].base)):
        return False
    if count > 1 and not (_PAIRED.search(between) or len(open_drafts[0].move.quantities) == count):
        return False
    for index, (move, number) in enumerate(rates, len(drafts) - count):
        draft = drafts[index]
        template = draft.template or move.template
        drafts[index] = replace(draft, end=number.quantity.end, template=template, **{wanted: number})
    return True


def _same(new: Base, old: Base | None) -> bool:
    return old is None or new.basis == old.basis


def _drafts(clean: str, move: Move, bases: list[Base], moves: list[Move]) -> list[Draft]:
    base = move.base or _base_before(clean, move, bases)
    draft = Draft(move.start, move.end, move, move.direction, move.template, base)
    if move.form == "reached":
        return [draft] if base or _FROM.search(clean, max(0, move.start - 70), move.start) else []
    if not move.quantities:
        return [draft] if _states(clean, move, base, bases, moves) else []
    slot = "rate" if move.quantities[0].quantity.kind == "percentage" else "amount"
    return [replace(draft, end=number.quantity.end, **{slot: number}) for number in move.quantities]


def _base_before(clean: str, move: Move, bases: list[Base]) -> Base | None:
    """The nearest base named before the move, unless a reason begins in between."""
    base = next((base for base in reversed(bases) if base.end <= move.start), None)
    return base if base and not _REASON.search(clean, base.end, move.start) else None


def _states(clean: str, move: Move, base: Base | None, bases: list[Base], moves: list[Move]) -> bool:
    """Whether a word without a number states a change: 持平 does, others where their base leads up to them."""
    if move.form == "comparison":
        return True
    if move.form == "unchanged" and base is None:
        return not _RESTATED.match(clean, move.after)
    if base is None or move.template:
        return False
    if move.form == "unchanged":
        return True
    if any(base.end <= other.start < move.start for other in moves):
        return False
    between = clean[base.end : move.start]
    return bool(_BETWEEN.fullmatch(between) or (base.closed and _AFTER_COMMA.fullmatch(between)))


def _with_trailing_rate(clean: str, draft: Draft, numbers: Numbers) -> Draft:
    if draft.amount is None or draft.rate is not None or draft.end != draft.amount.quantity.end:
        return draft
    link = _TRAILING.match(clean, draft.end)
    rate = numbers.get(link.end()) if link else None
    if rate is None or rate.kind != "growth":
        return draft
    return replace(draft, end=rate.quantity.end, rate=rate)
