"""What a paragraph is about, where its first words only name it: （一）工伤保险基金。收入…, 1.耕地补贴：每亩98元，金额…"""

from __future__ import annotations

import regex

from fiscal_patterns.label.distribution import split_names
from fiscal_patterns.label.labels import inherited, joined, label
from fiscal_patterns.label.nouns import Label, Range
from fiscal_patterns.label.phrase import Phrase
from fiscal_patterns.label.rates import RATES
from fiscal_patterns.label.reading import read
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels, Standing
from fiscal_patterns.sections.nouns import Section

_LONGEST = 36  # 企业职工基本养老保险基金收支预算执行情况说明 has 22
_SUFFIX = regex.compile(r"(?r)(?:收支|执行){0,2}(?:总体|具体)?(?:情况)?(?:说明)?")
_NUMBER = regex.compile(
    r"(?:第[一二三四五六七八九十]{1,3}[部章节]分?|[（(]?[一二三四五六七八九十\d]{1,3}+[)）]?[、.．]?)\s*+"
)
_FUNDS = ("基金", "经费", "费", "费用", "补贴", "补助", "资金", "保险", "低保", "债券", "专款", "工程", "项目")
_APART = regex.compile(r"[，,；;。：:！!？?\n]")
# What such a stretch may end with: a mark, the last character of _SUFFIX, of a fund, of 预算, of a bracket.
_MARKS = "。．.：: \t\n\r\u3000\xa0"
_SUFFIX_ENDS = frozenset("支行体况明")
_BUDGETS = ("一般公共预算", "政府性基金预算", "国有资本经营预算", "社会保险基金预算")  # have 收入 and 支出 of their own
_NAMED = (*_FUNDS, "预算", "决算", ")", "）")
_NAMED_ENDS = frozenset(word[-1] for word in _NAMED)
_ENDS = _SUFFIX_ENDS | set(_MARKS) | _NAMED_ENDS


def topic_of(standing: Standing, start: int, end: int) -> Labels:
    """The thing that money is raised or spent for, where a short stretch of the text names nothing else; else ()."""
    if not 3 <= end - start <= _LONGEST:
        return ()
    clean = standing.document.clean
    if clean[end - 1] not in _ENDS:
        return ()
    words = clean[start:end].rstrip(_MARKS)
    if words[-1:] in _SUFFIX_ENDS and (suffix := _SUFFIX.match(words)):
        words = words[: suffix.start()]
    if words[-1:] not in _NAMED_ENDS or not words.endswith(_NAMED):
        return ()
    if number := _NUMBER.match(words):
        start, words = start + number.end(), words[number.end() :]
    if not words.endswith(_NAMED) or _APART.search(words):
        return ()
    phrase = read(words, "amount")
    name = words[phrase.start : phrase.end]
    if phrase.turn or name in _FUNDS or not (name in _BUDGETS or _BRACKET.sub("", name).endswith(_FUNDS)):
        return ()
    place = (start + phrase.start, start + phrase.end)
    members = split_names(standing.document.clean, *place, None)
    return tuple(label(standing, *pieces, inherited=True) for pieces in members or ((_bare(standing, place),),))


FLOWS = ("收入", "支出")
_BUDGET_FLOW = regex.compile(
    r"(?:全[省市区县州]|[省市区县州]本?级)?(?P<name>(?:地方)?(?:级)?(?:一般公共预算|公共财政预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|社会保险基金(?:预算)?"
    r"|国有土地使用权出让|财政总?|税收|非税|民生|“三保”)(?:收入|支出))[。.：:]"
)


def flow_named(standing: Standing, start: int, end: int) -> Labels:
    """（一）一般公共预算收入。全年完成8亿元: an item whose first sentence only names what the figures are of."""
    found = _BUDGET_FLOW.fullmatch(standing.document.clean, start, end)
    return (label(standing, found.span("name"), inherited=True),) if found else ()


_BRACKET = regex.compile(r"[（(][^（）()]*+[)）]$")


def _bare(standing: Standing, place: Range) -> Range:
    """The name without a closing bracket: 稻谷补贴（种植大户） is about 稻谷补贴."""
    found = _BRACKET.search(standing.document.clean, *place)
    return (place[0], found.start()) if found else place


def introduce(site: Site) -> None:
    """1.耕地补贴：每亩98元: what stands before the colon at the head of a paragraph is what it is about."""
    if site.start != site.sentence.block.mark:
        return
    colon = max(site.words.find("："), site.words.find(":"))
    if colon > 0 and (topic := topic_of(site.standing, site.start, site.start + colon)):
        site.standing.topic = topic


def title_topic(standing: Standing, section: Section | None) -> Labels:
    """The topic that a heading sets for its paragraphs."""
    if section is None:
        return ()
    return topic_of(standing, section.start, section.start + len(section.title))


_YEARLY = ("本年支出", "本年收入", "当年支出", "当年收入", "全年支出", "全年收入")


def of_topic(site: Site) -> Labels:
    """收入, 本年支出, 金额 after a topic are the topic's: at the head of a sentence, behind a count, behind another such figure."""
    standing = site.standing
    topic = standing.topic
    if not topic or (site.gap.scope and topic[0].text in _BUDGETS):
        return ()  # 市级支出 under the heading 一般公共预算 has its scope for a name
    behind_count = standing.last is not None and standing.last.quantity.kind == "count"
    if behind_count and site.quantity.kind == "amount" and site.gap.context is None and not _says_more(site.phrase):
        return inherited(topic)
    if site.quantity.kind == "count" and not standing.subject and not _says_more(site.phrase):
        return inherited(topic)
    word = site.place(site.phrase.bare) if site.phrase.bare else site.name
    if (not site.phrase.bare and site.clean[word[0] : word[1]] not in _YEARLY) or site.clean[slice(*word)] in RATES:
        return ()
    last = standing.last
    own = last is None or last.quantity.kind == "count" or not site.number or _speaks_of(topic, last.labels)
    if last and last.sentence is site.sentence and last.labels and last.labels[0].text.endswith("项目"):
        own = False  # 3.其他一次性项目5个，安排资金93万元
    return tuple(joined(standing, one, word) for one in topic) if own else ()


def _says_more(phrase: Phrase) -> bool:
    """Whether a phrase names something, points to a subject or states a change."""
    return phrase.named() or phrase.bare is not None or phrase.turn is not None


def _speaks_of(topic: Labels, labels: tuple[Label, ...]) -> bool:
    return bool(labels) and labels[0].text.startswith(topic[0].text)
