"""What a request brought: its media type told, its body read, a file taken out of a multipart form."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import File, FormParser, parse_options_header
from starlette.requests import Request

from fiscal_facts.problems import BROKEN_FORM, INVALID, MEDIA, TIMEOUT, ProblemError

JSON, TEXT, FORM, LINES = "application/json", "text/plain", "multipart/form-data", "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Received:
    """A body and what its Content-Type says of it."""

    media: str
    charset: str | None
    boundary: bytes | None
    body: bytes


def media_type(value: str | None, accepted: tuple[str, ...]) -> tuple[str, dict[bytes, bytes]]:
    """Media type and parameters of a Content-Type; problem 415 where it is not one of ``accepted``."""
    found, parameters = parse_options_header(value)
    media = found.decode("latin-1").lower()
    if media not in accepted:
        listed = ", ".join(accepted)
        raise ProblemError(MEDIA, f"Send {listed}.", headers={"Accept-Post": listed})
    return media, parameters


def refuse_coding(request: Request) -> None:
    """Compressed bodies are not taken: their size says nothing of what they become."""
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise ProblemError(MEDIA, "Send the body without a content coding.", headers={"Accept-Encoding": "identity"})


async def receive(request: Request, patience: int) -> Received:
    """The whole request, once it has arrived; problem 408 where that takes longer than ``patience`` seconds."""
    media, parameters = media_type(request.headers.get("content-type"), (JSON, TEXT, FORM))
    refuse_coding(request)
    try:
        async with asyncio.timeout(patience):
            body = await request.body()
    except TimeoutError:
        raise ProblemError(TIMEOUT, headers={"Connection": "close"}) from None
    charset = parameters.get(b"charset")
    return Received(media, charset.decode("latin-1") if charset else None, parameters.get(b"boundary"), body)


def uploaded(received: Received) -> tuple[bytes, str | None]:
    """The bytes of the one text file in a multipart form, and the charset declared for it."""
    files: list[File] = []
    fields: list[object] = []
    ended: list[bool] = []
    try:
        form = FormParser(
            FORM,
            fields.append,
            files.append,
            on_end=lambda: ended.append(True),
            boundary=received.boundary,
            config={"MAX_MEMORY_FILE_SIZE": len(received.body) + 1},
        )
        form.write(received.body)
        form.finalize()
    except (FormParserError, ValueError) as error:
        raise ProblemError(BROKEN_FORM) from error
    if not ended:
        raise ProblemError(BROKEN_FORM, "The form has no end.")
    if len(files) != 1 or fields:
        raise ProblemError(INVALID, "The form must hold one file and nothing else; options go into the query.")
    return _text_file(files[0])


def _text_file(file: File) -> tuple[bytes, str | None]:
    media, parameters = parse_options_header(file.content_type)
    if media != TEXT.encode() and not (file.file_name or b"").lower().endswith(b".txt"):
        raise ProblemError(MEDIA, "The file must be a .txt file.")
    file.file_object.seek(0)
    charset = parameters.get(b"charset")
    return file.file_object.read(), charset.decode("latin-1") if charset else None
