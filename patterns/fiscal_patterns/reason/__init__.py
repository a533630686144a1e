"""Why something changed, or stands where it stands."""

from fiscal_patterns.reason.nouns import Explanation
from fiscal_patterns.reason.rules import RULES, find

__all__ = ["RULES", "Explanation", "find"]
