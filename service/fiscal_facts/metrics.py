"""Counts and durations for Prometheus, over all processes of a service where there are several."""

from __future__ import annotations

import os

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from fiscal_facts.extraction import Extraction

# Where the processes of one service share their counts; prometheus_client reads it when it is imported.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """What the service counts. Labels hold routes, statuses and fact types, never anything that was sent."""

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        self.requests = Counter("fiscal_facts_requests", "Requests answered.", ["route", "status"], registry=own)
        self.seconds = Histogram(
            "fiscal_facts_request_seconds", "Time from request to answer.", ["route"], registry=own
        )
        self.work = Histogram("fiscal_facts_extraction_seconds", "Time to extract one document.", registry=own)
        self.documents = Counter("fiscal_facts_documents", "Documents extracted.", ["partial"], registry=own)
        self.characters = Counter("fiscal_facts_characters", "Characters of these documents.", registry=own)
        self.facts = Counter("fiscal_facts_facts", "Facts found in them.", ["type"], registry=own)
        ProcessCollector(registry=own)
        PlatformCollector(registry=own)

    def count(self, extraction: Extraction) -> None:
        """Counts one document."""
        self.documents.labels(str(extraction.partial).lower()).inc()
        self.characters.inc(len(extraction.text))
        for fact in extraction.facts:
            self.facts.labels(fact.type).inc()

    def exposition(self) -> bytes:
        """Everything in the text format."""
        if SHARED_FOLDER not in os.environ:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
