"""The outline of a document: headings, and blocks of text by what they are."""

from fiscal_patterns.sections.nouns import Block, Outline, Section, Sentence
from fiscal_patterns.sections.rules import sectionize, split

__all__ = ["Block", "Outline", "Section", "Sentence", "sectionize", "split"]
