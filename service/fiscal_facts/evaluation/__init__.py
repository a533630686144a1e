"""The gold set and what is measured on it: annotated documents, matching, scores, report."""

from fiscal_facts.evaluation.gold import GoldDocument, GoldError, default_folder, read_folder

__all__ = ["GoldDocument", "GoldError", "default_folder", "read_folder"]
