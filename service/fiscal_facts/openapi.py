"""The OpenAPI description: what the framework cannot read off functions that take bytes and give bytes."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from fiscal_facts.problems import (
    BROKEN_JSON,
    BUSY,
    DRAINING,
    INVALID,
    KINDS,
    MEDIA,
    MEDIA_TYPE,
    NOT_READY,
    TIMEOUT,
    TOO_LARGE,
    Kind,
)
from fiscal_facts.schemas import ExtractRequest, ProblemBody, answer_schema, check_answer_schema
from fiscal_facts.upload import FORM, JSON, LINES, TEXT

_COMPONENTS = "#/components/schemas/"
_EXAMPLE = {"text": "2024年度收入总计18.65万元，比上年增加1.2万元。"}

DESCRIPTION = """Facts from Chinese fiscal disclosures, each with its exact place in the text.

Errors are `application/problem+json`; these are their types:

| type | status | meaning |
|---|---|---|
""" + "\n".join(f"| `{kind.type}` | {kind.status} | {kind.title} |" for kind in KINDS)


def _response(says: str, **content: dict[str, Any]) -> dict[str, Any]:
    return {"description": says, "content": {media: {"schema": schema} for media, schema in content.items()}}


def _problems(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": _COMPONENTS + "ProblemBody"}
    return {kind.status: _response(kind.title, **{MEDIA_TYPE: schema}) for kind in kinds}


def _route(says: str, media: str, schema: dict[str, Any], *kinds: Kind, body: dict[str, Any] | None = None) -> Any:
    extra = {"requestBody": {"required": True, "content": body}} if body else {}
    responses = {200: _response(says, **{media: schema}), **_problems(*kinds)}
    return {"responses": responses, "openapi_extra": extra}


_ANSWER = {"$ref": _COMPONENTS + "Answer"}
_CHECKED = {"$ref": _COMPONENTS + "CheckAnswer"}
_REQUEST = {"$ref": _COMPONENTS + "ExtractRequest"}
_FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "contentMediaType": TEXT, "description": "A .txt file in any charset."}},
    "required": ["file"],
}
_REFUSALS = (BROKEN_JSON, TIMEOUT, TOO_LARGE, MEDIA, INVALID, BUSY, DRAINING)

EXTRACT = _route(
    "Everything found.",
    JSON,
    _ANSWER,
    *_REFUSALS,
    body={
        JSON: {"schema": _REQUEST, "example": _EXAMPLE},
        TEXT: {"schema": {"type": "string"}, "example": _EXAMPLE["text"]},
        FORM: {"schema": _FILE},
    },
)
CHECK = EXTRACT | {
    "responses": {**EXTRACT["responses"], 200: _response("Findings alone.", **{JSON: _CHECKED})},
}
BATCH = _route(
    "An answer, or `{error, line}`, for each line.",
    LINES,
    {"type": "string"},
    *_REFUSALS,
    body={LINES: {"schema": {"type": "string", "description": "A JSON request, as for /v1/extract, on each line."}}},
)
CHECKS = _route("All kinds of findings.", JSON, {"type": "object"})
RULES = _route("All rules.", JSON, {"type": "object"})
SCHEMA = _route("A JSON Schema.", "application/schema+json", {"type": "object"})
HEALTH = _route("The process answers.", JSON, {"type": "object"})
READY = _route("Documents are taken.", JSON, {"type": "object"}, NOT_READY)
METRICS = _route("Counts and durations.", "text/plain", {"type": "string"})


def completed(description: dict[str, Any]) -> dict[str, Any]:
    """``description`` with the schemas of answer, request and problem among its components."""
    answer = dict(answer_schema(_COMPONENTS))
    answer.pop("$schema")
    parts = {"Answer": answer, **answer.pop("$defs")}
    for model in (ExtractRequest, ProblemBody):
        schema = TypeAdapter(model).json_schema(ref_template=_COMPONENTS + "{model}")
        parts |= {**schema.pop("$defs", {}), model.__name__: schema}
    parts["CheckAnswer"] = check_answer_schema(answer)
    components = description.setdefault("components", {}).setdefault("schemas", {})
    # The framework's own error schema describes answers that this service never gives.
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    components.update(parts)
    return description
