"""Facts from Chinese fiscal narrative, each with its exact place in the text."""

from fiscal_facts.extraction import Extraction
from fiscal_facts.pipeline import extract
from fiscal_facts.version import __version__

__all__ = ["Extraction", "__version__", "extract"]
