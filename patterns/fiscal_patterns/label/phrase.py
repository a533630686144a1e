"""The words between a boundary and a number, trimmed from both sides to the name of what is measured."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

from fiscal_patterns.facts import Kind, Stage
from fiscal_patterns.label.affixes import affixes
from fiscal_patterns.label.nouns import Range
from fiscal_patterns.label.period import LEADING
from fiscal_patterns.lexicon import one_of, table
from fiscal_patterns.quantity.nouns import QuantityKind

Turn = Literal["change", "reached"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase taken apart; ranges are offsets into it, an empty ``name`` means that it names nothing.

    ``bare`` is a word such as 金额 that needs the subject before it, ``noun`` a 增幅 that itself changed,
    ``whole`` what a percentage is measured against, ``ratio`` the stretch of a named share (税收占…的比重).
    """

    name: Range
    stage: Stage | None = None
    turn: Turn | None = None
    each: str | None = None
    mean: bool = False
    kind: Kind | None = None
    whole: Range | None = None
    ratio: Range | None = None
    noun: Range | None = None
    rate: Range | None = None
    bare: Range | None = None
    based: bool = False
    scope: str | None = None
    turned: Range | None = None


class Reading:
    """A phrase while it is being trimmed: what is left is ``text[start:end]``."""

    __slots__ = ("end", "fields", "ratio", "start", "text", "what")

    def __init__(self, text: str, what: QuantityKind) -> None:
        self.text, self.what = text, what
        self.start, self.end = 0, len(text)
        self.fields: dict[str, object] = {}
        self.ratio: int | None = None


_STAGES: tuple[Stage, ...] = ("budget", "initial_budget", "adjusted_budget", "final_account", "outturn")
_STAGE: dict[str, Stage] = {code: code for code in _STAGES}
_DIRECTIONS = table("delta", "direction")
_TURNS = one_of([*_DIRECTIONS])
_TEMPLATE = regex.compile(rf"(?r)[（(]{_TURNS}[)）]")
_PER = regex.compile(r"(?r)(?:由|从)?(?:平均)?(?:每[条年人户辆座场个台次月天亩件套校村])+|由月均")
_YEAR = regex.compile(r"(?r)(?<=\p{Han})20\d\d年度?")
_SUMMED = ("收入", "支出", "收支", "目标", "项", "拨款", "税收", "来源", "运用", "支")
_BASES = r"(?:20\d\d|\d\d年|上年|上一|去年|年初|预算|调整|决算|同期|上月|上季|\d{1,2}[-—–~月至到]|计划|任务|目标|序时|时序|概算|全[省国市州县区年]|本年|改造前|合同|前)"
_BASE = regex.compile(rf"(?:与|同|和|比|较|相比|对比){_BASES}[^，,]{{0,30}}$")
_COMPARISON = regex.compile(rf"(?:超出|超过|超|高于|低于|快于|慢于|大于|小于){_BASES}[^，,]{{0,12}}$")
_EACH = regex.compile(r"分别|各自?(?=为|占|$)")
_SHORT = regex.compile(r"(?r)[高低多少快慢]出?")
_CALIBER = regex.compile(
    r"(?:按[^，,]{0,12}(?:口径|计算)[^，,]{0,4}|(?:扣除|剔除)[^，,]{1,24}后[^，,]{0,8}|(?:同|自然|可比)口径[^，,]{0,4})$"
)

_VAGUE = r"(?:分别|各|均|为|达到|达|约|近|逾|超过|超|不足|仅|的|了|到|高达|将近|接近)*"
_COMPLETION = regex.compile(
    r"(?:完成|为|达到|达|占)(?P<whole>(?:全年|年初|年度|调整后|调整|变动|本年|当年|收入|支出|部门)*+预算(?:数|任务|总额|目标|安排)?"
    rf"|(?:年度|全年|年初)?(?:目标|任务|计划)(?:任务|数)?)(?:的(?:比例|比重)?)?{_VAGUE}$"
)
_BORNE = regex.compile(r"(?P<whole>[^，,]{2,16}部分)由(?=\p{Han}{2,10}$)")
_SHARE = regex.compile(
    rf"(?<!侵|抢|挤)占(?![地用有])(?P<whole>[^占，,]{{0,40}}?)(?:的?(?:比重|比例|份额)|的|比)?{_VAGUE}$"
)


@lru_cache(maxsize=8192)
def read(text: str, what: QuantityKind) -> Phrase:
    """The phrase before a quantity of kind ``what``, from its left boundary to the number."""
    reading = Reading(text, what)
    _measured_against(reading)
    _cut_comparison(reading)
    _trim_tail(reading)
    _cut_base(reading)
    _trim_lead(reading)
    _narrow(reading)
    return _phrase(reading)


def _phrase(reading: Reading) -> Phrase:
    start, end = reading.start, reading.end
    name = reading.text[start:end]
    bare = affixes("label", "bare").codes.get(name)
    if bare == "joined":
        return Phrase((start, start), bare=(start, end), **reading.fields)  # type: ignore[arg-type]
    if bare == "alone" or not _NAMED.search(name):
        return Phrase((start, start), **reading.fields)  # type: ignore[arg-type]
    ratio = (start, reading.ratio) if reading.ratio else None
    return Phrase((start, end), ratio=ratio, **reading.fields)  # type: ignore[arg-type]


_NAMED = regex.compile(r"\p{Han}[^，]|[A-Za-z]")


# As a predicate (执行率为100%) the rate speaks of the item; as a noun (执行率92.5%) it names itself.
_RATE_OF_SUBJECT = regex.compile(r"(?P<rate>(?:预算)?执行率)为$|(?P<rate>(?<!预算|任务|目标)完成率)(?:为|达到|达)?$")

# ---- what a percentage is measured against -----------------------------------------------------------------------


def _measured_against(reading: Reading) -> None:
    """完成预算的, 占支出合计的, 占…的比重为: cut, with the whole kept apart; an amount may stand inside (完成预算1万元的)."""
    if reading.what == "percentage" and (found := _RATE_OF_SUBJECT.search(reading.text)):
        reading.fields |= {"kind": "completion", "rate": found.span("rate")}
        reading.end = found.start()
    elif reading.what == "percentage" and (found := _BORNE.search(reading.text)):
        reading.fields |= {"kind": "share", "whole": found.span("whole")}
        reading.start = found.end()
    elif found := _COMPLETION.search(reading.text):
        _against(reading, found, "completion")
    elif reading.what == "percentage" and (found := _SHARE.search(reading.text)):
        _against(reading, found, "share")
        if found.start() and ("比重" in found.group() or "比例" in found.group()):
            reading.ratio = found.group().rfind("比") + 2 + found.start()


def _against(reading: Reading, found: regex.Match[str], kind: Kind) -> None:
    if reading.what == "count" or (reading.what == "amount" and found.group()[0] not in "完占"):
        return
    start, end = found.span("whole")
    if kind == "completion" and reading.text[end - 1] == "数":
        end -= 1
    reading.fields |= {"kind": kind, "whole": (start, end) if end > start else None}
    if each := _EACH.search(found.group()):
        reading.fields["each"] = each.group()
    reading.end = found.start()
    if reading.what == "amount":
        word = affixes("label", "tail").ending(reading.text, start, end)
        reading.fields["stage"] = _STAGE.get(affixes("label", "tail").codes[word]) if word else None


# ---- from the number backwards -----------------------------------------------------------------------------------

_CODES = {**{word: "direction" for word in _DIRECTIONS}, **affixes("label", "tail").codes}
_TAIL = affixes("delta", "direction"), affixes("label", "tail")


def _trim_tail(reading: Reading) -> None:
    """Cut links, verbs, stage and direction words that stand between the name and the number."""
    while reading.end > reading.start:
        if found := _TEMPLATE.match(reading.text, reading.start, reading.end):
            reading.end = found.start()
            continue
        if found := _YEAR.match(reading.text, reading.start, reading.end):
            reading.end = found.start()
            continue
        if found := _PER.match(reading.text, reading.start, reading.end):
            reading.end, reading.fields["mean"] = found.start(), True
            continue
        word = _last_word(reading)
        if word is None or _CODES[word] == "stop":
            break
        start = reading.end - len(word)
        if not _note(reading, word, start):
            break
        reading.end = start
        if _CODES[word] == "direction":
            _cut_base(reading)


def _last_word(reading: Reading) -> str | None:
    words = [table.ending(reading.text, reading.start, reading.end) for table in _TAIL]
    return max((word for word in words if word), key=len, default=None)


def _note(reading: Reading, word: str, start: int) -> bool:
    """Keep what a tail word says; False where it belongs to the name after all."""
    fields, code = reading.fields, _CODES[word]
    if code == "direction":
        if fields.get("turn") == "change" and word in affixes("label", "growth").codes:
            fields["noun"] = (start, reading.end)
            return True
        if "turn" in fields:
            return False
        fields |= {"turn": "change", "turned": (start, reading.end)}
    elif code == "sum":
        return not reading.text.endswith(_SUMMED, reading.start, start)
    elif code == "reached":
        fields["turn"] = "reached"
    elif code == "each":
        fields["each"] = word
    elif code == "mean":
        fields["mean"] = True
    elif code in _STAGE:
        fields.setdefault("stage", _STAGE[code])
    return True


def _cut_comparison(reading: Reading) -> None:
    """Cut a comparison whose base stands between it and the number: 超序时进度, 低于全省平均增幅."""
    if reading.what != "count" and (found := _COMPARISON.search(reading.text, 0, reading.end)):
        reading.fields["turn"] = "change"
        reading.end = found.start()


def _cut_base(reading: Reading) -> None:
    """Cut the base of a comparison and the caliber from the end of what is left."""
    for _ in range(2):
        if found := _BASE.search(reading.text, reading.start, reading.end):
            reading.fields["based"] = True
            if each := _EACH.search(found.group()):
                reading.fields["each"] = each.group()
            if _SHORT.match(reading.text, found.start(), reading.end):
                reading.fields["turn"] = "change"
        elif not (found := _CALIBER.search(reading.text, reading.start, reading.end)):
            return
        reading.end = found.start()
        _trim_tail(reading)


# ---- from the left -----------------------------------------------------------------------------------------------

_BODY = r"(?:局|委员会|中心|办公室|办事处|政府|法院|检察院|大学|学院|厅|总队|支队|医院|学校|管委会|部门|单位|委|馆|站|所|处|院|会)"
_HEADS = r"(?=20\d\d年|共有|现有|实有|核定|机关运行|运行经费|政府采购|收入|支出|财政拨款|一般公共预算|年度|部门|本年|“三公”|三公|编制|内设|下属|下设|执行数|年初|收支|设定|设置|按照|根据|开展|存在)"
_OWN = regex.compile(
    rf"(?:本|我|该|各)(?:部门|单位|局|中心|委|院|校|镇|乡|街道|站|所|办|处|厅|会|队|馆)(?:机关(?!运行)|本级)?"
    rf"|\p{{Han}}{{0,24}}?{_BODY}(?:机关(?!运行)|本级)?{_HEADS}|单位(?=编制|共有|现有|内设)|(?:[省市区县州]财政|[省市区县州]?财政(?:部门|局))(?=下达|安排|拨付|追加|核定)"
    r"|\p{Han}{1,4}[省市区县州](?=实现|完成|一般公共预算|地方)"
)
_SCOPE = regex.compile(
    r"全[省市区县州盟旗镇乡国](?!性|医院|中)|[省市区县州]本级|[省市县区州]直(?!接|属)|(?:[省市县区州]级)(?=一般公共预算|政府性基金|国有资本|社会保险|财政收入|财政支出|税收|非税)"
)


_PREFIX = regex.compile(
    r"[（(][^（）()]{0,60}[)）]、?|[（(]?\d{1,2}[)）]?[.、．](?!\d)|[^，,]{0,12}原因(?:是|为)?[：:]?|使用(?:一般公共预算)?财政拨款(?:安排|开支)?|绩效自评综述|评价结论|(?:每[条年人户辆座场个台次月天亩件套校村])+|其(?![他它余中])"
)


def _trim_lead(reading: Reading) -> None:
    """Cut conjunctions, periods, the unit's own name, scope, adverbs and governing verbs before the name."""
    while reading.start < reading.end:
        at = _next_start(reading)
        if at == reading.start:
            break
        reading.start = at


def _next_start(reading: Reading) -> int:
    text, start, end = reading.text, reading.start, reading.end
    if _USED.match(text, start, end) or _within_year(reading):
        return start
    if found := _PLANNED.match(text, start, end):
        reading.fields.setdefault("stage", "initial_budget" if "年初" in found.group() else "budget")
        return found.end()
    if found := LEADING.match(text, start, end) or _PREFIX.match(text, start, end):
        return found.end()
    if found := _SCOPE.match(text, start, end):
        reading.fields["scope"] = found.group()
        return found.end()
    if affixes("label", "kept").opening(text, start, end):
        return start
    if found := _OWN.match(text, start, end):
        return found.end()
    word = affixes("label", "lead").opening(text, start, end)
    return start if word is None else start + _lead_length(reading, word)


_PLANNED = regex.compile(r"(?:部门|单位|年初)?预算(?:共|拟)?安排(?=\p{Han}{2})")
_USED = regex.compile(r"用于[^，,]{1,20}的(?:支出|资金|经费)$")
_RATES = ("率", "度", "比例", "比重", "占比")


def _within_year(reading: Reading) -> bool:
    """四季度支出占全年支出的58%: the part of the year belongs to the name."""
    whole = reading.fields.get("whole")
    return isinstance(whole, tuple) and reading.text.startswith("全年", whole[0])


def _lead_length(reading: Reading, word: str) -> int:
    """How much of a lead word is cut: nothing where it belongs to the name (投入资金, 采购数量)."""
    code = affixes("label", "lead").codes[word]
    rest = reading.text[reading.start + len(word) : reading.end]
    if code in ("link", "adverb"):
        return len(word)
    if reading.what == "percentage" and word not in ("实现", "达到") and rest.endswith(_RATES):
        return 0
    noun = "tally" if rest[:1] == "率" else affixes("label", "noun").codes.get(rest)
    if noun == "tally" or (noun == "head" and reading.what != "count" and word != "涉及"):
        return 0
    if code == "weak" and (reading.what != "count" or not rest or affixes("label", "noun").opening(rest, 0, len(rest))):
        return 0
    return len(word)


# ---- inside ------------------------------------------------------------------------------------------------------

_EXPLICIT = regex.compile(r"[（(](?:不|未)[^（）()]{0,30}[)）]$")
_ETC = regex.compile(r"(?<=[、“][^等]{1,60})等(?=[\p{Han}]{2})(?![于级待候额])")


_INNER = regex.compile(r"(?<=[)）明])20\d\d年度?|产生(?=[\p{Han}]{2})")
_BY = regex.compile(r"按照|根据|围绕|结合")


def _narrow(reading: Reading) -> None:
    """Of a relative clause keep its noun, of a list closed by 等 the noun after it; a bracket of exclusion goes."""
    if found := _INNER.search(reading.text, reading.start, reading.end):
        reading.start = found.end()
        _trim_lead(reading)
    if _BY.match(reading.text, reading.start, reading.end):
        _past_verb(reading)
    name = reading.text[reading.start : reading.end]
    if found := _EXPLICIT.search(name):
        reading.end -= len(name) - found.start()
    etc = None
    for etc in _ETC.finditer(reading.text, reading.start, reading.end):
        pass
    if etc:
        reading.start = etc.end()
    of = reading.text.rfind("的", reading.start, reading.end)
    rest = reading.text[of + 1 : reading.end]
    kept = affixes("label", "kept").opening(reading.text, reading.start, reading.end)
    generic = reading.what != "count" and rest in affixes("label", "noun").codes
    if of > reading.start and len(rest) > 1 and not (generic or kept or "对" in name):
        reading.start = of + 1
        _trim_lead(reading)


_VERBS = regex.compile(
    one_of(
        [word for word, code in affixes("label", "lead").codes.items() if code in ("verb", "weak") and len(word) > 1]
    )
)


def _past_verb(reading: Reading) -> None:
    """After 按照…方案采购 the name is what the last verb governs."""
    found = None
    for found in _VERBS.finditer(reading.text, reading.start, reading.end - 1):
        pass
    if found:
        reading.start = found.end()
