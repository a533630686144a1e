"""What a check of documents found, for people: plain text, one HTML page, rows for a spreadsheet."""

from fiscal_facts.report.page import as_page
from fiscal_facts.report.rows import as_rows
from fiscal_facts.report.text import as_text

__all__ = ["as_page", "as_rows", "as_text"]
