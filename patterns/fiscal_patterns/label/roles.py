"""Role and stage of an amount."""

from __future__ import annotations

import regex

from fiscal_patterns.facts import Role, Stage
from fiscal_patterns.label.labels import printed_plain
from fiscal_patterns.label.nouns import Label
from fiscal_patterns.label.site import Site
from fiscal_patterns.label.standing import Labels


def role_of(site: Site, labels: Labels, limit: bool) -> Role:
    """What part an amount plays; ``limit`` where it classifies or permits."""
    if limit:
        return "threshold"
    last = site.standing.last
    if (site.phrase.turn == "change" and not site.quantity.per) or (site.standing.based and _after_base(site)):
        return "change"
    if site.quantity.per or site.phrase.mean or site.phrase.per or _averages(site, labels):
        return "price"
    if site.phrase.turn == "reached" and last and last.role == "price":
        return "price"
    return "part" if site.standing.lists and _is_part(site, labels) else "level"


_AVERAGE = regex.compile(r"平均(?:额度|金额|投资额|单价|造价|成本|投入|投资|补助|补贴|费用|价格)$|单价$")


def _averages(site: Site, labels: Labels) -> bool:
    """单个项目平均额度: the name itself says that it is a rate per thing."""
    if not labels:
        return False
    name = printed_plain(site.standing, labels)
    if name[:1] == "单" and _EACH.match(name):
        return True
    return ("平均" in name or name.endswith("单价")) and _AVERAGE.search(name) is not None


_EACH = regex.compile(
    r"(?:单个|每个|每家|每座)(?P<per>\p{Han}{1,4}?)平均"
    r"|单(?P<per>[座个台套辆件户亩吨平])\p{Han}{0,8}(?:成本|造价|投资|价格|单价|费用|补助|补贴)$"
)


def averaged(site: Site, labels: Labels) -> str | None:
    """The thing that a mean is given for: 项目 in 单个项目平均额度."""
    found = _EACH.search(printed_plain(site.standing, labels))
    return (
        site.standing.document.printed(labels[0].start + found.start("per"), labels[0].start + found.end("per"))
        if found
        else None
    )


_TOTAL = regex.compile(r"[共合]计(?:支出|金额)?$")
_SUM = regex.compile(r"(?:[两二三四五六七八九]项|以上)合计$")


def _is_part(site: Site, labels: Labels) -> bool:
    """Whether an amount of the open list is one of its items: not their sum, not a restatement, not inside a reason."""
    standing, phrase, gap = site.standing, site.phrase, site.gap
    if phrase.based or gap.reason or standing.reason or (phrase.whole and _planned(site)):
        return False
    if phrase.text.startswith(_EFFECTS):
        return False
    if gap.opener and gap.context and labels and labels[0].inherited and not (phrase.bare or phrase.named()):
        return False
    return not _restates(site, labels)


def _restates(site: Site, labels: Labels) -> bool:
    """Whether an amount says the whole again, sums the list up, or is what the list left over."""
    phrase, name = site.phrase, printed_plain(site.standing, labels)
    if phrase.bare and _TOTAL.search(phrase.text, 0, phrase.bare[1]):
        return True
    if labels and not labels[0].inherited and any(one.text == labels[0].text for one in site.standing.lists[-1].whole):
        return True  # 收、支总计各90万元。其中：收入总计90万元
    return name.startswith(_SAVED) or (name.endswith("合计") and _SUM.search(name) is not None)


_EFFECTS = ("促进", "推动", "带动", "拉动", "撬动", "吸引")  # 其中违规金额…，促进增收节支9,200万元
_SAVED = ("节约", "节省", "节减")  # of what was spent they are no part


def _planned(site: Site) -> bool:
    """占年初预算12,400万元的42.1%: whether a whole is what a completion is measured against, also inside a list."""
    return site.phrase.kind in ("completion", "share")


def _after_base(site: Site) -> bool:
    """较上年120万元5万元: the second of two amounts that touch is what changed, its direction word being lost."""
    last = site.standing.last
    return last is not None and last.quantity.end == site.quantity.start


_FUND = regex.compile(
    r"无预算|预算资金|(?:一般公共|政府性基金|国有资本经营|社会保险基金|部门|综合|财政)预算"
    r"|超预算|预算(?:单位|内|外|稳定|绩效|管理|编制|执行|项目|收入支出|周转)"
)


def stage_of(site: Site, labels: Labels, role: Role) -> Stage | None:
    """The stage that the naming phrase says, or that its list passes on; a change, a price and a limit have none."""
    if role not in ("level", "part"):
        return None
    if site.phrase.based:
        return _stage_of_base(site.phrase.text[site.phrase.end :])
    if said := site.phrase.stage or _stage_before(site):
        return said
    words = "".join([_plain(site, one) for one in labels if not one.inherited]) or site.phrase.text[:_NAME_END]
    if "决算" in words:
        return "final_account"
    if "预算" in words and "预算" in _FUND.sub("", words):
        return "initial_budget" if "年初" in site.phrase.text else "budget"
    return site.standing.lists[-1].stage if role == "part" and site.standing.lists else None


def _plain(site: Site, one: Label) -> str:
    """The words of a label in simplified characters, where it is printed in one piece."""
    return site.clean[one.start : one.end] if one.end - one.start == len(one.text) else one.text


def _stage_before(site: Site) -> Stage | None:
    """The stage that an approval, a clause before a colon or the amount before a change says."""
    phrase, last = site.phrase, site.standing.last
    if phrase.turn == "reached" and not phrase.named() and last and last.sentence is site.sentence:
        moved = last.stage == "initial_budget" and "调" in phrase.text
        return "adjusted_budget" if moved else last.stage  # 预算由180万元调减为150万元
    start = site.sentence.start
    if "决算" in site.clean[start : start + _OPENING] and _REFLECTED.match(site.clean, start):
        return "final_account"
    if "预算" not in site.words:
        return None
    found = _ANNOUNCED.search(site.words) or _APPROVED.search(phrase.text)
    if found is None:
        return None
    return "initial_budget" if found["initial"] else "budget"


_OPENING = 12
_REFLECTED = regex.compile(r"[^，,。；;]{0,8}?决算(?:草案|报表|数据)?(?:反映|显示|表明)[，,：:]")
# 年度预算安排：安排资金186万元; 部门预算批复总额, 批复保洁项目预算资金38万元.
_ANNOUNCED = regex.compile(r"(?P<initial>年初)?预算(?:安排|批复)(?:情况)?[：:][^，,。；;：:]*$")
_APPROVED = regex.compile(r"(?P<initial>年初)?(?:预算批复|批复\p{Han}{0,16}预算)")


def _stage_of_base(words: str) -> Stage | None:
    """The stage of an amount that a change is measured from: 与预算收入1,100万元相比."""
    for word, stage in _BASES:
        if word in words:
            return stage
    return None


_BASES: tuple[tuple[str, Stage], ...] = (
    ("年初预算", "initial_budget"),
    ("调整", "adjusted_budget"),
    ("全年预算", "adjusted_budget"),
    ("预算", "budget"),
    ("决算", "final_account"),
    ("执行数", "outturn"),
)
_NAME_END = 8  # 涉及预算总额, the longest phrase that says a stage and names nothing
