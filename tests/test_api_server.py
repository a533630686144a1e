"""The service as a process: how it starts, what it takes, how it ends. Loopback only."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

import pytest
from asgi import DOCUMENTS

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
TEXT = "支出决算为784.39万元，比2023年增加18.65万元，增长2.44%。"


class Server:
    """A process that serves on a free port of 127.0.0.1, and its log."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.log: list[str] = []
        self.port = 0
        assert process.stderr
        self._found = threading.Event()
        threading.Thread(target=self._read, args=(process.stderr,), daemon=True).start()
        assert self._found.wait(20), "".join(self.log)

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self.log.append(line)
            if found := re.search(r"running on http://127\.0\.0\.1:(\d+)", line):
                self.port = int(found[1])
                self._found.set()

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, {"Content-Type": kind})
            reply = connection.getresponse()
            return reply.status, reply.read()
        finally:
            connection.close()

    def wait_until_ready(self) -> None:
        for _ in range(400):
            try:
                if self.ask("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.02)
        raise AssertionError("".join(self.log))


@contextmanager
def serving(**variables: str) -> Iterator[Server]:
    given = {
        f"FISCAL_FACTS_{name.upper()}": value
        for name, value in {"port": "0", "drain_seconds": "0", **variables}.items()
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "fiscal_facts", "serve"], env={**ENVIRONMENT, **given}, stderr=subprocess.PIPE, text=True
    )
    try:
        server = Server(process)
        server.wait_until_ready()
        yield server
    finally:
        process.terminate()
        process.wait(20)
        assert process.stderr
        process.stderr.close()


def resident_megabytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024


def children(pid: int) -> list[int]:
    """Processes whose parent is ``pid``."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text(encoding="utf-8")
        except OSError:
            continue
        if stat.rsplit(")", 1)[1].split()[1] == str(pid):
            found.append(int(folder.name))
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")


@needs_proc
def test_the_service_is_ready_in_two_seconds_and_small() -> None:
    """On a machine that does other things too the best of three counts."""
    spent = []
    for _ in range(3):
        start = time.monotonic()
        with serving() as server:
            spent.append(time.monotonic() - start)
            assert resident_megabytes(server.process.pid) < 120
    assert min(spent) < 2


def test_every_worker_gives_the_same_bytes_as_the_command_line() -> None:
    document = min(DOCUMENTS, key=lambda path: path.stat().st_size)
    with serving(workers="2") as server:
        request = json.dumps({"text": document.read_text(encoding="utf-8")}).encode()
        answers = {server.ask("POST", "/v1/extract", request) for _ in range(12)}
        counted = sum(
            int(number)
            for _ in range(2)
            for number in re.findall(r"documents_total\{.*\} (\d+)", server.ask("GET", "/metrics")[1].decode())
        )
    assert len(answers) == 1
    [(status, body)] = answers
    assert status == 200
    assert counted == 24, "each worker counts for all"
    line = subprocess.run(
        [sys.executable, "-m", "fiscal_facts", "extract", "--format", "jsonl", str(document)],
        env={**ENVIRONMENT, "PYTHONHASHSEED": "7"}, capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert line == b'{"file":' + json.dumps(str(document)).encode() + b"," + body[1:] + b"\n"


def test_hash_seeds_change_nothing() -> None:
    script = (
        "import hashlib, sys, msgspec, pathlib, fiscal_facts\n"
        "texts = [pathlib.Path(name).read_text(encoding='utf-8') for name in sys.argv[1:]]\n"
        "print([hashlib.sha256(msgspec.json.encode(fiscal_facts.extract(text).to_dict(explain=True))).hexdigest() for text in texts])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script, *map(str, DOCUMENTS)],
            env={**ENVIRONMENT, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout
        for seed in ("0", "1", "2", "4242")
    }  # fmt: skip
    assert len(found) == 1


def test_sigterm_lets_work_end_and_refuses_new_work() -> None:
    with serving(drain_seconds="1") as server:
        body = json.dumps({"text": "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS) * 8}).encode()
        replies: list[tuple[int, bytes]] = []
        at_work = threading.Thread(target=lambda: replies.append(server.ask("POST", "/v1/extract", body)))
        at_work.start()
        time.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.4)
        refused, _ = server.ask("POST", "/v1/extract", b'{"text": "a"}')
        ready, _ = server.ask("GET", "/readyz")
        at_work.join(20)
        assert (refused, ready, [status for status, _ in replies]) == (503, 503, [200])
        server.process.wait(20)


def test_a_batch_larger_than_every_buffer_does_not_stall() -> None:
    """The client sends everything before it reads anything."""
    line = json.dumps({"text": TEXT * 40}, ensure_ascii=False).encode() + b"\n"
    with serving() as server:
        status, body = server.ask("POST", "/v1/extract/batch", line * 300, "application/x-ndjson")
    assert status == 200
    assert len(set(body.splitlines())) == 1
    assert body.count(b"\n") == 300


def test_logs_hold_no_text() -> None:
    with serving(log_level="debug") as server:
        server.ask("POST", "/v1/extract?secret=%E6%9C%BA%E5%AF%86", "机密文本".encode(), "text/plain")
        server.ask("POST", "/v1/extract", "机密文本".encode(), "text/plain")
        server.ask("POST", "/v1/extract", '{"text": "机密文本'.encode())
    log = "".join(server.log)
    assert "POST /v1/extract 200" in log
    assert "机密" not in log
    assert "%E6%9C%BA" not in log


def test_a_setting_that_cannot_be_used_ends_with_2() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "fiscal_facts", "serve"],
        env={**ENVIRONMENT, "FISCAL_FACTS_QUEUE": "many"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 2
    assert "FISCAL_FACTS_QUEUE must be a whole number" in found.stderr
