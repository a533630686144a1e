"""A phrase read: trimmed from both sides to the name of what is measured."""

from __future__ import annotations

from functools import lru_cache

import regex

from fiscal_patterns.label.affixes import affixes
from fiscal_patterns.label.lead import narrow, trim_lead
from fiscal_patterns.label.phrase import Phrase
from fiscal_patterns.label.tail import DEEDS, MOVES, trim_tail
from fiscal_patterns.label.wholes import measured_against
from fiscal_patterns.lexicon import table
from fiscal_patterns.quantity.nouns import QuantityKind

_RATES = frozenset(table("label", "rates"))
_MOVED = ("增加", "减少")
_ACCORDING = ("按", "按照", "依照")
_ARRIVED = regex.compile(r"^(?:截至目前)?[，,]?(?:已|已经|全部)?(?P<what>(?:实际)?到位)$")
# 拨付至项目单位2,108万元: to whom it went is no name of the sum.
_TO = "至到给往"
_PAID_TO = regex.compile(
    r"(?:拨付|支付|下达|划拨|分配|拨|兑付|转拨|转|划转|发放)(?:至|到|给|往)\p{Han}{1,10}(?:单位|部门|企业|公司|局|[县区市镇乡街道村]|学校|医院|主体|账户|专户|个人|农户)$"
)
_OWED = ("配套", "到位", "拨付", "支付", "发放", "征收")
_NO_DUTY = ("相应", "对应", "供应", "响应")
_NOT_YET = ("尚未", "未", "仍未", "还未", "暂未")
_UNDONE = regex.compile(
    r"(?P<what>[尚仍还暂]?未(?:拨付|支付|使用|支出|到位|下达|收回|清退|上缴|兑付|分配|发放))(?:的|金额|资金)?$"
)
_BY_TERMS = regex.compile(
    r"按(?:工程|施工|项目)?(?:进度|形象进度|约定|合同|合同约定|规定|比例|计划|节点|月|季|季度)(?:支付|拨付|结算|付款)?"
)
# 将经费转至工会账户列支21.8万元: where it went is no part of the name.
_INTO = frozenset("至入给")
_MOVED_INTO = regex.compile(
    r"(?<=资金|经费|款|款项|收入|补助|基金)(?:转至|转入|划转至|划入|存入|拨入|出借给|借给|转给)\p{Han}{2,12}$"
)
_NAMED = regex.compile(r"\p{Han}[^，]|[A-Za-z]")


@lru_cache(maxsize=8192)
def read(text: str, what: QuantityKind) -> Phrase:
    """The phrase before a quantity of kind ``what``, from its left boundary to the number.

    Templates repeat, so readings are kept; nobody writes to a phrase after this.
    """
    phrase = Phrase(text, what, 0, len(text))
    if text:
        measured_against(phrase)
        trim_tail(phrase)
        trim_lead(phrase)
        narrow(phrase)
        _settle_name(phrase)
    return phrase


def _settle_name(phrase: Phrase) -> None:
    """A word that only points to the subject (金额, 支出) is no name."""
    name = phrase.text[phrase.start : phrase.end]
    code = affixes("label", "bare").codes.get(name)
    if phrase.what == "count" and _goes_on(phrase, name):
        code = "joined"
    if name == "预算资金" and phrase.text.endswith("涉及", 0, phrase.start):
        phrase.stage, phrase.start, code = phrase.stage or "budget", phrase.start + 2, "joined"
    if name == "单位" and phrase.what == "count":
        return
    if not name and phrase.what == "amount" and phrase.turn is None and (found := _ARRIVED.search(phrase.text)):
        phrase.bare = found.span("what")
        return
    if phrase.what == "amount" and name and _passed_on(phrase, name):
        return
    if phrase.what == "amount" and (name in _ACCORDING or _pays(phrase, name)):
        code = "alone"  # 按照每人每月1,200元的标准发放护理补贴
    if phrase.per and name in _HELPED and phrase.what == "amount":
        code = "alone"  # 救助资金15万元（每人救助1万元）
    if name == "比例" and phrase.what == "amount":
        code = "alone"  # 预备费按不低于本级支出1%的比例安排2,600万元
    if code == "joined" and phrase.turn and (name == "标准" or phrase.text.endswith(_MOVED, 0, phrase.start)):
        return  # 户均增加收入, 标准提高5元: what changed is named
    if code == "joined":
        phrase.bare = (phrase.start, phrase.end)
    if name in _RATES and phrase.what == "percentage" and not phrase.turn:
        phrase.bare, code = (phrase.start, phrase.end), "rate"
    if code or not _NAMED.search(name):
        phrase.end = phrase.start


def _passed_on(phrase: Phrase, name: str) -> bool:
    """What was done with money, or not yet: 尚未拨付8万元, 已按进度支付4万元, 将经费转至工会账户列支2万元; True if it settles the name."""
    if name in _NOT_YET and (undone := _UNDONE.search(phrase.text)):
        phrase.bare, phrase.end = undone.span("what"), phrase.start
    elif (name[0] == "按" and _BY_TERMS.fullmatch(name)) or (
        phrase.start and phrase.text[phrase.start - 1] in _TO and _PAID_TO.search(phrase.text)
    ):
        phrase.end = phrase.start
    elif not _INTO.isdisjoint(name) and (moved := _MOVED_INTO.search(name)):
        phrase.end = phrase.start + moved.start()
    elif name.endswith("应") and not name.endswith(_NO_DUTY) and phrase.text.startswith(_OWED, phrase.end):
        phrase.end += 2  # 配套资金应到位2,600万元
    elif name.endswith("涉及") and name != "涉及":
        phrase.end -= len("涉及")
    else:
        return False
    return True


def _pays(phrase: Phrase, name: str) -> bool:
    """Whether nothing is named but who pays: 省级财政按每亩20元给予补助."""
    return phrase.mean and name.endswith("财政") and phrase.text[phrase.end : phrase.end + 1] == "按"


def _goes_on(phrase: Phrase, name: str) -> bool:
    """Whether a verb before a count speaks of things named before it: 在职人员调出4人、调入3人; 126个问题已整改121个."""
    if name in MOVES or name in _AGAIN:
        return phrase.text[0] == "、" or name in _AGAIN
    if name in _SETTLED and phrase.text.endswith("完成", 0, phrase.start):
        return True
    if name[:1] == "被" and len(name) <= _PASSIVE:
        return True
    doing = next((word for word in _UNDER_WAY if name.startswith(word)), "")
    return name[len(doing) :] in DEEDS and bool(doing or phrase.text.endswith(_UNDER_WAY, 0, phrase.start))


_HELPED = ("救助", "资助", "扶持", "慰问", "发放", "领取", "给予", "帮扶")
_BUILT = ("新建", "改建", "扩建", "续建", "拟建")  # of what was named before: 农田项目1亿元，计划新建4万亩
_AGAIN = (*_BUILT, "收回", "回收", "实际收回", "实际回收")  # 问卷200份，收回192份
_PASSIVE = 4  # 被采纳, 被立案
_UNDER_WAY = ("已", "已经", "正在", "尚未", "部分")
_SETTLED = ("整改", "销号", "清退", "追缴", "核销")  # 已完成整改56个
