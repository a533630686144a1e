"""Disclosures that contradict themselves nowhere, made at random: true amounts in cents, printed as offices print them.

Amounts are rounded to two decimals of 万元, sometimes with zeros dropped; rates are worked out from the true amounts and
rounded or cut off; wording varies as in ``tests/test_checks_clean.py``. Whatever a check says of them is a false alarm.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

CLASSES = (
    ("一般公共服务支出", "统计信息事务", ("行政运行", "专项普查活动", "统计抽样调查")),
    ("社会保障和就业支出", "行政事业单位养老支出", ("行政单位离退休", "机关事业单位基本养老保险缴费支出")),
    ("卫生健康支出", "行政事业单位医疗", ("行政单位医疗", "公务员医疗补助")),
    ("农林水支出", "水利", ("水利工程建设", "防汛", "农村人畜饮水")),
    ("住房保障支出", "住房改革支出", ("住房公积金", "购房补贴")),
)


class Office:
    """One body and its year: what it prints, and how."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.trims = self.chance.random() < 0.4
        self.cuts = self.chance.random() < 0.2
        self.places = self.chance.choice((1, 2, 2, 2))
        self.year = self.chance.choice((2022, 2023, 2024))

    def pick(self, *wordings: str) -> str:
        return self.chance.choice(wordings)

    def cents(self, low: int, high: int) -> int:
        return self.chance.randint(low, high)

    def split(self, whole: int, number: int) -> list[int]:
        """``whole`` in so many parts, none of them zero."""
        cuts = sorted(self.chance.sample(range(1, whole), number - 1))
        return [end - start for start, end in zip([0, *cuts], [*cuts, whole], strict=True)]

    def money(self, cents: int) -> str:
        printed = format((Decimal(cents) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP), "f")
        return f"{trimmed(printed) if self.trims else printed}{self.pick('', ' ')}万元"

    def rate(self, part: int, whole: int) -> str:
        number = Decimal(part) / Decimal(whole) * 100 if whole else Decimal(0)
        unit = Decimal(1).scaleb(-self.places)
        printed = format(number.quantize(unit, ROUND_DOWN if self.cuts else ROUND_HALF_UP), "f")
        return f"{trimmed(printed) if self.trims or number in (0, 100) else printed}%"

    def change(self, now: int, before: int) -> str:
        gap = abs(now - before)
        if not gap:
            return "持平"
        more = now > before
        first = self.pick("增加", "增长") if more else self.pick("减少", "下降")
        second = self.pick("增长", "上升") if more else self.pick("下降", "降低")
        return f"{first}{self.money(gap)}，{second}{self.rate(gap, before)}"

    def before(self, now: int) -> int:
        return max(1, now * self.chance.randint(60, 150) // 100)

    def against_budget(self, now: int, budget: int) -> str:
        if now == budget:
            return self.pick("，决算数等于预算数", "，与预算数持平", "")
        if self.money(now) == self.money(budget):
            return ""
        return f"，决算数{'大于' if now > budget else '小于'}预算数"


def trimmed(printed: str) -> str:
    return printed.rstrip("0").rstrip(".") if "." in printed else printed


def document(seed: int) -> str:
    """A disclosure of final accounts."""
    office = Office(seed)
    year, last = office.year, office.year - 1
    general = office.cents(50_000_000, 9_000_000_000)
    carried = office.cents(1_000_000, 9_000_000)
    total = general + carried
    before = office.before(total)
    basic, project = office.split(general, 2)
    lines = [
        f"清河县统计局{year}年度部门决算情况说明",
        "一、收入支出决算总体情况说明",
        totals(office, total, before),
        "二、收入决算情况说明",
        f"{year}年度本年收入合计{office.money(general)}，其中：一般公共预算财政拨款收入{office.money(general)}，占100%。",
        "三、支出决算情况说明",
        f"{year}年度本年支出合计{office.money(general)}，其中：基本支出{office.money(basic)}，占{office.rate(basic, general)}；"
        f"项目支出{office.money(project)}，占{office.rate(project, general)}。",
        "四、一般公共预算财政拨款支出决算情况说明",
        *functional(office, general),
        "五、一般公共预算财政拨款基本支出决算情况说明",
        *basics(office, basic),
        "六、“三公”经费财政拨款支出决算情况说明",
        *three_public(office, last),
        "七、其他重要事项的情况说明",
        *others(office, last),
    ]
    return "\n".join(lines) + "\n"


def totals(office: Office, total: int, before: int) -> str:
    year, last = office.year, office.year - 1
    against = office.pick(f"与{last}年度相比，", "与上年相比，", f"与{last}年相比，")
    reason = office.pick("，主要原因是人员变动。", "。主要变动原因是项目调整。")
    if office.chance.random() < 0.5:
        named = office.pick("收、支总计", "收入、支出总计")
        each = "" if total == before else "各"
        return (
            f"{year}年度{named}均为{office.money(total)}。{against}{named}{each}{office.change(total, before)}{reason}"
        )
    income = f"收入总计{office.change(total, before)}"
    spending = f"支出总计{office.change(total, before)}"
    return (
        f"{year}年度收入总计{office.money(total)}，支出总计{office.money(total)}。{against}{income}；{spending}{reason}"
    )


def functional(office: Office, general: int) -> list[str]:
    chosen = office.chance.sample(CLASSES, office.chance.randint(2, len(CLASSES)))
    shares = office.split(general, len(chosen))
    structure = "；".join(
        f"{name}{office.money(one)}，占{office.rate(one, general)}"
        for (name, _, _), one in zip(chosen, shares, strict=True)
    )
    year = office.year
    lines = [
        "（一）总体情况",
        f"{year}年度一般公共预算财政拨款支出{office.money(general)}，占本年支出合计的100%。",
        "（二）结构情况",
        f"{year}年度一般公共预算财政拨款支出{office.money(general)}，主要用于以下方面：{structure}。",
        "（三）具体情况",
    ]
    items: list[tuple[str, str, str, int, int]] = []
    for (name, group, kinds), whole in zip(chosen, shares, strict=True):
        found = kinds[: office.chance.randint(1, len(kinds))]
        items += [
            (name, group, kind, one, max(1, one * office.chance.choice((100, 100, 90, 105, 97)) // 100))
            for kind, one in zip(found, office.split(whole, len(found)), strict=True)
        ]
    budget = sum(item[4] for item in items)
    lines.append(
        f"{year}年度一般公共预算财政拨款支出年初预算为{office.money(budget)}，支出决算为{office.money(general)}，"
        f"完成年初预算的{office.rate(general, budget)}。其中："
    )
    for number, (name, group, kind, one, planned) in enumerate(items, 1):
        lines.append(
            f"{number}.{name}（类）{group}（款）{kind}（项）。年初预算为{office.money(planned)}，支出决算为{office.money(one)}，"
            f"完成年初预算的{office.rate(one, planned)}{office.against_budget(one, planned)}。"
        )
    return lines


def basics(office: Office, basic: int) -> list[str]:
    staff, operation = office.split(basic, 2)
    pay = office.split(staff, 4)
    names = ("基本工资", "津贴补贴", "奖金", "住房公积金")
    listed = "、".join(f"{name}{office.money(one)}" for name, one in zip(names, pay, strict=True))
    return [
        f"{office.year}年度一般公共预算财政拨款基本支出{office.money(basic)}，其中：",
        f"人员经费{office.money(staff)}，主要包括：{office.pick(listed, '基本工资、津贴补贴、奖金等')}。",
        f"公用经费{office.money(operation)}，主要包括：办公费、印刷费、差旅费等。",
    ]


def three_public(office: Office, last: int) -> list[str]:
    abroad = office.chance.choice((0, 0, office.cents(500_000, 9_000_000)))
    bought = office.chance.choice((0, 0, office.cents(9_000_000, 20_000_000)))
    run, received = office.cents(500_000, 9_000_000), office.cents(200_000, 5_000_000)
    vehicles = bought + run
    whole = abroad + vehicles + received
    planned = whole + office.cents(0, 3_000_000)
    money = office.money
    return [
        f"{office.year}年度“三公”经费财政拨款支出预算为{money(planned)}，支出决算为{money(whole)}，完成预算的{office.rate(whole, planned)}"
        f"{office.against_budget(whole, planned)}；比{last}年{office.change(whole, office.before(whole))}，主要原因是厉行节约。",
        f"其中：因公出国（境）费支出决算{money(abroad)}，占{office.rate(abroad, whole)}；公务用车购置及运行维护费支出决算{money(vehicles)}，"
        f"占{office.rate(vehicles, whole)}；公务接待费支出决算{money(received)}，占{office.rate(received, whole)}。具体情况如下：",
        f"1.公务用车购置及运行维护费支出{money(vehicles)}，比{last}年{office.change(vehicles, office.before(vehicles))}。"
        f"其中：公务用车购置支出{money(bought)}，公务用车运行维护费支出{money(run)}。",
        f"2.公务接待费支出{money(received)}，比{last}年{office.change(received, office.before(received))}。"
        f"其中：国内公务接待支出{money(received)}，外事接待支出0万元。",
    ]


def others(office: Office, last: int) -> list[str]:
    running = office.cents(9_000_000, 90_000_000)
    bought = office.split(office.cents(9_000_000, 900_000_000), 3)
    small = sum(bought) * office.chance.randint(30, 100) // 100
    micro = small * office.chance.randint(10, 100) // 100
    kinds = [office.chance.randint(0, 4) for _ in range(3)]
    money = office.money
    return [
        f"{office.year}年度，清河县统计局机关运行经费支出{money(running)}，比{last}年{office.change(running, office.before(running))}。",
        f"{office.year}年度，政府采购支出总额{money(sum(bought))}，其中：政府采购货物支出{money(bought[0])}、政府采购工程支出{money(bought[1])}、"
        f"政府采购服务支出{money(bought[2])}。授予中小企业合同金额{money(small)}，占政府采购支出总额的{office.rate(small, sum(bought))}，"
        f"其中：授予小微企业合同金额{money(micro)}，占{smaller(office, small, micro, bought)}。",
        f"截至{office.year}年12月31日，共有车辆{sum(kinds)}辆，其中：机要通信用车{kinds[0]}辆、应急保障用车{kinds[1]}辆、其他用车{kinds[2]}辆。",
    ]


def smaller(office: Office, small: int, micro: int, bought: Sequence[int]) -> str:
    if office.chance.random() < 0.5:
        return f"授予中小企业合同金额的{office.rate(micro, small)}"
    return f"政府采购支出总额的{office.rate(micro, sum(bought))}"
