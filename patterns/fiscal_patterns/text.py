"""The text as received, and the cleaned view of it that every pattern reads.

Offsets come in two kinds, never mixed: *clean* offsets index ``Document.clean`` and are what rules pass to each
other; *received* offsets index the text exactly as it came and appear only in a :class:`Span`.
"""

from __future__ import annotations

from bisect import bisect_right

from fiscal_patterns.cleaning import clean
from fiscal_patterns.records import record


@record
class Span:
    """Half-open code-point range in the received text; ``received[start:end] == text`` always."""

    start: int
    end: int
    text: str


class Document:
    """A received text with its cleaned view and the exact map between them.

    ``received``: the text as given, untouched. ``clean``: residue, zero-width characters and inner spaces out,
    breaks inside a sentence joined, full width to half width and traditional to simplified one to one.
    Every clean character is one received character; :meth:`span` leads back.
    """

    __slots__ = ("_clean_at", "_received_at", "_shift", "clean", "received")

    def __init__(self, received: str) -> None:
        self.received = received
        view = clean(received)
        self.clean = view.text
        self._clean_at = [*view.clean_at, len(view.text) + 1]  # closed, so that every piece has one behind it
        self._shift = view.shift
        self._received_at: list[int] | None = None

    def source(self, position: int) -> int:
        """Received offset of the clean character at ``position``."""
        return position + self._shift[bisect_right(self._clean_at, position) - 1]

    def place(self, position: int) -> int:
        """Clean offset of the received character at ``position``, which must be one that cleaning kept."""
        if self._received_at is None:
            self._received_at = [at + shift for at, shift in zip(self._clean_at, self._shift, strict=False)]
        return position - self._shift[bisect_right(self._received_at, position) - 1]

    def span(self, start: int, end: int) -> Span:
        """The received stretch behind the clean range ``[start, end)``; the range must not be empty."""
        clean_at, shift = self._clean_at, self._shift
        after = bisect_right(clean_at, start)
        first = start + shift[after - 1]
        if clean_at[after] < end:
            after = bisect_right(clean_at, end - 1, after)
        last = end + shift[after - 1]
        return Span(first, last, self.received[first:last])

    def printed(self, start: int, end: int) -> str:
        """Received characters of a clean range without what cleaning took out (widths and script as printed)."""
        index = bisect_right(self._clean_at, start) - 1
        if self._clean_at[index + 1] >= end:  # nothing was cut inside
            return self.received[start + self._shift[index] : end + self._shift[index]]
        pieces = []
        while start < end:
            stop = min(self._clean_at[index + 1], end)
            pieces.append(self.received[start + self._shift[index] : stop + self._shift[index]])
            start, index = stop, index + 1
        return "".join(pieces)
