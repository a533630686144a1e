"""一级 and 二级 names as they run down merged cells."""

from __future__ import annotations

from fiscal_patterns.indicator.align import Placed
from fiscal_patterns.indicator.shapes import level, without_points
from fiscal_patterns.tables import Cell
from fiscal_patterns.text import Document

_OUTPUT = "产出"


class Levels:
    """The levels above the row last read."""

    def __init__(self) -> None:
        self._first: str | None = None
        self._second: str | None = None

    def below(self, document: Document, placed: Placed) -> tuple[str, ...]:
        """Levels of a row: its own where printed, else those of the row above."""
        first, second = placed.get("level1"), placed.get("level2")
        if (first is None) != (second is None):
            self._one(document, first or second, first is not None)
        elif first and second:
            self._first, self._second = _name(document, first), _name(document, second)
        return tuple(name for name in (self._first, self._second) if name)

    def _one(self, document: Document, cell: Cell | None, as_first: bool) -> None:
        """A single level cell: its name says which level it is, its column where the name does not."""
        if cell is None:
            return
        name = _name(document, cell)
        known = level(document.clean[cell.start : cell.end])
        if known == "either":
            # 成本指标 stands under 产出指标 in the older forms, beside it in the newer; then 满意度指标 follows 效益指标.
            known = "second" if name.startswith("成本") and (self._first or "").startswith(_OUTPUT) else "first"
        if known == "second" or (known is None and not as_first):
            self._second = name
        else:
            self._first, self._second = name, None


def _name(document: Document, cell: Cell) -> str:
    return without_points(document.printed(cell.start, cell.end))
