"""What a performance form holds for its checks: figures, rows of funds, points of levels, the whole."""

from __future__ import annotations

from decimal import Decimal

from fiscal_patterns.facts import Indicator
from fiscal_patterns.records import record
from fiscal_patterns.tables import Cell, Grid, Table

FIGURES = ("initial_budget", "budget", "outturn", "execution_rate")


@record
class Figure:
    """A number in a cell, its unit where the cell prints one."""

    number: Decimal
    unit: str | None
    cell: Cell


@record
class Funds:
    """A row of funds: its figures by what they are (FIGURES, ``weight``, ``score``).

    ``whole`` is true of the row that holds all money of the project; ``unscored`` where its cell for the score is empty.
    """

    label: str
    whole: bool
    figures: dict[str, Figure]
    unscored: bool


@record
class Points:
    """The points that a level prints for itself: 产出指标（40分）; ``unit`` is 分, or by a slip 份."""

    name: str
    points: Decimal
    unit: str
    cell: Cell


@record
class Form:
    """A form from its first row of funds to its total. ``proportional``: it prints that 执行率×分值 is the score.

    ``sound`` is false where rows may have been read wrongly: then sums say nothing.
    """

    grid: Grid
    table: Table
    indicators: tuple[Indicator, ...]
    funds: tuple[Funds, ...]
    levels: tuple[Points, ...]
    weights: Figure | None
    total: Figure | None
    proportional: bool
    sound: bool

    def has(self, name: str) -> bool:
        """Whether the indicators have a column of this role."""
        return any(column.role == name for column in self.grid.columns)

    @property
    def whole(self) -> Funds | None:
        """The row of all money."""
        return next((row for row in self.funds if row.whole), None)
