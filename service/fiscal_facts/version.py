"""The version of the extractor: part of every answer, because ids and facts are stable only within one."""

__version__ = "0.1.0"
