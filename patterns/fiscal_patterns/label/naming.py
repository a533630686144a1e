"""The labels of one quantity: its own name, several subjects, or the subject of an earlier clause."""

from __future__ import annotations

from dataclasses import replace

import regex

from fiscal_patterns.label.after import AIM, DONE, fund_behind, has_head, is_limit_again, noun_behind, threshold_noun
from fiscal_patterns.label.distribution import both_sides, governing, split_names
from fiscal_patterns.label.gap import REACH, Gap, read_gap
from fiscal_patterns.label.group import run_of, subjects_before
from fiscal_patterns.label.labels import inherited, item_label, joined, label, moved, printed_plain
from fiscal_patterns.label.nouns import Labelled, Range
from fiscal_patterns.label.passage import heading_subject
from fiscal_patterns.label.period import base_year, period_of, stated_period
from fiscal_patterns.label.percent import measured
from fiscal_patterns.label.roles import open_list, role_of, settle_lists, stage_of
from fiscal_patterns.label.standing import Labels, Parts, Standing
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.sections.nouns import Sentence


def labels_of(standing: Standing, sentence: Sentence, inside: tuple[Quantity, ...], number: int) -> Labelled:
    """The quantity with all that its phrase, its clause and the state of the walk say of it."""
    quantity, clean = inside[number], standing.document.clean
    start = max(inside[number - 1].end if number else sentence.start, standing.consumed, quantity.start - REACH)
    start = min(start, quantity.start)
    words = clean[start : quantity.start]
    gap = read_gap(words, quantity.kind)
    settle_lists(standing, gap, words)
    stated = stated_period(words, standing.default)
    standing.stated = stated or standing.stated
    if gap.phrase.scope:
        standing.scope = gap.phrase.scope
    open_list(standing, gap, start, inside, number)
    follows = quantity.start in standing.assigned
    limit = inside[number + 1].start if number + 1 < len(inside) else sentence.end
    classed = threshold_noun(clean, quantity, limit) if quantity.kind == "amount" else None
    again = _limits_again(standing, quantity)
    labels = (label(standing, classed),) if classed else _labels(standing, gap, start, inside, number, limit)
    labelled = Labelled(quantity, sentence, labels, _period(standing, gap, labels, words))
    labelled = replace(labelled, role=role_of(standing, gap, labelled, classed is not None or again))
    if quantity.kind == "amount":
        name = "".join(one.text for one in labels if not one.inherited) or _bare_words(standing, gap, start)
        labelled = replace(labelled, stage=stage_of(standing, gap, labelled, name))
    elif quantity.kind == "percentage":
        labelled = measured(standing, gap, labelled, start, inside[number + 1] if number + 1 < len(inside) else None)
    if follows and standing.head:
        labelled = _as_head(standing.head, labelled)
    elif standing.run == quantity.start:
        standing.head = labelled
    _remember(standing, gap, labelled, start)
    if stated and not stated.closed:
        standing.stated = None
    return labelled


def _limits_again(standing: Standing, quantity: Quantity) -> bool:
    """0.1-1万元以下 after 1万元及以上采购: another bound of the same limit."""
    last = standing.last
    if (
        quantity.kind != "amount"
        or last is None
        or last.role != "threshold"
        or last.sentence.block is not standing.block
    ):
        return False
    return is_limit_again(standing.document.clean, quantity)


def _period(standing: Standing, gap: Gap, labels: Labels, words: str) -> str | None:
    if gap.phrase.based and gap.phrase.turn is None:
        return base_year(words[gap.own :], standing.default) or standing.default
    return period_of(standing.stated, standing.default, printed_plain(standing, labels))


def _as_head(head: Labelled, labelled: Labelled) -> Labelled:
    """A later member of a run has the role, kind and stage of the first where it says nothing itself."""
    if labelled.quantity.kind == "percentage":
        return replace(labelled, kind=head.kind, of=head.of) if labelled.kind == "rate" else labelled
    return replace(labelled, role=head.role, stage=head.stage)


def _bare_words(standing: Standing, gap: Gap, start: int) -> str:
    return (
        standing.document.clean[start + gap.own : start + gap.own + 8]
        if gap.phrase.name[0] == gap.phrase.name[1]
        else ""
    )


def _labels(standing: Standing, gap: Gap, start: int, inside: tuple[Quantity, ...], number: int, limit: int) -> Labels:
    quantity, phrase = inside[number], gap.phrase
    if quantity.start in standing.assigned:
        return standing.assigned.pop(quantity.start)
    own = start + gap.own
    name = (own + phrase.name[0], own + phrase.name[1])
    if gap.item and name[0] == name[1]:
        return (item_label(standing, gap.item, start),)
    if gap.item and gap.item.spent and own == start + gap.item.spent[0]:
        return (item_label(standing, gap.item, start),)
    if shared := _shared(standing, gap, start, name, inside, number):
        return shared
    if quantity.kind == "count" and (counted := _counted(standing, quantity, name, limit)):
        return counted
    if quantity.kind == "amount" and (funded := fund_behind(standing.document.clean, quantity, limit)):
        return (label(standing, funded),)
    if name[1] > name[0]:
        return _named(standing, gap, own, _scored(standing, quantity, name), number)
    if quantity.kind == "percentage" and not (phrase.kind or phrase.turn or phrase.each):
        if shown := _behind_rate(standing, quantity, limit):
            return shown
    return _taken(standing, gap, start, quantity, limit)


def _counted(standing: Standing, quantity: Quantity, name: Range, limit: int) -> Labels:
    clean = standing.document.clean
    behind = noun_behind(clean, quantity.end, limit)
    if behind and (name[0] == name[1] or has_head(clean, behind)):
        standing.consumed = behind[1]
        return (label(standing, behind),)
    return ()


_SCORE = regex.compile(r"(?<=[项部整）)].{0,12})(?:绩效|综合)?(?:自评|评价)得分")


def _scored(standing: Standing, quantity: Quantity, name: Range) -> Range:
    """A score is named without the project it was given to: …项目绩效自评得分 → 绩效自评得分."""
    if quantity.unit != "分" or name[1] - name[0] < _LONG_SCORE:
        return name
    found = _SCORE.search(standing.document.clean, *name)
    return found.span() if found and found.end() == name[1] else name


_LONG_SCORE = 8  # 项目自评得分 (6) is a name by itself


def _behind_rate(standing: Standing, quantity: Quantity, limit: int) -> Labels:
    """What a percentage without a phrase of its own says of the words behind it: 100%参保目标, 近九成农户, 100%参保."""
    clean = standing.document.clean
    if aimed := AIM.match(clean, quantity.end, limit):
        return (label(standing, aimed.span()),)
    behind = noun_behind(clean, quantity.end, limit)
    if behind and has_head(clean, behind):
        return (label(standing, behind),)
    done = DONE.match(clean, quantity.end, limit)
    if done and standing.subject:
        first = standing.subject[0]
        return (replace(first, text=first.text + standing.document.printed(*done.span()), inherited=True),)
    return ()


_ADJACENT = regex.compile(r"(?:[/／]\p{Han})?[）)]?[，,、；;]?")


def _named(standing: Standing, gap: Gap, own: int, name: Range, number: int) -> Labels:
    clean = standing.document.clean
    if pair := both_sides(clean, *name):
        return tuple(label(standing, *pieces) for pieces in pair)
    before = standing.last
    if number and before and len(before.labels) == 1 and _ADJACENT.fullmatch(clean, before.quantity.end, name[0]):
        first = before.labels[0]
        if at := governing(first.text, clean[name[0] : name[1]]):
            made = label(standing, first.text[:at], name)
            return (replace(made, start=first.start),)
    return (label(standing, name),)


def _shared(standing: Standing, gap: Gap, start: int, name: Range, inside: tuple[Quantity, ...], number: int) -> Labels:
    """Several subjects: 分别, 各, or a run of numbers as long as the run of subjects before it."""
    clean, each = standing.document.clean, gap.phrase.each
    run = run_of(standing, inside, number) if each or name[0] == name[1] else inside[number : number + 1]
    if len(run) > 1 and (subjects := _subjects(standing, gap, start, name, len(run), bool(each))):
        for one, labels in zip(run[1:], subjects[1:], strict=True):
            standing.assigned[one.start] = labels
            standing.run = inside[number].start
        return subjects[0]
    if each in ("各", "各自") and len(run) == 1:
        if name[1] > name[0]:
            members = split_names(clean, *name, None)
            return tuple(label(standing, *pieces) for pieces in members)
        if len(standing.subject) > 1:
            return inherited(standing.subject)
        return tuple(one for labels in subjects_before(standing, 2) for one in inherited(labels))
    return ()


def _subjects(standing: Standing, gap: Gap, start: int, name: Range, count: int, stated: bool) -> tuple[Labels, ...]:
    clean = standing.document.clean
    places = [name] if name[1] > name[0] else []
    if gap.context:
        places.append((start + gap.context[0], start + gap.context[1]))
    for place in places:
        if members := split_names(clean, *place, count):
            return tuple((label(standing, *pieces),) for pieces in members)
    if name[1] > name[0]:
        return ()
    if len(standing.subject) == count:
        return tuple(inherited((one,)) for one in standing.subject)
    if stated:
        return tuple(inherited(labels) for labels in subjects_before(standing, count))
    return ()


def _taken(standing: Standing, gap: Gap, start: int, quantity: Quantity, limit: int) -> Labels:
    """A quantity without a name of its own takes the subject, an earlier clause's name, or the heading's."""
    phrase, own = gap.phrase, start + gap.own
    if standing.ratio and phrase.turn == "change" and quantity.kind == "percentage":
        return (standing.ratio,)
    if phrase.turn == "reached" and standing.last and standing.last.sentence.block is standing.block:
        return inherited(standing.last.labels)
    if phrase.rate and not _said_here(standing, quantity):
        return (label(standing, (own + phrase.rate[0], own + phrase.rate[1])),)
    if gap.context and (gap.semicolon or not standing.subject):
        return (label(standing, (start + gap.context[0], start + gap.context[1]), inherited=True),)
    if not standing.subject:
        if quantity.kind == "amount" and (behind := noun_behind(standing.document.clean, quantity.end, limit)):
            if has_head(standing.document.clean, behind):
                return (label(standing, behind),)
        heading_subject(standing)
    if phrase.bare:
        word = (own + phrase.bare[0], own + phrase.bare[1])
        return _with_word(standing, gap, word, quantity)
    if phrase.turn == "change" and standing.last and standing.last.role == "change" and quantity.kind == "percentage":
        return inherited(standing.last.labels)
    if quantity.kind == "percentage" and standing.composed:
        return inherited(standing.composed)
    subject = standing.subject
    if (quantity.per or phrase.mean) and (found := _priced(standing, quantity)):
        subject = found[0]
    if phrase.noun and subject:
        return (
            replace(
                subject[0],
                text=subject[0].text + standing.document.printed(own + phrase.noun[0], own + phrase.noun[1]),
                inherited=False,
            ),
        )
    return inherited(subject)


def _said_here(standing: Standing, quantity: Quantity) -> bool:
    """Whether an amount was stated before in the same sentence."""
    sentence = standing.last.sentence if standing.last else None
    return sentence is not None and sentence.start <= quantity.start < sentence.end and bool(standing.subject)


def _priced(standing: Standing, quantity: Quantity) -> tuple[Labels, ...]:
    """What a mean is taken of: the last amount of the sentence."""
    last = next((one for one in reversed(standing.series) if one.quantity.kind == "amount"), None)
    return (last.labels,) if last and standing.last and last.sentence is standing.last.sentence else ()


def _with_word(standing: Standing, gap: Gap, word: Range, quantity: Quantity) -> Labels:
    subject = standing.subject
    printed = standing.document.clean[word[0] : word[1]]
    here = standing.last is not None and standing.last.sentence.block is standing.block
    if not subject or (
        printed in ("支出", "收入") and (gap.phrase.scope or not here) and not subject[0].classification
    ):
        return (label(standing, word),)
    if subject[0].text.endswith("项目") and standing.document.clean.startswith("涉及", word[0] - 2):
        word = (word[0] - 2, word[1])
    if printed == "资金" and not subject[0].text.endswith("项目"):
        return (label(standing, word),)
    if subject[0].classification or (gap.phrase.stage and printed in ("支出", "收入")):
        return inherited(subject)
    at = governing(subject[0].text, printed)
    if at:
        return (replace(label(standing, subject[0].text[:at], word), start=subject[0].start),)
    return tuple(joined(standing, one, word) for one in subject)


def _remember(standing: Standing, gap: Gap, labelled: Labelled, start: int) -> None:
    """What later clauses may take over from this quantity."""
    phrase, quantity = gap.phrase, labelled.quantity
    own = start + gap.own
    standing.carried = None
    if quantity.kind == "amount" and phrase.kind and phrase.whole:
        whole = label(standing, (own + phrase.whole[0], own + phrase.whole[1]))
        standing.carried = (phrase.kind, replace(whole, scope=None))
    composed = (phrase.bare is not None and labelled.labels and labelled.labels[0].inherited) or phrase.noun is not None
    composed = composed or labelled.labels == (standing.ratio,)
    if labelled.labels and not composed and labelled.role != "price":
        standing.subject = labelled.labels
    standing.composed = labelled.labels if composed and phrase.bare and quantity.kind == "amount" else ()
    standing.ratio = (
        label(standing, (own + phrase.ratio[0], own + phrase.ratio[1]), inherited=True) if phrase.ratio else None
    )
    if quantity.kind == "amount" and labelled.role in ("level", "part") and not phrase.kind:
        _remember_level(standing, labelled)
        if not standing.main and labelled.role == "level":
            standing.main = labelled.labels
    standing.last, standing.based = labelled, phrase.based and phrase.turn is None
    if standing.bracket is None:
        standing.series.append(labelled)
    del standing.series[:-12]


def _remember_level(standing: Standing, labelled: Labelled) -> None:
    block = labelled.sentence.block
    if labelled.role == "level" and block.mark > block.start and standing.level_block is not block:
        standing.parent = (Parts(labelled.labels, labelled.stage), labelled.quantity.value)
    if (
        labelled.role == "part"
        and standing.breakdown
        and standing.lists
        and standing.lists[-1] is standing.breakdown.parts
    ):
        standing.breakdown.rest -= labelled.quantity.value
        standing.breakdown.names.extend(one.text for one in labelled.labels)
    standing.level, standing.level_stage, standing.level_block = labelled.labels, labelled.stage, block
    standing.level_value = labelled.quantity.value
