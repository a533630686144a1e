"""Starts the service: one or several processes behind one address."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack, suppress
from typing import Any

import uvicorn

from fiscal_facts.settings import Settings

# prometheus_client reads it when it is first imported, which happens in the processes started below.
_SHARED_COUNTS = "PROMETHEUS_MULTIPROC_DIR"
# Whoever is at work when the end comes has its deadline left, and a little to send the answer.
_TO_SEND = 5


def run(settings: Settings) -> None:
    """Serves until told to stop; the processes read the same settings from the environment."""
    with ExitStack() as stack:
        if settings.workers > 1 and _SHARED_COUNTS not in os.environ:
            with suppress(OSError):  # nowhere to write: /metrics then speaks for one process at a time
                os.environ[_SHARED_COUNTS] = stack.enter_context(tempfile.TemporaryDirectory(prefix="fiscal-facts-"))
        uvicorn.run(
            "fiscal_facts.app:create_app",
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=settings.workers,
            access_log=False,  # it would repeat query strings; the door writes its own line
            server_header=False,
            log_config=_logging(settings.log_level.upper()),
            timeout_graceful_shutdown=settings.deadline_seconds + _TO_SEND,
        )


def _logging(level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        # It quotes headers of what was sent.
        "loggers": {"python_multipart": {"level": "CRITICAL"}},
    }
