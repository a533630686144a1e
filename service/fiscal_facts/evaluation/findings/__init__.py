"""How right the checks are: audited documents, matching of findings with contradictions, figures, tables."""
