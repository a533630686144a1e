"""POST /v1/extract: what comes back, in every form a document may be sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from asgi import DOCUMENTS, Client, Reply
from fiscal_facts import extract
from fiscal_facts.schemas import answer_schema
from fiscal_patterns.facts import FACT_TYPES

SENTENCE = "2024年度收入总计784.39万元，比2023年增加18.65万元，增长2.44%，主要原因是人员增加。"
KEYS = ["version", "document", "facts", "unclaimed", "coverage", "findings", "checks", "warnings"]


@cache
def validator() -> Any:
    schema = answer_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from spans(item)
    elif isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield value
        for item in value.values():
            yield from spans(item)


def form(raw: bytes, name: str = "a.txt", kind: str | None = None) -> tuple[bytes, str]:
    declared = f"Content-Type: {kind}\r\n" if kind else ""
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n{declared}\r\n'
    return head.encode() + raw + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"


def test_an_answer_has_its_keys_in_order(client: Client) -> None:
    answer = client.extract({"text": SENTENCE}).json()
    assert list(answer) == KEYS
    assert list(answer["document"]) == ["sha256", "chars", "title", "organisation", "year", "kind"]
    assert answer["document"]["sha256"] == hashlib.sha256(SENTENCE.encode()).hexdigest()
    assert answer["document"]["chars"] == len(SENTENCE)
    assert answer["findings"] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem[:12])
def test_real_answers_fit_the_schema_and_equal_what_python_gives(client: Client, path: Path) -> None:
    text = path.read_bytes().decode()
    choices: list[dict[str, Any]] = [{}, {"explain": True}, {"text": True, "offsets": "utf16"}]
    for options in choices:
        reply = client.extract({"text": text, "options": options})
        assert reply.status == 200
        validator().validate(reply.json())
        assert reply.body == msgspec.json.encode(extract(text).to_dict(**options)) == extract(text).to_json(**options)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16", "utf-8-sig", "big5"])
def test_a_text_in_any_charset_gives_the_same_facts(client: Client, charset: str) -> None:
    words = "收入總計784.39萬元，增長2.44%。" if charset == "big5" else SENTENCE
    reply = client.extract_text(words.encode(charset), f"text/plain; charset={charset}")
    assert reply.status == 200
    assert reply.body == client.extract({"text": words}).body


def test_an_undeclared_charset_is_guessed_in_order_and_said(client: Client) -> None:
    assert client.extract_text(SENTENCE.encode()).json()["warnings"] == []
    answer = client.extract_text(SENTENCE.encode("gb18030")).json()
    assert [warning["code"] for warning in answer["warnings"]] == ["charset"]
    assert answer["document"]["chars"] == len(SENTENCE)


def test_a_mark_wins_over_the_declared_charset_and_a_wrong_one_is_passed_over(client: Client) -> None:
    marked = client.extract_text(SENTENCE.encode("utf-16"), "text/plain; charset=gbk").json()
    assert marked["document"]["chars"] == len(SENTENCE)
    for wrong in ("ascii", "nonsense", "rot13", "idna", "unicode_escape", "\x00", "utf-7"):
        answer = client.extract_text(SENTENCE.encode(), f'text/plain; charset="{wrong}"').json()
        assert answer["document"]["chars"] == len(SENTENCE), wrong


@pytest.mark.parametrize(
    "raw", [b"\xff\xff\xff", b"\xef\xbb\xbf\xff", "支出2024".encode("utf-16-le"), b"\x89PNG\r\n\0\0"]
)
def test_bytes_that_are_no_text_are_refused(client: Client, raw: bytes) -> None:
    reply = client.extract_text(raw)
    assert (reply.status, reply.problem()) == (422, "unreadable-text")


def test_a_file_comes_back_with_its_text(client: Client) -> None:
    body, kind = form("\ufeff".encode() + SENTENCE.encode())
    answer = client.extract_text(body, kind).json()
    assert answer["document"]["text"] == SENTENCE
    assert "text" not in client.extract_text(body, kind, "?text=false").json()["document"]
    declared, kind = form("收入總計".encode("big5"), "b.TXT", "text/plain; charset=big5")
    assert client.extract_text(declared, kind).json()["document"]["text"] == "收入總計"


def test_a_file_of_several_megabytes_needs_no_disk(client: Client) -> None:
    body, kind = form("支出。\r\n".encode() * 190_000)
    assert client.extract_text(body, kind).json()["document"]["chars"] == 950_000


def test_a_document_has_a_title_a_body_a_year_and_a_kind(client: Client) -> None:
    text = "柏溪县统计局2024年度部门决算情况说明\n\n一、收入支出决算总体情况说明\n" + SENTENCE
    about = client.extract({"text": text}).json()["document"]
    assert about["title"] == "柏溪县统计局2024年度部门决算情况说明"
    assert (about["organisation"], about["year"], about["kind"]) == ("柏溪县统计局", 2024, "final_account")


# ---- options -----------------------------------------------------------------------------------------------------


def test_types_choose_facts_and_leave_ids_as_they_are(client: Client) -> None:
    text = DOCUMENTS[0].read_text(encoding="utf-8")
    every = client.extract({"text": text}).json()["facts"]
    for kind in FACT_TYPES:
        chosen = client.extract({"text": text, "options": {"types": [kind]}}).json()["facts"]
        assert chosen == [fact for fact in every if fact["type"] == kind]
    queried = client.extract_text(text.encode(), query="?types=amount,delta&types=reason").json()["facts"]
    assert queried == [fact for fact in every if fact["type"] in ("amount", "delta", "reason")]


def test_offsets_in_utf16_point_at_the_same_words(client: Client) -> None:
    text = "😀𠮷2024年度" + SENTENCE + "𠮷" + SENTENCE
    answer = client.extract({"text": text, "options": {"offsets": "utf16", "explain": True}}).json()
    units = text.encode("utf-16-le")
    found = list(spans(answer))
    assert found
    for span in found:
        assert units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") == span["text"]


def test_spans_point_into_the_text_as_sent(client: Client) -> None:
    text = "\ufeff支出决算\r\n１２０．５０ 万元，\u3000😀占 97.5\n%。"
    for span in spans(client.extract({"text": text}).json()):
        assert text[span["start"] : span["end"]] == span["text"]


def test_explain_adds_cues(client: Client) -> None:
    plain = client.extract({"text": SENTENCE}).json()["facts"]
    explained = client.extract({"text": SENTENCE, "options": {"explain": True}}).json()["facts"]
    assert all("cues" not in fact for fact in plain)
    assert all("cues" in fact for fact in explained)


def test_options_of_the_body_win_over_the_query(client: Client) -> None:
    answer = client.extract({"text": SENTENCE, "options": {"text": False}}, "?text=true&explain=true").json()
    assert "text" not in answer["document"]
    assert all("cues" in fact for fact in answer["facts"])


def test_an_empty_text_is_a_document_without_facts(client: Client) -> None:
    for reply in (client.extract({"text": ""}), client.extract_text(b"")):
        assert (reply.status, reply.json()["facts"]) == (200, [])
        assert Decimal(reply.json()["coverage"]) == 1


def test_numbers_of_facts_are_strings(client: Client) -> None:
    def never_a_fraction(digits: str) -> Any:
        raise AssertionError(digits)

    for path in DOCUMENTS:
        reply: Reply = client.extract({"text": path.read_text(encoding="utf-8")})
        json.loads(reply.body, parse_float=never_a_fraction)
