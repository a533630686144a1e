"""Which figure a percentage is a share of, and which it is the share: found by the places of labels, else by their text."""

from __future__ import annotations

from dataclasses import replace

from fiscal_patterns.facts import Amount, Label, Percentage, Stage

from fiscal_facts.checks.evidence import SAME, Evidence, Figure, texts_of
from fiscal_facts.checks.shelves import Shelves
from fiscal_facts.checks.things import canonical

# What 完成预算 may mean, by the word that follows: the budget in force.
BUDGETS: dict[str, tuple[Stage, ...]] = {
    "年初预算": ("initial_budget",),
    "调整预算": ("adjusted_budget",),
    "全年预算": ("adjusted_budget",),
    "调整后预算": ("adjusted_budget",),
}
ANY_BUDGET: tuple[Stage, ...] = ("budget", "adjusted_budget")
DONE: tuple[Stage | None, ...] = ("final_account", "outturn", None)


def part_of(evidence: Evidence, rate: Percentage) -> Figure | None:
    """The figure whose share or completion ``rate`` is: under the same label, nearest before it in the same block."""
    if len(rate.labels) != 1:
        return None
    named = alike(evidence, rate, rate.labels[0]) or _by_other_name(evidence, rate, rate.labels[0])
    found = [fact for fact in named if _stage(fact) in DONE]
    if not found and rate.kind == "share" and len({_stage(fact) for fact in named}) == 1:
        found = named
    before = [fact for fact in found if fact.span.start < rate.span.start]
    if before:
        return before[-1]
    return (
        found[0] if len(found) == 1 and evidence.sentence_number(found[0]) == evidence.sentence_number(rate) else None
    )


# 税收占一般公共预算收入的61.4% of 税收收入29.84亿元.
_ENDINGS = ("收入", "支出")


def _by_other_name(evidence: Evidence, rate: Percentage, label: Label) -> list[Figure]:
    """Figures whose name is that of the label with 收入 or 支出 behind it, where only one is."""
    found = [
        fact
        for ending in _ENDINGS
        for fact in alike(evidence, rate, replace(label, text=label.text + ending, span=None))
    ]
    return found if len({fact.value for fact in found}) == 1 else []


def alike(evidence: Evidence, rate: Percentage, label: Label) -> list[Figure]:
    """Figures beside ``rate`` under this label, of its period and scope; those whose label stands in one place first."""
    return [fact for fact in _under(evidence, rate, label) if fact.period == rate.period]


def _under(evidence: Evidence, rate: Percentage, label: Label) -> list[Figure]:
    block = evidence.block(rate)
    found = [fact for fact in evidence.labelled_at(label) if evidence.block(fact) is block] or evidence.beside(
        rate, label.text
    )
    return [fact for fact in found if _named(fact, label)]


def _named(fact: Figure, label: Label) -> bool:
    labels = fact.labels
    if len(labels) == 1:
        return labels[0].text == label.text and labels[0].scope == label.scope
    return any(other.text == label.text and other.scope == label.scope for other in labels)


def _stage(fact: Figure) -> Stage | None:
    return fact.stage if isinstance(fact, Amount) else None


def whole_of(evidence: Evidence, rate: Percentage, part: Figure) -> Figure | None:
    """The figure that ``rate`` is a share of, None where none is printed or more than one value is."""
    if rate.of is None or not isinstance(part, Amount) or (rate.of.inherited and rate.of.span in evidence.shares_of):
        return None  # what has a share of its own stands beside the part, not above it
    found = [fact for fact in evidence.labelled_at(rate.of) if rate.of.inherited and isinstance(fact, Amount)]
    found = found or _wholes(evidence, rate, rate.of)
    found = [fact for fact in found if _comparable(fact, part)]
    here = [fact for fact in found if fact.section == rate.section and fact.span.start < rate.span.start]
    candidates = here or found
    done = [fact for fact in candidates if fact.stage == part.stage]
    done = done or [fact for fact in candidates if fact.stage in DONE]
    if not done and part.stage is None and evidence.identity.kind == "budget":
        done = [fact for fact in candidates if fact.stage == "budget"]  # in a budget the word is said of some
    return done[-1] if (here and done) or len({fact.value for fact in done}) == 1 else None


def _wholes(evidence: Evidence, rate: Percentage, label: Label) -> list[Amount]:
    """Levels under the label, near the share; else those under another name of the same kind of total."""
    found = evidence.levels.near(label.text, rate.span.start, SAME)
    return found or _by_kind(evidence).near(canonical(label.text), rate.span.start, SAME)


def _by_kind(evidence: Evidence) -> Shelves[Amount]:
    """Levels by the name under which their kind of total is known: 三公 with and without 财政拨款."""

    def work() -> Shelves[Amount]:
        shelves: Shelves[Amount] = Shelves()
        for fact in evidence.amounts:
            for text in texts_of(fact) if fact.role in ("level", "part") else ():
                if (name := canonical(text)) != text:
                    shelves.put(name, fact)
        return shelves

    return evidence.remembered("levels by kind", work)


def _comparable(whole: Amount, part: Amount) -> bool:
    if whole is part or whole.period != part.period:
        return False
    if len(whole.labels) == 1 and len(part.labels) == 1:
        return whole.labels[0].scope == part.labels[0].scope
    scopes = {label.scope for label in whole.labels}
    return any(label.scope in scopes for label in part.labels)


def budget_of(evidence: Evidence, rate: Percentage, part: Figure) -> Amount | None:
    """The budget that a completion rate is measured against, printed beside it; None where there is none or a choice."""
    if rate.of is None or not rate.labels:
        return None
    stages = BUDGETS.get(rate.of.text, ANY_BUDGET)
    found = [
        fact
        for fact in _under(evidence, rate, rate.labels[0])
        if isinstance(fact, Amount) and fact is not part and fact.stage in stages and _budgeted(fact, rate)
    ]
    before = [fact for fact in found if fact.span.start < rate.span.start]
    if len({fact.stage for fact in before}) > 1:
        before = [fact for fact in before if fact.stage == "adjusted_budget"]
    return before[-1] if before else None


def _budgeted(budget: Amount, rate: Percentage) -> bool:
    """Whether a budget is of the period of a rate, or of the year that a quarter or a month belongs to."""
    return budget.period == rate.period or (rate.period is not None and budget.period == rate.period[:4])
