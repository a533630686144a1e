"""Kind of a percentage and the whole it is measured against."""

from __future__ import annotations

from dataclasses import replace

import regex

from fiscal_patterns.facts import Kind
from fiscal_patterns.label.affixes import affixes
from fiscal_patterns.label.gap import Gap
from fiscal_patterns.label.labels import inherited, label
from fiscal_patterns.label.nouns import Label, Labelled
from fiscal_patterns.label.standing import Standing
from fiscal_patterns.quantity.nouns import Quantity

_LIMIT = regex.compile(r"(?:及)?(?:以上|以下|以内)?的")
_LIMITED = regex.compile(r"(?:大于|小于|高于|低于|超过|不低于|不超过|偏离)[^，,]{0,6}$")
_AT_LEAST = regex.compile(r"(?:≥|≤|不低于|不少于|不超过|不高于|至少|力争|确保)[^，,]{0,3}$")
_BARE_OF = regex.compile(r"的?(?:比例|比重)?(?:为)?")
_LEAD = regex.compile(r"其|本单位|全(?:市|省|县|区|州)(?!年)|我[市省县区]|同期|[省市县区州]级(?=一般)")
_TARGET = regex.compile(r"的?[\p{Han}]{0,4}目标(?![^，。；]{0,3}完成率)")


def measured(standing: Standing, gap: Gap, labelled: Labelled, start: int, following: Quantity | None) -> Labelled:
    """The percentage with its kind and whole."""
    kind, of = _kind(standing, gap, labelled, start)
    if kind == "rate" and (found := _complement(standing, labelled, following)):
        kind, of = found
    return replace(labelled, kind=kind, of=of)


def _kind(standing: Standing, gap: Gap, labelled: Labelled, start: int) -> tuple[Kind, Label | None]:
    phrase, clean, quantity = gap.phrase, standing.document.clean, labelled.quantity
    own = start + gap.own
    words = clean[own : quantity.start]
    if standing.carried and _BARE_OF.fullmatch(words):
        return standing.carried
    if phrase.kind == "completion" and phrase.whole is None:
        return "completion", _budget(labelled) if "执行率" in words else None
    if phrase.kind:
        return phrase.kind, _whole(standing, gap, own)
    if _LIMITED.search(words) and _LIMIT.match(clean, quantity.end):
        return "threshold", None
    if phrase.turn == "change" or phrase.noun:
        return "growth", None
    if _AT_LEAST.search(words) or quantity.approximation in ("at_least", "at_most"):
        return "target", None
    if found := _progress(standing, words, labelled):
        return found
    last = standing.last
    if not words.strip("，,、") and standing.lists and _in_shares(standing):
        return "share", _listed(standing)
    if _TARGET.match(clean, quantity.end):
        return "target", None
    if words[-1:] in "、和及,，" and last and last.quantity.kind == "percentage" and len(words) < 3:
        return last.kind, last.of
    return "rate", None


_ALL = 100
_BESIDE = regex.compile(r"[，,、；;]\p{Han}{2,20}")


def _complement(standing: Standing, labelled: Labelled, following: Quantity | None) -> tuple[Kind, Label | None] | None:
    """Two percentages side by side that make up 100 share one whole: 政府代缴25%，个人缴费75%."""
    clean, quantity, last = standing.document.clean, labelled.quantity, standing.last
    if last and last.quantity.kind == "percentage" and last.quantity.value + quantity.value == _ALL:
        if last.sentence is labelled.sentence and _BESIDE.fullmatch(clean, last.quantity.end, quantity.start):
            return "share", inherited((last.of,))[0] if last.of else None
    if following and following.kind == "percentage" and following.value + quantity.value == _ALL:
        if _BESIDE.fullmatch(clean, quantity.end, following.start):
            return "share", None
    return None


def _progress(standing: Standing, words: str, labelled: Labelled) -> tuple[Kind, Label | None] | None:
    for code, names in affixes_of_completion().items():
        if any(name in words for name in names):
            return "completion", None if code == "plain" else _budget(labelled)
    return None


def _budget(labelled: Labelled) -> Label:
    """The budget that a rate of execution implies without naming it."""
    return Label("预算", labelled.quantity.start, labelled.quantity.start, True)


def affixes_of_completion() -> dict[str, list[str]]:
    """Nouns of completion by what they are measured against."""
    found: dict[str, list[str]] = {}
    for word, code in affixes("label", "completion").codes.items():
        found.setdefault(code, []).append(word)
    return found


def _whole(standing: Standing, gap: Gap, own: int) -> Label | None:
    whole = gap.phrase.whole
    if whole is None:
        return _listed(standing)
    start, end = own + whole[0], own + whole[1]
    clean = standing.document.clean
    while found := _LEAD.match(clean, start, end):
        start = found.end()
    if end - start > 2 and clean[end - 1] == "中":
        end -= 1
    return replace(label(standing, (start, end)), scope=None) if end > start else _listed(standing)


def _listed(standing: Standing) -> Label | None:
    wholes = standing.lists[-1].whole if standing.lists else standing.total
    return inherited(wholes)[0] if wholes else None


def _in_shares(standing: Standing) -> bool:
    """Whether the percentages of the list so far are shares."""
    kinds = [one.kind for one in standing.series if one.quantity.kind == "percentage"]
    return bool(kinds) and kinds[-1] == "share"
