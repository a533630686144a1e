"""Numerals with units: amounts, percentages and counts, told apart from dates, ordinals and codes."""

from fiscal_patterns.quantity.nouns import Quantity
from fiscal_patterns.quantity.rules import RULES, find

__all__ = ["RULES", "Quantity", "find"]
