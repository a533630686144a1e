"""Whether an actual value meets its target: by arithmetic, or by what the words plainly say; else None."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache

import regex

from fiscal_patterns.indicator.nouns import Value
from fiscal_patterns.lexicon import one_of, table

# A bare target is a limit under these levels, otherwise a floor.
_LIMITS = ("时效", "成本")
_SCALES: Mapping[str, int] = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SCALED = regex.compile(r"[百千万亿]")
_BARE = regex.compile(r"[\s,，。;；、：:“”\"]|的|地")
_PREFIX = regex.compile(r"^(?:均|已|已经|全部|全面|都)+")
_WHOLLY = regex.compile(r"^完成(?:率|进度)?为?100%$")
_DEADLINE = regex.compile(
    r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?|(?P<half>上半年)|(?P<end>季度?末|月末|年底|年末|年内|全年|年度内|年(?!\d))"
)
_DUE = regex.compile(r"[前内]$|及时|按时|按期")
_IN_TIME = regex.compile(r"(?:均|全部|已)?(?:按时|按期|及时|如期|提前)")
_DONE = regex.compile(r"^(?:均|全部)?已\p{Han}|完成|完工|按[季月时期年]|拨付|到位|发放|竣工|验收")


def is_met(
    target: Value, actual: Value, words: tuple[str, str], explicit: bool, levels: tuple[str, ...]
) -> bool | None:
    """``words`` are those of target and actual; ``explicit`` that the target prints its comparator."""
    if target.value is not None and actual.value is not None:
        wanted, reached = target.value * _scale(target, actual), actual.value * _scale(actual, target)
        return _by_number(target, wanted, reached, explicit, levels)
    if target.value is not None:
        return _plainly(words[1])
    return _by_words(*(_BARE.sub("", word) for word in words))


def _by_number(target: Value, wanted: Decimal, reached: Decimal, explicit: bool, levels: tuple[str, ...]) -> bool:
    comparator = target.comparator
    if comparator == "=" and not explicit:
        comparator = "<=" if any(word in level for word in _LIMITS for level in levels) else ">="
    match comparator:
        case ">=":
            return reached >= wanted
        case "<=":
            return reached <= wanted
        case ">":
            return reached > wanted
        case "<":
            return reached < wanted
        case _:
            return reached == wanted


def _scale(value: Value, other: Value) -> int:
    """What brings a number to ones where the two units differ in scale (万人, 人)."""
    scale = _SCALED.match(value.unit or "")
    if scale is None or other.unit is None or other.unit.startswith(scale.group()):
        return 1
    return _SCALES[scale.group()]


@cache
def _results() -> dict[str, str]:
    return dict(table("indicator", "result", ("met", "unmet")))


@cache
def _unmet() -> regex.Pattern[str]:
    return regex.compile(one_of(word for word, found in _results().items() if found == "unmet"))


@cache
def _degree() -> regex.Pattern[str]:
    return regex.compile(one_of(table("indicator", "degree", ("word",))))


def _plainly(actual: str) -> bool | None:
    """What an actual value in words says by itself."""
    words = _WHOLLY.sub("完成", _PREFIX.sub("", _BARE.sub("", actual)))
    if _unmet().match(words) and words != "差":
        return False
    return True if _results().get(words) == "met" else None


@lru_cache(maxsize=4096)  # 优, 完成 and 有所提高 come in every form
def _by_words(target: str, actual: str) -> bool | None:
    if _graded(target) and (graded := _graded(actual)):
        return _graded_met(target, graded)
    if target in actual or (len(actual) > 1 and actual in target):
        return not _unmet().match(actual)
    plain = _plainly(actual)
    return plain if plain is not None else _by_meaning(target, actual)


def _by_meaning(target: str, actual: str) -> bool | None:
    """What remains: a deadline kept or missed, a grade affirmed, the same words in another order."""
    if (deadline := _month(target)) is not None:
        return _in_time(deadline, actual)
    alike = _affirms(actual) if _graded(target) else _same_degree(target, actual) or _same_words(target, actual)
    return True if alike or (_DUE.search(target) and _IN_TIME.match(actual)) else None


def _graded(words: str) -> str:
    """The grades a value names: 优良中差, 良好; empty where it holds other words."""
    grades = words.replace("优秀", "优").replace("良好", "良")
    return grades if grades and all(grade in "优良中差" for grade in grades) else ""


def _graded_met(target: str, actual: str) -> bool:
    wanted = _graded(target)
    worst = wanted[-1] if len(wanted) < 3 else wanted[0]
    order = "优良中差"
    return order.index(actual[0]) <= order.index(worst) if len(wanted) < 3 else actual[0] in "优良"


def _month(words: str) -> tuple[int, int] | None:
    """Month and day by which something is due or was done: 上半年 is the end of June."""
    found = _DEADLINE.search(words)
    if not found:
        return None
    if found["month"]:
        last = regex.findall(r"(\d{1,2})月", words)[-1]
        return int(last), int(found["day"] or 31)
    return (6, 30) if found["half"] else (12, 31)


def _in_time(deadline: tuple[int, int], actual: str) -> bool | None:
    done = _month(actual)
    if done is not None:
        return done <= deadline
    return True if _DONE.search(actual) else None


def _affirms(actual: str) -> bool:
    return actual[:1] in "均已" and not _unmet().search(actual)


def _same_degree(target: str, actual: str) -> bool:
    """已逐步开展 for 逐步推开; 较上年提高 for 有所提高, but not for 显著提升."""
    degree = _degree().match(target)
    if not degree:
        return False
    if actual.startswith("已" + degree.group()):
        return True
    rest = target[degree.end() :]
    return degree.group() not in ("显著", "明显") and len(rest) > 1 and rest in actual


def _same_words(target: str, actual: str) -> bool:
    """At least half of the pairs of characters of the shorter stand in the other."""
    shorter, longer = sorted((target, actual), key=len)
    pairs = {shorter[place : place + 2] for place in range(len(shorter) - 1)}
    shared = sum(1 for pair in pairs if pair in longer)
    return len(pairs) > 1 and shared * 2 >= len(pairs)
