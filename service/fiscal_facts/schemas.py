"""The wire format v1: what requests may hold, and the JSON Schema of the answer, made from the facts themselves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal

from fiscal_patterns.facts import (
    Amount,
    Count,
    Delta,
    Fact,
    FactType,
    Indicator,
    Percentage,
    Project,
    Reason,
)
from fiscal_patterns.identity import DocumentKind
from fiscal_patterns.unclaimed import Unclaimed
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue

from fiscal_facts.checks.nouns import Finding, Tally
from fiscal_facts.extraction import Notice, Offsets
from fiscal_facts.problems import INVALID, ProblemError

FACTS: tuple[type[Fact], ...] = (Amount, Percentage, Count, Delta, Reason, Project, Indicator)


def _listed(value: Any) -> Any:
    """``types=amount,delta`` in a query as a list."""
    if isinstance(value, list):
        return [part for item in value for part in (item.split(",") if isinstance(item, str) else [item])]
    return value


class Options(BaseModel):
    """What the answer should hold, and how its offsets count."""

    model_config = ConfigDict(extra="forbid")

    types: Annotated[list[FactType] | None, BeforeValidator(_listed)] = Field(
        default=None, min_length=1, description="Only facts of these types; their ids and references stay as they are."
    )
    offsets: Offsets = Field(default="code_point", description="The unit in which all spans are counted.")
    explain: bool = Field(default=False, description="Add to each fact the cues: the words that made its rule fire.")
    checks: bool = Field(default=True, description="Check the document against itself: findings and checks.")
    text: bool | None = Field(
        default=None, description="Return the text that the spans point into. Default: only for an uploaded file."
    )


class ExtractRequest(BaseModel):
    """A document as JSON."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(description="The document. Spans count its characters exactly as they are sent.")
    options: Options = Options()


class Document(BaseModel):
    """The document as received, and what it says of itself; null where it does not say it."""

    model_config = ConfigDict(extra="forbid")

    sha256: str = Field(description="Of the text as UTF-8.", pattern="^[0-9a-f]{64}$")
    chars: int = Field(description="Unicode code points.", ge=0)
    title: str | None
    organisation: str | None
    year: int | None
    kind: DocumentKind | None
    text: str = Field(default="", description="The text that the spans point into, where asked for.")


class Answer(BaseModel):
    """Everything found in a document. ``facts`` are ordered by position, ``findings`` worst first."""

    model_config = ConfigDict(extra="forbid")

    version: str
    document: Document
    facts: list[Any]
    unclaimed: list[Unclaimed]
    coverage: Decimal = Field(description="1 - unknown numerals / all numerals in prose.")
    findings: list[Finding] = Field(
        default=[], description="Where the document contradicts itself; absent unless asked for."
    )
    checks: list[Tally] = Field(default=[], description="How often each kind of check was made, and with what outcome.")
    warnings: list[Notice]
    partial: Literal[True] = Field(default=True, description="Present where the deadline ended the work early.")


class ProblemBody(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, str]] = []


def read_request(value: Any) -> ExtractRequest:
    """The request that a JSON value is; raises ProblemError 422 that says where it does not fit, without quoting it."""
    try:
        return ExtractRequest.model_validate(value, strict=True)
    except ValidationError as error:
        raise misfit(error.errors(include_input=False, include_url=False, include_context=False)) from None


_KNOWN = {*ExtractRequest.model_fields, *Options.model_fields, "body", "query"}


def misfit(errors: Sequence[Any]) -> ProblemError:
    """What does not fit, as a problem. Only names of our own schema are repeated, nothing that was sent."""
    return ProblemError(INVALID, errors=[{"at": _place(error["loc"]), "says": error["msg"]} for error in errors[:20]])


def _place(parts: Sequence[Any]) -> str:
    return ".".join(str(part) if isinstance(part, int) or part in _KNOWN else "?" for part in parts)


class _WireSchema(GenerateJsonSchema):
    """Decimals are strings of digits, and no titles that only repeat a name."""

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


@cache
def answer_schema(definitions: str = "#/$defs/") -> dict[str, Any]:
    """JSON Schema (2020-12) of the answer; ``definitions`` is where its parts are referred to."""
    mode: JsonSchemaMode = "serialization"
    wire: tuple[type[Any], ...] = (*FACTS, Answer)
    adapters: list[tuple[Any, JsonSchemaMode, TypeAdapter[Any]]] = [(part, mode, TypeAdapter(part)) for part in wire]
    _, whole = TypeAdapter.json_schemas(adapters, ref_template=definitions + "{model}", schema_generator=_WireSchema)
    parts = whole["$defs"]
    for part in parts.values():
        part["additionalProperties"] = False
    for fact in FACTS:
        _as_wire(fact, parts[fact.__name__])
    answer = parts.pop("Answer")
    answer["properties"]["facts"]["items"] = {
        "oneOf": [{"$ref": definitions + fact.__name__} for fact in FACTS],
        "discriminator": {
            "propertyName": "type",
            "mapping": {fact.type: definitions + fact.__name__ for fact in FACTS},
        },
    }
    for name in ("partial", "findings", "checks"):
        _make_optional(answer, name)
    _make_optional(parts["Document"], "text")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **answer, "$defs": parts}


def check_answer_schema(answer: dict[str, Any]) -> dict[str, Any]:
    """Schema of the answer of /v1/check: that of ``answer`` without facts and what belongs to them."""
    facts = ("facts", "unclaimed", "coverage")
    kept = {name: schema for name, schema in answer["properties"].items() if name not in facts}
    always = [name for name in kept if name != "partial"]
    says = "What was checked in a document, and what was found."
    return {**answer, "description": says, "properties": kept, "required": always}


def _as_wire(fact: type[Fact], schema: dict[str, Any]) -> None:
    """A fact carries its type, and its cues only where it is explained."""
    identity, *rest = schema["properties"].items()
    schema["properties"] = dict([identity, ("type", {"const": fact.type, "type": "string"}), *rest])
    schema["required"] = ["id", "type", *(name for name in schema["required"] if name not in ("id", "cues"))]


def _make_optional(schema: dict[str, Any], name: str) -> None:
    schema["properties"][name].pop("default", None)
    schema["required"] = [required for required in schema["required"] if required != name]
