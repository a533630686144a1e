"""Lists of parts: where they open, go on and close."""

from __future__ import annotations

import regex

from fiscal_patterns.facts import Stage
from fiscal_patterns.label.allotted import allotted
from fiscal_patterns.label.gap import Gap
from fiscal_patterns.label.held import hold
from fiscal_patterns.label.labels import inherited, label
from fiscal_patterns.label.nouns import Range
from fiscal_patterns.label.reading import read
from fiscal_patterns.label.shares import shared_out, shares_of_total
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Breakdown, Parts, Standing
from fiscal_patterns.quantity.nouns import Quantity


def settle_lists(standing: Standing, gap: Gap) -> None:
    """Close what the marks before a number close: brackets, lists at ；, reasons."""
    if gap.closed and standing.bracket is not None:
        standing.subject, inside = standing.bracket
        standing.bracket = None
        if standing.lists and standing.lists[-1] is inside:
            standing.lists.pop()
    if gap.closing and standing.lists:
        _leave_list(standing, 0)
    if gap.enumerated and standing.lists and standing.lists[-1].numbered:
        _leave_list(standing, len(standing.lists) - 1)
    if gap.semicolon and not gap.enumerated:
        if standing.reason:
            standing.subject, standing.stated = standing.reason
            standing.reason = None
        nameless = not (gap.phrase.named() or gap.item or gap.context or gap.scope or _counts(gap))
        if standing.lists and (nameless or _ends(standing)):
            _leave_list(standing, len(standing.lists) - 1)
    if gap.reason and not standing.reason:
        standing.reason = (standing.subject, standing.stated)


def _counts(gap: Gap) -> bool:
    """Whether a thing counted stands right behind the mark, its name behind it: ；6个县完成3亿元."""
    return gap.phrase.what == "count" and not gap.phrase.text.strip()


def _leave_list(standing: Standing, at: int) -> None:
    """Close the lists from ``at`` on: what follows without a name speaks of what they broke down."""
    standing.subject = inherited(standing.lists[at].whole) or standing.subject
    del standing.lists[at:]


def _ends(standing: Standing) -> bool:
    """Whether ；ends the last open list."""
    parts = standing.lists[-1]
    if parts.firm:
        return False
    members = len(parts.members)
    if members == 1:
        parts.alone.update(parts.members)
    parts.members.clear()
    return parts.loose or len(standing.lists) > 1 or (members > 1 and not parts.alone)


def open_list(site: Site) -> None:
    """Open a list of parts where the words before a number say so."""
    standing, gap = site.standing, site.gap
    if standing.breakdown and standing.lists and _complete(site):
        _leave_list(standing, len(standing.lists) - 1)
    if gap.reason and not gap.head:
        return
    if gap.opened and standing.bracket is None and site.number:
        _open_bracket(site)
    elif gap.head:
        _open_under_head(site, gap.head)
    elif gap.opener and _open(site, gap.opener):
        return
    elif site.number and _of_level(standing) and _breaks_down(site.words):
        standing.lists.append(Parts(standing.level, standing.level_stage))
    elif (site.phrase.start and (parts := allotted(site))) or (
        not (site.number or standing.lists) and (parts := _continued(site))
    ):
        standing.lists.append(parts)


_ITEM = regex.compile(r"(?r)[一二三四五六七八九]是[^；;]{0,120}$")


def _complete(site: Site) -> bool:
    """Whether the parts so far make up the whole: what follows is said of it. 其中A 400万元、B 100万元，实际到位480万元."""
    standing, phrase = site.standing, site.phrase
    found = standing.breakdown
    if found is None or found.rest or len(found.names) < 2 or not standing.lists:
        return False
    if standing.lists[-1] is not found.parts:
        return False
    if site.quantity.kind != "amount" or not site.quantity.value or phrase.turn or phrase.based or phrase.kind:
        return False
    return site.gap.opener is None and not site.gap.opened


def _open_bracket(site: Site) -> None:
    """Parts in brackets; a share in brackets (（占39.5%）) is one of the list around them, or of the paragraph's whole."""
    standing, phrase = site.standing, site.phrase
    inside, share = None, phrase.kind == "share" and not phrase.named()
    if site.quantity.kind != "percentage" or not (standing.lists or share):
        inside = Parts(standing.level, standing.level_stage)
        standing.lists.append(inside)
    standing.bracket = standing.subject, inside


# 项目资金210万元中，中央补助132万元; 在500万元总投资中，…
_AMONG = regex.compile(r"(?:的?\p{Han}{2,8}?|[之其当])?(?:中|里)[，,：:]")


def _breaks_down(words: str) -> bool:
    """Whether what stands between an amount and the next makes the former a whole."""
    return words[:1] in ("：", ":") or (("中" in words or "里" in words) and _AMONG.match(words) is not None)


def _of_level(standing: Standing) -> bool:
    """Whether the colon stands directly behind an amount that can be a whole: 收入总量31亿元：县级收入5亿元、…"""
    last = standing.last
    return last is not None and last.quantity.kind == "amount" and last.role in ("level", "part")


def _open_under_head(site: Site, head: Range) -> None:
    """X支出决算中，: the list breaks down what the head names, not an amount."""
    start, end = site.said(head)
    phrase = read(site.clean[start:end], "amount")
    name = phrase.bare or (phrase.start, phrase.end)
    if name[1] > name[0]:
        whole = label(site.standing, (start + name[0], start + name[1]), inherited=True)
        stage = _stage_of_head(site.clean[start : end + 4])
        if stage is None and site.standing.level and site.standing.level[0].text == whole.text:
            stage = site.standing.level_stage  # 项目支出346万元。…项目支出中：
        site.standing.lists.append(Parts((whole,), stage))


def _stage_of_head(words: str) -> Stage | None:
    if "决算" in words:
        return "final_account"
    return "budget" if "预算中" in words or "预算数中" in words else None


def _open(site: Site, opener: str) -> bool:
    """Whether the opener opens a list."""
    standing = site.standing
    whole, stage = standing.level, standing.level_stage
    if opener == "按" and (not site.number or site.gap.semicolon):
        whole, stage = standing.sentence_head or (whole, stage)
        standing.lists.clear()
    elif site.gap.semicolon and standing.lists:
        outer = standing.lists.pop()
        whole, stage = outer.whole, outer.stage
    elif site.gap.semicolon and opener != "其中":
        return False
    if not _opens(site, opener, bool(whole)):
        return False
    counts = site.quantity.kind == "count" and standing.last is not None and standing.last.quantity.kind == "count"
    numbered = _ITEM.search(site.clean, site.sentence.start, site.start) is not None
    parts = Parts(whole, stage, opener == "用于" or counts, opener == "按", numbered=numbered)
    standing.lists.append(parts)
    if site.start == site.sentence.block.mark and opener == "其中":
        hold(standing, parts, standing.level_block)
    if whole is standing.level and standing.level_value is not None:
        standing.breakdown = Breakdown(parts, standing.level_value)
    return True


def _opens(site: Site, opener: str, whole: bool) -> bool:
    """Whether an opener breaks down an amount: one of the paragraph, and not what a count lists."""
    standing = site.standing
    counted = standing.last is not None and standing.last.quantity.kind == "count"
    if not whole:
        return opener == "其中" and not (counted and _OF_THINGS.search(site.words))
    if not site.number:
        return opener != "用于"
    return standing.level_block is standing.block and not (counted and opener not in ("其中", "包括"))


_OF_THINGS = regex.compile(r"其中\p{Han}{2,8}[：:]")  # 项目11个，其中重点项目：甲项目3万元: of the things counted


def _continued(site: Site) -> Parts | None:
    """A list that goes on in a new sentence or paragraph without saying so; asked at the head of a sentence."""
    standing, phrase, quantity = site.standing, site.phrase, site.quantity
    breakdown, standing.breakdown = standing.breakdown, None
    if shares_of_total(standing, site.inside):
        return Parts(standing.total, None)
    if (phrase.named() or site.gap.item) and not phrase.turn and (parts := shared_out(site)):
        return parts
    if quantity.kind != "amount" or site.gap.own or phrase.start or not phrase.named() or phrase.turn:
        return None
    if breakdown and _completes(breakdown, quantity, phrase.text):
        return breakdown.parts
    return None


def _completes(breakdown: Breakdown, quantity: Quantity, words: str) -> bool:
    """Whether an amount is exactly what the parts so far leave of the whole; for zeros the names must be alike too."""
    if not breakdown.names or quantity.value != breakdown.rest:
        return False
    return bool(quantity.value) or (len(breakdown.names) == 1 and breakdown.names[0][-4:] == words[-4:])
