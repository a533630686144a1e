"""Lists that are complete by their kind: what a total is made of in every disclosure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from fiscal_patterns.facts import Amount


@dataclass(frozen=True, slots=True)
class Identity:
    """A total by its label, and the parts that it must have, each by its label; more may be there.

    ``optional`` is a part that some have and not all print.
    """

    total: regex.Pattern[str]
    parts: tuple[regex.Pattern[str], ...]
    optional: regex.Pattern[str] | None = None


def _identity(total: str, *parts: str, optional: str | None = None) -> Identity:
    return Identity(
        regex.compile(total),
        tuple(regex.compile(part) for part in parts),
        regex.compile(optional) if optional else None,
    )


IDENTITIES = (
    _identity(
        r"支出(?:决算|预算)?(?:合计|总计|总额)?$", r"^(?:.{0,12}财政拨款)?基本支出$", r"^(?:.{0,12}财政拨款)?项目支出$"
    ),
    _identity(r"基本支出(?:合计)?$", r"^人员经费(?:支出)?$", r"^(?:日常)?公用经费(?:支出)?$"),
    # 工程 and 因公出国 are left out where there was none.
    _identity(r"政府采购(?:支出|预算)?(?:总额|金额|支出)?$", r"货物", r"服务", optional="工程"),
    _identity(r"“?三公”?经费", r"公务用车", r"公务接待", optional="出国"),
    _identity(r"公务用车购置(?:及|和|与)运行", r"公务用车购置(?!(?:及|和|与)运行)", r"公务用车运行"),
    _identity(r"一般公共预算(?:总)?收入$|^财政总?收入$", r"^税收收入$", r"^非税收入$"),
    _identity(r"^公务接待费?(?:支出)?$", r"国内(?:公务)?接待", r"外事接待|国（境）外"),
)


def of_kind(total: Amount, parts: Sequence[Amount]) -> list[Amount]:
    """The parts that a total has by its kind; none where it is of no such kind or one of them is missing."""
    name = total.labels[0].text if total.labels else ""
    for identity in IDENTITIES:
        if identity.total.search(name):
            found = [[part for part in parts if _is(part, kind) and _of_fund(part, name)] for kind in identity.parts]
            if all(found):
                return [part for part in parts if any(part in kinds for kinds in found)]
    return []


# 财政拨款基本支出 is a part of all 支出, but not the whole of its kind.
_FUND = regex.compile(r"财政拨款|一般公共预算|政府性基金|国有资本经营")


def _of_fund(part: Amount, whole: str) -> bool:
    """Whether a part is of all funds, or of one that its total names too."""
    fund = _FUND.search(part.labels[0].text)
    return fund is None or _FUND.search(whole) is not None


def may_lack(total: Amount, parts: Sequence[Amount]) -> bool:
    """Whether a part that some totals of this kind have is not printed."""
    name = total.labels[0].text if total.labels else ""
    asked = [one.optional for one in IDENTITIES if one.optional and one.total.search(name)]
    return any(all(not _is(part, optional) for part in parts) for optional in asked)


def _is(part: Amount, kind: regex.Pattern[str]) -> bool:
    return bool(part.labels) and kind.search(part.labels[0].text) is not None


def complete(total: Amount, parts: Sequence[Amount]) -> bool:
    """Whether a total has all parts of a list that is complete by its kind."""
    return bool(of_kind(total, parts))


def disjoint_kinds(parts: Sequence[Amount]) -> bool:
    """Whether all parts are functional items of one level: 类 beside 类, 项 beside 项, none twice."""
    paths = [part.labels[0].classification for part in parts if len(part.labels) == 1]
    names = [path.names for path in paths if path is not None]
    depths = {tuple(name is None for name in path) for path in names}
    return len(names) == len(parts) and len(depths) == 1 and len(set(names)) == len(names)
