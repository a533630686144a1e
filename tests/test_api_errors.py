"""Every error is a problem of a stable type that says nothing of what was sent."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from asgi import JSON, LINES, TEXT, Client
from fiscal_facts import answering
from fiscal_facts.problems import KINDS

SECRET = "机密文本"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b'{"text": "a"', b"[1,]", b"nul", b'{"text": "\\ud800"}', b'{"text": "\\udc00\\ud800"}', b'{"\\ud800": 1}',
        b'{"text": "a", "options": {"types": ["\\uD83D"]}}', b'{"text": NaN}', b'{"text": "a", "x": Infinity}', b"-Infinity",
        b'{"text": "a", "text": "b"}', b'{"text": "a", "options": {"text": true, "text": true}}', b"[" * 100_000,
        b'{"a":' * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"text": "\xff"}', b'{"text": "\xed\xa0\x80"}', b'{"text": "a\nb"}',
        '{"text": "a"}'.encode("utf-16"), b'{"text": 01}', b"{'text': 'a'}", b'{"text": "a"} x', b"\0",
    ],
)  # fmt: skip
def test_broken_json_is_400(client: Client, body: bytes) -> None:
    reply = client.extract(body)
    assert (reply.status, reply.problem()) == (400, "broken-json")


@pytest.mark.parametrize(
    "value",
    [
        {}, [], None, "text", 1, {"text": None}, {"text": 5}, {"text": ["a"]}, {"text": "a", "more": 1},
        {"text": "a", "options": None}, {"text": "a", "options": {"types": "amount"}}, {"text": "a", "options": {"types": []}},
        {"text": "a", "options": {"types": ["money"]}}, {"text": "a", "options": {"offsets": "bytes"}},
        {"text": "a", "options": {"explain": "true"}}, {"text": "a", "options": {"explain": 1}}, {"text": 10**5000},
    ],
)  # fmt: skip
def test_json_that_does_not_fit_is_422_and_says_where(client: Client, value: Any) -> None:
    body = json.dumps(value).encode() if value != {"text": 10**5000} else b'{"text": 1' + b"0" * 5000 + b"}"
    reply = client.extract(body)
    assert (reply.status, reply.problem()) == (422, "invalid-request")
    assert reply.json()["errors"]


@pytest.mark.parametrize(
    "query", ["types=money", "offsets=bytes", "explain=perhaps", "more=1", "offsets=utf16&offsets=x"]
)
def test_a_query_that_does_not_fit_is_422(client: Client, query: str) -> None:
    reply = client.extract_text(b"a", query=f"?{query}")
    assert (reply.status, reply.problem()) == (422, "invalid-request")


@pytest.mark.parametrize(
    "kind",
    ["", "text/html", "application/pdf", "application/xml", "application/x-www-form-urlencoded", "json", "text/plain2"],
)
def test_other_media_are_415(client: Client, kind: str) -> None:
    reply = client.ask("POST", "/v1/extract", b"a", {"content-type": kind} if kind else {})
    assert (reply.status, reply.problem()) == (415, "unsupported-media-type")
    assert "text/plain" in reply.headers["accept-post"]


def test_compressed_bodies_and_files_that_are_no_text_are_415(client: Client) -> None:
    for path, kind in (("/v1/extract", TEXT), ("/v1/extract/batch", LINES)):
        assert client.ask("POST", path, b"\x1f\x8b", {**kind, "content-encoding": "gzip"}).status == 415
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF\r\n--x--\r\n'
    assert client.extract_text(head, "multipart/form-data; boundary=x").status == 415


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"--x", 400), (b"--x--\r\n", 422), (b"nothing", 400),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n", 400),
        (b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nhalf', 400),
        (b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\na\r\n--x--\r\n', 422),
        (b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\na\r\n' * 2 + b"--x--\r\n", 422),
    ],
)  # fmt: skip
def test_forms_that_hold_no_single_file_are_refused(client: Client, body: bytes, status: int) -> None:
    reply = client.extract_text(body, "multipart/form-data; boundary=x")
    assert reply.status == status
    assert reply.problem() in ("broken-form", "invalid-request")


def test_a_form_without_a_boundary_is_400(client: Client) -> None:
    assert client.extract_text(b"--x--", "multipart/form-data").problem() == "broken-form"


@pytest.mark.parametrize("length", [None, 8_388_609])
def test_a_large_body_is_413_whether_its_length_is_declared_or_not(client: Client, length: int | None) -> None:
    pieces = [b"a" * 1_048_576] * 8 + [b"a"]
    reply = client.ask("POST", "/v1/extract", pieces, TEXT, length=length)
    assert (reply.status, reply.problem()) == (413, "body-too-large")


def test_a_long_text_is_413_and_the_longest_is_taken(client: Client) -> None:
    assert client.extract({"text": "。" * 1_000_000}).status == 200
    for reply in (client.extract({"text": "。" * 1_000_001}), client.extract_text("。".encode() * 1_000_001)):
        assert (reply.status, reply.problem()) == (413, "text-too-long")


def test_paths_and_methods_that_are_not_there(client: Client) -> None:
    assert client.get("/v2").problem() == "not-found"
    reply = client.get("/v1/extract")
    assert (reply.problem(), reply.headers["allow"]) == ("method-not-allowed", "POST")


def test_no_error_repeats_what_was_sent(client: Client) -> None:
    for reply in (
        client.extract(f'{{"{SECRET}": 1, "text": ["{SECRET}"]}}'.encode()),
        client.extract(f'{{"text": "{SECRET}'.encode()),
        client.extract({"text": "a", "options": {"types": [SECRET], SECRET: SECRET}}),
        client.extract({"text": SECRET}, f"?{SECRET}={SECRET}&types={SECRET}"),
        client.extract_text(SECRET.encode() + b"\xff\xff", f"text/plain; charset={SECRET.encode().hex()}"),
        client.ask("POST", "/v1/extract", SECRET.encode(), {"content-type": "x/" + SECRET.encode().hex()}),
        client.get("/" + SECRET),
    ):
        assert reply.status >= 400
        assert reply.problem()
        assert SECRET.encode() not in reply.body
        assert SECRET.encode().hex().encode() not in reply.body


def test_a_failure_inside_is_500_without_traceback_and_without_text_in_the_logs(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(text: str, **_: object) -> None:
        raise KeyError(text)

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(answering, "extract", fail)
    reply = client.extract({"text": SECRET}, f"?text=true&{SECRET}")
    assert reply.problem() == "invalid-request"
    reply = client.extract({"text": SECRET})
    assert (reply.status, reply.problem()) == (500, "internal-error")
    assert b"Traceback" not in reply.body
    assert "KeyError at" in caplog.text
    assert "answering.py" in caplog.text
    assert SECRET not in caplog.text


def test_nothing_of_a_document_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.extract({"text": SECRET + "支出1万元。"})
    client.extract_text((SECRET + "支出1万元。").encode())
    client.ask("POST", "/v1/extract/batch", json.dumps({"text": SECRET}).encode(), LINES)
    client.ask("POST", "/v1/extract", (SECRET + "{").encode(), JSON)
    client.get(f"/v1/rules/{SECRET}?{SECRET}")
    assert SECRET not in caplog.text
    assert "POST /v1/extract 200" in caplog.text
    assert "GET other 404" in caplog.text


def test_problem_types_are_as_published() -> None:
    assert {kind.name: kind.status for kind in KINDS} == {
        "broken-json": 400, "broken-form": 400, "bad-request": 400, "not-found": 404, "method-not-allowed": 405,
        "body-timeout": 408, "body-too-large": 413, "text-too-long": 413, "unsupported-media-type": 415,
        "invalid-request": 422, "unreadable-text": 422, "busy": 429, "internal-error": 500, "draining": 503, "not-ready": 503,
    }  # fmt: skip
