"""Extraction off the event loop: a few threads, a bounded number of requests in wait, and an orderly end.

Threads keep the event loop free and let a small document overtake a large one; more cores are used by more
processes (``workers``), because Python runs one thread at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from fiscal_facts.problems import BUSY, DRAINING, ProblemError

Result = TypeVar("Result")

# A full queue of 64 documents of 15,000 characters is worked off in about half a second.
RETRY_AFTER = {"Retry-After": "1"}


class WorkQueue:
    """At most ``threads`` jobs at work and ``waiting`` in wait; ``draining`` refuses new ones while old ones end."""

    def __init__(self, threads: int, waiting: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="extract")
        self._places = threads + waiting
        self.taken = 0
        self.draining = False

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place in the queue, for one job or for the jobs of one batch in turn; a problem where there is none."""
        if self.draining:
            raise ProblemError(DRAINING, headers={"Connection": "close"})
        if self.taken >= self._places:
            raise ProblemError(BUSY, headers=RETRY_AFTER)
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1

    async def work(self, job: Callable[[], Result]) -> Result:
        """The result of ``job``, run in a thread, for one who holds a place."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, job)

    def close(self) -> None:
        """Waits for the jobs at work; those still in wait are dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)
