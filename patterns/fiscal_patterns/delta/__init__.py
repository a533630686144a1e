"""Stated changes, and stated absences of change, against a base."""

from fiscal_patterns.delta.nouns import Change
from fiscal_patterns.delta.rules import RULES, find

__all__ = ["RULES", "Change", "find"]
