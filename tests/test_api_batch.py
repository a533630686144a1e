"""POST /v1/extract/batch: a line in, a line out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from asgi import LINES, STALLED, TEXT, Client, Reply

PATH = "/v1/extract/batch"
SENTENCE = "支出决算为784.39万元，增长2.44%。"


def ask(client: Client, body: Any, query: str = "") -> Reply:
    return client.ask("POST", PATH + query, body, LINES)


def lines(reply: Reply) -> list[Any]:
    assert reply.status == 200
    assert reply.headers["content-type"] == "application/x-ndjson"
    assert reply.body.endswith(b"\n") or not reply.body
    return [json.loads(line) for line in reply.body.splitlines()]


def test_lines_are_answered_in_order_and_as_single_requests_are(client: Client) -> None:
    documents = [{"text": SENTENCE * count, "options": {"text": True}} for count in range(1, 30)]
    body = "\n".join(json.dumps(document) for document in documents).encode()
    reply = ask(client, body)
    assert [answer["document"]["text"] for answer in lines(reply)] == [document["text"] for document in documents]
    assert reply.body == b"".join(client.extract(document).body + b"\n" for document in documents)


def test_a_bad_line_gives_one_error_line_and_the_others_go_on(client: Client) -> None:
    good = json.dumps({"text": SENTENCE}).encode()
    reply = ask(client, b"\n".join([good, b"{bad", b"", b'{"text": 5}', b'{"text": "\\ud800"}', b"\xff", good + b"\r"]))
    first, *bad, last = lines(reply)
    assert first == last == json.loads(client.extract({"text": SENTENCE}).body)
    assert [(error["line"], error["error"]["type"].rsplit(":", 1)[1]) for error in bad] == [
        (2, "broken-json"), (4, "invalid-request"), (5, "broken-json"), (6, "broken-json"),
    ]  # fmt: skip
    assert all(list(error) == ["error", "line"] for error in bad)


def test_an_empty_batch_has_no_answers(client: Client) -> None:
    assert lines(ask(client, b"")) == lines(ask(client, b"\n\n \n")) == []


def test_chunks_may_end_anywhere(client: Client) -> None:
    body = "\n".join(json.dumps({"text": SENTENCE + "😀"}, ensure_ascii=False) for _ in range(5)).encode()
    whole = ask(client, body).body
    for size in (1, 2, 3, 7, 50):
        assert ask(client, [body[start : start + size] for start in range(0, len(body), size)]).body == whole


def test_the_query_holds_for_every_line_that_says_nothing_else(client: Client) -> None:
    body = json.dumps({"text": "a"}) + "\n" + json.dumps({"text": "b", "options": {"text": False}})
    assert [answer["document"].get("text") for answer in lines(ask(client, body.encode(), "?text=true"))] == ["a", None]


def test_a_line_over_the_limit_is_an_error_and_is_not_kept(client: Client) -> None:
    with Client(max_body_bytes=100, max_batch_bytes=10_000) as small:
        good = json.dumps({"text": "a"}).encode()
        reply = ask(small, [good + b"\n" + b"x" * 60, b"x" * 60, b"x" * 60, b"\n" + good, b"\n" + b"x" * 500])
        first, long, last, end = lines(reply)
        assert first == last
        assert [(item["line"], item["error"]["status"]) for item in (long, end)] == [(2, 413), (4, 413)]


def test_a_batch_over_the_limit_is_413_or_ends_with_an_error() -> None:
    with Client(max_batch_bytes=1000) as small:
        good = json.dumps({"text": "a"}).encode() + b"\n"
        declared = small.ask("POST", PATH, good * 100, LINES, length=len(good) * 100)
        assert (declared.status, declared.problem()) == (413, "body-too-large")
        *answers, error = lines(ask(small, [good] * 100))
        assert len(answers) == 1000 // len(good)
        assert error["error"]["status"] == 413


def test_answers_are_sent_while_the_body_arrives(client: Client) -> None:
    """The body's second line is only made once the first answer is out."""
    sent: list[int] = []

    def body() -> Iterator[bytes]:
        yield json.dumps({"text": SENTENCE}).encode() + b"\n"
        sent.append(1)
        yield b""
        yield json.dumps({"text": "b"}).encode()

    assert len(lines(ask(client, body()))) == 2
    assert sent


def test_other_media_are_415_and_a_bad_query_422(client: Client) -> None:
    assert client.ask("POST", PATH, b"{}", TEXT).problem() == "unsupported-media-type"
    assert ask(client, b"{}", "?types=x").problem() == "invalid-request"


def test_a_batch_takes_one_place_and_is_refused_where_there_is_none() -> None:
    with Client(threads=1, queue=0) as full, full.app.queue.place():
        reply = ask(full, json.dumps({"text": "a"}).encode())
        assert (reply.status, reply.problem(), reply.headers["retry-after"]) == (429, "busy", "1")
    with Client() as ending:
        ending.app.queue.draining = True
        assert ask(ending, b"{}").problem() == "draining"


def test_a_body_that_stops_coming_is_408_and_ends_a_batch_with_an_error() -> None:
    with Client(body_seconds=1) as hasty:
        answer, error = lines(ask(hasty, [b'{"text": "a"}\n{"te', STALLED]))
        assert answer["document"]["chars"] == 1
        assert (error["line"], error["error"]["status"]) == (2, 408)
        assert hasty.ask("POST", "/v1/extract", [b"a", STALLED], TEXT).problem() == "body-timeout"
