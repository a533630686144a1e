"""Section, block and sentence: where in a document something stands. All offsets are clean.

Blocks and sentences are named tuples: a document has thousands, and they are made three times as fast as dataclasses.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from fiscal_patterns.records import record

BlockKind = Literal["prose", "heading", "contents", "definition", "table", "caption", "page"]


@record
class Section:
    """A heading and its place in the tree. ``rank`` 1 第X部分, 2 一、, 3 （一）, 4 ``1.``, 5 （1）, 6 ①; 0 a bare title."""

    title: str
    rank: int
    start: int
    parent: Section | None

    def path(self) -> tuple[str, ...]:
        """Titles from the outermost heading to this one."""
        above = self.parent.path() if self.parent else ()
        return (*above, self.title)


class Block(NamedTuple):
    """A stretch of one kind: a paragraph, a table cell that holds a sentence, a heading, a table row …

    ``mark`` is the end of the list mark (``1.``, ``（1）``) that opens a paragraph, or ``start`` where there is none.
    """

    kind: BlockKind
    start: int
    end: int
    mark: int
    section: Section | None


class Sentence(NamedTuple):
    """A sentence of a prose block, closing punctuation included; ``start`` is after the block's list mark."""

    start: int
    end: int
    block: Block


@record
class Outline:
    """All blocks in order, the sentences of the prose among them, and the title the document gives itself."""

    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
