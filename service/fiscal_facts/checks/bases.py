"""Levels that stand in a sentence only to be compared with: the base of a change, the whole of a percentage."""

from __future__ import annotations

import re

import regex
from fiscal_patterns.facts import Amount

from fiscal_facts.checks.evidence import Evidence

# 较2022年度的41.70万元减少: from the word of comparison to the figure; with 执行数 and a year it takes 17 characters.
_REACH = 24
_CLAUSE = re.compile(r"[，,。；;:：（(、]")
_COMPARING = frozenset("比较与同从由")
_COMPARED = regex.compile(r"(?:(?<![同环相占])比|(?<!比)较|与|(?<!相|一)同|从|由)[^，,。；;:：（(、]{0,22}$")
# 完成预算85.30亿元的25.6%
_WHOLE = re.compile(r"[-\d.,]{1,20}\s?[亿万千]{0,2}元?的\s?\d[\d.]{0,8}\s?%")
_PERCENT_NEAR = 40


def is_base(evidence: Evidence, fact: Amount) -> bool:
    """Whether a figure is what another is compared with, directly behind the word that says so."""
    clause = _CLAUSE.split(evidence.before(fact, _REACH))[-1]
    return not _COMPARING.isdisjoint(clause) and _COMPARED.search(clause) is not None


def is_whole(evidence: Evidence, fact: Amount) -> bool:
    """Whether a figure only says what a percentage is of: 完成预算85.30亿元的25.6%."""
    place = evidence.place_of[fact.id]
    return _WHOLE.match(evidence.document.clean, place, place + _PERCENT_NEAR) is not None
