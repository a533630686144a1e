"""What the text beside the only form of a document says of its money and its score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from fiscal_patterns.facts import Amount, Count, Percentage, Project

from fiscal_facts.checks.evidence import UNITS, Evidence
from fiscal_facts.checks.form_examples import form
from fiscal_facts.checks.form_nouns import Figure, Form, Funds
from fiscal_facts.checks.intervals import Interval, last_digit, overlap, printed, scaled
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable

_ROW = "产出指标\t数量指标\t培训场次\t90\t≥5场\t5场\t90"
_FUNDS = "20.00\t20.00\t15.00\t10\t75.00%\t7.5\n其中：中央补助资金\t12.00\t12.00\t9.00\n县级财政资金\t8.00\t8.00\t6.00"
TOLD_SCORE = Code(
    "form.told_score",
    "warning",
    "正文写的自评得分与绩效表的总分不同",
    form(_ROW, funds=_FUNDS, total="97.5") + "\n自评结论\n本项目自评得分95.7分，等级为优。\n",
    form(_ROW, funds=_FUNDS, total="97.5")
    + "\n自评结论\n本项目自评得分97.5分，等级为优，产出指标得分90分，上年自评得分96分。\n",
)
TOLD_FUNDS = Code(
    "form.told_funds",
    "warning",
    "正文写的资金与绩效表同名一行的数不同",
    form(_ROW, funds=_FUNDS) + "\n资金情况\n全年预算20.00万元，其中：中央补助资金12.00万元，县级财政资金8.80万元。\n",
    form(_ROW, funds=_FUNDS) + "\n资金情况\n全年预算20.00万元，其中：中央补助资金12.00万元，县级财政资金8.00万元。\n",
)
CODES: tuple[Code, ...] = (TOLD_SCORE, TOLD_FUNDS)

_SCALE = {**UNITS, "万": UNITS["万元"], "亿": UNITS["亿元"]}
# Words before the figure: the score of the whole, not of a part of the form, of a kind of project or of another body.
_SCORE = regex.compile(
    r"(?:自评|评价|综合|绩效|项目|最终|总)(?:自评|评价|绩效|综合)?(?:总?得分|总?评分|总分|分数)(?:共计|合计|为|是|:|：)?\s?$"
)
_OTHER_SCORE = regex.compile(
    r"整体|部门|单位|平均|满分|指标|分值|扣|上年|去年|同期|20\d\d年|中期|监控|复核|抽查|第三方|财政(?:局|部门)|各项目"
)
# Words before a figure, and the column of the form that they name.
_COLUMNS = (
    ("initial_budget", regex.compile(r"年初预算(?:数|资金|金额|安排)?(?:总额|共计|为|是|:|：)?\s?$")),
    ("budget", regex.compile(r"(?:全年|调整后?)预算(?:数|资金|金额|安排)?(?:总额|共计|为|是|调整为|:|：)?\s?$")),
    ("outturn", regex.compile(r"全年(?:实际)?(?:执行|支出)(?:数|资金|金额)?(?:总额|共计|为|是|了|:|：)?\s?$")),
    ("execution_rate", regex.compile(r"(?<!指标)(?:预算|资金)?执行率(?:为|是|达到?|:|：)?\s?$")),
)
_NAMES = {"initial_budget": "年初预算数", "budget": "全年预算数", "outturn": "全年执行数"}
# 设备维护项目, which no list of projects need name; 本项目 and 各项目 are none of their own.
_PROJECT = regex.compile(r"(?P<name>\p{Han}{2})(?<![本该此各个级述对将按经])项目")
_PAST = regex.compile(r"上年|去年|同期|20\d\d年$")
_COMMA = regex.compile(r"[,，;；。]")
_REACH = 16  # characters before a figure that name it
_BUDGETS = ("budget", "initial_budget", "adjusted_budget")
_MONEY = ("initial_budget", "budget", "outturn")


def told(evidence: Evidence, forms: Sequence[Form]) -> Iterator[Outcome]:
    """The only form of a document against the text; with more forms it is not known which one is meant."""
    if len(forms) != 1:
        return
    yield from _score(evidence, forms[0])
    yield from _sources(evidence, forms[0])
    yield from _figures(evidence, forms[0])


def _before(evidence: Evidence, fact: Amount | Count | Percentage) -> str:
    start = fact.span.start
    return evidence.document.received[max(0, start - _REACH) : start]


def _ours(evidence: Evidence, fact: Amount | Count | Percentage) -> bool:
    """Whether a figure is of the form's year, and no other project is spoken of in its sentence."""
    sentence = evidence.sentence(fact)
    if fact.approximation or sentence is None or fact.period not in (None, str(evidence.identity.year)):
        return False
    project = _project(evidence) or ""
    others = {item.name for item in _named(evidence, evidence.sentence_number(fact))} - {project}
    clause = _COMMA.split(_before(evidence, fact))[-1]
    words = evidence.document.clean[sentence.start : evidence.place_of[fact.id]]
    named = (found["name"] for found in _PROJECT.finditer(words))
    return not others and not _PAST.search(clause) and all(name in project for name in named)


def _project(evidence: Evidence) -> str | None:
    return next((item.name for item in evidence.projects if item.rule == "project.form"), None)


def _named(evidence: Evidence, sentence: int) -> list[Project]:
    def work() -> dict[int, list[Project]]:
        found: dict[int, list[Project]] = {}
        for item in evidence.projects:
            found.setdefault(evidence.sentence_number(item), []).append(item)
        return found

    return evidence.remembered("projects by sentence", work).get(sentence, [])


def _told_by_name(evidence: Evidence, fact: Amount | Count | Percentage, figure: str) -> bool:
    """Whether the sentence tells this figure of a project by its name: form.narrative looks at that."""
    found = _named(evidence, evidence.sentence_number(fact))
    return any(getattr(item, figure) is not None for item in found)


# ---- score -------------------------------------------------------------------------------------------------------


def _score(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    if form.total is None:
        return
    for count in evidence.counts:
        if count.unit != "分" or not _SCORE.search(_before(evidence, count)) or not _ours(evidence, count):
            continue
        if _told_by_name(evidence, count, "score"):
            continue
        sentence = evidence.sentence(count)
        start = sentence.start if sentence else 0
        if _OTHER_SCORE.search(evidence.document.clean, start, evidence.place_of[count.id]):
            yield not_checkable(TOLD_SCORE, "unlike")
        elif overlap(printed(count.number), printed(form.total.number)):
            yield consistent(TOLD_SCORE)
        else:
            cell = evidence.document.span(form.total.cell.start, form.total.cell.end)
            message = f"正文的得分是{count.clean}，绩效表的总分是{cell.text}。"
            yield inconsistent(TOLD_SCORE, message, (count, cell), printed=count.clean, expected=f"{cell.text}分")


# ---- money -------------------------------------------------------------------------------------------------------


def _yuan(form: Form, figure: Figure) -> Interval | None:
    unit = _SCALE.get(figure.unit or form.table.unit or "")
    return scaled(printed(figure.number), unit) if unit else None


def _is(evidence: Evidence, form: Form, amount: Amount, figure: Figure) -> bool:
    other = _yuan(form, figure)
    return other is not None and overlap(evidence.interval(amount), other)


def _anchored(evidence: Evidence, form: Form, fact: Amount | Percentage) -> bool:
    """Whether another amount of the sentence stands in the form: then the sentence speaks of the form's money."""
    number = evidence.sentence_number(fact)
    figures = [figure for row in form.funds for name, figure in row.figures.items() if figure.number and name in _MONEY]
    return any(
        other.value not in (0, fact.value)
        and evidence.sentence_number(other) == number
        and any(_is(evidence, form, other, figure) for figure in figures)
        for other in evidence.beside(fact)
        if isinstance(other, Amount)
    ) or (isinstance(fact, Amount) and _rate_beside(evidence, form, fact))


def _rate_beside(evidence: Evidence, form: Form, amount: Amount) -> bool:
    """Whether the sentence tells the execution rate that the form has for the whole: 执行397.74万元，执行率94.70%."""
    rate = form.whole.figures.get("execution_rate") if form.whole else None
    near = evidence.alike.near("completion", amount.span.start, 1)
    return rate is not None and any(
        evidence.sentence_number(one) == evidence.sentence_number(amount)
        and last_digit(one.number) < 1
        and one.number == rate.number
        for one in near
    )


def _sources(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    """县级财政资金204.00万元 against the row of that name, where another amount of the sentence is of the form."""
    rows: dict[str, list[Funds]] = {}
    for row in form.funds:
        name = row.label.removeprefix("其中").strip(":： ")
        if not row.whole and name and any(figure.number for figure in row.figures.values()):
            rows.setdefault(name, []).append(row)
    for name, found in rows.items():
        if len(found) > 1:
            continue
        for amount in evidence.levels.all(name):
            if _ours(evidence, amount) and _alone(evidence, name, amount) and _anchored(evidence, form, amount):
                yield _against(evidence, form, amount, found[0], _columns(amount, found[0]), name)


def _alone(evidence: Evidence, name: str, amount: Amount) -> bool:
    """Whether it is the only amount of that name in its sentence: one that is dealt out has several."""
    number = evidence.sentence_number(amount)
    near = evidence.levels.near(name, amount.span.start, 2)
    return len(amount.labels) == 1 and sum(evidence.sentence_number(other) == number for other in near) == 1


def _columns(amount: Amount, row: Funds) -> list[str]:
    wanted = _MONEY if amount.stage is None else ("outturn",) if amount.stage not in _BUDGETS else _MONEY[:2]
    return [name for name in wanted if name in row.figures]


def _figures(evidence: Evidence, form: Form) -> Iterator[Outcome]:
    """年初预算, 全年预算, 全年执行 and 执行率 in prose against the row of all money."""
    whole = form.whole
    if whole is None:
        return
    for amount in evidence.amounts:
        if amount.role == "change" or not _ours(evidence, amount):
            continue
        before = _before(evidence, amount)
        column = next((name for name, words in _COLUMNS[:3] if words.search(before)), None)
        if column is None or column not in whole.figures or _told_by_name(evidence, amount, column):
            continue
        if _anchored(evidence, form, amount):
            yield _against(evidence, form, amount, whole, [column], _NAMES[column])
    rate = whole.figures.get("execution_rate")
    for percentage in evidence.completions if rate and rate.unit == "%" else ():
        named = _COLUMNS[3][1].search(_before(evidence, percentage)) and _ours(evidence, percentage)
        if not named or _told_by_name(evidence, percentage, "execution_rate"):
            continue
        if rate and _anchored(evidence, form, percentage):
            yield _against_rate(evidence, percentage, rate)


def _against_rate(evidence: Evidence, percentage: Percentage, rate: Figure) -> Outcome:
    if overlap(evidence.interval(percentage), printed(rate.number)):
        return consistent(TOLD_FUNDS)
    cell = evidence.document.span(rate.cell.start, rate.cell.end)
    message = f"正文的执行率是{percentage.clean}，绩效表的执行率是{cell.text}。"
    return inconsistent(TOLD_FUNDS, message, (percentage, cell), printed=percentage.clean, expected=cell.text)


def _against(evidence: Evidence, form: Form, amount: Amount, row: Funds, columns: Sequence[str], name: str) -> Outcome:
    figures = [row.figures[column] for column in columns]
    if not figures or any(_yuan(form, figure) is None for figure in figures):
        return not_checkable(TOLD_FUNDS, "missing")
    if any(_is(evidence, form, amount, figure) for figure in figures):
        return consistent(TOLD_FUNDS)
    cells = [evidence.document.span(figure.cell.start, figure.cell.end) for figure in figures]
    shown = "、".join(dict.fromkeys(cell.text for cell in cells))
    message = f"正文的{name}是{amount.clean}，绩效表“{row.label or name}”一行是{shown}。"
    return inconsistent(TOLD_FUNDS, message, (amount, *cells), printed=amount.clean, expected=cells[0].text)
