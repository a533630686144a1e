"""Measure the whole chain against jieba, one number pass and the peers, in one run on one core.

    make bench                      # ratios and µs per 1,000 characters per stage
    python scripts/bench.py --json  # the same as JSON

Ratios of one run count; absolute times are those of the machine. Peers (extra ``[peers]``) are left out when absent.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from fiscal_facts import extract
from fiscal_facts.checks import check
from fiscal_patterns import delta, indicator, label, project, quantity, reason, tables
from fiscal_patterns.identity import identify
from fiscal_patterns.sections import sectionize
from fiscal_patterns.settle import settle
from fiscal_patterns.text import Document
from fiscal_patterns.unclaimed import unclaimed

DOCUMENTS = Path(__file__).parent.parent / "annotations" / "documents" / "real"
Found = TypeVar("Found")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?\s*(?:万元|亿元|元|%|个百分点|[个人次辆台项家户件])?")


def best_of(runs: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def stages(texts: Sequence[str], runs: int) -> dict[str, float]:
    """Best time of each step over all documents, seconds."""
    best: dict[str, float] = {}
    for _ in range(runs):
        spent: dict[str, float] = {}
        for text in texts:
            walk(text, spent)
        for name, seconds in spent.items():
            best[name] = min(best.get(name, seconds), seconds)
    return best


def walk(text: str, spent: dict[str, float]) -> None:
    """One document through the steps of ``extract``, each timed."""

    def timed(name: str, work: Callable[[], Found]) -> Found:
        start = time.perf_counter()
        found = work()
        spent[name] = spent.get(name, 0) + time.perf_counter() - start
        return found

    document = timed("clean", lambda: Document(text))
    outline = timed("sections", lambda: sectionize(document.clean))
    grid = timed("tables", lambda: tables.read(document.clean, outline))
    sentences = tuple(sorted((*outline.sentences, *grid.sentences), key=lambda sentence: sentence.start))
    quantities = timed("quantity", lambda: quantity.find(document.clean, sentences))
    labelled = timed("label", lambda: label.attach(document, sentences, quantities))
    changes = timed("delta", lambda: delta.find(document, sentences, labelled))
    explanations = timed("reason", lambda: reason.find(document, sentences, grid, changes, labelled))
    mentions = timed("project", lambda: project.find(document, outline, sentences, grid, labelled))
    rows = timed("indicator", lambda: indicator.find(document, sentences, grid, mentions))
    facts = timed("settle", lambda: settle(document, labelled, changes, explanations, mentions, rows))
    timed("unclaimed", lambda: unclaimed(document, outline, grid, facts))
    said = identify(document, outline)
    timed("checks", lambda: check(document, outline, grid, facts, said))


def rivals(texts: Sequence[str]) -> dict[str, tuple[int, Callable[[], object]]]:
    """Name -> (runs, work) of everything the chain is compared with that is installed."""
    found: dict[str, tuple[int, Callable[[], object]]] = {
        "one re number pass": (20, lambda: [NUMBER.findall(text) for text in texts])
    }
    if importlib.util.find_spec("jieba"):
        found["jieba.cut"] = (5, _jieba(texts))
    if importlib.util.find_spec("jionlp"):
        found["JioNLP money"] = (2, _jionlp(texts))
    if importlib.util.find_spec("recognizers_number_with_unit"):
        found["Recognizers-Text percentage + currency"] = (1, _recognizers(texts))
    if importlib.util.find_spec("quantulum3"):
        found["quantulum3"] = (1, _quantulum(texts))
    return found


def _jieba(texts: Sequence[str]) -> Callable[[], object]:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return lambda: [sum(1 for _ in jieba.cut(text)) for text in texts]


def _jionlp(texts: Sequence[str]) -> Callable[[], object]:
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp

    def work() -> list[object]:
        return [jionlp.ner.extract_money(line) for text in texts for line in text.splitlines() if line.strip()]

    return work


def _recognizers(texts: Sequence[str]) -> Callable[[], object]:
    from recognizers_number import recognize_percentage
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    lines = [line for text in texts for line in text.splitlines() if line.strip()]

    def work() -> list[object]:
        return [step(line, Culture.Chinese) for line in lines for step in (recognize_percentage, recognize_currency)]

    return work


def _quantulum(texts: Sequence[str]) -> Callable[[], object]:
    from quantulum3 import parser

    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    return lambda: [parser.parse(line) for line in lines]


def import_seconds() -> float:
    code = "import time; t = time.perf_counter(); import fiscal_facts; print(time.perf_counter() - t)"
    return min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(3))


def measure(runs: int) -> dict[str, object]:
    texts = [path.read_bytes().decode("utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    characters = sum(map(len, texts))
    chain = best_of(runs, lambda: [extract(text) for text in texts])
    per_thousand = {name: round(seconds / characters * 1e9, 1) for name, seconds in stages(texts, runs).items()}
    ratios = {}
    for name, (count, work) in rivals(texts).items():
        ratios[name] = round(best_of(count, work) / chain, 3)
    return {
        "documents": len(texts),
        "characters": characters,
        "chain, µs per 1,000 characters": round(chain / characters * 1e9, 1),
        "stages, µs per 1,000 characters": per_thousand,
        "how many times faster than": {name: ratio for name, ratio in ratios.items() if "re number" not in name},
        "how many times one re number pass": round(1 / ratios["one re number pass"], 1),
        "import, seconds": round(import_seconds(), 3),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--runs", type=int, default=10)
    chosen = arguments.parse_args()
    warnings.simplefilter("ignore")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    found = measure(chosen.runs)
    print(json.dumps(found, ensure_ascii=False, indent=None if chosen.json else 2))


if __name__ == "__main__":
    main()
