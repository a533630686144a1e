"""Indicators from the grids of performance forms, whatever the layout."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from fiscal_patterns.indicator.align import Placed
from fiscal_patterns.indicator.levels import Levels
from fiscal_patterns.indicator.met import is_met
from fiscal_patterns.indicator.nouns import IndicatorRow, Value
from fiscal_patterns.indicator.placing import placed_rows
from fiscal_patterns.indicator.values import explicit, read_value, signs
from fiscal_patterns.project import Mention
from fiscal_patterns.project.names import normalised
from fiscal_patterns.tables import Cell, Table, Tables
from fiscal_patterns.text import Document

_NESTED = 20  # sections of a report that may end before a position
# 已完成100% beside a target of 16名 tells progress, no figure to compare.
_PROGRESS = regex.compile(r"(?:已|均|全部|都){0,2}完成(?:率|进度|比例)?[为:：]?[\d.]{1,6}%$")
_POINTS = regex.compile(r"(?P<number>(?>\d++)(?:\.\d++)?+)\s?+[分%]?")


def form_rows(
    document: Document, tables: Tables, projects: Sequence[Mention], period: str | None
) -> Iterator[IndicatorRow]:
    """Indicators of all forms in order; ``projects`` are the mentions that name a form, in order of position."""
    starts = [mention.form[0] for mention in projects if mention.form]
    for table in tables.tables:
        for grid in table.grids:
            levels = Levels()
            for placed, end in placed_rows(document.clean, table, grid):
                above = levels.below(document, placed)
                project = holder(projects, starts, placed["name"].start)
                if row := _indicator(document, table, placed, end, above, project, period):
                    yield row


def holder(projects: Sequence[Mention], starts: Sequence[int], position: int) -> Mention | None:
    """The innermost project whose form, report or section holds ``position``; ``starts`` are those of the forms."""
    index = bisect_right(starts, position) - 1
    for mention in reversed(projects[max(0, index - _NESTED) : index + 1]):
        if mention.form and position < mention.form[1]:
            return mention
    return None


def _indicator(
    document: Document,
    table: Table,
    placed: Placed,
    end: int,
    levels: tuple[str, ...],
    project: Mention | None,
    period: str | None,
) -> IndicatorRow | None:
    """The indicator in a row; None where it has neither target nor actual, weight nor score."""
    clean, name = document.clean, placed["name"]
    sign = _words(clean, placed.get("comparator"))
    target = _value(clean, placed.get("target"), sign, _words(clean, placed.get("unit")))
    actual = _value(clean, placed.get("actual"), None, target.unit if target else None)
    if actual and _PROGRESS.match(clean, actual.start, actual.end) and not (target and target.unit == actual.unit):
        actual = Value(actual.start, actual.end, "qualitative", None, None)
    weight, score = _points(clean, placed.get("weight")), _points(clean, placed.get("score"))
    if target is None and actual is None and weight is None and score is None:
        return None
    met = None
    if target and actual:
        words = clean[target.start : target.end], clean[actual.start : actual.end]
        met = is_met(target, actual, words, explicit(clean, target, sign), levels)
    return IndicatorRow(
        name.start,
        end,
        table.section,
        project,
        levels,
        normalised(document, name.start, name.end),
        target,
        actual,
        weight,
        score,
        _note(document, placed.get("note")),
        met,
        period,
        "indicator.row" if sign is None or sign not in signs() else "indicator.row_in_three_cells",
    )


def _words(clean: str, cell: Cell | None) -> str | None:
    return clean[cell.start : cell.end] if cell else None


def _value(clean: str, cell: Cell | None, sign: str | None, unit: str | None) -> Value | None:
    return read_value(clean, cell.start, cell.end, sign, unit) if cell else None


def _points(clean: str, cell: Cell | None) -> Decimal | None:
    found = _POINTS.fullmatch(clean, cell.start, cell.end) if cell else None
    return Decimal(found["number"]) if found else None


def _note(document: Document, cell: Cell | None) -> str | None:
    return "".join(document.printed(cell.start, cell.end).split()) if cell else None
