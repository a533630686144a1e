"""From the number backwards: links, verbs, stage and direction words, bases of comparison."""

from __future__ import annotations

import regex

from fiscal_patterns.facts import Stage
from fiscal_patterns.label.affixes import affixes
from fiscal_patterns.label.compared import AGAINST_WHICH, BASES, cut_comparison
from fiscal_patterns.label.phrase import Phrase
from fiscal_patterns.label.tallies import trim_count
from fiscal_patterns.lexicon import one_of, table

_CODES: tuple[Stage, ...] = ("budget", "initial_budget", "adjusted_budget", "final_account", "outturn")
STAGES: dict[str, Stage] = {code: code for code in _CODES}
_DIRECTIONS = dict.fromkeys([*table("delta", "direction"), *table("label", "growth")], "direction")
_WORDS = affixes("label", "tail").with_words(_DIRECTIONS)

_TEMPLATE = regex.compile(rf"(?r)[（(]{one_of(_DIRECTIONS)}[)）]")
_PER = regex.compile(
    r"(?r)(?:由|从)?(?:平均)?(?:每(?:平方米|公里|公斤|学时|学年|[条年人户辆座场个台次月天亩件套校村斤吨升只头株床车间站批名位生项家所]))++|由月均"
)
# 收入两年平均增长4.3%: over how many years a rate is the mean says nothing of what grew.
_YEARLY = regex.compile(
    r"(?r)(?:(?:近|这|前|过去)?(?:[两二三四五六七八九十]|\d{1,2})年(?:间|来)?(?:平均|年?均)|年(?:平)?均)"
)
_YEAR = regex.compile(r"(?r)(?<=[\p{Han}--[与同和比较]])20\d\d年度?")
# 结余由年初的121万元减少到98万元
_FROM = regex.compile(r"(?r)(?<=\p{Han}{2})[由从](?:20\d\d年|上年|去年|年|期|上月)[初末底]?")
_FROM_SIGNS = frozenset("由从")
_SUMMED = ("收入", "支出", "收支", "目标", "项", "拨款", "税收", "来源", "运用", "支")

_BASE = regex.compile(rf"[与同和比较](?:{BASES}|(?:核定|债务)*+限额|控制数)[^，,]{{0,30}}+$")
# Without a direction word only what is a base through and through: 较上年决算数, not 医疗卫生与计划生育支出.
_BARE_BASE = regex.compile(
    r"[与同比较](?:20\d\d年度?|上年度?|去年|上一年度?|同期|年初预算|调整预算|全年预算|预算|决算|计划)"
    r"(?:同期|决算|预算|执行|实际|支出|收入|成本|价格|造价|[数年度末的])*+$"
)
_BASE_SIGNS = frozenset("与同和比较")
_SHORT = regex.compile(r"(?r)[高低多少快慢]出?")
_CALIBER = regex.compile(
    r"(?:按[^，,]{0,12}(?:口径|计算)[^，,]{0,4}|(?:扣除|剔除)[^，,]{1,24}后[^，,]{0,8}|(?:同|自然|可比)口径[^，,]{0,4})$"
)
_CALIBER_SIGNS = frozenset("按除")
EACH = regex.compile(r"分别|依次|各自?(?=为|占|$)|均(?=为|占|$)")
_EACH = ("分别", "依次", "各", "各自", "均")


def trim_tail(phrase: Phrase) -> None:
    """Cut what stands between the name and the number, and keep what it says."""
    if phrase.text[-1:] == "的" and phrase.what == "count" and (found := _TIMES.search(phrase.text)):
        phrase.end = found.start()
    if phrase.text[-1:] == "上" and (found := _OVERDUE.search(phrase.text)):
        phrase.end = found.start()
    if phrase.what == "count":
        trim_count(phrase)
    cut_comparison(phrase)
    _cut_single(phrase)
    _cut_words(phrase)
    _cut_base(phrase)
    if (phrase.turn == "change" or "项目因" in phrase.text or (phrase.what == "amount" and "按" in phrase.text)) and (
        cause := _CAUSE.search(phrase.text, phrase.start, phrase.end)
    ):
        phrase.end = cause.start()
    of = phrase.end < len(phrase.text) and phrase.text[phrase.end] == "的"
    if (of and phrase.text.endswith(_DECIDED, 0, phrase.end)) or (
        phrase.turn == "reached" and _APPROVED.match(phrase.text, phrase.start, phrase.end)
    ):
        phrase.end = phrase.start  # 经人大批准的调整预算为: only says whose budget it is


_TIMES = regex.compile(r"(?<=\p{Han}{2})(?:为|是|达到|相当于)\p{Han}{2,10}的$")  # 供养标准为低保标准的1.5倍
_OVERDUE = regex.compile(
    r"(?<=\p{Han}{2})(?:挂账|逾期|拖欠|闲置|沉淀|账龄)(?:超过|达|在)?[\d一两二三四五六十]{1,2}年及?以上$"
)
_CAUSE = regex.compile(
    r"(?<=项目|资金|支出|收入|费|税|补贴|补助)(?:因(?!公)|由于|受(?!理))|(?<=津贴|补贴|补助|标准|费|金|财政)按(?=[\d\p{Han}])"
)
_DECIDED = ("批准", "通过", "审议", "核定", "确定", "批复", "审定", "核准", "报告", "公布", "下达")
_APPROVED = regex.compile(rf"(?:并?经|报)\p{{Han}}{{2,20}}?{one_of(_DECIDED)}(?:后|同意)?$")  # 经县人大常委会批准调整为
_SINGLE = frozenset("增降升减涨跌")
_SINGLE_AFTER = ("同比", "环比", "，", ",")


def _cut_single(phrase: Phrase) -> None:
    """，增4.1%, 同比降2%: one character says the direction, where nothing but a comma or 同比 stands before it."""
    text, end = phrase.text, phrase.end
    if phrase.what != "percentage" or not end or text[end - 1] not in _SINGLE:
        return
    if end - 1 == phrase.start or text.endswith(_SINGLE_AFTER, phrase.start, end - 1):
        phrase.turn, phrase.end = "change", end - 1


def _cut_words(phrase: Phrase) -> None:
    text = phrase.text
    while phrase.end > phrase.start:
        if _cut_shape(phrase) or (phrase.what != "percentage" and _cut_done(phrase)):
            continue
        word = _WORDS.ending(text, phrase.start, phrase.end)
        if word is None or not _note(phrase, word, phrase.end - len(word)):
            return
        phrase.end -= len(word)
        if _WORDS.codes[word] == "direction":
            _cut_base(phrase)


def _cut_shape(phrase: Phrase) -> bool:
    """Cut what no word list holds: （减少） of a template, a year behind its name, 每辆."""
    text, last = phrase.text, phrase.text[phrase.end - 1]
    found = None
    if last in "）)":
        found = _TEMPLATE.match(text, phrase.start, phrase.end)
    elif last in "年度":
        found = _YEAR.match(text, phrase.start, phrase.end)
    elif last in "金出入":
        found = _moved(phrase)
    if found is None and last in "初末底期年" and not _FROM_SIGNS.isdisjoint(text):
        found = _FROM.match(text, phrase.start, phrase.end)
    if last == "均" and phrase.what == "percentage":
        found = _YEARLY.match(text, phrase.start, phrase.end)
    if found is None and (last == "均" or "每" in text[max(phrase.start, phrase.end - 4) : phrase.end - 1]):
        found = _PER.match(text, phrase.start, phrase.end)
        phrase.mean = phrase.mean or found is not None
    if found:
        phrase.end = found.start()
    return found is not None or _more_done(phrase)


def _more_done(phrase: Phrase) -> bool:
    """较上年多争取1.1亿元: a verb with 多 or 少 behind a base of comparison is a change."""
    text, at = phrase.text, phrase.end - 3
    if phrase.what != "amount" or at <= phrase.start or text[at] not in "多少" or text[at + 1 : at + 3] not in DEEDS:
        return False
    if not _BASE.search(text, phrase.start, at):
        return False
    phrase.turn, phrase.end = "change", at
    return True


_ALREADY = ("已", "已全部", "已全额")
PLANNED = ("到期", "超期", "少", "多", "未", "已", "已经", "计划", "实际", "累计", "拟", "共", "、", "均", "或")


def _cut_done(phrase: Phrase) -> bool:
    """问题已整改121个, 人员退休、调出11人: what was done with the things counted is no part of their name."""
    text, start = phrase.text, phrase.end - 2
    if start - phrase.start < 2:
        return False
    word = text[start : phrase.end]
    if phrase.what == "amount":
        done = word in DEEDS and text.endswith(_ALREADY, phrase.start + 2, start)
    else:
        done = (word in MOVES and text[start - 1] not in "是为因有其") or (
            word in DEEDS and text.endswith(PLANNED, phrase.start + 2, start)
        )
    if done:
        phrase.end = start
    return done


MOVES = frozenset(table("label", "moves"))
DEEDS = MOVES | {
    word for word, code in table("label", "lead").items() if code in ("verb", "weak", "activity") and len(word) == 2
}
_OBJECT = regex.compile(rf"(?r){one_of(_DIRECTIONS)}(?:资金|支出|收入|投入)")
_SAVED = ("节约", "节省", "节减")  # what was saved is a sum of its own


def _moved(phrase: Phrase) -> regex.Match[str] | None:
    """比上年增加支出: the direction word has an object that only repeats the subject."""
    found = _OBJECT.match(phrase.text, phrase.start, phrase.end) if phrase.turn is None else None
    if found and found.group().startswith(_SAVED):
        return None
    if not found or not (found.start() == phrase.start or _BASE.search(phrase.text, phrase.start, found.start())):
        return None
    phrase.turn = "change"
    return found


def _note(phrase: Phrase, word: str, start: int) -> bool:
    """Keep what a tail word says; False where it belongs to the name after all."""
    code = _WORDS.codes[word]
    if code == "direction":
        return _turned(phrase, word)
    if _in_name(phrase, word, code, start):
        return False
    if code == "reached":
        phrase.turn = "reached"
    elif code == "each":
        phrase.each = word
    elif code == "mean":
        phrase.mean = True
    elif code in STAGES:
        phrase.stage = phrase.stage or _stage(phrase, code, start)
        phrase.based = phrase.based or phrase.text[: phrase.end - len(word)].strip("，,") in _AGAINST
    elif code == "aim":
        return _aimed(phrase, start)
    elif code == "adverb":
        return phrase.end < len(phrase.text)
    elif code == "spent":
        return phrase.text.endswith(_EACH, phrase.start, start)
    return code != "stop"


# 本次下达, 税务征收: without the verb nothing is left that names a sum.
_BY_WHOM = {"下达": ("提前", "本次", "此次", "首批"), "征收": ("税务", "财政", "海关")}
_ITEMS = regex.compile(r"[一二三四五六七八九十\d]{1,2}项\p{Han}{2,12}")  # 十项民生支出合计
_NEXT = ("下年", "次年", "下年度", "下一年度", "下一年")


def _in_name(phrase: Phrase, word: str, code: str, start: int) -> bool:
    """Whether a tail word belongs to the name before it: 支出合计, 税务征收, 土地使用, for counts 预算执行9.48分."""
    text = phrase.text
    if code == "sum":
        if "等" in text and "、" in text:
            return False  # 教育、卫生等民生支出合计: the sum of a list
        return text.endswith(_SUMMED, phrase.start, start) and not _ITEMS.fullmatch(text, phrase.start, start)
    if code == "verb":
        return text.endswith(_BY_WHOM.get(word, ()), phrase.start, start)
    if code == "used":
        return not text.endswith(_NEXT, phrase.start, start)
    return word == "执行" and phrase.what == "count"


def _aimed(phrase: Phrase, start: int) -> bool:
    """满意度目标值: the goal is said by the kind, and the name goes without it."""
    if phrase.what == "count" and phrase.text.endswith("值", 0, phrase.end):
        return start > phrase.start  # 培训人数目标值500人
    if phrase.what != "percentage" or phrase.kind or phrase.turn == "change":
        return False
    phrase.kind = "target"
    return start >= phrase.start


_EARLIER = (
    ("年初", "initial_budget"),
    ("调整后", "adjusted_budget"),
    ("调整", "adjusted_budget"),
    ("全年", "adjusted_budget"),
)


_AGAINST = ("比", "较", "与", "同")  # ，比预算50万元减少10万元
_OPENING_YEAR = regex.compile(r"年初(?!结)\p{Han}{2,10}$")  # 年初收入预算


def _stage(phrase: Phrase, code: str, start: int) -> Stage:
    """The stage of a word, made exact by what stands before it: 年初 + 预算安排."""
    if code == "budget" and phrase.turn == "reached":
        return "adjusted_budget"
    if code == "budget":
        for word, exact in _EARLIER:
            if phrase.text.endswith(word, phrase.start, start):
                phrase.end -= len(word)
                return STAGES[exact]
        if "年初" in phrase.text and _OPENING_YEAR.search(phrase.text, phrase.start, start):
            return "initial_budget"
    return STAGES[code]


def _turned(phrase: Phrase, word: str) -> bool:
    """A direction word; a second one belongs to the name, unless it is the rate that changed (增幅…提高)."""
    if phrase.turn is None:
        if phrase.what == "amount" and word in _NO_SUM:
            return False
        phrase.turn = "change"
        return True
    return phrase.turn == "change" and word in affixes("label", "growth").codes


_NO_SUM = ("提升", "加快", "延长", "缩短", "放缓")  # said of no sum: 能力提升120万元 is a name


def _cut_base(phrase: Phrase) -> None:
    """Cut the base of a comparison and the caliber from the end of what is left."""
    text = phrase.text
    for _ in range(2):
        found = None
        if not _BASE_SIGNS.isdisjoint(text):
            stated = phrase.turn or _SHORT.match(text, phrase.start, phrase.end)
            found = (_BASE if stated else _BARE_BASE).search(text, phrase.start, phrase.end)
        if found and (named := AGAINST_WHICH.match(text, found.start(), found.end())):
            phrase.start, phrase.based = named.start("name"), True  # 与上年相比在职减少3人
            return
        if found:
            _note_base(phrase, found)
        elif not _CALIBER_SIGNS.isdisjoint(text) or "口径" in text:
            found = _CALIBER.search(text, phrase.start, phrase.end)
        if not found:
            return
        phrase.end = found.start()
        _cut_words(phrase)


def _note_base(phrase: Phrase, found: regex.Match[str]) -> None:
    phrase.based = True
    if each := EACH.search(found.group()):
        phrase.each = each.group()
    if _SHORT.match(phrase.text, found.start(), phrase.end):
        phrase.turn = "change"
