"""Projects named in running text: 路灯维护项目预算30万元, 稽核工作经费中支付, 主要用于：数字档案专项."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from fiscal_patterns.project.drafts import Draft
from fiscal_patterns.project.phrases import can_be_name, ends_like_a_name, may_end_a_name, name_start
from fiscal_patterns.sections.nouns import Sentence

# Behind the word 项目: not what makes a kind or an activity of it (项目支出, 项目管理, 项目前期).
_PROJECT = regex.compile(
    r"(?P<closing>(?:专项)?(?:预算)?项目(?:资金|经费)?)"
    r"(?!支出(?!\d)|库|类|名称|组织|单位|负责|决策|入库|管理|数量|总数|化|所在|法人|前期|资料|制|建议书|实施期|清单|申报|储备|评审|[\d一二三四五六七八九十两]{1,4}[个项])"
)
# Events that only a certain project has: then its name may end in any way (拆违控违项目结束).
_WHEN = r"(?:(?:上年|去年|当年|本年|今年|年底|年末|现|已经?|均|全部|于?20\d\d年(?:\d{1,2}月)?|\d{1,2}月)(?:底|末|份)?){0,3}+"
_EVENT = regex.compile(
    rf"{_WHEN}(?:付清|结清|停工|开工|终止|取消|收尾|结题|结转)|{_WHEN}(?:结束|完工|竣工|建成)|"
    r"因(?!此|素)|由于|完工|竣工|建成|(?:绩效)?自评得?分|得分\d|\d{1,3}(?:\.\d{1,2})?分(?!之)|年初预算|预算(?:为|数)?\d|绩效目标为|当年完工|通过验收|已实施|资金闲置|闲置|滞留|超概算|未完工|未开工|进展缓慢|推进缓慢|逾期|由\p{Han}{2,12}(?:组织)?实施"
)
# A work that is named without the word 项目: 南楼加固工程上年已付清尾款.
_WORK = regex.compile(
    rf"工程(?={_WHEN}(?:未(?:按期|如期|按时|能)?(?:开工|完工|实施|启动|竣工)|付清|结清|完工|竣工|停工|终止|收尾|建成))"
)
# 上年承办全民健身大赛，本年无此项支出: the name stands behind the verb.
_ONCE = regex.compile(
    r"(?:上年|去年|20\d\d年)(?:度)?(?:承办|举办|开展|实施|安排)了?(?P<name>[^,，。;；\d]{4,24}?)(?:项目|工作|活动)?[,，](?:而)?[本今]年度?(?:没有|未安排|未开展|不再安排|无)[此该]"
)
_FUND = regex.compile(
    r"(?:(?:专项|补助|奖补|养护|管护|恢复)资金|(?:专项|工作|购置)经费)(?P<granted>(?=\d[\d,.]{0,15}+[万亿]?元))"
    r"|(?:专项|补助|奖补|建设|养护|管护|整治|修复|恢复|改造|购置|保护|发展)(?:资金|经费)(?=(?:本年|当年|年底|年末|集中){1,2}(?:下达|到位|拨付|收回))"
    r"|(?:补助|专项|奖补)资金(?=[,，、])(?<=(?:抽审|抽查|审计)了?\p{Han}{8,28})"
    r"|(?:专项资金|专项经费|补助资金|工作经费|奖补资金)"
    r"(?=中(?:支付|列支|支出|开支)|(?:当年|本年|全年|年初)?(?:预算|安排|共?支出|实际支出|执行)(?:数|共计|合计|为|了)?\d|(?:支出进度|执行率|支付率)(?:仅|为|达)?\d)"
)
_GRANTS = regex.compile(r"(?r)下达|到位|安排|兑现|拨付|收到|批复|追加")
_BREAKS = regex.compile(r"[,，。;；、]")
_NEXT = regex.compile(r"元[、,，;；]$")
_GRANT_BEFORE = 60
_SHORTEST_WORK = 6  # 绿化工程 may be any
_PRICED = regex.compile(r"\d[\d,.]{0,15}+(?:[万亿]?元|分)(?:[、,，;；和及与]|以及)")
_USE = regex.compile(r"主要用于[:：]?(?:实施|开展)?(?P<name>[^,，。;；:：、\n]{4,24}专项)(?=[。;；,，\n])")
_JOINT = regex.compile(r"(?:[、和及与]|以及)$")


def named(clean: str, sentences: tuple[Sentence, ...]) -> Iterator[Draft]:
    """Names before the word 项目, funds that money is spent from, and what an item is spent on."""
    for sentence in sentences:
        if "项目" in (words := clean[sentence.start : sentence.end]):
            yield from _projects(clean, sentence)
        if "资金" in words or "经费" in words:
            yield from _funds(clean, sentence)
        if "工程" in words:
            yield from _works(clean, sentence)
        if "本年" in words or "今年" in words:
            for found in _ONCE.finditer(clean, sentence.start, sentence.end):
                yield Draft(*found.span("name"), "project.named", found.span())
        if "主要用于" in words:
            for found in _USE.finditer(clean, sentence.start, sentence.end):
                yield Draft(*found.span("name"), "project.use", found.span())


def _projects(clean: str, sentence: Sentence) -> Iterator[Draft]:
    low, named_before = sentence.start, False
    for found in _PROJECT.finditer(clean, sentence.start, sentence.end):
        event = _has_event(clean, found, sentence.end)
        # Most words 项目 name none, and neither their ends nor what follows says otherwise.
        if not (event or named_before or may_end_a_name(clean, found.start())):
            low = found.end()
            continue
        # …项目46万元和乙项目10万元: behind an amount the next name begins.
        priced = _PRICED.match(clean, low, found.start()) if low > sentence.start else None
        start = name_start(clean, priced.end() if priced else low, found.start())
        # 甲项目、乙项目和丙项目: with the first the others are names too; 网络、基础设施建设项目 is none.
        joined = _JOINT.search(clean, max(low, start - 2), start) is not None
        listed = priced is not None and start == priced.end()
        follows = listed or (joined and start - low < 3 and low > sentence.start)
        fits = named_before if follows else not (joined and clean[start - 1] == "、")
        named = follows or event or ends_like_a_name(clean, start, found.start())
        if fits and named and can_be_name(clean, start, found.start()):
            yield Draft(start, found.start(), "project.named", found.span(), alone=not (joined or listed))
            named_before = True
        else:
            named_before = False
        low = found.end()


def _has_event(clean: str, found: regex.Match[str], stop: int) -> bool:
    """Whether what follows the word 项目 happens only to a certain one: an event, or that it has a price."""
    end = found.end()
    priced = clean[end : end + 1].isdigit() and found["closing"] != "项目"
    return priced or _EVENT.match(clean, end, stop) is not None


def _is_granted(clean: str, low: int, start: int) -> bool:
    """Whether a fund whose amount follows stands behind the verb that grants it, or further on in a list of such."""
    if found := _GRANTS.search(clean, max(low, start - _GRANT_BEFORE), start):
        return (
            not _BREAKS.search(clean, found.end(), start) or _NEXT.search(clean, max(low, start - 3), start) is not None
        )
    return False


def _works(clean: str, sentence: Sentence) -> Iterator[Draft]:
    for found in _WORK.finditer(clean, sentence.start, sentence.end):
        start = name_start(clean, sentence.start, found.end())
        named = found.end() - start >= _SHORTEST_WORK and can_be_name(clean, start, found.end())
        if named and clean[start - 1 : start] != "、":
            yield Draft(start, found.end(), "project.named", found.span())


def _funds(clean: str, sentence: Sentence) -> Iterator[Draft]:
    for found in _FUND.finditer(clean, sentence.start, sentence.end):
        start = name_start(clean, sentence.start, found.end())
        if found["granted"] is not None and (verb := _GRANTS.search(clean, start, found.start())):
            start = name_start(clean, verb.end(), found.end())
        if found["granted"] is not None and not _is_granted(clean, sentence.start, start):
            continue
        listed = clean[start - 1 : start] == "、" and found["granted"] is None
        if not listed and start < found.start() and can_be_name(clean, start, found.end()):
            yield Draft(start, found.end(), "project.fund", found.span())
