"""Whatever is sent, the service answers, and never with a fault of its own."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from typing import Any

import schemathesis
from asgi import DOCUMENTS, PROBLEM, Client, Reply
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

FULL = os.environ.get("FISCAL_FACTS_FUZZ") == "full"
BODIES = 100_000 if FULL else 10_000
# For each of the two operations that take documents, fitting and not fitting: 2,000 in all; `make fuzz` makes more.
CASES = 2_500 if FULL else 500

TEXT = "2024年度收入总计784.39万元，比2023年增加18.65万元，增长2.44%，主要原因是人员增加。😀"
SEEDS = [
    (json.dumps({"text": TEXT, "options": {"types": ["amount"], "offsets": "utf16", "explain": True}}).encode(), "application/json"),
    (json.dumps({"text": TEXT}, ensure_ascii=False).encode(), "application/json; charset=utf-8"),
    (TEXT.encode(), "text/plain"),
    (TEXT.encode("gb18030", "replace"), "text/plain; charset=gb2312"),
    (TEXT.encode("utf-16"), "text/plain"),
    ("\r\n".join(["--b", 'Content-Disposition: form-data; name="file"; filename="a.txt"', "", TEXT, "--b--", ""]).encode(),
     "multipart/form-data; boundary=b"),
    (b"\n".join([json.dumps({"text": TEXT}).encode(), b"", b'{"text": 1}']), "application/x-ndjson"),
]  # fmt: skip
PIECES = [
    b"\xff", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"NaN", b"-Infinity", b"1e999", b"[" * 2000,
    b'{"a":' * 2000, b'"text"', b'"options"', b"null", b"--b", b"\r\n", b"\n", b'"', b"{", b"}", b",", b":", b"9" * 5000, "亿元".encode(),
    "　".encode(), "增加（减少）".encode(), "其中：".encode(), b"\xf0\x9f\x98", b"Content-Type: text/plain; charset=\xff\r\n", b"\t", b"%",
]  # fmt: skip
KINDS = [kind for _, kind in SEEDS] + [
    "",
    "text/plain; charset=\xff",
    "text/plain; charset=utf-7",
    "multipart/form-data",
    "*/*",
    "a" * 200,
]
QUERIES = [
    "",
    "",
    "",
    "?types=amount",
    "?types=",
    "?offsets=utf16&text=true",
    "?text=%ff",
    "?explain",
    "?types=%00&x=1",
    "?&=&",
]


def mutated(chance: random.Random, body: bytes) -> bytes:
    """``body`` with one to five things done to it."""
    for _ in range(chance.randint(1, 5)):
        start = chance.randint(0, len(body))
        end = min(len(body), start + chance.choice((0, 1, 2, 8, 64)))
        change = chance.randrange(5)
        if change == 0:
            body = body[:start] + chance.choice(PIECES) + body[end:]
        elif change == 1:
            body = body[:start] + chance.randbytes(end - start) + body[end:]
        elif change == 2:
            body = body[:start]
        elif change == 3:
            body = body[:end] + body[start:]
        else:
            body = body[:start] + body[end:]
    return body


def answers_or_says_why(reply: Reply) -> None:
    assert 200 <= reply.status < 500
    if reply.status >= 400:
        assert reply.problem()
    else:
        for line in reply.body.splitlines():
            json.loads(line)


def test_raw_bodies_never_make_the_service_fail(client: Client) -> None:
    chance = random.Random(20250701)
    statuses = set()
    for _ in range(BODIES):
        body, kind = chance.choice(SEEDS)
        body = mutated(chance, body) if chance.random() < 0.95 else chance.randbytes(chance.randint(0, 300))
        kind = kind if chance.random() < 0.8 else chance.choice(KINDS)
        path = "/v1/extract/batch" if "ndjson" in kind or chance.random() < 0.05 else "/v1/extract"
        reply = client.ask("POST", path + chance.choice(QUERIES), body, {"content-type": kind} if kind else {})
        answers_or_says_why(reply)
        statuses.add(reply.status)
    assert statuses == {200, 400, 415, 422}


def test_real_documents_cut_anywhere_never_make_the_service_fail(client: Client) -> None:
    chance = random.Random(7)
    for path in DOCUMENTS:
        raw = path.read_bytes()
        for _ in range(5):
            start = chance.randint(0, len(raw))
            answers_or_says_why(client.extract_text(raw[start : start + chance.randint(0, len(raw))]))


@schemathesis.serializer("application/x-ndjson")
def as_lines(context: Any, value: Any) -> bytes:
    """Each made-up body as a document, and once more as it is."""
    words = value if isinstance(value, str) else json.dumps(value)
    return json.dumps({"text": words}).encode() + b"\n" + words.encode("utf-8", "surrogatepass")


def operations(client: Client) -> Iterator[tuple[str, Any]]:
    described: Any = schemathesis.openapi.from_asgi("/openapi.json", client.app)
    for result in described.get_all_operations():
        operation = result.ok()
        yield operation.path, operation


def test_cases_made_from_the_description_never_make_the_service_fail(client: Client) -> None:
    """Cases that fit the description, and cases made not to."""
    asked = 0

    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        response = case.call()
        assert response.status_code < 500
        assert response.status_code < 400 or response.headers["content-type"][0] == PROBLEM

    for path, operation in operations(client):
        for mode in GenerationMode:
            if not operation.body and mode.is_negative:
                continue  # nothing in it could be wrong
            cases = operation.as_strategy(generation_mode=mode)
            number = CASES if path.startswith("/v1/extract") else 30
            quietly: Any = settings(
                max_examples=number, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            made: Any = given(cases)(ask)  # type: ignore[no-untyped-call]
            quietly(made)()
    assert asked >= 4 * CASES
