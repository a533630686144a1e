"""Every pattern and the whole chain stay linear on text made to hurt them."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import fiscal_facts
import fiscal_patterns
import pytest
import regex
from fiscal_facts import extract

HAN = "税"
FILLERS = ("1", HAN, "1,", "税、", " ", "（", "其中", "亿元", "\n", "０", "，")


def modules() -> Iterator[str]:
    for package in (fiscal_patterns, fiscal_facts):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not any(part in found.name for part in ("evaluation", "spacy", "__main__", "app", "cli")):
                yield found.name


def compiled() -> Iterator[Any]:
    seen = set()
    for name in modules():
        for attribute, value in vars(importlib.import_module(name)).items():
            for pattern in (
                value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
            ):
                if isinstance(pattern, regex.Pattern | re.Pattern) and pattern.pattern not in seen:
                    seen.add(pattern.pattern)
                    yield pytest.param(pattern, id=f"{name.removeprefix('fiscal_')}.{attribute}"[:60])


def literals(pattern: str) -> list[str]:
    """Literal words of a pattern, to plant in the text so that no literal check ends the search early."""
    plain = re.sub(r"\(\?[<>=!:P][^)]{0,30}?>?|\\.|[\[\]{}()*+?|^$]", " ", pattern)
    return sorted({word for word in plain.split() if len(word) < 12}, key=len, reverse=True)[:8]


def seconds(pattern: Any, text: str) -> float:
    best = 9.0
    for _ in range(3):
        start = time.perf_counter()
        for _found in pattern.finditer(text):
            pass
        best = min(best, time.perf_counter() - start)
    return best


@pytest.mark.parametrize("pattern", list(compiled()))
def test_a_pattern_is_linear(pattern: Any) -> None:
    planted = "".join(literals(pattern.pattern))
    for filler in (*FILLERS, *literals(pattern.pattern)[:3]):
        half = (filler * (65_536 // len(filler)))[: 65_536 - len(planted)] + planted
        once, twice = seconds(pattern, half), seconds(pattern, half + half)
        assert twice < 1, f"{filler!r}: {twice:.2f} s for 128k characters"
        assert once < 0.005 or twice / once < 2.3, f"{filler!r}: {once:.4f} s, then {twice:.4f} s"


@pytest.mark.parametrize(
    "unit", ["税", "1", "1,", "税、", "其中", " ", "亿元", "（", "０", "\n", "增加", "1万元", "主要原因是"]
)
def test_the_chain_is_linear_on_a_megabyte(unit: str) -> None:
    def spent(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.perf_counter()
        extract(text)
        return time.perf_counter() - start

    half, whole = spent(500_000), spent(1_000_000)
    assert whole < 5, f"{whole:.1f} s"
    assert whole < 0.2 or whole / half < 2.6, f"{half:.2f} s, then {whole:.2f} s"
