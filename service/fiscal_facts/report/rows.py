"""The report as rows for a spreadsheet: CSV with a byte order mark, which spreadsheets need to read Chinese."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from fiscal_facts.extraction import Extraction

HEADS = ("file", "severity", "code", "message", "printed", "expected", "start", "end", "text", "facts")
# What a spreadsheet would run as a formula, coming from a document.
_FORMULA = re.compile(r"[=+@\t\r]|-(?!\d)")


def as_rows(checked: Iterable[tuple[str, Extraction]]) -> Iterator[bytes]:
    """A head and one row for each finding, with its first place."""
    yield b"\xef\xbb\xbf" + _line(HEADS)
    for name, extraction in checked:
        for finding in extraction.findings:
            first = finding.spans[0] if finding.spans else None
            place = (str(first.start), str(first.end), first.text) if first else ("", "", "")
            words = (finding.message, finding.printed or "", finding.expected or "")
            yield _line((name, finding.severity, finding.code, *words, *place, " ".join(finding.facts)))


def _line(cells: Iterable[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow([_tame(cell) for cell in cells])
    return stream.getvalue().encode("utf-8", "replace")


def _tame(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
