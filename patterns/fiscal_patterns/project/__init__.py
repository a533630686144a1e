"""Mentions of budget projects by name."""

from fiscal_patterns.project.nouns import Mention
from fiscal_patterns.project.rules import RULES, find

__all__ = ["RULES", "Mention", "find"]
