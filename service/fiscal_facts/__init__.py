"""Facts from Chinese fiscal narrative, each with its exact place in the text."""

from fiscal_facts.pipeline import Extraction, extract

__all__ = ["Extraction", "extract"]
