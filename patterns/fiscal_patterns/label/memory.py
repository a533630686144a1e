"""What later clauses may take over from a quantity once it has its labels."""

from __future__ import annotations

from fiscal_patterns.label.labels import label
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Standing

_KEPT = 12  # quantities of the paragraph that 分别 may look back to: the longest run in the field has 7

_LONGEST_ROW = 36  # levels that one sentence without a name speaks of: one for each of the 31 provinces, with a margin


def remember(site: Site, labelled: Labelled) -> None:
    """Move the state of the walk past this quantity."""
    standing, phrase, amount = site.standing, site.phrase, site.quantity.kind == "amount"
    composed = phrase.bare is not None and _is_composed(labelled)
    priced = labelled.role == "price"
    if (
        labelled.labels
        and not (amount and phrase.kind == "share")
        and not (standing.subject and (composed or (priced and not phrase.named() and labelled.labels[0].inherited)))
    ):
        standing.subject = labelled.labels
    alone = (composed and phrase.bare) or (priced and phrase.named())
    standing.composed = labelled.labels if amount and alone else ()
    standing.carried = None
    if site.quantity.kind != "percentage" and phrase.kind and phrase.whole:
        standing.carried = (phrase.kind, label(standing, site.place(phrase.whole), scoped=False))
    if amount and labelled.role in ("level", "part") and not phrase.kind:
        _remember_level(site, labelled)
    if not site.number or standing.row is not None:
        _remember_row(site, labelled)
    if site.bracketed and phrase.named() and site.clean[site.quantity.end] not in "）)":
        standing.bracket = labelled.labels, None  # 教师补助（24人，每人2万元）48万元
    standing.last, standing.based = labelled, phrase.based and phrase.turn is None
    if standing.bracket is None or standing.bracket[1] is None:
        standing.series.append(labelled)
        if len(standing.series) > _KEPT:
            del standing.series[0]


def _remember_row(site: Site, labelled: Labelled) -> None:
    """Levels in a row with nothing but a comma between are all subjects of a sentence that follows without one."""
    standing = site.standing
    if not site.number:
        standing.row = []
    in_row = site.quantity.kind == "amount" and labelled.role == "level" and site.phrase.named()
    if standing.row is not None and in_row and (not site.number or site.gap.own == 1):
        standing.row.append(labelled.labels)
        if len(standing.row) > _LONGEST_ROW:
            standing.row = None
    else:
        standing.row = None


def _is_composed(labelled: Labelled) -> bool:
    """Whether a label with a bare word was put together for this quantity alone: 轿车金额."""
    return bool(labelled.labels and labelled.labels[0].inherited)


def _remember_head(standing: Standing, labelled: Labelled) -> None:
    """The first levels of the paragraph and of the last sentence that has one, with the stages they are last stated at.

    A bare share is one of the former, 分级次看 breaks down the latter.
    """
    first = standing.level_block is not labelled.sentence.block
    if first or standing.head_level is None or standing.head_level[0][0].text == labelled.labels[0].text:
        standing.head_level = labelled.labels, labelled.stage
    first = standing.sentence is not labelled.sentence
    if first or standing.sentence_head is None or standing.sentence_head[0][0].text == labelled.labels[0].text:
        standing.sentence_head = labelled.labels, labelled.stage
    standing.sentence = labelled.sentence


def _remember_level(site: Site, labelled: Labelled) -> None:
    """A level or part may become the whole of a list, and counts against the list that it stands in."""
    standing = site.standing
    block, value, found = labelled.sentence.block, labelled.quantity.value, standing.breakdown
    if labelled.role == "part" and standing.lists:
        standing.lists[-1].members.update([one.text for one in labelled.labels])
    if labelled.role == "part" and found and standing.lists and standing.lists[-1] is found.parts:
        found.rest -= value
        found.names.extend([one.text for one in labelled.labels])
    if labelled.role == "level" and labelled.labels and not site.phrase.based:
        _remember_head(standing, labelled)
    if site.phrase.based:
        return  # 比上年3,771万元增加137万元: what is broken down next is this year's
    standing.level, standing.level_stage = labelled.labels, labelled.stage
    standing.level_block, standing.level_value = block, value
    if not standing.main and labelled.role == "level":
        standing.main, standing.main_value, standing.main_stage = labelled.labels, value, labelled.stage
