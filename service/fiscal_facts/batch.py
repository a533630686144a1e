"""Many documents in one request: NDJSON in, NDJSON out, streamed, one line for one line, in order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from functools import partial

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from fiscal_facts.answering import Answering
from fiscal_facts.problems import TIMEOUT, TOO_LARGE, ProblemError, of_status
from fiscal_facts.queueing import WorkQueue
from fiscal_facts.schemas import Options
from fiscal_facts.settings import Settings

Line = tuple[int, bytes | ProblemError]
"""Number of a line in the request, from 1, and the line or what is wrong with it."""


async def answers(
    request: Request, options: Options, answering: Answering, queue: WorkQueue
) -> AsyncGenerator[bytes, None]:
    """One line for each line that is not blank: an answer, or an error that leaves the others alone."""
    lines: asyncio.Queue[Line | None] = asyncio.Queue()
    with queue.place():
        # Read on while answers wait to be sent: a client that sends all before it reads would else wait for ever.
        reading = asyncio.create_task(_read(request, lines, answering.settings))
        try:
            while (item := await lines.get()) is not None:
                yield await _answer(*item, options, answering, queue)
                if reading.done() and reading.result() and await request.is_disconnected():
                    return
        finally:
            reading.cancel()


class Streamed(Response):
    """Sends what ``parts`` gives; does not listen for the end of a request whose body is still being read."""

    def __init__(self, parts: AsyncGenerator[bytes, None], media_type: str) -> None:
        self.parts = parts
        self.media_type = media_type
        self.status_code = 200
        self.background = None
        self.init_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start, parts, end."""
        async with aclosing(self.parts) as parts:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            async for part in parts:
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


async def _answer(
    number: int, line: bytes | ProblemError, options: Options, answering: Answering, queue: WorkQueue
) -> bytes:
    try:
        if isinstance(line, ProblemError):
            raise line
        deadline = time.monotonic() + answering.settings.deadline_seconds
        return await queue.work(partial(answering.answer_json, line, options, deadline)) + b"\n"
    except ProblemError as problem:
        return msgspec.json.encode({"error": problem.to_dict(), "line": number}) + b"\n"


async def _read(request: Request, lines: asyncio.Queue[Line | None], limits: Settings) -> bool:
    """Puts the lines of the body into ``lines`` as they arrive, then None; whether it came to its end."""
    number = 0
    try:
        async with aclosing(_split(request.stream(), limits.max_body_bytes, limits.body_seconds)) as split:
            async for number, line in split:
                lines.put_nowait((number, line))
        return True
    except TimeoutError:
        lines.put_nowait((number + 1, ProblemError(TIMEOUT)))
    except HTTPException as error:
        lines.put_nowait((number + 1, of_status(error.status_code)))
    except ClientDisconnect:
        pass
    finally:
        lines.put_nowait(None)
    return False


async def _split(chunks: AsyncIterator[bytes], limit: int, patience: int) -> AsyncGenerator[Line, None]:
    """Lines that are not blank; of one longer than ``limit`` only the fact is kept."""
    number, pieces, size = 1, list[bytes](), 0
    while (chunk := await _next(chunks, patience)) is not None:
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            if line := _whole(pieces, part, size, limit):
                yield number, line
            number, pieces, size = number + 1, [], 0
        size += len(rest)
        if size <= limit:
            pieces.append(rest)
        else:
            pieces.clear()
    if line := _whole(pieces, b"", size, limit):
        yield number, line


async def _next(chunks: AsyncIterator[bytes], patience: int) -> bytes | None:
    async with asyncio.timeout(patience):
        return await anext(chunks, None)


def _whole(pieces: list[bytes], last: bytes, size: int, limit: int) -> bytes | ProblemError | None:
    if size + len(last) > limit:
        return ProblemError(TOO_LARGE)
    return b"".join([*pieces, last]).strip() or None


async def begun(lines: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """The same lines with the first at hand, so that what refuses the whole request comes before the answer starts."""
    first = await anext(lines, b"")
    return _chained(first, lines)


async def _chained(first: bytes, lines: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(lines):
        yield first
        async for line in lines:
            yield line
