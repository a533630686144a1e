"""Role and stage of an amount, and the lists of parts that decide both."""

from __future__ import annotations

import regex

from fiscal_patterns.facts import Role, Stage
from fiscal_patterns.label.gap import Gap
from fiscal_patterns.label.labels import label, printed_plain
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.label.phrase import read
from fiscal_patterns.label.standing import Breakdown, Parts, Standing
from fiscal_patterns.quantity.nouns import Quantity


def settle_lists(standing: Standing, gap: Gap, words: str) -> None:
    """Close what the marks before a number close: brackets, lists at ；, reasons."""
    if gap.closed and standing.bracket is not None:
        standing.subject, standing.bracket = standing.bracket, None
        if standing.lists:
            standing.lists.pop()
    if gap.semicolon and not gap.enumerated:
        if standing.reason:
            standing.subject, standing.stated = standing.reason
            standing.reason = None
        if standing.lists and (standing.lists[-1].loose or len(standing.lists) > 1):
            standing.lists.pop()
    if gap.reason and not standing.reason:
        standing.reason = (standing.subject, standing.stated)


def open_list(standing: Standing, gap: Gap, start: int, inside: tuple[Quantity, ...], number: int) -> None:
    """Open a list of parts where the words before a number say so."""
    if gap.reason and not gap.head:
        return
    if gap.opened and standing.bracket is None and number:
        standing.bracket = standing.subject
        standing.lists.append(Parts(standing.level, standing.level_stage))
    elif gap.head:
        _open_under_head(standing, gap, start)
    elif gap.opener:
        _open(standing, gap, number)
    elif number == 0 and not standing.lists and (parts := _continued(standing, gap, inside)):
        standing.lists.append(parts)


def _open_under_head(standing: Standing, gap: Gap, start: int) -> None:
    """X支出决算中，: the list breaks down what the head names, not an amount."""
    assert gap.head is not None
    at, end = start + gap.head[0], start + gap.head[1]
    phrase = read(standing.document.clean[at:end], "amount")
    name = phrase.bare or phrase.name
    if name[1] > name[0]:
        whole = label(standing, (at + name[0], at + name[1]), inherited=True)
        standing.lists.append(Parts((whole,), _head_stage(standing, at, end)))


def _continued(standing: Standing, gap: Gap, inside: tuple[Quantity, ...]) -> Parts | None:
    """A list that goes on in a new sentence or paragraph without saying so."""
    breakdown, standing.breakdown = standing.breakdown, None
    if _shares_of_total(standing, inside):
        return Parts(standing.total, None)
    name = gap.phrase.name
    if inside[0].kind != "amount" or gap.own or name[0] or name[0] == name[1] or gap.phrase.turn:
        return None
    block = standing.block
    words = standing.document.clean[inside[0].start - name[1] : inside[0].start]
    if breakdown and _completes(breakdown, inside[0], words):
        return breakdown.parts
    if standing.parent and block and block.mark == block.start == inside[0].start - name[1] and _PART.search(words):
        parts, value = standing.parent
        return parts if inside[0].value <= value else None
    return None


_PART = regex.compile(r"(?:支出|费|经费|费用)(?:决算|预算)?(?:为)?$")


def _completes(breakdown: Breakdown, quantity: Quantity, words: str) -> bool:
    """Whether an amount is exactly what the parts so far leave of the whole; for zeros the names must be alike too."""
    if not breakdown.names or quantity.value != breakdown.rest:
        return False
    return bool(quantity.value) or (len(breakdown.names) == 1 and breakdown.names[0][-4:] == words[-4:])


def _head_stage(standing: Standing, start: int, end: int) -> Stage | None:
    words = standing.document.clean[start : end + 4]
    return "final_account" if "决算" in words else "budget" if "预算中" in words or "预算数中" in words else None


def _open(standing: Standing, gap: Gap, number: int) -> None:
    whole, stage = standing.level, standing.level_stage
    if gap.semicolon and standing.lists:
        whole, stage = standing.lists[-1].whole, standing.lists[-1].stage
        standing.lists.pop()
    elif gap.semicolon and gap.opener != "其中":
        return
    counted = standing.last is not None and standing.last.quantity.kind == "count" and number
    if not whole and gap.opener != "其中":
        return
    if number and standing.level_block is not standing.block:
        return
    if counted and gap.opener not in ("其中", "包括"):
        return
    if gap.opener == "用于" and not number:
        return
    parts = Parts(whole, stage, gap.opener == "用于")
    standing.lists.append(parts)
    if whole is standing.level and standing.level_value is not None:
        standing.breakdown = Breakdown(parts, standing.level_value)


_BARE_SHARE = regex.compile(r"[，,、]?占(?:比)?")


def _shares_of_total(standing: Standing, inside: tuple[Quantity, ...]) -> bool:
    """Whether a paragraph opens with an amount whose share of nothing printed follows: parts of the total before."""
    if len(inside) < 2 or inside[1].kind != "percentage" or not standing.total or standing.level:
        return False
    return bool(_BARE_SHARE.fullmatch(standing.document.clean, inside[0].end, inside[1].start))


def role_of(standing: Standing, gap: Gap, labelled: Labelled, limit: bool) -> Role:
    """What part an amount plays."""
    phrase, quantity = gap.phrase, labelled.quantity
    if quantity.kind != "amount":
        return "level"
    if limit:
        return "threshold"
    if quantity.per or phrase.mean:
        return "price"
    if phrase.turn == "change":
        return "change"
    if phrase.turn is None and _after_base(standing, quantity):
        return "change"
    if phrase.turn == "reached" and standing.last and standing.last.role == "price":
        return "price"
    if _SUM.search(printed_plain(standing, labelled.labels)):
        return "level"
    if gap.opener and gap.context and labelled.labels and labelled.labels[0].inherited and not phrase.bare:
        return "level"
    if phrase.bare and standing.document.clean[quantity.start - 4 : quantity.start - 2] in ("共计", "合计"):
        return "level"
    return "part" if standing.lists and not phrase.based and not gap.reason and not standing.reason else "level"


def _after_base(standing: Standing, quantity: Quantity) -> bool:
    """较上年120万元5万元: the second of two amounts that touch is what changed, its direction word being lost."""
    last = standing.last
    return last is not None and standing.based and last.quantity.end == quantity.start


_SUM = regex.compile(r"(?:[两二三四五六七八九]项|以上)合计$")
_FUND = regex.compile(
    r"(?:一般公共|政府性基金|国有资本经营|社会保险基金|部门|综合|财政)预算|预算(?:单位|内|外|稳定|绩效|管理|编制|执行|项目|收入支出|周转)"
)


def stage_of(standing: Standing, gap: Gap, labelled: Labelled, names: str) -> Stage | None:
    """The stage that the naming phrase says, or that its list passes on; a change, a price and a limit have none."""
    if labelled.role not in ("level", "part"):
        return None
    if gap.phrase.stage:
        return gap.phrase.stage
    if "预算" in _FUND.sub("", names):
        return "initial_budget" if "年初预算" in names else "budget"
    return standing.lists[-1].stage if labelled.role == "part" else None
