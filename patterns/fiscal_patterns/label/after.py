"""Names that stand behind the number: 4个特定目标类项目, 单价50万元以上通用设备."""

from __future__ import annotations

import regex

from fiscal_patterns.label.nouns import Range
from fiscal_patterns.lexicon import one_of, read_words, table
from fiscal_patterns.quantity.nouns import Quantity

_WORDS = read_words("label")["after"]
_STOP = regex.compile(rf"[^\p{{Han}}A-Za-z“”]|{one_of(_WORDS['stop'])}|[的将于被由把给未因并也都均各在让使]")
_HEAD = regex.compile(rf"{one_of(_WORDS['head'])}{one_of(table('label', 'chain'))}{{0,3}}")

# 涉及3个县（区）, 12个村，: one character is a noun where nothing more follows.
_PLACE = regex.compile(
    r"[县区市州乡镇村](?:[（(][县区市州乡镇、]{1,3}[)）]|(?=[，,。；;、）)]|$|\d|提前|滞|未|违规|挤占|挪用|截留|套取|骗取|虚|超|擅自|存在|向|以|将|在|对|多|少|重复|应|无|通过|因|欠|已|仍|尚))"
)

_GIVEN = regex.compile(
    r"(?:(?:予以|给予|作出)|\d[\d—–-]{0,6}+周?岁(?:及?以[上下])?的?|不?符合\p{Han}{0,4}条件的?|已(?:死亡|去世|脱贫|退休|离职)的?)(?=\p{Han}{2})"
)

# First characters: most nouns begin with none of them, and a set is asked in a tenth of the time of a search.
_PLACE_SIGNS = frozenset("县区市州乡镇村")
_GIVEN_SIGNS = frozenset("予给作不符已0123456789")

# Longest counted noun of the corpus behind its number: 特定目标类项目, 建国初期老干部 (7); twice that with a margin.
_LONGEST = 16


def noun_behind(clean: str, at: int, limit: int) -> Range | None:
    """The noun that begins at ``at``: up to a stop word, or up to the end of a known head (项目, 部门, 设备 …)."""
    first = clean[at : at + 1]
    if first in _PLACE_SIGNS and (place := _PLACE.match(clean, at, limit)):
        return place.span()
    if first in _GIVEN_SIGNS and (given := _GIVEN.match(clean, at, limit)):
        at = given.end()  # 对2人予以警告处分
    end = min(limit, at + _LONGEST)
    if stop := _STOP.search(clean, at, end):
        end = stop.start()
    while end > at and clean[end - 1] in "和及与中共":
        end -= 1
    if head := _HEAD.search(clean, at, end):
        end = head.end()
    elif (quote := clean.find("“", at, end)) >= 0:
        end = quote
    return (at, end) if end - at >= 2 else None


def has_head(clean: str, noun: Range) -> bool:
    """Whether a noun ends with a known head."""
    found = _HEAD.search(clean, *noun)
    return bool(found and found.end() == noun[1])


_EXCEPT = regex.compile(r"[（(]不?含[^（）()]{1,12}+[)）]")
_LIMIT = regex.compile(
    r"(?:[（(]不?含[)）])?及?(?:以上|以下|以内)(?:[（(]不?含[^（）()]{0,6}[)）])?的?(?=\p{Han})|限额"
)
LIMIT_SIGNS = frozenset("（(及以限")  # what a limit begins with


def threshold_noun(clean: str, quantity: Quantity, limit: int) -> Range | None:
    """The thing that a limiting amount classifies: 设备 in 单价100万元以上设备; None where the amount is no limit."""
    found = _LIMIT.match(clean, quantity.end, limit)
    if not found:
        return None
    if found.group() == "限额":
        return found.span()
    if _PREDICATE.match(clean, found.end(), limit):
        return None
    noun = noun_behind(clean, found.end(), limit)
    bracket = _EXCEPT.match(clean, noun[1], limit) if noun else None
    return (noun[0], bracket.end()) if noun and bracket else noun


_AGAIN = regex.compile(r"(?:[-–—~至到][\d.,]{1,12}\p{Han}{1,2})?及?(?:以上|以下|以内)")
_FUND = regex.compile(
    r"(?P<noun>(?:专项)?(?:经费|资金))(?=用于|[，,。；;]|全部)|(?P<cost>(?!的|给予|予以|发放|标准|按|每)\p{Han}{2,4}(?:费用|补贴|津贴|补助|奖励))(?=[，,。；;])"
)
_FUND_SIGNS = "专经资"  # what the noun of _FUND begins with
AIM = regex.compile(r"的?+(?!目标)(?P<aim>\p{Han}{1,6})目标(?![^，。；]{0,3}完成率)")
AIMED = regex.compile(r"的?\p{Han}{0,6}目标(?![^，。；]{0,3}完成率)")
DONE = regex.compile(r"(?!左右|以上|以下|以内|的)\p{Han}{2,4}(?=[，。；,;])")


_PREDICATE = regex.compile(r"报(?!纸|告|刊|表|废)|须|应(?!急)|需|可(?!再)|不(?!动)|由|按|实行|纳入|经(?!费|营)|一律")
_CLASSIFIED = regex.compile(r"的(?!(?:比例|比重|水平|标准|规模|目标|任务))\p{Han}{2}")
_PERMITTED = regex.compile(r"[^，,。；;]{0,24}?(?:须|应当|必须|方可|不予|不得|需经|报)\p{Han}")
_ABOVE = ("超过", "不足", "低于", "高于", "大于", "小于", "达到")
_AT_MOST = (
    "不超过",
    "不得超过",
    "不高于",
    "不得高于",
    "最高",
    "上限为",
    "封顶线",
    "封顶线为",
    "起付线",
    "起付线为",
    "起付标准为",
)
_AT_LEAST = ("不低于", "不得低于", "不少于", "不得少于")
_SINGLE = regex.compile(r"单[个户笔项家村体][^，,。；;]{0,14}$")  # 单个项目补助额度原则上不低于
BOUND_ENDS = frozenset(word[-1] for word in (*_ABOVE, *_AT_MOST, *_AT_LEAST))


def limits(clean: str, words: str, quantity: Quantity, limit: int, mean: bool) -> bool:
    """Whether the clause around an amount makes it a limit: 收入超过1亿元的乡镇, 每公斤高于26元须询价, 不超过5万元."""
    sign = clean[quantity.end : quantity.end + 1]
    if sign in LIMIT_SIGNS:
        if (bound := _LIMIT.match(clean, quantity.end, limit)) and _PREDICATE.match(clean, bound.end(), limit):
            return True
        if sign == "以" and not (mean or quantity.per) and _controlled(clean, words, quantity):
            return True
    elif sign == "的" and not (mean or quantity.per) and _exceeds_standard(clean, words, quantity):
        return True
    if words[-1:] not in BOUND_ENDS:
        return False
    if words.endswith(_AT_MOST) or (words.endswith(_AT_LEAST) and _SINGLE.search(words)):
        return not mean
    return words.endswith(_ABOVE) and bool(
        _CLASSIFIED.match(clean, quantity.end, limit) or _PERMITTED.match(clean, quantity.end, limit + 24)
    )


# 控制在省核定的限额12亿元以内; without such a noun the sum is a level.
_CONTROLLED = regex.compile(r"控制在[^，,。；;：:]{0,10}(?:限额|控制数|上限|红线|警戒线)$")


def _controlled(clean: str, words: str, quantity: Quantity) -> bool:
    return clean.startswith("以内", quantity.end) and _CONTROLLED.search(words) is not None


# 未超过单个项目50万元的重点项目标准: what is exceeded or not is a standard.
_STANDARD = regex.compile(r"的\p{Han}{0,8}(?:标准|限额|上限|起点|门槛|红线)(?=[，,。；;、]|$)")
_EXCEEDED = regex.compile(r"(?:超过|超出|突破|低于|高于)[^，,。；;：:]{0,10}$")


def _exceeds_standard(clean: str, words: str, quantity: Quantity) -> bool:
    """Whether 的 and a standard stand behind an amount that something exceeds."""
    return bool(_EXCEEDED.search(words) and _STANDARD.match(clean, quantity.end, quantity.end + 14))


def is_limit_again(clean: str, quantity: Quantity) -> bool:
    """Whether 以上 or 以下 stands behind an amount, or behind the range that it begins."""
    return bool(_AGAIN.match(clean, quantity.end))


_PURPOSE = regex.compile(
    r"[，,]?(?:主要|全部|专项|重点)?用于(?:购置|采购|购买|支付|新建|建设|开展|实施|改造|维修|发放)?(?P<noun>\p{Han}{2,16})(?=[，,。；;、\d]|等)"
)


_PURPOSE_SIGNS = frozenset("，,主全专重用")  # what it begins with


def purpose_behind(clean: str, quantity: Quantity, limit: int) -> Range | None:
    """What a sum without a name of its own is for: 预算安排182万元，用于购置检测设备."""
    if clean[quantity.end : quantity.end + 1] not in _PURPOSE_SIGNS:
        return None
    found = _PURPOSE.match(clean, quantity.end, limit + 1)
    return found.span("noun") if found else None


_AT_RATE = regex.compile(
    r"(?:的?(?:补助|补贴|奖励)?标准[，,]?)?(?:[为向给对][^，,。；;]{1,14}?)?(?:发放|给予|提供|补助|补贴|拨付|支付|安排|核定|配套|兑付)(?:了)?(?P<noun>\p{Han}{2,12})(?=[，,。；;\d]|$)"
)


_PAID_OF = regex.compile(
    r"的(?!标准|比例|额度|水平)(?P<noun>\p{Han}{2,10}?(?:津贴|补贴|补助(?:金|费|资金)?|救助金|优待金|抚恤金|保障金|奖励(?:金|资金)?|生活费|伙食费|护理费|工资))(?!标准)"
)


def paid_at(clean: str, quantity: Quantity, limit: int) -> Range | None:
    """What is paid at a rate: 按每人每月1,200元的标准发放护理补贴, 每人每月120元的岗位津贴."""
    found = _AT_RATE.match(clean, quantity.end, limit) or _PAID_OF.match(clean, quantity.end, limit)
    return found.span("noun") if found else None


_BORNE_BY = regex.compile(r"由(?P<who>\p{Han}{2,10}?)(?:统筹|自行)?(?:安排|承担|负担|解决|配套|筹集|出资|自筹)")


def borne_by(clean: str, quantity: Quantity, limit: int) -> Range | None:
    """Who pays the rest: 其余30万元由县级预算安排."""
    found = _BORNE_BY.match(clean, quantity.end, limit)
    return found.span("who") if found else None


_HELD = regex.compile(
    r"(?P<noun>(?!的)\p{Han}{2,14}?(?:费|费用|支出|资金|经费|款|款项|税|收入|补助|补贴|基金))"
    r"(?=[在未被由从于以已作列不]|用于|计入|[，,。；;]|$)"
)
_HAVING = ("另有", "还有", "尚有", "仍有", "有", "将", "把", "另将")
_HAVING_ENDS = frozenset("有将把")


def owned_behind(clean: str, quantity: Quantity, words: str) -> Range | None:
    """The money's own noun behind a sum that a verb introduces: 另有2万元燃油费在所属单位列支."""
    having = words[-1:] in _HAVING_ENDS and words.endswith(_HAVING)
    found = _HELD.match(clean, quantity.end, quantity.end + 20) if having else None
    return found.span("noun") if found else None


def fund_behind(clean: str, quantity: Quantity, limit: int) -> Range | None:
    """The money's own noun behind it: 一万元经费用于…, and behind a price 人均补助4000元医保费用."""
    if not quantity.per and clean[quantity.end : quantity.end + 1] not in _FUND_SIGNS:
        return None
    found = _FUND.match(clean, quantity.end, limit)
    if not found or (found["cost"] and not quantity.per):
        return None
    return found.span()
