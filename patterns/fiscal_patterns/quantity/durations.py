"""Spans of years and days; elsewhere 年 and 日 make dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.quantity.context import Range
from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.quantity.numerals import read_digits, read_han
from fiscal_patterns.quantity.readings import count

# 超过两年, 平均期限10.4年, 逾期30日; not 超2024年, 满12月, 期限5年期, 不足一年级.
_DURATION = re.compile(
    rf"{one_of(table('quantity', 'lasting'))}(?:为|达|约|近)?"
    r"(?:(?P<digits>\d{1,3}(?:\.\d{1,2})?)|(?P<han>[一二两三四五六七八九十]{1,3}))(?P<unit>[年日])(?![度级期报初末底中\d一二三四五六七八九十])"
)


def durations(clean: str, stretches: Sequence[Range]) -> Iterator[Quantity]:
    """The numbers of years and days behind a word of duration."""
    for stretch in stretches:
        for match in _DURATION.finditer(clean, *stretch):
            digits = match["digits"]
            number = read_digits(digits) if digits else read_han(match["han"])
            if number is not None:
                place = match.start("digits" if digits else "han"), match.end()
                yield count(clean, place, number, "", match["unit"], "count.duration")
