"""Performance forms against what the narrative says of the same projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex
from fiscal_patterns.facts import Amount, Project

from fiscal_facts.checks.evidence import Evidence
from fiscal_facts.checks.form_examples import form
from fiscal_facts.checks.form_nouns import Figure, Form
from fiscal_facts.checks.intervals import last_digit
from fiscal_facts.checks.nouns import Code, Outcome
from fiscal_facts.checks.outcomes import consistent, inconsistent, not_checkable

_ROW = "产出指标\t数量指标\t培训场次\t90\t≥5场\t5场\t90"
_FUNDS = "20.00\t20.00\t15.00\t10\t75.00%\t7.5"
NARRATIVE = Code(
    "form.narrative",
    "warning",
    "绩效表与正文对同一项目的预算、执行、执行率或得分写得不同",
    "职工培训经费项目预算20万元，支出18万元，自评得分97.5分。\n\n" + form(_ROW, funds=_FUNDS, total="97.5"),
    "职工培训经费项目预算20万元，支出15万元，自评得分97.5分。\n\n" + form(_ROW, funds=_FUNDS, total="97.5"),
)
COVERAGE = Code(
    "form.coverage",
    "warning",
    "正文写的自评项目资金与各绩效表的资金合计不符",
    "对2个项目开展绩效自评，项目2个，涉及资金48.60万元。\n\n"
    + form(_ROW, funds="20.00\t20.00\t15.00\t10\t75.00%\t7.5")
    + form(_ROW, funds="18.50\t18.50\t18.50\t10\t100%\t10").replace("职工培训", "设备维护"),
    "对2个项目开展绩效自评，项目2个，涉及资金38.50万元。\n\n"
    + form(_ROW, funds="20.00\t20.00\t15.00\t10\t75.00%\t7.5")
    + form(_ROW, funds="18.50\t18.50\t18.50\t10\t100%\t10").replace("职工培训", "设备维护"),
)
TWO_NAMES = Code(
    "same.project_name",
    "warning",
    "同样的预算、执行和执行率，正文与绩效表写的是两个项目名称",
    "“专项业务补助”项目预算137.07万元，实际执行48.13万元，执行率35.11%。\n\n"
    + form(_ROW, funds="0.00\t137.07\t48.13\t10\t35.11%\t3.51"),
    "职工培训经费项目预算137.07万元，实际执行48.13万元，执行率35.11%。\n\n"
    + form(_ROW, funds="0.00\t137.07\t48.13\t10\t35.11%\t3.51"),
)
FORM_UNIT = Code(
    "unit.form",
    "error",
    "绩效表的金额单位与正文差一万倍：表头是元，数字是万元",
    "职工培训经费项目支出373.85万元。\n\n"
    + form(_ROW, funds="373.85\t373.85\t373.85\t10\t100%\t10").replace("（万元）", "（元）"),
    "职工培训经费项目支出373.85万元。\n\n" + form(_ROW, funds="373.85\t373.85\t373.85\t10\t100%\t10"),
)
CODES: tuple[Code, ...] = (NARRATIVE, COVERAGE, TWO_NAMES, FORM_UNIT)

_FROM_FORM = ("project.form", "project.form_title", "project.form_column")
_NAMES = {"budget": "预算数", "outturn": "执行数", "execution_rate": "执行率", "score": "得分"}
_STOPS = "。；;\n"
_STOP = regex.compile(f"[{_STOPS}]")
_LONGEST_CLAUSE = 200
_TEN_THOUSAND = Decimal(10_000)
# Figures with fewer digits may agree by chance: 6 万元 and 6 元.
_DIGITS = 4
_UNIT_IN_HEAD = regex.compile(r"[(（](?:单位[:：])?(?:元|万元)[)）]|单位[:：]\s?(?:元|万元)")


def narrative(evidence: Evidence, forms: Sequence[Form]) -> Iterator[Outcome]:
    """Everything about forms and narrative together."""
    named = _named(evidence, forms)
    if named:
        told = list(_told(evidence))
        yield from _same_name(named, told)
        yield from _other_name(named, told)
    yield from _coverage(evidence, forms)
    yield from _units(evidence, forms)


def _named(evidence: Evidence, forms: Sequence[Form]) -> dict[str, Project]:
    """The projects of the forms by name; a name that two forms bear is left out."""
    found: dict[str, Project] = {}
    twice: set[str] = set()
    for item in forms:
        project = evidence.by_id.get(item.indicators[0].project or "") if item.indicators else None
        if isinstance(project, Project) and found.setdefault(project.name, project) is not project:
            twice.add(project.name)
    return {name: project for name, project in found.items() if name not in twice}


def _told(evidence: Evidence) -> Iterator[Project]:
    """Mentions in prose that have figures and a clause of their own."""
    mentions = [project for project in evidence.projects if project.rule not in _FROM_FORM]
    clauses = [_clause(evidence, project) for project in mentions]
    names: dict[tuple[int, int], set[str]] = {}
    for project, clause in zip(mentions, clauses, strict=True):
        names.setdefault(clause, set()).add(project.name)
    for project, clause in zip(mentions, clauses, strict=True):
        if len(names[clause]) == 1 and any(getattr(project, name) is not None for name in _NAMES):
            yield project


def _clause(evidence: Evidence, project: Project) -> tuple[int, int]:
    """Received range between full stops or semicolons that holds a mention."""
    received, start, end = evidence.document.received, project.span.start, project.span.end
    before = max((received.rfind(mark, max(0, start - _LONGEST_CLAUSE), start) for mark in _STOPS), default=-1)
    stop = _STOP.search(received, end, end + _LONGEST_CLAUSE)
    return before, stop.start() if stop else len(received)


def _same_name(named: dict[str, Project], mentions: Sequence[Project]) -> Iterator[Outcome]:
    for told in mentions:
        project = named.get(told.name)
        if project is None or (told.period and project.period and told.period != project.period):
            continue
        for name, words in _NAMES.items():
            value, others = getattr(told, name), _others(project, name)
            if value is None or not others:
                continue
            money = name in ("budget", "outturn")
            if any(_alike(value, other, money) or _slipped(value, other, money) for other in others):
                yield consistent(NARRATIVE)
            else:
                printed, expected = _shown(value, money), _shown(others[0], money)
                message = f"“{told.name}”的{words}，正文是{printed}，绩效表是{expected}。"
                yield inconsistent(NARRATIVE, message, (told, project), printed=printed, expected=expected)


def _others(project: Project, name: str) -> list[Decimal]:
    """What the form has for a figure; a budget may be the adjusted or the initial one."""
    values = (getattr(project, name), project.initial_budget if name == "budget" else None)
    return [value for value in values if value is not None]


def _alike(one: Decimal, other: Decimal, money: bool) -> bool:
    """Whether two figures agree as far as the coarser is printed; money has lost how many zeros were printed."""
    if money:
        one, other = one.normalize(), other.normalize()
    return abs(one - other) <= max(last_digit(one), last_digit(other)) / 2


def _slipped(one: Decimal, other: Decimal, money: bool) -> bool:
    return money and (one == other * _TEN_THOUSAND or other == one * _TEN_THOUSAND)


def _shown(value: Decimal, money: bool) -> str:
    if money:
        return format((value / _TEN_THOUSAND).normalize(), "f") + "万元"
    return format(value, "f")


def _other_name(named: dict[str, Project], mentions: Sequence[Project]) -> Iterator[Outcome]:
    """A mention whose three figures are those of the form of another project, and that has no form itself."""
    by_figures = {figures: project for project in named.values() if (figures := _figures(project))}
    forms = set(named)
    for told in mentions:
        project = by_figures.get(_figures(told) or (Decimal(0),))
        if project is not None and told.name not in forms and not _similar(told.name, project.name):
            message = (
                f"正文的“{told.name}”与绩效表的“{project.name}”预算、执行和执行率完全相同，像是同一个项目的两个名称。"
            )
            yield inconsistent(TWO_NAMES, message, (project, told), printed=project.name, expected=told.name)


def _figures(project: Project) -> tuple[Decimal, ...] | None:
    """Budget, outturn and rate, where all are known and not all of the money was spent."""
    budget, outturn, rate = project.budget, project.outturn, project.execution_rate
    if not budget or not outturn or rate is None or budget == outturn:
        return None
    return (budget.normalize(), outturn.normalize(), rate.normalize())


def _similar(one: str, other: str) -> bool:
    """Whether at least half of the pairs of characters of the shorter name stand in the longer."""
    shorter, longer = sorted((one, other), key=len)
    pairs = {shorter[place : place + 2] for place in range(len(shorter) - 1)}
    return sum(pair in longer for pair in pairs) * 2 >= len(pairs)


_COVERED = regex.compile(
    r"(?P<counts>(?:项目\s?\d{1,3}\s?个[,，、]?(?:[^\d。,，;；]{0,8})){1,3})共?涉及(?:预算|财政)?(?:资金|金额|预算)(?:共计|合计|总额)?$"
)
_COUNT = regex.compile(r"项目\s?(\d{1,3})\s?个")
_COVERS = "涉及"
_NEXT_TO = 12  # 涉及预算资金共计
_LOOK_BACK = 70  # 一般公共预算一级项目1个,二级项目3个,共涉及资金 has 24 characters


def _coverage(evidence: Evidence, forms: Sequence[Form]) -> Iterator[Outcome]:
    """项目4个，涉及资金… against the sum of the forms, where there are as many forms as projects."""
    if len(forms) < 2:
        return
    received = evidence.document.received
    for amount in evidence.amounts:
        start = amount.span.start
        if _COVERS not in received[max(0, start - _NEXT_TO) : start]:
            continue
        found = _COVERED.search(received[max(0, start - _LOOK_BACK) : start].rstrip())
        if found is None:
            continue
        count = sum(int(number) for number in _COUNT.findall(found["counts"]))
        if count != len(forms) or not amount.value:
            if amount.value:
                yield not_checkable(COVERAGE, "unlike")
            continue
        yield _covered(evidence, amount, forms)


def _covered(evidence: Evidence, amount: Amount, forms: Sequence[Form]) -> Outcome:
    sums: list[tuple[Decimal, str]] = []
    for name in ("budget", "initial_budget", "outturn"):
        figures = [item.whole.figures.get(name) if item.whole else None for item in forms]
        values = [_yuan(item, figure) for item, figure in zip(forms, figures, strict=True) if figure]
        if len(values) == len(forms) and None not in values:
            known = [value for value in values if value is not None]
            sums.append((sum(known, Decimal(0)), "+".join(_shown(value, True)[:-2] for value in known)))
    if not sums:
        return not_checkable(COVERAGE, "missing")
    if any(_alike(amount.value, whole, True) for whole, _ in sums):
        return consistent(COVERAGE)
    whole, words = sums[0]
    expected = _shown(whole, True)
    message = f"正文写涉及资金{amount.clean}，{len(forms)}张绩效表合计{words}={expected}。"
    cells = [next(iter(item.whole.figures.values())).cell for item in forms if item.whole]
    heads = [evidence.document.span(cell.start, cell.end) for cell in cells]
    return inconsistent(COVERAGE, message, (amount, *heads), printed=amount.clean, expected=expected)


_YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万": _TEN_THOUSAND,
    "万元": _TEN_THOUSAND,
    "亿": Decimal(10**8),
    "亿元": Decimal(10**8),
}


def _yuan(item: Form, figure: Figure) -> Decimal | None:
    unit = _YUAN.get(figure.unit or item.table.unit or "")
    return figure.number * unit if unit else None


def _units(evidence: Evidence, forms: Sequence[Form]) -> Iterator[Outcome]:
    """A form in 元 whose figures stand in the text as 万元, or the other way round."""
    amounts = {(amount.number, amount.unit): amount for amount in evidence.amounts}
    values = {amount.value for amount in evidence.amounts}
    for item in forms:
        figure = (
            next((item.whole.figures[name] for name in ("budget", "outturn") if name in item.whole.figures), None)
            if item.whole
            else None
        )
        if figure is None or figure.unit or item.table.unit not in ("元", "万元"):
            continue
        if len(figure.number.as_tuple().digits) < _DIGITS or (value := _yuan(item, figure)) is None:
            continue
        other = "万元" if item.table.unit == "元" else "元"
        told = amounts.get((figure.number, other))
        if value in values:
            yield consistent(FORM_UNIT)
        elif told is not None:
            yield _slip(evidence, item, figure, told)


def _slip(evidence: Evidence, item: Form, figure: Figure, told: Amount) -> Outcome:
    head = _UNIT_IN_HEAD.search(evidence.document.clean, item.table.start, figure.cell.start)
    span = evidence.document.span(*(head.span() if head else (figure.cell.start, figure.cell.end)))
    number = evidence.document.span(figure.cell.start, figure.cell.end)
    message = f"绩效表的单位是{item.table.unit}，数字{figure.number}在正文里是{told.clean}，差一万倍。"
    return inconsistent(FORM_UNIT, message, (span, number, told), printed=span.text, expected=told.unit)
