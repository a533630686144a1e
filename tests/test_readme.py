"""The examples of both READMEs are true: consoles print what they show, Python runs, requests are answered."""

from __future__ import annotations

import json
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from fiscal_facts import extract

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
BIN = Path(sys.executable).parent


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def commands(path: Path) -> Iterator[tuple[str, str]]:
    for block in blocks(path, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_consoles_print_what_they_show(path: Path) -> None:
    shown = list(commands(path))
    assert shown
    for command, output in shown:
        name, *arguments = shlex.split(command)
        program = str(BIN / name) if (BIN / name).exists() else name
        found = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
        assert found.stdout.strip() == output.strip(), command


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_python_runs(path: Path) -> None:
    shown = blocks(path, "python")
    assert shown
    for block in shown:
        subprocess.run([sys.executable, "-W", "error", "-c", block], cwd=ROOT, check=True)


def test_the_fact_shown_is_one_that_comes_out() -> None:
    text = (ROOT / "examples" / "sangong.txt").read_text(encoding="utf-8")
    (shown,) = blocks(ROOT / "README.md", "json")
    assert json.loads(shown) in extract(text).to_dict()["facts"]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        number = found.getsockname()[1]
    server = subprocess.Popen(
        [str(BIN / "fiscal-facts"), "serve", "--host", "127.0.0.1", "--port", str(number)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until_ready(number)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_ready(number: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{number}/readyz", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the service did not become ready")


def requests(path: Path) -> list[str]:
    joined = "\n".join(blocks(path, "sh")).replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.startswith("curl")]


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_requests_are_answered(path: Path, port: int) -> None:
    shown = requests(path)
    assert len(shown) >= 4
    for request in shown:
        words = [word.replace("127.0.0.1:8000", f"127.0.0.1:{port}") for word in shlex.split(request)]
        found = subprocess.run([*words, "--fail"], cwd=ROOT, capture_output=True, text=True, check=True)
        for line in found.stdout.splitlines():
            assert json.loads(line)["facts"], request
