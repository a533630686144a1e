"""Rows of performance forms: name, target, actual, weight, score."""

from fiscal_patterns.indicator.nouns import IndicatorRow, Value
from fiscal_patterns.indicator.rules import RULES, find

__all__ = ["RULES", "IndicatorRow", "Value", "find"]
