"""Projects whose name stands alone: as a heading, as the opening of an item, behind its code or before a bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import regex

from fiscal_patterns.project.drafts import Draft
from fiscal_patterns.project.figures import yuan
from fiscal_patterns.project.names import without_closing
from fiscal_patterns.project.parts import ECONOMIC
from fiscal_patterns.project.phrases import can_be_name, ends_like_a_name
from fiscal_patterns.sections.nouns import Block, Outline

_HEADING = regex.compile(
    r"(?:\p{Han}{0,6}表)?(?:[(（][一二三四五六七八九十\d]{1,2}[)）])?"
    r"(?:(?P<quote>[“「\"])(?P<name>[^“”「」\"，。;；:：、\n]{3,40})[”」\"]|(?P<name>(?:“[^“”]{2,12}”)?[^“”，。;；:：、\n]{2,40}?))"
    r"(?P<said>项目)?(?:(?:基本|绩效|实施|支出|完成|执行)?(?:自评|评价|目标)?(?:完成)?(?:情况|概况|结果|综述))?(?:[(（][^()（）]{2,20}[)）])?[。:：]?"
)
# 1.惠民演出补助。年初预算30万元: what makes the words before the full stop the name of what follows.
_TOLD = regex.compile(
    r"(?:[该本]?项目|(?:20\d\d年度?)?(?:年初|年中|全年|当年|年度|追加|调整后?|安排)?(?:预算|目标|绩效目标|安排资金)|追加资金|(?:年初|年中|全年|当年|年度)?(?:共|实际)?(?:安排|下达)(?:资金)?\d)"
)
_TOLD_SIGNS = frozenset("该本项2年全当追调安预目绩共实下")  # what those begin with
# Items of the functional classification open paragraphs too: 公路养护（项）。, 公路养护。年初预算为…
_FUNCTIONAL = regex.compile(r"[(（][类款项][)）]|(?:行政|事业|机关)运行$")
_OWN = regex.compile(r"[该本]项目|绩效目标|年度目标")  # those of the former that need no section about projects
_ABOUT = regex.compile(r"项目|专项|绩效|自评")
_ITEM = regex.compile(r"(?P<name>[^，,。；;:：\n]{4,40}?)(?P<said>项目(?:资金|经费)?)?[。:：]")
_ITEM_REACH = 45  # the longest name with 项目资金 and its mark
# 4、平台运维费160万元，支出145万元；5、广告拆除经费80万元，支出80万元: in a report on projects.
_PRICED = regex.compile(
    r"(?P<name>[^，,。；;:：\d\n]{4,40})(?P<number>(?>\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+)(?P<unit>万元|亿元|元)"
    r"[,，](?:实际|已|当年|全年|累计)?(?:支出|执行|支付|使用|拨付|完成|兑付)"
)
_NEXT_ITEM = regex.compile(r"[;；。]\s?(?:\d{1,2}、|[(（]\d{1,2}[)）])")
_TITLES = 6  # blocks among which the title of a report stands
_REPORT = regex.compile(r"绩效(?:自我?评价?|评价)|专项资金")
# Led by the letter inside the code: capitals are rare, a search for what is no letter before a digit stops everywhere.
_CODED = regex.compile(
    r"[A-Z](?=\d{6})(?<=(?<![0-9A-Za-z])(?P<place>\d{6,12})[A-Z])(?P<running>\d{6,16})[-—:： ]?(?P<name>[^\s\d，,。;；:：、|-][^\s，,。；;:：、|\d]{2,40})"
    r"(?:[，,:：]?(?P<number>(?>\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?+)(?P<unit>万元|亿元|元))?"
)
_BARRED = regex.compile(
    r"[|｜](?=(?:年初|全年)?(?:预算|支出|执行|安排))"
    r"(?<=(?<![^\s。；;.、．])(?P<name>[^\s|｜，,。；;:：、.．\d][^|｜，,。；;:：\n]{3,40})[|｜])"
)


def headed(clean: str, outline: Outline) -> Iterator[Draft]:
    """Names that are headings or open an item; what follows, to the next heading or item, is theirs."""
    blocks = outline.blocks
    report = any(block.section is None and _REPORT.search(clean, block.start, block.end) for block in blocks[:_TITLES])
    for index, block in enumerate(blocks):
        if block.mark == block.start:
            continue
        if block.kind == "heading":
            if name := _heading(clean, block):
                yield Draft(*name, "project.headed", reach=_below(blocks, index, len(clean)), section=block.section)
        elif block.kind == "prose":
            if name := _opening(clean, block, report=report):
                yield Draft(*name, "project.headed", reach=block.end, section=block.section)
            elif report:
                yield from _priced(clean, block)


def coded(clean: str) -> Iterator[Draft]:
    """Names behind their code, with the amount behind them; names before a bar with a figure behind it."""
    for found in _CODED.finditer(clean):
        start, end = without_closing(clean, *found.span("name"))
        number = found["number"]
        budget = yuan(Decimal(number.replace(",", "")), found["unit"]) if number else None
        cue, code = (found.start("place"), found.end()), clean[found.start("place") : found.end("running")]
        yield Draft(start, end, "project.coded", cue, budget=budget, code=code)
    if "|" in clean or "｜" in clean:
        for found in _BARRED.finditer(clean):
            yield Draft(*found.span("name"), "project.coded", found.span("name"))


def _heading(clean: str, block: Block) -> tuple[int, int] | None:
    said = clean.find("项目", block.mark, block.end) >= 0
    if not said and not (clean[block.end - 1] == "。" and _goes_on(clean, block)):
        return None
    found = _HEADING.fullmatch(clean, block.mark, block.end)
    if found is None or (said and not found["said"]):
        return None
    start, end = found.span("name")
    if _FUNCTIONAL.search(clean, start, end) or not can_be_name(clean, start, end):
        return None
    return (start, end) if found["quote"] or ends_like_a_name(clean, start, end) else None


def _goes_on(clean: str, block: Block) -> bool:
    return _is_told(clean, block, block.end + 1) or _is_told(clean, block, block.end)


def _is_told(clean: str, block: Block, at: int, *, about: bool = False) -> bool:
    """Whether what stands at ``at`` tells of a project, in a section (or a report) about projects."""
    if clean[at : at + 1] not in _TOLD_SIGNS or not _TOLD.match(clean, at):
        return False
    if about or _OWN.match(clean, at):
        return True
    return block.section is not None and _ABOUT.search("".join(block.section.path())) is not None


def _may_open(clean: str, block: Block) -> bool:
    """Whether what closes the name of an item, or makes it one of a project, is near enough to the start."""
    end = min(block.end, block.mark + _ITEM_REACH)
    return clean.find("。", block.mark, end) >= 0 or clean.find("项目", block.mark, end) >= 0


def _opening(clean: str, block: Block, *, report: bool) -> tuple[int, int] | None:
    found = _ITEM.match(clean, block.mark, block.end) if _may_open(clean, block) else None
    if found is None or (clean[found.end() - 1] != "。" and not found["said"]):
        return None
    about = report or found["said"] is not None
    if not _is_told(clean, block, found.end(), about=about):
        return None
    return _own_name(clean, *found.span("name"))


def _own_name(clean: str, start: int, end: int) -> tuple[int, int] | None:
    """The name that opens an item; none where it is an item of a classification."""
    start, end = without_closing(clean, start, end)
    if _FUNCTIONAL.search(clean, start, end) or ECONOMIC.search(clean, start, end):
        return None
    return (start, end) if can_be_name(clean, start, end) and ends_like_a_name(clean, start, end) else None


def _priced(clean: str, block: Block) -> Iterator[Draft]:
    """Items of a report on projects that open with a name and its money, also several in one paragraph."""
    marks = [block.mark, *(found.end() for found in _NEXT_ITEM.finditer(clean, block.mark, block.end)), block.end]
    for start, reach in pairwise(marks):
        found = _PRICED.match(clean, start, reach)
        if found and (name := _own_name(clean, *found.span("name"))):
            budget = yuan(Decimal(found["number"].replace(",", "")), found["unit"])
            yield Draft(*name, "project.headed", budget=budget, reach=reach, section=block.section)


def _below(blocks: Sequence[Block], index: int, length: int) -> int:
    """Where the section of a heading ends: at the next heading that is not below it."""
    own = blocks[index].section
    for block in blocks[index + 1 :]:
        if block.kind == "heading" and block.section and own and block.section.rank <= own.rank:
            return block.start
    return length
