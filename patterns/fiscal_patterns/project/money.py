"""Figures that a sentence gives for the project it names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

import regex

from fiscal_patterns.label.nouns import Labelled
from fiscal_patterns.project.drafts import Draft
from fiscal_patterns.project.nouns import Mention

# The words directly before a figure say what it is: 年初预算2万元, 仅支出2,312.4万元, 支付率28.9%.
_ROLES = (
    ("initial_budget", "amount", regex.compile(r"年初(?:预算|安排)(?:数|安排|金额|资金)?(?:为|是)?$")),
    (
        "budget",
        "amount",
        regex.compile(
            r"(?:调减|调增|调整|追加|压减|核减)[为至到]$|预算[^。;；\d]{0,9}仍为$|(?<!年初)(?:预算(?:调整后|安排)?|(?:当年|年度|共)?(?<!年初)安排(?:资金|预算|专项资金)?|预算资金)(?:数|金额|总额)?(?:为|是|共计|共)?$"
        ),
    ),
    (
        "outturn",
        "amount",
        regex.compile(
            r"(?:实际执行?|执行|支出|使用|列支|支付|已拨付|已兑付|已兑现|实际兑付|实际拨付)(?:数|金额|资金)?(?:共计|合计|总计|为|了|共)?$"
        ),
    ),
    (
        "execution_rate",
        "percentage",
        regex.compile(
            r"(?:执行率|支付率|兑付率|支出率|执行进度|支出进度)(?:为|达到?|是)?$|(?:完成|[占为])(?:年初|全年|调整|调整后)?预算(?:数|资金)?的?$"
        ),
    ),
    ("score", "count", regex.compile(r"得分(?:为|是|达)?$")),
)
_LOOK_BACK = 12
# The words before a name whose amount follows it at once: 安排人才公寓项目2600万元, 兑现创新券奖补资金260万元.
_VERB = regex.compile(
    r"(?r)(?P<budget>安排|批复|追加|预算(?:拨款|资金|总额))|(?P<outturn>兑现|支付)|下达|收到|到位|拨付|[。;；](?!.{0,60}元[、;；])"
)
_VERB_BEFORE = 60
_CLOSING = regex.compile(r"(?:专项)?项目(?:资金|经费)?")
_DISTRIBUTED = regex.compile(
    r"(?:(?:开展|进行)了?(?:绩效)?自评(?:工作)?[,，])?(?:的)?(?:绩效)?自?评?得分分别(?:为|是)[:：]?"
)
_ENDS = regex.compile(r"[。;；\n]|[,，]其中")


def with_figures(clean: str, mentions: list[tuple[Mention, Draft, int]], labelled: Sequence[Labelled]) -> list[Mention]:
    """The mentions, in order, with the figures that stand behind each before the next one.

    Each comes with its draft and the end of its sentence.
    """
    starts = [item.quantity.start for item in labelled]
    found = []
    for index, (mention, draft, after) in enumerate(mentions):
        if index + 1 < len(mentions):
            after = min(after, mentions[index + 1][0].start)
        mention = _priced(clean, mention, draft, labelled, starts)
        if draft.alone:
            stop = None if draft.reach else _ENDS.search(clean, mention.end, after)
            end = stop.start() if stop else after
            mention = _behind(clean, mention, labelled[bisect_left(starts, mention.end) : bisect_left(starts, end)])
            mention = _before(clean, mention, labelled, bisect_left(starts, mention.start) - 1)
        found.append(mention)
    return _with_scores(clean, found, [draft for _, draft, _ in mentions], labelled, starts)


def _priced(clean: str, mention: Mention, draft: Draft, labelled: Sequence[Labelled], starts: Sequence[int]) -> Mention:
    """The mention with the amount that directly follows its name, as the verb before it says."""
    closing = _CLOSING.match(clean, mention.end)
    at = max(closing.end() if closing else mention.end, draft.cue[1] if draft.cue else 0)
    index = bisect_left(starts, at)
    if index == len(labelled) or starts[index] != at:
        return mention
    if labelled[index].quantity.unit == "分":  # 其中甲项目97分、乙项目93.5分
        return _filled(mention, {"score": labelled[index].quantity.value})
    if labelled[index].quantity.kind != "amount":
        return mention
    verb = _VERB.search(clean, max(0, mention.start - _VERB_BEFORE), mention.start)
    role = verb.lastgroup if verb else None
    return _filled(mention, {role: labelled[index].quantity.value}) if role else mention


def _behind(clean: str, mention: Mention, labelled: Sequence[Labelled]) -> Mention:
    values: dict[str, Decimal] = {}
    for item in labelled:
        if role := _role(clean, mention.end, item):
            values.setdefault(role, item.quantity.value)
    return _filled(mention, values)


def _role(clean: str, low: int, item: Labelled) -> str | None:
    """What a figure is, by the words directly before it."""
    quantity = item.quantity
    for name, kind, words in _ROLES:
        if quantity.kind == kind and words.search(clean, max(low, quantity.start - _LOOK_BACK), quantity.start):
            return name
    return None


def _before(clean: str, mention: Mention, labelled: Sequence[Labelled], index: int) -> Mention:
    """预算数为7万元，金保网络运行维护费。: the figure of a name that is the whole of the next and last clause."""
    if index < 0 or clean[mention.start - 1] not in ",，" or clean[mention.end : mention.end + 1] not in "。;；":
        return mention
    item = labelled[index]
    if item.quantity.end != mention.start - 1 or _role(clean, 0, item) != "budget":
        return mention
    return _filled(mention, {"budget": item.quantity.value})


def _filled(mention: Mention, values: Mapping[str, Decimal]) -> Mention:
    """The mention with figures it has not yet."""
    return (
        replace(
            mention,
            budget=mention.budget if mention.budget is not None else values.get("budget"),
            initial_budget=values.get("initial_budget"),
            outturn=mention.outturn if mention.outturn is not None else values.get("outturn"),
            execution_rate=values.get("execution_rate"),
            score=values.get("score"),
        )
        if values
        else mention
    )


def _with_scores(
    clean: str, mentions: list[Mention], drafts: list[Draft], labelled: Sequence[Labelled], starts: Sequence[int]
) -> list[Mention]:
    """“甲”“乙”项目自评得分分别为95分、92分: one score each, where there are as many."""
    for cue, group in groupby(
        range(len(drafts)), key=lambda index: drafts[index].cue if not drafts[index].alone else None
    ):
        places = list(group)
        told = _DISTRIBUTED.match(clean, cue[1]) if cue else None
        if told is None:
            continue
        first = bisect_left(starts, told.end())
        scores = [item.quantity for item in labelled[first : first + len(places)] if item.quantity.unit == "分"]
        if len(scores) == len(places):
            for place, quantity in zip(places, scores, strict=True):
                mentions[place] = replace(mentions[place], score=quantity.value)
    return mentions
