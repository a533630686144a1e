"""Attach labels to quantities inside clause, sentence and section: one walk from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fiscal_patterns.label.after import BOUND_ENDS, LIMIT_SIGNS, is_limit_again, limits, threshold_noun
from fiscal_patterns.label.dating import dated
from fiscal_patterns.label.gap import BRACKETS, REACH, read_gap
from fiscal_patterns.label.labels import label
from fiscal_patterns.label.lists import open_list, settle_lists
from fiscal_patterns.label.memory import remember
from fiscal_patterns.label.naming import labels_of
from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.label.passage import enter, leave, pass_over, switch
from fiscal_patterns.label.percent import measured
from fiscal_patterns.label.period import document_period, stated_period
from fiscal_patterns.label.roles import averaged, role_of, stage_of
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Standing
from fiscal_patterns.label.topic import introduce
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.sections.nouns import Sentence
from fiscal_patterns.text import Document


def attach(
    document: Document, sentences: tuple[Sentence, ...], quantities: tuple[Quantity, ...]
) -> tuple[Labelled, ...]:
    """One :class:`Labelled` per quantity, in the same order."""
    reported = document_period(document.clean)
    standing = Standing(document, reported, reported)
    found: list[Labelled] = []
    for sentence, inside in _by_sentence(sentences, quantities):
        enter(standing, sentence)
        if inside:
            found += [_labelled(standing, sentence, inside, number) for number in range(len(inside))]
            leave(standing, sentence, inside[-1])
        else:
            pass_over(standing, sentence)
    if len(standing.scopes) != 1:
        return tuple(found)
    return tuple([_unscoped(one) for one in found])


def _unscoped(labelled: Labelled) -> Labelled:
    """A text that names one scope only does not switch between scopes: the scope says nothing of a figure."""
    for one in labelled.labels:
        if one.scope:
            return replace(labelled, labels=tuple([replace(each, scope=None) for each in labelled.labels]))
    return labelled


def _by_sentence(
    sentences: tuple[Sentence, ...], quantities: tuple[Quantity, ...]
) -> Iterator[tuple[Sentence, tuple[Quantity, ...]]]:
    at, count = 0, len(quantities)
    for sentence in sentences:
        first = at
        while at < count and quantities[at].start < sentence.end:
            at += 1
        yield sentence, quantities[first:at]


def _labelled(standing: Standing, sentence: Sentence, inside: tuple[Quantity, ...], number: int) -> Labelled:
    """The quantity with all that its phrase, its clause and the state of the walk say of it."""
    site = _site(standing, sentence, inside, number)
    gap = site.gap
    settle_lists(standing, gap)
    stated = stated_period(site.words, standing.default) if gap.timed else None
    if standing.fading and gap.phrase.named():
        standing.stated, standing.fading = standing.running, False
    standing.stated = stated or standing.stated
    if stated and not number and stated.leads:
        standing.running = stated  # 1-5月，…完成9亿元。税收收入…: until the paragraph names another
    elif stated and stated.closed and not stated.point:
        standing.running = None
    if gap.scope:
        switch(standing, standing.document.printed(*site.said(gap.scope)))
    open_list(site)
    if not number:
        introduce(site)
    labelled = _read(site)
    remember(site, labelled)
    if stated and not stated.closed:
        standing.fading = True  # holds for that name and what is said of it
    return labelled


def _site(standing: Standing, sentence: Sentence, inside: tuple[Quantity, ...], number: int) -> Site:
    quantity, clean = inside[number], standing.document.clean
    start = inside[number - 1].end if number else sentence.start
    if start < standing.consumed <= quantity.start:
        start = standing.consumed
    if quantity.start - start > REACH:
        start = quantity.start - REACH
    words = clean[start : quantity.start]
    gap = read_gap(words, quantity.kind)
    own, phrase = start + gap.own, gap.phrase
    name = (own + phrase.start, own + phrase.end)
    limit = inside[number + 1].start if number + 1 < len(inside) else sentence.end
    bracketed = words[-1:] in BRACKETS
    return Site(
        standing, sentence, inside, number, quantity, start, words, gap, phrase, own, name, limit, clean, bracketed
    )


def _read(site: Site) -> Labelled:
    standing, quantity, phrase = site.standing, site.quantity, site.phrase
    amount = quantity.kind == "amount"
    follows = quantity.start in standing.assigned
    bound = amount and site.clean[quantity.end : quantity.end + 1] in LIMIT_SIGNS
    limited = threshold_noun(site.clean, quantity, site.limit) if bound else None
    labels = (label(standing, limited),) if limited else labels_of(site)
    if phrase.per and amount and not quantity.per and phrase.turn != "change":
        quantity = replace(quantity, per=phrase.per)
    site.labels = labels
    period = dated(site, labels)
    if amount:
        role = role_of(site, labels, limited is not None or _limits_again(site))
        if role == "price" and not quantity.per and (unit := averaged(site, labels)):
            quantity = replace(quantity, per=unit)
        found = Labelled(quantity, site.sentence, labels, period, role, stage_of(site, labels, role), cues=_cues(site))
    elif quantity.kind == "percentage":
        kind, of = measured(site)
        found = Labelled(quantity, site.sentence, labels, period, kind=kind, of=of, cues=_cues(site))
    else:
        found = Labelled(quantity, site.sentence, labels, period)
    if follows and standing.head:
        found = _as_head(standing.head, found)
    elif standing.run == quantity.start:
        standing.head = found
    return found


def _cues(site: Site) -> tuple[tuple[int, int], ...]:
    """The words between name and number that set role, stage or kind (支出决算为, 较上年减少, 占)."""
    phrase, start = site.phrase, site.name[1]
    if start < site.quantity.start and (phrase.turn or phrase.kind or phrase.stage or phrase.each):
        return ((start, site.quantity.start),)
    return ()


def _limits_again(site: Site) -> bool:
    """A limit by its clause, or another bound of the same limit: 0.1-1万元以下 after 1万元及以上采购."""
    behind = site.clean[site.quantity.end : site.quantity.end + 1]
    signs = behind == "的" or behind in LIMIT_SIGNS or site.words[-1:] in BOUND_ENDS
    if signs and limits(site.clean, site.words, site.quantity, site.limit, site.phrase.mean):
        return True
    last = site.standing.last
    if last is None or last.role != "threshold" or last.sentence.block is not site.standing.block:
        return False
    return is_limit_again(site.clean, site.quantity)


def _as_head(head: Labelled, labelled: Labelled) -> Labelled:
    """A later member of a run has the role, kind and stage of the first where it says nothing itself."""
    if labelled.quantity.kind == "percentage":
        silent = labelled.kind == "rate" or (labelled.kind == head.kind and not labelled.cues)
        return replace(labelled, kind=head.kind, of=head.of) if silent else labelled
    return replace(labelled, role=head.role, stage=head.stage)
