"""Lists of parts that nothing but the shares of their members announces: A 45万元，占90%；B 5万元，占10%."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import regex

from fiscal_patterns.label.labels import label
from fiscal_patterns.label.reading import read
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Parts, Standing
from fiscal_patterns.quantity.nouns import Quantity

_SHARE = regex.compile(r"[，,、（(]?占[^，,。；;]{0,14}")
_ALL, _ROUNDED = Decimal(100), Decimal("0.3")  # shares with one decimal, up to six of them


def shared_out(site: Site) -> Parts | None:
    """A list that nothing but the shares of its members announces: in one sentence, or in numbered paragraphs."""
    standing = site.standing
    if _makes_up_whole(site):
        if standing.head_level and standing.level_block is site.sentence.block:
            return Parts(*standing.head_level)
        return _of_named(site)
    return Parts(standing.main, standing.main_stage) if _share_of_main(site) else None


def _of_named(site: Site) -> Parts | None:
    """The whole that a heading or 包括 announces and the first share names: （一）基本支出情况 …45万元，占基本支出的90%."""
    section = site.sentence.block.section
    found = _OF_NAMED.fullmatch(site.clean, site.inside[0].end, site.inside[1].start)
    phrase = read(found["whole"], "amount") if found else None
    if found is None or phrase is None or not phrase.named():
        return None
    if not site.gap.opener and (section is None or found["whole"] not in section.title):
        return None
    at = found.start("whole")
    return Parts((label(site.standing, (at + phrase.start, at + phrase.end), inherited=True),), None)


_OF_NAMED = regex.compile(r"[，,、（(]?占(?P<whole>[^，,。；;的]{2,12})的(?:比重|比例)?为?")
_AWARDED = ("授予", "面向", "其中面向")  # 授予中小企业合同金额385万元，占采购总额的93%: a second view of the whole


def _share_of_main(site: Site) -> bool:
    """Whether a numbered paragraph opens with an amount and its share of what the section stated first."""
    standing, inside, block = site.standing, site.inside, site.sentence.block
    whole = standing.main_value
    if not whole or block.mark <= block.start or site.start != block.mark or len(inside) < 2:
        return False
    amount, share = inside[:2]
    if amount.kind != "amount" or share.kind != "percentage" or site.words.startswith(_AWARDED):
        return False
    if share.value >= _ALL or not _SHARE.fullmatch(site.clean, amount.end, share.start):
        return False
    return abs(amount.value * _ALL - share.value * whole) <= whole * _PRINTED


_PRINTED = Decimal("0.06")  # shares are printed with one decimal at least


def _makes_up_whole(site: Site) -> bool:
    """Whether the sentence gives amounts with shares of one total that make up 100: its parts, unannounced."""
    if len(site.inside) < 4:
        return False
    if not _SHARE.fullmatch(site.clean, site.inside[0].end, site.inside[1].start):
        return False
    shares = [
        two.value
        for one, two in pairwise(site.inside)
        if one.kind == "amount" and two.kind == "percentage" and _SHARE.fullmatch(site.clean, one.end, two.start)
    ]
    return len(shares) > 1 and max(shares) < _ALL and abs(sum(shares) - _ALL) <= _ROUNDED


_BARE_SHARE = regex.compile(r"[，,、]?占(?:比)?")


def shares_of_total(standing: Standing, inside: tuple[Quantity, ...]) -> bool:
    """Whether a paragraph opens with an amount whose share of nothing printed follows: parts of the total before."""
    if len(inside) < 2 or inside[1].kind != "percentage" or not standing.total or standing.level:
        return False
    return bool(_BARE_SHARE.fullmatch(standing.document.clean, inside[0].end, inside[1].start))
