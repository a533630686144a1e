"""What a percentage is measured against, cut from the end of its phrase: 完成预算的, 占支出合计的, 占…的比重为."""

from __future__ import annotations

import regex

from fiscal_patterns.facts import Kind
from fiscal_patterns.label.affixes import affixes
from fiscal_patterns.label.phrase import Phrase
from fiscal_patterns.label.tail import EACH, STAGES

_VAGUE = r"(?:分别|各|均|为|达到|达|约|近|逾|超过|超|不足|仅|的|了|到|高达|将近|接近)*+"
_COMPLETION = regex.compile(
    r"(?:完成(?P<item>(?!年度|全年|年初|预期|既定|当年)\p{Han}{2,8}?(?=任务|目标|计划))?|为|达到|达|不足|不到|仅及|占(?!收入|支出))"
    r"(?P<whole>(?:全年|年初|年度|年|调整后|调整|变动|本年|当年|收入|支出|部门)*+预算(?:数|任务|总额|目标|安排)?+"
    rf"|(?:年度|全年|年初|年)?+(?:目标|任务|计划)(?:任务|数)?+|(?<=完成)(?:预留|年度|采购)?+(?:份额|额度))(?:的(?:比例|比重)?+)?+{_VAGUE}$"
)
_AIMS = ("预算", "目标", "任务", "计划", "份额", "额度")
_AIMING = regex.compile(r"力争|拟将|争取(?!资金|上级|到)|努力")
_STEADY = r"(?:(?:(?:已?连续|近)\p{Han}{1,3}年)?(?:始终|一直|持续|总体|均)*+(?:保持|稳定|维持)在)?"
_SHARE = regex.compile(
    rf"(?<!侵|抢|挤|药|耗)占(?!地(?!方)|[用有]|比[较与同上去年])(?P<whole>[^占，,]{{0,40}}?)(?:的?(?:比重|比例){_STEADY}|的?份额(?!的){_STEADY}|的|比)?"
    rf"(?:[由从](?:20\d\d年度?|上年|去年|年初|期初)的?)?{_VAGUE}$"
)
# 占合同总价860万元的35%: the sum that the share is of.
_SHARE_OF_SUM = regex.compile(r"^[，,]?(?:约|仅|共)?占(?!用|压|地)(?P<whole>\p{Han}{2,14})$")
_BORNE = regex.compile(r"(?P<whole>[^，,]{2,16}部分)由(?=\p{Han}{2,10}$)")
# The word of completion is said by the kind; what is completed stands before it or in an earlier clause.
_RATE_OF_ITEM = regex.compile(
    r"(?P<rate>(?:(?<!\p{Han})(?:预算|资金))?(?:执行率|(?:支付|(?<!公共预算|基金预算|经营预算|基金|财政)支出|兑付|拨付)(?:率|进度)|(?<=(?:(?:公共|基金|经营)预算|基金|财政)支出)(?:率|进度))|预算执行进度|(?:预算|支出)?(?<!任务|目标)完成率)"
    r"(?:分别|各|均|已|仅)?(?:为|达到|达|升至|提高到|降至|有|仅)?$"
)


_MORE = ("增长", "下降", "增加", "减少", "压减", "提高", "降低", "增", "降")  # a growth that is aimed at is growth


def measured_against(phrase: Phrase) -> None:
    """Cut completion and share, keeping the whole apart; an amount may stand inside one (完成预算1万元的43%)."""
    text = phrase.text
    if phrase.what == "count":
        return
    if any(aim in text for aim in _AIMS) and (found := _COMPLETION.search(text)):
        _cut(phrase, found, "completion")
    elif phrase.what == "amount":
        if "占" in text and (found := _SHARE_OF_SUM.search(text)):
            phrase.kind, phrase.whole, phrase.start = "share", found.span("whole"), found.start("whole")
    elif phrase.what == "percentage":
        _measured_rate(phrase)


def _measured_rate(phrase: Phrase) -> None:
    text = phrase.text
    if _AIMING.search(text) and not text.endswith(_MORE):
        phrase.kind = "target"
    elif ("率" in text or "进度" in text) and (found := _RATE_OF_ITEM.search(text)):
        phrase.kind, phrase.rate, phrase.end = "completion", found.span("rate"), found.start()
    elif "部分由" in text and (found := _BORNE.search(text)):
        phrase.kind, phrase.whole, phrase.start = "share", found.span("whole"), found.end()
    elif "占" in text and (found := _SHARE.search(text)):
        _cut(phrase, found, "share")
    elif "控制在" in text and (found := _HELD_TO.search(text)):
        phrase.kind, phrase.whole, phrase.end = "target", found.span("whole"), found.start()
    elif text[-2:] in _BOUNDS and (found := _BOUND.search(text)):
        phrase.kind, phrase.end = "threshold", found.start()
    elif text.endswith("的") and (found := _LIMIT_OF.search(text)):
        phrase.kind, phrase.end = "threshold", found.start()
        phrase.whole = found.span("whole") if found["whole"] else None
    elif text.endswith("的") and (found := _MEASURE.search(text)):
        phrase.kind, phrase.whole, phrase.end = "rate", found.span("whole"), found.start()


# 管理费不得超过5%; 不得超过项目资金总额的3%, 超出合同约定的30%: a limit, with or without what it is a part of.
_SAID = r"(?:(?:超过|超出|突破|违反)了?)?“?"
_BOUND = regex.compile(rf"{_SAID}(?:不得|不应|不能|不准|严禁)(?:超过|高于|突破|低于|少于|超)[^，,]{{0,2}}$")
_HELD_TO = regex.compile(r"控制在(?!预算)(?P<whole>\p{Han}{2,14})的$")  # 前期费用控制在总投资的5%以内
_BOUNDS = ("超过", "高于", "突破", "低于", "少于", "得超")
_LIMIT_OF = regex.compile(
    rf"{_SAID}(?:(?:(?:不得|不应|不能|不准)(?:超过|高于|突破|低于|少于)|不(?:超过|高于|低于|少于))(?P<whole>(?!上年|去年|上一年|同期|年初)\p{{Han}}{{2,16}})"
    r"|(?:超过|超出|高于|低于|突破)了?(?:合同|协议|文件|办法|制度|政策|标准|方案|批复)?(?:约定|规定|要求|限定|核定))的$"
)
# 按省级资金的10%配套; 相当于上年实际完成数的98.7%.
_MEASURE = regex.compile(r"(?:按照?|相当于)(?P<whole>(?!不|规定|要求)\p{Han}{2,16})的$")


# 财政收入中税收收入所占比重为63.4%
_AMONG = regex.compile(r"(?P<whole>\p{Han}{2,16}(?:收入|支出|总额|总量|资金|投资))(?:当?中|里)[，,]?(?=\p{Han}{2})")


def _cut_among(phrase: Phrase) -> None:
    phrase.end -= 1
    if phrase.whole is None and (found := _AMONG.match(phrase.text, 0, phrase.end)):
        phrase.whole, phrase.start = found.span("whole"), found.end()


def _cut(phrase: Phrase, found: regex.Match[str], kind: Kind) -> None:
    if phrase.what == "amount" and found.group()[0] not in "完占":
        return
    start, end = found.span("whole")
    if kind == "completion" and phrase.text[end - 1] == "数":
        end -= 1
    phrase.kind, phrase.whole, phrase.end = kind, (start, end) if end > start else None, found.start()
    if kind == "share" and phrase.text[phrase.end - 1 : phrase.end] == "所":
        _cut_among(phrase)
    if kind == "completion" and found["item"]:
        phrase.start, phrase.end = found.span("item")
    if each := EACH.search(found.group()):
        phrase.each = each.group()
    if phrase.what == "amount" and (word := affixes("label", "tail").ending(phrase.text, start, end)):
        phrase.stage = STAGES.get(affixes("label", "tail").codes[word])
