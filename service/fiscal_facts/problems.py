"""Errors as ``application/problem+json`` (RFC 9457): a stable type, never a word of what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of errors. ``type`` never changes once published."""

    name: str
    status: int
    title: str

    @property
    def type(self) -> str:
        """The URI that clients compare; it names the class and leads nowhere."""
        return f"urn:fiscal-facts:problem:{self.name}"


BROKEN_JSON = Kind("broken-json", 400, "The body is not valid JSON")
BROKEN_FORM = Kind("broken-form", 400, "The body is not a valid multipart form")
NOT_FOUND = Kind("not-found", 404, "There is nothing here")
METHOD = Kind("method-not-allowed", 405, "This path does not take this method")
TIMEOUT = Kind("body-timeout", 408, "The body did not arrive in time")
TOO_LARGE = Kind("body-too-large", 413, "The body is too large")
TOO_LONG = Kind("text-too-long", 413, "The text has too many characters")
MEDIA = Kind("unsupported-media-type", 415, "This media type is not taken here")
INVALID = Kind("invalid-request", 422, "The request does not fit the schema")
UNREADABLE = Kind("unreadable-text", 422, "The text is in no charset that was declared or can be guessed")
BUSY = Kind("busy", 429, "Too many documents are waiting")
BAD_REQUEST = Kind("bad-request", 400, "The request cannot be understood")
INTERNAL = Kind("internal-error", 500, "The service failed; the request was not at fault")
DRAINING = Kind("draining", 503, "The service is shutting down")
NOT_READY = Kind("not-ready", 503, "The service is not ready")

KINDS = (
    BROKEN_JSON, BROKEN_FORM, BAD_REQUEST, NOT_FOUND, METHOD, TIMEOUT, TOO_LARGE, TOO_LONG, MEDIA, INVALID, UNREADABLE,
    BUSY, INTERNAL, DRAINING, NOT_READY,
)  # fmt: skip
# What the framework answers by itself, by status.
_BY_STATUS = {400: BAD_REQUEST, 404: NOT_FOUND, 405: METHOD, 408: TIMEOUT, 413: TOO_LARGE, 415: MEDIA, 422: INVALID}


class ProblemError(Exception):
    """An answer that is a problem. ``errors``: what does not fit, as ``{at, says}``; ``headers`` go with the answer."""

    def __init__(
        self,
        kind: Kind,
        detail: str | None = None,
        errors: list[dict[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.name)
        self.kind = kind
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})

    def to_dict(self) -> dict[str, Any]:
        """The members of the problem, in their fixed order."""
        found: dict[str, Any] = {"type": self.kind.type, "title": self.kind.title, "status": self.kind.status}
        if self.detail is not None:
            found["detail"] = self.detail
        if self.errors is not None:
            found["errors"] = self.errors
        return found

    def body(self) -> bytes:
        """The problem as JSON."""
        return msgspec.json.encode(self.to_dict())


def of_status(status: int) -> ProblemError:
    """The problem for a status that the framework chose."""
    return ProblemError(_BY_STATUS.get(status, INTERNAL if status >= 500 else BAD_REQUEST))
