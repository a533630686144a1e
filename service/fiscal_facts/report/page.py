"""The report as one HTML page without scripts or other files; whatever comes from a document is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from fiscal_facts.checks import Finding
from fiscal_facts.checks.nouns import Checked
from fiscal_facts.extraction import Extraction
from fiscal_facts.report.passages import NOTHING, SEVERITY_NAMES, Piece, counted, nothing_to_check, passages, place
from fiscal_facts.report.text import HEADS, MEANINGS, row

_MARKS = {0: "{}", 1: '<mark class="wrong">{}</mark>', 2: "<mark>{}</mark>"}


def as_page(checked: Iterable[tuple[str, Extraction]]) -> Iterator[bytes]:
    """The page, document by document."""
    head, tail = (
        files("fiscal_facts.report").joinpath("page.html").read_text(encoding="utf-8").split("<!--documents-->")
    )
    yield head.encode()
    for name, extraction in checked:
        yield "".join(_document(name, extraction)).encode("utf-8", "replace")
    yield tail.encode()


def _document(name: str, extraction: Extraction) -> Iterator[str]:
    title = extraction.identity.title or name
    yield f"<section><h1>{escape(title)}</h1><p class=file>{escape(name)}</p><p>{counted(extraction.findings)}。</p>\n"
    for finding in extraction.findings:
        yield from _finding(extraction.text, finding)
    yield from _tallies(extraction)
    yield "</section>\n"


def _finding(text: str, finding: Finding) -> Iterator[str]:
    yield f'<article class="{finding.severity}"><h2><b>{SEVERITY_NAMES[finding.severity]}</b> '
    yield f"{escape(MEANINGS.get(finding.code, ''))} <code>{escape(finding.code)}</code></h2>\n"
    for passage in passages(text, finding):
        yield f"<blockquote>{''.join(map(_marked, passage))}</blockquote>\n"
    yield f"<p>{escape(finding.message)}</p>\n<dl>"
    parts = (("原文", finding.printed), ("应为", finding.expected), ("位置", place(text, finding)))
    yield "".join(f"<dt>{name}</dt><dd>{escape(words)}</dd>" for name, words in parts if words)
    yield "</dl></article>\n"


def _marked(piece: Piece) -> str:
    return _MARKS[piece.marked].format(escape(piece.words))


def _tallies(extraction: Extraction) -> Iterator[str]:
    if nothing_to_check(extraction.checked or Checked()):
        yield f"<p>{NOTHING}</p>\n"
    if not extraction.checks:
        return
    yield "<h2>核对了什么</h2>\n<table><thead><tr>"
    yield "".join(f"<th>{head}</th>" for head in HEADS) + "</tr></thead><tbody>\n"
    for tally in extraction.checks:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row(tally)) + "</tr>\n"
    yield "</tbody></table>\n"
