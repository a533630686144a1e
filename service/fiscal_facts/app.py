"""The HTTP service: what is at which path. How it is done stands in the modules named in the imports."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from types import FrameType
from typing import Annotated, Any

import msgspec
from fastapi import FastAPI, Query
from fastapi.exceptions import RequestValidationError
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from fiscal_facts import openapi
from fiscal_facts.answering import Answering
from fiscal_facts.batch import Streamed, answers, begun
from fiscal_facts.checks import CODES
from fiscal_facts.docs import add_docs
from fiscal_facts.door import Door
from fiscal_facts.explain import rules
from fiscal_facts.metrics import Metrics
from fiscal_facts.pipeline import extract
from fiscal_facts.problems import DRAINING, MEDIA_TYPE, NOT_READY, ProblemError
from fiscal_facts.queueing import WorkQueue
from fiscal_facts.schemas import Options, answer_schema, misfit
from fiscal_facts.settings import Settings
from fiscal_facts.upload import JSON, LINES, media_type, receive, refuse_coding
from fiscal_facts.version import __version__

# Read once at the start, so that the first document does not pay for compiling patterns and loading the dictionary.
_SAMPLE = "2024年度收入总计18.65万元，比上年增加1.2万元，增长6.9%，主要原因是人员增加。其中：“示例补助”项目3个。"

Asked = Annotated[Options, Query()]


class Service(FastAPI):
    """The application and what it works with: settings, queue, counts."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.queue = WorkQueue(settings.threads, settings.queue)
        self.metrics = Metrics()
        self.answering = Answering(settings, self.metrics.count)
        self.checking = Answering(settings, self.metrics.count, findings_alone=True)
        self.ready = False
        super().__init__(
            title="fiscal-facts",
            version=__version__,
            description=openapi.DESCRIPTION,
            docs_url=None,
            redoc_url=None,
            max_body_size=settings.max_body_bytes,
            lifespan=_lifespan,
            exception_handlers={ProblemError: _problem, RequestValidationError: _misfit},
            # Spans of a tracer would carry bodies and errors elsewhere.
            telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        )

    def build_middleware_stack(self) -> ASGIApp:
        """The framework's layers inside the door."""
        return Door(super().build_middleware_stack(), self.metrics)

    def openapi(self) -> dict[str, Any]:
        """The framework's description with the parts that it cannot see."""
        if not self.openapi_schema:
            self.openapi_schema = openapi.completed(super().openapi())
        return self.openapi_schema


def create_app(settings: Settings | None = None) -> Service:
    """The application, with settings from the environment where none are given."""
    service = Service(settings or Settings.from_environment(os.environ))
    batch_limit = service.settings.max_batch_bytes
    service.add_api_route("/v1/extract", extract_one, methods=["POST"], **openapi.EXTRACT)
    service.add_api_route(
        "/v1/extract/batch", extract_batch, methods=["POST"], max_body_size=batch_limit, **openapi.BATCH
    )
    service.add_api_route("/v1/check", check_one, methods=["POST"], **openapi.CHECK)
    service.add_api_route("/v1/checks", list_checks, **openapi.CHECKS)
    service.add_api_route("/v1/rules", list_rules, **openapi.RULES)
    service.add_api_route("/v1/schema", show_schema, **openapi.SCHEMA)
    service.add_api_route("/healthz", healthz, **openapi.HEALTH)
    service.add_api_route("/readyz", readyz, **openapi.READY)
    service.add_api_route("/metrics", metrics, **openapi.METRICS)
    add_docs(service)
    return service


def _of(request: Request) -> Service:
    service: Service = request.app
    return service


async def extract_one(request: Request, options: Asked) -> Response:
    """All facts of one document, each with its exact place in the text, and where they contradict each other."""
    return await _answered(request, options, _of(request).answering)


async def check_one(request: Request, options: Asked) -> Response:
    """Where one document contradicts itself, and what was checked; without its facts."""
    return await _answered(request, options, _of(request).checking)


async def _answered(request: Request, options: Options, answering: Answering) -> Response:
    service = _of(request)
    received = await receive(request, service.settings.body_seconds)
    deadline = time.monotonic() + service.settings.deadline_seconds
    with service.queue.place(), service.metrics.work.time():
        body = await service.queue.work(partial(answering.answer, received, options, deadline))
    return Response(body, media_type=JSON)


async def extract_batch(request: Request, options: Asked) -> Response:
    """One JSON document a line in, one answer a line out, in order; a bad line gives a line with an error."""
    service = _of(request)
    media_type(request.headers.get("content-type"), (LINES,))
    refuse_coding(request)
    return Streamed(await begun(answers(request, options, service.answering, service.queue)), LINES)


async def list_rules() -> Response:
    """Every rule: its stable id, what it finds, an example, and where the form comes from."""
    listed = [{"id": rule.id, "says": rule.says, "example": rule.example, "source": rule.source} for rule in rules()]
    return _json({"version": __version__, "rules": listed})


async def list_checks() -> Response:
    """Every kind of finding: its code, severity and meaning, a text that it fires on and one where it does not."""
    return _json({"version": __version__, "checks": CODES})


async def show_schema() -> Response:
    """JSON Schema of the answer."""
    return Response(msgspec.json.encode(answer_schema()), media_type="application/schema+json")


async def healthz() -> Response:
    """Whether the process answers."""
    return _json({"status": "ok"})


async def readyz(request: Request) -> Response:
    """Whether documents are taken."""
    service = _of(request)
    if service.queue.draining or not service.ready:
        raise ProblemError(DRAINING if service.queue.draining else NOT_READY)
    return _json({"status": "ready"})


async def metrics(request: Request) -> Response:
    """Counts and durations for Prometheus."""
    return Response(_of(request).metrics.exposition(), media_type=CONTENT_TYPE_LATEST)


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type=JSON)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)  # noqa: S101 - registered for nothing else
    return Response(error.body(), error.kind.status, error.headers, MEDIA_TYPE)


async def _misfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
    return await _problem(request, misfit(error.errors()))


@asynccontextmanager
async def _lifespan(service: FastAPI) -> AsyncIterator[None]:
    """Ready once a sample was read; at the end the jobs at work are waited for."""
    assert isinstance(service, Service)  # noqa: S101 - only ever its own
    await service.queue.work(partial(extract, _SAMPLE, engine=service.settings.engine))
    _drain_on_sigterm(service)
    service.ready = True
    yield
    service.queue.draining = True
    service.queue.close()


def _drain_on_sigterm(service: Service) -> None:
    """For a while after SIGTERM new documents are answered 503 and /readyz says so; then the server ends as it would."""
    stop = signal.getsignal(signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread() or not callable(stop):
        return
    loop = asyncio.get_running_loop()

    def drain(number: int, frame: FrameType | None) -> None:
        service.queue.draining = True
        loop.call_soon_threadsafe(loop.call_later, service.settings.drain_seconds, stop, number, frame)

    signal.signal(signal.SIGTERM, drain)
