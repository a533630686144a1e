"""Runs of numbers that several subjects share: 分别增长4.5%、11.8%和6.3%, 各减少35.60,41.20万元."""

from __future__ import annotations

import regex

from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.label.phrase import read
from fiscal_patterns.label.standing import Labels, Standing
from fiscal_patterns.quantity.nouns import Quantity

_JOINT = regex.compile(r"[、,，和及与]|以及")
_WIDEST = 12  # 、实际增长 between two rates of one run


def run_of(standing: Standing, inside: tuple[Quantity, ...], number: int) -> tuple[Quantity, ...]:
    """The quantities from ``number`` on that stand in one run: same kind, nothing but a joint and verbs between."""
    clean, run = standing.document.clean, [inside[number]]
    for quantity in inside[number + 1 :]:
        words = clean[run[-1].end : quantity.start]
        if quantity.kind != run[0].kind or len(words) > _WIDEST or not _JOINT.match(words):
            break
        phrase = read(words, quantity.kind)
        if phrase.name[1] > phrase.name[0] or phrase.based or phrase.bare or phrase.kind or phrase.stage or phrase.each:
            break
        run.append(quantity)
    return tuple(run)


def subjects_before(standing: Standing, count: int) -> tuple[Labels, ...]:
    """The labels of the last ``count`` amounts (else quantities) of the paragraph, one tuple for each; () if fewer."""
    for kind in ("amount", "count", "percentage"):
        found: list[Labelled] = [one for one in standing.series if one.quantity.kind == kind]
        if len(found) >= count:
            return tuple(one.labels for one in found[-count:])
    return ()
