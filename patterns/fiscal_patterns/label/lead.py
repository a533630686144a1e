"""From the left: conjunctions, periods, the unit's own name, scope, adverbs and governing verbs before a name."""

from __future__ import annotations

import regex

from fiscal_patterns.label.affixes import affixes
from fiscal_patterns.label.period import LEADING
from fiscal_patterns.label.phrase import Phrase
from fiscal_patterns.label.tallies import narrow_count
from fiscal_patterns.lexicon import one_of, table

_BODY = r"(?:局|委员会|中心|办公室|办事处|政府|法院|检察院|大学|学院|厅|总队|支队|医院|学校|管委会|部门|单位|委|馆|站|所|处|(?<!住)院|会)"
_BODY_SIGNS = frozenset("局会心室处府院学厅队校门位委馆站所财市省区县州镇乡办级央")
_HEADS = (
    r"(?=20\d\d年|共有|现有|实有|核定|机关运行|运行经费|政府采购|收入|支出|财政拨款|一般公共预算|年度|部门|本年|“三公”|三公|编制|"
    r"内设|全年(?=\p{Han}{2,6}收入)|下属|下设|执行数|年初|收支|设定|设置|按照|根据|开展|存在|组织(?=各项|税费|税收|收入|地方|非税|社保))"
)
_OWN = regex.compile(
    r"(?:本|我|该|各)(?:部门|单位|乡镇|局|中心|委|院|校|镇|乡|街道|站|所|办|处|厅|会|队|馆)(?:机关(?!运行)|本级)?"
    r"|单位(?=编制|共有|现有|内设)"
    r"|(?:\p{Han}{0,5}[省市区县州]财政|[省市区县州]?财政(?:部门|局))(?=下达|安排|拨付|追加|核定|批复|转贷|筹措|筹集|统筹)"
    r"|(?:上级|中央|[省市县区州]级?)(?:财政)?(?:下达|转贷)(?:[我本][省市县区州旗])?"
    r"|\p{Han}{1,4}[省市区县州](?=实现|完成|一般公共预算|地方|税收|非税|财政[总收支]|政府性基金|国有资本|社会保险基金|(?:项目|基本|教育)支出)"
)
_BODY_END = regex.compile(rf"{_BODY}(?:机关(?!运行)|本级)?{_HEADS}")
_LONGEST_BODY = 28  # 达州市通川区医疗保障事务中心 has 14 characters; the longest name of a body in the field 26
_HAN = regex.compile(r"\p{Han}*+")
SCOPE = regex.compile(
    r"全[省市区县州盟旗镇乡国](?!性|医院|中)|[省市区县州]本级|[省市县区州]直(?!接|属)"
    r"|(?:中央|[省市区县州乡镇]){1,2}级(?=一般公共预算|政府性基金|国有资本|社会保险|财政[收总支拨]|财力|税收|非税|收入|支出|收支|总[收支]"
    r"|本年|当年|预备费|预算[稳周]|部门|党政|基金预算|债务|“?三公|地方)|各?县[（(](?:市、区|区)[)）](?!$)"
)
SCOPE_SIGNS = frozenset("全省市区县州中乡镇各")
_TIME_SIGNS = frozenset("去截到在于自从0123456789元上下前一二三四")
_PREFIX = regex.compile(
    r"[（(][^（）()]{0,60}+[)）]、?|[（(]?\d{1,2}[)）]?[.、．](?!\d)|\d{5,}+[A-Z]?\d*+(?=\p{Han})|\d[\d.]*+\p{Han}{1,3}?及?以[上下内]的?(?=\p{Han}{2})|[^，,]{0,12}原因(?:是|为)?[：:]?"
    r"|[省市区县州]级?对[^，,]{1,8}?(?=税收返还|转移支付|补助)|使用(?:一般公共预算)?财政拨款(?:安排|开支)?|(?:违规|擅自|超范围|未按规定)将|[/／]\p{Han}{1,3}(?=[、，,；;)）]|$)|\d[\d—–-]{0,6}+周?岁(?:及?以[上下])?的?|《[^《》]{1,40}+》(?=反映|指出|显示|提出|涉及)|绩效自评综述|评价结论|其(?![他它余中次])"
    r"|[本该](?=项目(?!20)|专项|资金|基金|工程)|[本该]?项目(?:计划|拟|共|累计|实际|已)++(?=(?:新建|建设|改造|购置|培训|修建|铺设|安装|种植|栽植)\p{Han}{2})|(?:合同|文件|办法|制度|政策|协议|规定)(?:约定|规定|明确)|(?:数量|质量|时效|成本|效益|产出|满意度)指标(?=“)|该\p{Han}{1,3}(?=20\d\d年)|现(?=下达|拨付|安排|追加|分配|预拨)|你(?:们|[省市县区州旗局校院委厅镇乡]|单位)|第(?=[一二三四]季度)|2[0-3]\d(?=[一外国公教科文社卫节城农交资商金援自住粮灾债]\p{Han})|某(?:[省市县区镇乡村]|单位|部门|公司|企业|学校|医院|街道|[局委院校处站所])(?=\p{Han}{2})|加(?=上级)|决算(?:数)?反映(?=支出|收入)"
    r"|调整后(?=\p{Han}{2})|通过(?:“[^“”]{1,20}”|\p{Han}{1,10}?)(?:采购|购买)(?=\p{Han}{3})"
    r"|[^，,（(]{2,40}[（(](?:以下)?简称[^（）()]{1,30}+[)）]|年度(?=绩效(?:指标|目标))|建议\p{Han}{0,10}?对"
    r"|责令(?:其|限期)?(?=补缴|追缴|退还|收回|归还|缴纳|上缴|清退|调整)|(?:党政机关|机关事业单位|行政事业单位|行政单位|各?部门)(?=“?三公)|本年(?=资产|负债|净资产|固定资产|债务)|调整(?=账目|账务)"
    r"|(?:近|过去)[两二三四五六七八九十]年来?(?=\p{Han}{3})|组织(?=(?:财政|税收|税费|社保|非税|一般公共预算|各项|地方)\p{Han}{0,6}收入)"
)
# First characters of the former, 原因 apart: most names begin with none of them.
_PREFIX_SIGNS = frozenset(
    "数质时成效产满近过责党机行各部项合文办制政协规年建（(0123456789省市区县州使违擅超未/／《绩评其本该现你加决组调通第某"
)
# ——, ①, •, ；, | before a name; brackets, quotes and digits may belong to it.
_SIGNS = regex.compile(r"[^\p{L}\p{Nd}\s（(《〈“‘「『【〔\[≥≤<>＞＜]++")
_MEAN = regex.compile(
    r"(?P<per>人次|[人户亩村校床车件])均|(?:每(?P<per>公里|平方米|立方米|公斤|学时|批次|课时|[条年人户辆座场个台次月天亩件套校村生吨名位](?:学生|教师|职工|村民|老人)?+))++"
)
_MEAN_SIGNS = frozenset("人户亩村校床车件每")
_PLANNED_SIGNS = frozenset("部单年预")
_PLANNED = regex.compile(r"(?:部门|单位|年初)?预算(?:共|拟)?安排(?=\p{Han}{2})")
_MOVED = tuple(word for word, code in affixes("label", "lead").codes.items() if code == "moved")
_TALLIES = tuple(word for word, code in affixes("label", "noun").codes.items() if code == "tally" and len(word) > 1)
_EXTENTS = ("面积", "里程", "规模", "标准", "长度")
_MEANS = ("人均", "平均")
_RATES = ("率", "度", "比例", "比重", "占比")
_PAID = ("金", "费", "款", "补贴", "补助", "奖励", "津贴", "工资", "利息", "本金")
_BUILT = ("购置项目", "建设项目", "改造项目", "运维项目", "维护项目", "采购项目")
_OWED = ("经费支出", "债务", "债券", "贷款")  # whose or what for stands before 的
_BUYING = ("购置", "购买", "采购", "更新", "安装")
_THINGS = ("设备", "工具", "车辆", "物资", "用品", "家具", "产品", "仪器", "药品", "材料", "用车", "电脑", "服装")
_FLOWING = ("完成", "实现", "安排", "达到", "追加", "有", "共有", "落实", "影响", *_MOVED)
_FUNDS = ("资金", "经费", "基金", "补助", "补贴")

_LEAD, _KEPT, _NOUN = affixes("label", "lead"), affixes("label", "kept"), affixes("label", "noun")


def trim_lead(phrase: Phrase) -> None:
    """Cut what stands before the name."""
    if phrase.what == "amount" and "每" in phrase.text:
        _cut_paid(phrase)
    while phrase.start < phrase.end:
        at = _shape_end(phrase)
        if at == phrase.start:
            at += _word_length(phrase)
        if at == phrase.start:
            return
        phrase.start = at


# 对80岁以上老年人每人每月发放高龄津贴, 按小学每生每年
_EACH_PAID = regex.compile(
    r"(?<=[\p{Han}”）)])(?:每[条人户辆座场次月天亩套校村生年]){1,2}(?=(?:发放|给予|补助|补贴|奖励|享受|领取|缴纳|增发)\p{Han}{3})"
)
_AT_WHICH = ("按照", "按")
_ON_TIME = ("按时", "按期", "按月", "按年", "按季", "按规定", "按政策", "按要求")


def _cut_paid(phrase: Phrase) -> None:
    """To whom something is paid, and the verb that says by what rule it is."""
    if found := _EACH_PAID.search(phrase.text, phrase.start, phrase.end):
        phrase.start = found.start()
    elif phrase.mean and phrase.text.startswith(_AT_WHICH) and not phrase.text.startswith(_ON_TIME):
        phrase.start = min(phrase.end, 2 if phrase.text.startswith(_AT_WHICH[0]) else 1)


def _shape_end(phrase: Phrase) -> int:
    """Where a period, bracket, scope or the unit's name ends that stands first; the start where none does."""
    text, start, end = phrase.text, phrase.start, phrase.end
    sign = text[start]
    found = None
    if not sign.isalpha() and sign not in "/／" and (found := _SIGNS.match(text, start, end)):
        return found.end()
    if sign in _TIME_SIGNS:
        found = LEADING.match(text, start, end)
    if not found and sign in SCOPE_SIGNS and (found := SCOPE.match(text, start, end)):
        at = found.end()
        return at + 2 if text.startswith(("部门", "单位"), at) and at + 4 <= end else at
    if not found and phrase.what == "amount" and sign in _MEAN_SIGNS and (found := _MEAN.match(text, start, end)):
        phrase.per = "/".join(found.captures("per"))
    if not found and sign in _PLANNED_SIGNS and (found := _PLANNED.match(text, start, end)):
        phrase.stage = phrase.stage or ("initial_budget" if sign == "年" else "budget")
    if not found and (sign in _PREFIX_SIGNS or "原因" in text or "简称" in text):
        found = _PREFIX.match(text, start, end)
        if found and sign == "决":
            phrase.stage = phrase.stage or "final_account"
        elif found and sign == "调" and phrase.stage == "budget":
            phrase.stage = "adjusted_budget"
    if not found and not _BODY_SIGNS.isdisjoint(text) and not _KEPT.opening(text, start, end):
        found = _OWN.match(text, start, end) or _body(text, start, end)
    return found.end() if found else start


def _body(text: str, start: int, end: int) -> regex.Match[str] | None:
    """The name of a public body that stands first and is followed by what it has or spends."""
    run = _HAN.match(text, start, min(end, start + _LONGEST_BODY))
    found = _BODY_END.search(text, start, min(end, run.end() + _AHEAD)) if run and run.end() > start else None
    if not found or not run or found.end() > run.end():
        return None
    return None if text.endswith("项目", found.end(), end) and run.end() >= end else found  # 福利院运行经费项目


_AHEAD = 5  # 2024年, the longest thing after a body that is not Han


def _word_length(phrase: Phrase) -> int:
    """How much of a lead word is cut: nothing where it belongs to the name (投入资金, 采购数量)."""
    text, start, end = phrase.text, phrase.start, phrase.end
    word = _LEAD.opening(text, start, end)
    if word is None and text.startswith("支出", start) and text.endswith(_PAID, start + 4, end):
        return 2  # 支出低保金6,021万元
    if word is None or _KEPT.opening(text, start, end):
        return 0
    code, rest = _LEAD.codes[word], text[start + len(word) : end]
    if code in ("link", "adverb"):
        return 0 if word in _MEANS and phrase.what != "amount" else len(word)
    if len(rest) == 1 or _bound(phrase, word, code, rest):
        return 0
    if code == "moved" and rest:
        phrase.turn = "change"
    return len(word)


def _bound(phrase: Phrase, word: str, code: str, rest: str) -> bool:
    """Whether a verb is part of the name with the words behind it: 支付率, 投入资金, 采购服务12万元."""
    if phrase.what == "percentage" and word not in ("实现", "达到") and rest.endswith(_RATES):
        return True
    noun = "tally" if rest[:1] in ("率", "性") else _NOUN.codes.get(rest)
    if (
        noun == "tally"
        or (noun == "flow" and word not in _FLOWING)
        or (noun == "head" and (phrase.what != "count" or rest in _EXTENTS) and word != "涉及")
    ):
        return True
    if code == "aim":
        return phrase.what == "amount" and rest.endswith(_FUNDS)
    bought = phrase.what == "amount" and word in _BUYING and rest.endswith(_THINGS)
    if bought or code not in ("weak", "activity"):
        return False
    if code == "activity" and (noun == "place" or rest.endswith(_BUILT)):
        return True
    return phrase.what != "count" or not rest or rest.endswith(_TALLIES) or _modifies(rest)


def _modifies(rest: str) -> bool:
    word = _NOUN.opening(rest, 0, len(rest))
    return word is not None and _NOUN.codes[word] != "place"


# ---- inside ------------------------------------------------------------------------------------------------------

_ETC = regex.compile(r"(?<![高中初平均同优一二三特相])等(?=\p{Han}{2})(?![于级待候额])")
_INNER = regex.compile(r"(?<=[)）明])20\d\d年度?|产生(?=\p{Han}{2})")
_USE = regex.compile(r"(?:主要|全部)?用于")
_BY = regex.compile(r"按照|根据|围绕|结合")
_VERBS = regex.compile(
    one_of([word for word, code in _LEAD.codes.items() if code in ("verb", "weak", "activity") and len(word) > 1])
)
_LONG = 14  # the shortest name of the corpus with a title run into it has 19 characters
_TITLE = regex.compile(r"(?r)(?:简况|情况|公告|公示|说明|摘要)(?=\p{Han}{2})")
_DEEDS = [word for word, code in _LEAD.codes.items() if code == "verb" and len(word) > 1]
_IRREGULAR = regex.compile(
    rf"(?:违规|擅自|超范围|超标准|超预算|无预算|无依据|虚假)(?:{one_of(_DEEDS)}|支出|采购|购置|处置|出租|占用|转让)(?=\p{{Han}}{{2}}|“)"
)
_STRONG = regex.compile(
    rf"(?<![待未应可需拟])(?<!税收(?=返还))(?:{one_of(table('label', 'strong'))}|核定(?=[我本][省市区县州])|(?:累计|共|先后|合计|已|依法)(?:{one_of(_DEEDS)}))"
    r"(?:[我本][省市区县州]|(?<=下达)\p{Han}{1,3}[市区县州旗](?<![小灾园景校牧库社地城]区|城市)(?=\p{Han}{3}))?+"
    r"(?=\p{Han}{2}|“|20\d\d年)(?![的性]|责任)"
)


# First characters: most phrases hold none, and a set is asked in a tenth of the time of a search.
_BY_SIGNS = frozenset("按根围结")
_IRREGULAR_SIGNS = frozenset("违擅超无虚")
_BODY_ENDS = frozenset("局委办心关位门馆站所处院校司镇乡县市区厅队会")
_STRONG_SIGNS = frozenset(word[0] for word in table("label", "strong")) | frozenset("累共先合已依核")


def narrow(phrase: Phrase) -> None:
    """Of a relative clause keep its noun, of a list closed by 等 the noun after it."""
    text = phrase.text
    if ("产生" in text or "20" in text) and (found := _INNER.search(text, phrase.start, phrase.end)):
        phrase.start = found.end()
        trim_lead(phrase)
    if "用于" in text and (found := _USE.search(text, phrase.start + 1, phrase.end)):
        phrase.start = found.end()
    first = text[phrase.start : phrase.start + 1]
    if first in _BY_SIGNS and _BY.match(text, phrase.start, phrase.end):
        phrase.start = _last_end(_VERBS, text, phrase.start, phrase.end - 1)
    if phrase.end - phrase.start > _LONG and (title := _TITLE.search(text, phrase.start, phrase.end - 2)):
        phrase.start = title.end()
        trim_lead(phrase)
    if phrase.what == "count":
        if text.startswith("按", phrase.start) and text[phrase.start + 1 : phrase.start + 2] not in "照期时":
            phrase.start += 1  # 按服务人口32万人测算
        narrow_count(phrase)
        if (at := text.find("按", phrase.start + 2, phrase.end - 2)) > 0 and text[at + 1] not in "期时":
            phrase.start = at + 1  # 运行经费按在职人员142人核定
    if not _IRREGULAR_SIGNS.isdisjoint(text) and (irregular := _IRREGULAR.search(text, phrase.start, phrase.end)):
        by = irregular.start() == phrase.start or text[irregular.start() - 1] in _BODY_ENDS
        phrase.start = irregular.end() if by else phrase.start  # 超范围使用预备费, 局机关违规采购电脑
    if not _STRONG_SIGNS.isdisjoint(text):
        _cut_governed(phrase)
    if "等" in text and (phrase.what == "count" or _listed(phrase)):
        phrase.start = _last_end(_ETC, text, phrase.start, phrase.end)
    _cut_clause(phrase)


def _cut_governed(phrase: Phrase) -> None:
    """Of 市财政局先后下达补助资金 keep the object; 补贴发放标准, 本级安排的支出 and 资金发放率 are names."""
    text, at = phrase.text, phrase.start
    for found in _STRONG.finditer(text, phrase.start + 1, phrase.end):
        rest = text[found.end() : phrase.end]
        if not _NOUN.opening(rest, 0, len(rest)) and not (phrase.what == "percentage" and rest.endswith(_RATES)):
            at = found.end()
    if at > phrase.start:
        phrase.start = at
        trim_lead(phrase)


def _listed(phrase: Phrase) -> bool:
    """Whether 等 closes a list: marks before it, a noun behind it that is more than 支出."""
    found = _ETC.search(phrase.text, phrase.start + 2, phrase.end)
    if not found or phrase.text[found.end() : phrase.end] in _NOUN.codes:
        return False
    return not {"、", "“"}.isdisjoint(phrase.text[phrase.start : found.start()])


def _last_end(pattern: regex.Pattern[str], text: str, start: int, end: int) -> int:
    ends = [found.end() for found in pattern.finditer(text, start, end)]
    return ends[-1] if ends else start


def _cut_clause(phrase: Phrase) -> None:
    """预算结余率大于10%的项目 → 项目; but 对个人和家庭的补助 and 用于民生的支出 are names as a whole."""
    text = phrase.text
    of = text.rfind("的", phrase.start, phrase.end)
    rest = text[of + 1 : phrase.end]
    if of <= phrase.start or len(rest) < 2 or "对" in text[phrase.start : phrase.end]:
        return
    if closed := rest.rfind("）") + 1 if "（" not in rest else 0:
        phrase.start = of + 1 + closed  # 各部门（含参照公务员法管理的事业单位）“三公”经费
        return
    if (phrase.what != "count" and (rest in _NOUN.codes or rest in _OWED)) or _KEPT.opening(
        text, phrase.start, phrase.end
    ):
        return
    phrase.start = of + 1
    trim_lead(phrase)
