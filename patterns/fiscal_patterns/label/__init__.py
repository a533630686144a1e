"""What a quantity measures: label, stage, period, role, share of what."""

from fiscal_patterns.label.nouns import Label, Labelled
from fiscal_patterns.label.rules import attach

__all__ = ["Label", "Labelled", "attach"]
