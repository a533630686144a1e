"""Reasons against what they explain: missing, reused for opposite changes, contradicted by their own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import islice

import regex
from fiscal_patterns.facts import Delta, Direction, Reason

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable

ABSENT = Code(
    "reason.absent",
    "note",
    "变动达到设定的比例（默认10%），没有写原因",
    "2024年度部门决算情况说明\n\n政府性基金预算财政拨款支出3.00万元，较上年减少9.00万元，下降75%。",
    "2024年度部门决算情况说明\n\n政府性基金预算财政拨款支出3.00万元，较上年减少9.00万元，下降75%，原因是项目完工。",
)
AGAINST = Code(
    "reason.against",
    "note",
    "原因自己的说法与变动的方向相反",
    "公务用车运行维护费支出11.76万元，较上年增加0.58万元，增长5.19%，主要原因是严格派车管理，燃油费用支出减少。",
    "公务用车运行维护费支出11.76万元，较上年增加0.58万元，增长5.19%，主要原因是上年部分费用支出减少，基数较低。",
)
REUSED = Code(
    "reason.reused",
    "note",
    "同一个原因用来解释方向相反的变动",
    "会议费支出5.00万元，较上年增加1.00万元，增长25%，主要原因是厉行节约压缩各类开支。"
    "培训费支出3.00万元，较上年减少1.00万元，下降25%，主要原因是厉行节约压缩各类开支。",
    "会议费支出5.00万元，较上年增加1.00万元，增长25%，主要原因是根据工作需要据实安排。"
    "培训费支出3.00万元，较上年减少1.00万元，下降25%，主要原因是根据工作需要据实安排。",
)
UNRELATED = Code(
    "reason.unrelated",
    "note",
    "机关运行经费（公用经费）的变动，原因只讲人员经费",
    "机关运行经费31.18万元，比2023年预算增加2.52万元，增长8.79%，主要原因是人员经费政策性增支。",
    "机关运行经费31.18万元，比2023年预算增加2.52万元，增长8.79%，主要原因是新增人员，办公费增加。",
)
ELSEWHERE = Code(
    "reason.elsewhere",
    "note",
    "原因说某项增加或减少，文中该项的变动正相反",
    "机关运行经费支出85.34万元，比2023年增加9.58万元，增长12.65%。"
    "“三公”经费支出0.43万元，较上年减少0.38万元，降低46.91%，主要原因是厉行节约，减少公用经费。",
    "机关运行经费支出85.34万元，比2023年减少9.58万元，下降10.09%。"
    "“三公”经费支出0.43万元，较上年减少0.38万元，降低46.91%，主要原因是厉行节约，减少公用经费。",
)
CODES: tuple[Code, ...] = (ABSENT, AGAINST, REUSED, UNRELATED, ELSEWHERE)

_DISCLOSURES = ("final_account", "budget")
_OPPOSITE: dict[str, Direction] = {"increase": "decrease", "decrease": "increase"}


def absent(evidence: Evidence) -> Iterator[Outcome]:
    """Changes of money above the threshold that neither their paragraph nor the same change elsewhere explains."""
    if evidence.identity.kind not in _DISCLOSURES:
        return
    explained = {_change(evidence, delta) for delta in evidence.deltas if delta.reasons}
    reasoned = {id(evidence.block(reason)) for reason in evidence.reasons}
    for delta in evidence.deltas:
        rate = evidence.percentage(delta.rate)
        if not _asks(evidence, delta) or rate is None:
            continue
        if delta.reasons or _change(evidence, delta) in explained or id(evidence.block(delta)) in reasoned:
            yield consistent(ABSENT)
        else:
            message = f"“{delta.clean}”：变动达到{evidence.asks_a_reason}%，没有写原因。"
            yield inconsistent(ABSENT, message, (delta,), printed=rate.clean)


def _asks(evidence: Evidence, delta: Delta) -> bool:
    """Whether a change is one of money, by a printed rate above the threshold; totals of a whole budget, in 亿元, ask not."""
    amount, rate = evidence.amount(delta.amount), evidence.percentage(delta.rate)
    moved = delta.direction != "unchanged" and not delta.template and delta.order == 1
    if not moved or amount is None or rate is None:
        return False
    return amount.unit != "亿元" and abs(rate.value) >= evidence.asks_a_reason


def _change(evidence: Evidence, delta: Delta) -> tuple[str, Decimal | None]:
    amount = evidence.amount(delta.amount)
    return delta.direction, amount.value if amount else None


# What spending or income did, said of itself: 各项支出增加, 燃油费用支出减少; and what was done to it: 压缩会议费支出.
_NOUN = r"(?:支出|经费|费用|开支|成本|投入|工资|津贴|补贴|收入|税收|(?<!收)费)"
_DEGREE = r"(?:也|均|都|有所|相应|随之|大幅|略有|明显|同比|较大){0,2}"
_STATED = regex.compile(
    rf"{_NOUN}{_DEGREE}(?:(?P<increase>增加|增长|上升|提高|增多)|(?P<decrease>减少|下降|降低|压减))(?=[,，。;；、]|$)"
    rf"|(?P<cut>压缩|压减|减少|缩减|削减|降低)(?:了)?(?:不必要的?|非必要|一般性|各项|各类)?\p{{Han}}{{0,8}}?{_NOUN}(?=[,，。;；、]|$)"
)
_CLAUSE = regex.compile(r"[^,，。;；]+")
_SAYS: dict[Direction, regex.Pattern[str]] = {
    "increase": regex.compile(r"增加|增长|上升|提高|增多|新增|扩大|上涨|追加|上调|新招|调入"),
    "decrease": regex.compile(r"减少|下降|降低|压减|压缩|缩减|削减|取消|停止|退休|调出|下调|完工"),
}
# The clause speaks of another year, of one side of a balance, or takes back what it says.
_OTHER_YEAR = regex.compile(r"上年|去年|上一年|以前年度|基数|20\d\d年")
_OTHER = regex.compile(_OTHER_YEAR.pattern + r"|但|而|虽|抵|差额|不含|剔除|除")
_LABEL_OTHER = regex.compile(r"结转|结余|余额|节余|赤字|盈余|债务|率$|占比|比重|缺口|批次|人次|数量|资产")


def against(evidence: Evidence) -> Iterator[Outcome]:
    """Reasons whose own statements all go one way and everything they explain the other."""
    for reason in evidence.reasons:
        way = None if reason.placeholder else _way(reason.clean)
        explained = _directions(evidence, reason)
        if way is None or explained is None:
            continue
        if explained != {_OPPOSITE[way]}:
            yield consistent(AGAINST)
            continue
        delta = evidence.by_id[reason.explains[0]]
        words = "增加" if way == "increase" else "减少"
        message = f"“{delta.clean}”，原因却说支出{words}：“{reason.clean}”。"
        yield inconsistent(AGAINST, message, (reason, delta), printed=reason.clean)


def _way(words: str) -> Direction | None:
    """Which way a reason says that money went; a clause about another year says nothing.

    None where anything at all is said to go the other way: then the reason may be a balance of both.
    """
    found: set[Direction] = set()
    clauses = _CLAUSE.findall(words)
    for clause in clauses:
        if not _OTHER.search(clause):
            found.update("increase" if item["increase"] else "decrease" for item in _STATED.finditer(clause))
    if len(found) != 1:
        return None
    (way,) = found
    opposite = _SAYS[_OPPOSITE[way]]
    return None if any(opposite.search(clause) and not _OTHER_YEAR.search(clause) for clause in clauses) else way


def _directions(evidence: Evidence, reason: Reason) -> set[Direction] | None:
    """Which way all that is explained went; None where that is not plain or not a matter of spending or income."""
    found: set[Direction] = set()
    for identity in reason.explains:
        fact = evidence.by_id.get(identity)
        if isinstance(fact, Delta) and _is_money(evidence, fact):
            found.add(fact.direction)
        else:
            return None
    return found if found and "unchanged" not in found else None


def _is_money(evidence: Evidence, delta: Delta) -> bool:
    if delta.template or delta.order != 1 or delta.caliber or not delta.labels:
        return False
    known = evidence.amount(delta.amount) or next((evidence.amount(level) for level in delta.current), None)
    return known is not None and not any(_LABEL_OTHER.search(label.text) for label in delta.labels)


# Said of any change in either direction.
_NEUTRAL = regex.compile(r"变动|变化|据实|按实际|实际情况|工作需要|工作安排|调整|因素|进度|结算|计划")
_SHORTEST = 8


def reused(evidence: Evidence) -> Iterator[Outcome]:
    """One text that explains a rise here and a fall there."""
    first: dict[str, tuple[Reason, set[Direction]]] = {}
    for reason in evidence.reasons:
        words = _bare(reason.clean)
        directions = _directions(evidence, reason)
        if reason.placeholder or directions is None or len(directions) != 1 or len(words) < _SHORTEST:
            continue
        if words not in first:
            first[words] = (reason, directions)
            continue
        earlier, before = first[words]
        if before == directions:
            yield consistent(REUSED)
        elif _NEUTRAL.search(words):
            yield not_checkable(REUSED, "ambiguous")
        else:
            message = f"“{reason.clean}”既用来解释增加，又用来解释减少。"
            yield inconsistent(REUSED, message, (reason, earlier), printed=reason.clean)


@cache
def _punctuation() -> regex.Pattern[str]:
    return regex.compile(r"[\p{P}\s]+")


def _bare(words: str) -> str:
    return _punctuation().sub("", words)


_OPERATING = regex.compile(r"机关运行经费|公用经费")
_PERSONNEL = regex.compile(r"人员经费|工资|津贴|社会保险|住房公积金|绩效奖")
_RUNNING = regex.compile(
    r"公用|办公|会议|培训|差旅|水电|物业|维护|维修|接待|租赁|劳务|委托|印刷|邮电|取暖|交通|车|定额|标准|日常|运转|人员增加|新增|增人|编制"
)


def unrelated(evidence: Evidence) -> Iterator[Outcome]:
    """Operating cost of an agency explained with personnel cost alone, which it does not hold."""
    for reason in evidence.reasons:
        facts = [evidence.by_id.get(identity) for identity in reason.explains]
        deltas = [fact for fact in facts if isinstance(fact, Delta) and _all_operating(fact)]
        if not deltas or len(deltas) < len(facts) or reason.placeholder:
            continue
        if _PERSONNEL.search(reason.clean) and not _RUNNING.search(reason.clean):
            message = f"机关运行经费不含人员经费，原因却只讲人员经费：“{reason.clean}”。"
            yield inconsistent(UNRELATED, message, (reason, *deltas), printed=reason.clean)
        else:
            yield consistent(UNRELATED)


def _all_operating(delta: Delta) -> bool:
    return bool(delta.labels) and all(_OPERATING.search(label.text) for label in delta.labels)


_NAME_TAIL = regex.compile(r"(?:财政拨款)?(?:支出|决算|预算)?$")
_SHORTEST_NAME = 4
_MOST_NAMES = 64  # a disclosure has about twenty items with changes


def elsewhere(evidence: Evidence) -> Iterator[Outcome]:
    """What a reason says of another item, against the change that the text prints for that item."""
    moved = _moved(evidence)
    for reason in evidence.reasons:
        if reason.placeholder:
            continue
        for name, delta in moved.items():
            if name not in reason.clean or delta.id in reason.explains:
                continue
            if (way := _said_of(name, reason.clean)) is None:
                continue
            if delta.direction != _OPPOSITE[way]:
                yield consistent(ELSEWHERE)
                continue
            message = f"原因说{name}{_WAYS[way]}：“{reason.clean}”，文中却是“{delta.clean}”。"
            yield inconsistent(ELSEWHERE, message, (reason, delta), printed=reason.clean)


_WAYS: dict[str, str] = {"increase": "增加", "decrease": "减少"}


def _moved(evidence: Evidence) -> dict[str, Delta]:
    """Changes against the year before by the name of what changed; a name with changes both ways is left out."""
    found: dict[str, Delta] = {}
    twice: set[str] = set()
    for delta in evidence.deltas:
        if delta.basis != "previous_year" or delta.direction == "unchanged" or not _is_money(evidence, delta):
            continue
        for label in delta.labels:
            names = {_NAME_TAIL.sub("", label.text)} | ({"公用经费"} if "机关运行经费" in label.text else set())
            for name in names:
                if len(name) >= _SHORTEST_NAME and found.setdefault(name, delta).direction != delta.direction:
                    twice.add(name)
    single = ((name, delta) for name, delta in found.items() if name not in twice)
    return dict(islice(single, _MOST_NAMES))


def _said_of(name: str, words: str) -> Direction | None:
    """Whether the words say that an item rose or fell: 公用经费减少, 减少公用经费; a clause about another year does not."""
    for clause in _CLAUSE.finditer(words):
        if name not in clause.group() or _OTHER.search(clause.group()):
            continue
        before, _, behind = clause.group().partition(name)
        if stated := _BEHIND.match(behind):
            return "increase" if stated["increase"] else "decrease"
        if not behind and _BEFORE.search(before):
            return "decrease"
    return None


_BEHIND = regex.compile(
    rf"(?:支出)?{_DEGREE}(?:(?P<increase>增加|增长|上升|提高|增多)|(?:减少|下降|降低|压减))(?=$|[等\d])"
)
_BEFORE = regex.compile(r"(?:压缩|压减|减少|缩减|削减|降低)(?:了)?$")

CHECKS: tuple[Callable[[Evidence], Iterator[Outcome]], ...] = (absent, against, reused, unrelated, elsewhere)
