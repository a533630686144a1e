"""The house rules that a program can check: layers, no floats, sizes of functions and files."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*ROOT.glob("patterns/**/*.py"), *ROOT.glob("service/**/*.py")])
# Seconds are floats in Python's own clock and event loop; money never is.
CLOCKS = {"settings.py"}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if "fiscal_patterns" in path.parts], ids=lambda path: path.name
)
def test_no_float_reads_or_computes_a_figure(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"{path}:{node.lineno}"
        assert not (isinstance(node, ast.Name) and node.id == "float"), f"{path}:{node.lineno}"


def test_functions_and_files_stay_short() -> None:
    lengths = []
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") <= 300, f"{path} is longer than 300 lines"
        for node in functions(ast.parse(source)):
            lengths.append(length(node))
            assert length(node) <= 40, f"{path}:{node.lineno} {node.name} has {length(node)} lines"
    assert sorted(lengths)[len(lengths) // 2] <= 10


def test_imports_run_one_way() -> None:
    found = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout
