"""Later mentions of a project whose name the document has already given."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

import regex

from fiscal_patterns.project.drafts import Draft
from fiscal_patterns.project.phrases import is_generic
from fiscal_patterns.sections.nouns import Sentence

# Shorter names (党建经费, 信创替代) are too likely to be other things, unless prose named them.
_SHORTEST = 6
_SHORTEST_IN_PROSE = 4
_ABOVE = ("中央财政", "省财政", "市财政", "中央", "省级", "市级", "区级", "县级")
_BELOW = regex.compile(r"(?:补助|补贴|专项){0,2}资?(?:资金|经费)|费(?!用)|专项")
# What may stand before a name: a break, or a word that does not go on into it (报销了, 除, 收到, 其中, 自评综述).
_OPENS = regex.compile(
    r"[\s,，。;；:：、“”\"「」()（）\d了除对将由的是为在于与和及其到把向从按就述年中位等并]|(?<=下)达"
)
_WORKS = regex.compile(r"等(?:重点|专项|各项|方面)*的?工作")  # 用于森林防火、松材线虫病防治等工作
_YEAR = regex.compile(r"20\d\d年度?")
# What a name may drop or change at its end: 补助资金, 补助专项资金, 维护费.
_MONEY = regex.compile(r"(?:补助|补贴|专项){0,2}资?(?:资金|经费)$")
# From this length on general words name something too, where a form or title has them: 基本公共卫生服务补助资金.
_LONG = 8


def known(clean: str, sentences: tuple[Sentence, ...], names: Iterable[tuple[str, bool]]) -> Iterator[Draft]:
    """Where ``names`` stand again in the sentences; each with whether prose named it. 与 and 和 are taken for each other."""
    wanted = _wanted(names)
    if not wanted:
        return
    canonical = _canonical(clean)
    starts = [sentence.start for sentence in sentences]
    for name, core in wanted:
        at = canonical.find(core)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            if index >= 0 and at + len(core) <= sentences[index].end:
                yield from _mention(clean, at, at + len(core), sentences[index], money=name != core)
            at = canonical.find(core, at + len(core))


def _wanted(names: Iterable[tuple[str, bool]]) -> list[tuple[str, str]]:
    """Names to look for and their cores, the longest first; short and generic ones are none."""
    wanted: dict[tuple[str, str], bool] = {}
    for printed, prose in names:
        name = _YEAR.sub("", _canonical(printed), count=1)
        core = _MONEY.sub("", name)
        key = (name, core if len(core) >= _LONG and not is_generic(core) else name)
        wanted[key] = wanted.get(key, False) or prose
    long_enough = [
        key
        for key, prose in wanted.items()
        if len(key[1]) >= (_SHORTEST_IN_PROSE if prose else _SHORTEST)
        and (not is_generic(key[1]) or (len(key[1]) > _LONG and not prose))
    ]
    return sorted(long_enough, key=lambda key: -len(key[1]))


def _canonical(words: str) -> str:
    return words.replace("与", "和").replace("（", "(").replace("）", ")")


def _mention(clean: str, start: int, end: int, sentence: Sentence, *, money: bool) -> Iterator[Draft]:
    """The mention with the level before it and the kind of money behind it; none where it is part of a longer word.

    With ``money`` the name ends with a kind of money, so that what stands here must too.
    """
    start -= next((len(word) for word in _ABOVE if clean.endswith(word, sentence.start, start)), 0)
    if start > sentence.start and not _OPENS.match(clean, start - 1):
        return
    if _WORKS.match(clean, end, sentence.end):
        return
    below = _BELOW.match(clean, end, sentence.end)
    if below is not None or not money:
        yield Draft(start, below.end() if below else end, "project.known")
