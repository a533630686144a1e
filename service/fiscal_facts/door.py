"""The outermost layer: every failure leaves as a problem, every request leaves one log line and one count.

It stands outside the framework because the framework answers some errors itself, in plain text, and passes unknown
exceptions on to the server, which would log their messages; and a message may quote the document.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterable

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fiscal_facts.metrics import Metrics
from fiscal_facts.problems import INTERNAL, MEDIA_TYPE, ProblemError, of_status

LOG = logging.getLogger("fiscal_facts.requests")
_ROUTED = ("/v1/", "/docs", "/openapi.json", "/healthz", "/readyz", "/metrics")
# 499 is what servers write when the client went away before it was answered; nothing is sent.
_GONE = 499


class Door:
    """ASGI: the application behind it, with problems for errors, and counted."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        start = time.perf_counter()
        try:
            await self._app(scope, receive, answer.send)
        except ClientDisconnect:
            answer.status = answer.status or _GONE
        except Exception as error:
            LOG.error("%s at %s", type(error).__name__, _places(error))
            if not answer.status:
                await answer.send_problem(ProblemError(INTERNAL))
        self._record(scope, answer.status, time.perf_counter() - start)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route(scope)
        self._metrics.requests.labels(route, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        LOG.info("%s %s %d %.1f ms", scope["method"], route, status, seconds * 1000)


class _Answer:
    """What is sent, with a problem in place of every error that is none yet."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._replaced = False
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and not self.status:
            self.status = message["status"]
            if self.status >= 400 and not _is_problem(message):
                self._replaced = True
                kept = {name.decode(): value.decode() for name, value in message["headers"] if name == b"allow"}
                await self.send_problem(of_status(self.status), kept)
                return
        if not self._replaced:
            await self._send(message)

    async def send_problem(self, problem: ProblemError, headers: dict[str, str] | None = None) -> None:
        body = problem.body()
        self.status = self.status or problem.kind.status
        sent = {"content-type": MEDIA_TYPE, "content-length": str(len(body)), **(headers or {})}
        raw = [(name.encode(), value.encode()) for name, value in sent.items()]
        await self._send({"type": "http.response.start", "status": self.status, "headers": raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_problem(message: Message) -> bool:
    return (b"content-type", MEDIA_TYPE.encode()) in _lowered(message["headers"])


def _lowered(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name.lower(), value) for name, value in headers]


def _route(scope: Scope) -> str:
    """The path of the route, one of few; a path that is none of ours may hold anything and is not repeated."""
    path = getattr(scope.get("route"), "path", "")
    return path if path.startswith(_ROUTED) else "other"


def _places(error: BaseException) -> str:
    """Where an exception came from, innermost last, without the message and without source lines."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames)
