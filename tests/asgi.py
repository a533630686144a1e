"""Speaks ASGI to the service without a socket: what is sent byte for byte, what comes back message by message."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fiscal_facts.app import Service, create_app
from fiscal_facts.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted((ROOT / "annotations" / "documents" / "real").glob("*.txt"))
JSON = {"content-type": "application/json"}
TEXT = {"content-type": "text/plain"}
LINES = {"content-type": "application/x-ndjson"}
PROBLEM = "application/problem+json"
STALLED = b"<nothing comes any more>"


@dataclass
class Reply:
    """What the service sent."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        return json.loads(self.body)

    def problem(self) -> str:
        """The name of the problem, with the form of a problem checked."""
        assert self.headers["content-type"] == PROBLEM, self.body[:200]
        found = self.json()
        assert found["status"] == self.status
        assert found["type"].startswith("urn:fiscal-facts:problem:")
        return str(found["type"].rsplit(":", 1)[1])


def scope_of(method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    """What a server tells the application of a request before its body."""
    path, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogateescape"),
        "root_path": "",
        "query_string": query.encode("utf-8", "surrogateescape"),
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }


async def ask(
    app: Any,
    method: str,
    path: str,
    body: bytes | Iterable[bytes] = b"",
    headers: dict[str, str] | None = None,
    *,
    length: int | None = None,
) -> Reply:
    """One request; a body in pieces is sent as such; ``length`` is the Content-Length where one is declared."""
    pieces = iter([body] if isinstance(body, bytes) else body)
    declared = {**(headers or {}), **({} if length is None else {"content-length": str(length)})}
    reply = Reply()
    ended = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if (piece := next(pieces, None)) is STALLED:
            await asyncio.Event().wait()
        if piece is not None:
            return {"type": "http.request", "body": piece, "more_body": True}
        if not ended.is_set():
            ended.set()
            return {"type": "http.request", "body": b"", "more_body": False}
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            assert not reply.status, "a second start"
            reply.status = message["status"]
            reply.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
        else:
            reply.body += message.get("body", b"")

    await app(scope_of(method, path, declared), receive, send)
    return reply


class Client:
    """A running service and one event loop; ``with`` starts and ends its life."""

    def __init__(self, **settings: Any) -> None:
        self.app: Service = create_app(Settings(**settings))
        self.runner = asyncio.Runner()
        self._life = self.app.router.lifespan_context(self.app)
        self._stack = ExitStack()

    def __enter__(self) -> Client:
        self._stack.callback(self.runner.close)
        self.runner.run(self._life.__aenter__())
        return self

    def __exit__(self, *_error: object) -> None:
        self.runner.run(self._life.__aexit__(None, None, None))
        self._stack.close()

    def ask(self, *args: Any, **kwargs: Any) -> Reply:
        """One request, answered."""
        return self.runner.run(ask(self.app, *args, **kwargs))

    def get(self, path: str) -> Reply:
        return self.ask("GET", path)

    def extract(self, value: Any, query: str = "") -> Reply:
        """POST /v1/extract with ``value`` as JSON, or as the raw body where it is bytes."""
        body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
        return self.ask("POST", f"/v1/extract{query}", body, JSON)

    def extract_text(self, body: bytes, content_type: str = "text/plain", query: str = "") -> Reply:
        return self.ask("POST", f"/v1/extract{query}", body, {"content-type": content_type})
