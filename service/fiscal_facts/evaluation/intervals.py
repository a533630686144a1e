"""95 % bootstrap intervals over sentences, in integers and fractions."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

from fiscal_facts.evaluation.scores import Measure, Tally

ROUNDS = 1000
"""Resamplings; the usual number for 95 % percentile intervals."""
SEED = 2024
FIELD = 32
"""Bits for one counter in a packed row: sums of resampled counts stay far below 2**32."""
Interval = tuple[Fraction, Fraction]


def intervals(
    sentences: Sequence[Mapping[Measure, Tally]], *, rounds: int = ROUNDS, seed: int = SEED
) -> dict[Measure, Interval]:
    """The 2.5th and 97.5th percentile of each measure's F1 when sentences are drawn with replacement.

    All counters of a sentence are packed into one integer, so that a resampled document is a single sum.
    """
    measures = sorted({measure for sentence in sentences for measure in sentence})
    packed = [_pack(sentence, measures) for sentence in sentences]
    draw = random.Random(seed)  # noqa: S311  (resampling, not secrecy)
    sums = [sum(draw.choices(packed, k=len(packed))) for _ in range(rounds)] if packed else []
    found = {}
    for place, measure in enumerate(measures):
        values = sorted(value for value in (_f1(total, place) for total in sums) if value is not None)
        if values:
            found[measure] = values[len(values) * 25 // 1000], values[min(len(values) * 975 // 1000, len(values) - 1)]
    return found


def _pack(sentence: Mapping[Measure, Tally], measures: Sequence[Measure]) -> int:
    total = 0
    for place, measure in enumerate(measures):
        if tally := sentence.get(measure):
            row = tally.hits | tally.gold << FIELD | tally.found << 2 * FIELD
            total |= row << 3 * FIELD * place
    return total


def _f1(total: int, place: int) -> Fraction | None:
    row = total >> 3 * FIELD * place
    mask = (1 << FIELD) - 1
    tally = Tally(row & mask, row >> FIELD & mask, row >> 2 * FIELD & mask)
    return tally.f1
