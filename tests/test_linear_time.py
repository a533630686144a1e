"""Every pattern and the whole chain stay linear on text made to hurt them."""

from __future__ import annotations

import importlib
import os
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

# Some six hundred patterns on fourteen texts each take longer than a test run should: `make linear` times them all.
FULL = os.environ.get("FISCAL_FACTS_LINEAR") == "full"
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
    """Processor time of one pass; another process on the machine does not count."""
    start = time.process_time()
    for _found in pattern.finditer(text):
        pass
    return time.process_time() - start


# Seconds for 16k characters below which even a square would end within 1 s at 128k (8 x 8 x 4 ms): no need to go on.
AT_ONCE = 0.004
SIZE = 65_536


@pytest.mark.skipif(not FULL, reason="make linear")
@pytest.mark.parametrize("pattern", list(compiled()) if FULL else [])
def test_a_pattern_is_linear(pattern: Any) -> None:
    planted = "".join(literals(pattern.pattern))
    for filler in (*FILLERS, *literals(pattern.pattern)[:3]):
        quarter = (filler * (SIZE // 4 // len(filler)))[: SIZE // 4 - len(planted)] + planted
        if min(seconds(pattern, quarter) for _ in range(2)) < AT_ONCE:
            continue
        pairs = [(seconds(pattern, quarter * 4), seconds(pattern, quarter * 8)) for _ in range(5)]
        twice = min(pair[1] for pair in pairs)
        assert twice < 1, f"{filler!r}: {twice:.2f} s for 128k characters"
        # The best of five pairs: a neighbour on the machine slows some of them, a square slows all.
        assert min(long / short for short, long in pairs) < 2.3, f"{filler!r}: {pairs}"


def spent(unit: str, size: int) -> float:
    text = unit * (size // len(unit))
    start = time.process_time()
    extract(text)
    return time.process_time() - start


# One megabyte of a unit that is no fact, and the seconds it may take; then of units that are 300,000 facts each.
UNITS = [(unit, 5) for unit in ("税", "1", "1,", "税、", "其中", " ", "亿元", "（", "０", "\n")]
FACTS = [(unit, 20) for unit in ("增加", "1万元", "1万元，", "增长4.5%、", "主要原因是")]


@pytest.mark.parametrize(("unit", "limit"), [*UNITS, *(FACTS if FULL else [])])
def test_the_chain_is_linear_on_a_megabyte(unit: str, limit: int) -> None:
    assert spent(unit, 60_000) < 2, "already slow at 60,000 characters"
    half, whole = spent(unit, 500_000), spent(unit, 1_000_000)
    assert whole < limit, f"{whole:.1f} s"
    assert whole < 1 or min(whole / half, spent(unit, 1_000_000) / spent(unit, 500_000)) < 2.6, (
        f"{half:.2f}, {whole:.2f} s"
    )
