"""The service round the extraction: queue, deadline, health, counts, documentation."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from typing import Any

import pytest
from asgi import JSON, Client, Reply, ask
from fiscal_facts import answering, extract
from fiscal_facts.explain import rules
from fiscal_facts.settings import Settings, SettingsError, table

BODY = json.dumps({"text": "支出1万元。"}).encode()


def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Extraction waits for the event that is returned."""
    go = threading.Event()

    def wait(text: str, **given: Any) -> Any:
        go.wait(10)
        return extract(text, **given)

    monkeypatch.setattr(answering, "extract", wait)
    return go


async def posted(client: Client) -> Reply:
    return await ask(client.app, "POST", "/v1/extract", BODY, JSON)


def test_a_full_queue_is_429_with_a_time_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async def crowd(client: Client, go: threading.Event) -> list[Reply]:
        asked = [asyncio.create_task(posted(client)) for _ in range(6)]
        await asyncio.sleep(0.05)
        go.set()
        return await asyncio.gather(*asked)

    with Client(threads=1, queue=2) as small:
        replies = small.runner.run(crowd(small, held(monkeypatch)))
        assert sorted(reply.status for reply in replies) == [200] * 3 + [429] * 3
        refused = next(reply for reply in replies if reply.status == 429)
        assert (refused.problem(), refused.headers["retry-after"]) == ("busy", "1")
        assert small.extract({"text": "a"}).status == 200


def test_while_draining_work_ends_and_new_work_is_503(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ending(client: Client, go: threading.Event) -> tuple[Reply, Reply, Reply, Reply]:
        first = asyncio.create_task(posted(client))
        await asyncio.sleep(0.05)
        client.app.queue.draining = True
        refused, ready = await posted(client), await ask(client.app, "GET", "/readyz")
        alive = await ask(client.app, "GET", "/healthz")
        go.set()
        return await first, refused, ready, alive

    with Client() as client:
        first, refused, ready, alive = client.runner.run(ending(client, held(monkeypatch)))
        assert (first.status, alive.status) == (200, 200)
        assert (refused.status, refused.problem()) == (ready.status, ready.problem()) == (503, "draining")


def test_the_event_loop_is_free_while_a_document_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    async def look(client: Client, go: threading.Event) -> Reply:
        first = asyncio.create_task(posted(client))
        await asyncio.sleep(0.05)
        alive = await ask(client.app, "GET", "/healthz")
        assert not first.done()
        go.set()
        await first
        return alive

    with Client() as client:
        assert client.runner.run(look(client, held(monkeypatch))).status == 200


def test_past_the_deadline_the_answer_is_partial_and_says_so() -> None:
    with Client(deadline_seconds=0) as hasty:
        answer = hasty.extract({"text": "支出1万元。"}).json()
        assert answer["partial"] is True
        assert [warning["code"] for warning in answer["warnings"]] == ["deadline"]
        assert 'documents_total{partial="true"} 1.0' in hasty.get("/metrics").body.decode()


@pytest.mark.parametrize("steps", range(1, 10))
def test_what_was_found_before_the_deadline_is_returned(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    ticks = iter([0] * steps + [2] * 20)
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))
    text = "一、收入\n收入总计784.39万元，比2023年增加18.65万元，增长2.44%。\n"
    found = extract(text, deadline=1)
    whole = extract(text)
    assert found.partial == (steps < 9)
    spans = {(fact.type, fact.span) for fact in whole.facts}
    assert {(fact.type, fact.span) for fact in found.facts} <= spans
    assert not found.partial or found.warnings
    assert found.partial or found == whole


def test_a_megabyte_does_not_overrun_its_deadline_by_much() -> None:
    text = ("其中：支出决算为784.39万元，比2023年增加18.65万元，增长2.44%，主要原因是人员增加。\n" * 30_000)[:1_000_000]
    start = time.process_time()
    found = extract(text, deadline=time.monotonic() + 0.2)
    assert found.partial
    assert time.process_time() - start < 3


def test_health_and_readiness() -> None:
    with Client() as client:
        assert (client.get("/healthz").json(), client.get("/readyz").json()) == ({"status": "ok"}, {"status": "ready"})
        client.app.ready = False
        assert client.get("/readyz").problem() == "not-ready"


def test_rules_are_listed_as_declared(client: Client) -> None:
    listed = client.get("/v1/rules").json()
    assert [rule["id"] for rule in listed["rules"]] == [rule.id for rule in rules()]
    assert all(list(rule) == ["id", "says", "example", "source"] for rule in listed["rules"])


def test_the_schema_is_served(client: Client) -> None:
    reply = client.get("/v1/schema")
    assert reply.headers["content-type"] == "application/schema+json"
    assert reply.json()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert len(reply.json()["properties"]["facts"]["items"]["oneOf"]) == 7


def test_metrics_count_routes_and_never_paths() -> None:
    with Client() as client:
        client.extract({"text": "支出1万元。"})
        client.get("/a/secret/path")
        shown = client.get("/metrics")
        assert shown.headers["content-type"].startswith("text/plain")
        text = shown.body.decode()
        assert 'requests_total{route="/v1/extract",status="200"} 1.0' in text
        assert 'requests_total{route="other",status="404"} 1.0' in text
        assert "fiscal_facts_characters_total 6.0" in text
        assert "process_resident_memory_bytes" in text
        assert "secret" not in text


def test_documentation_needs_no_other_host(client: Client) -> None:
    page = client.get("/docs").body.decode()
    addresses = re.findall(r"""(?:src|href|url)\s*[=:]\s*['"]([^'"]+)""", page)
    assert len(addresses) >= 4
    for address in addresses:
        assert address.startswith(("/", "data:")), address
        if address.startswith("/"):
            reply = client.get(address)
            assert reply.status == 200
            assert len(reply.body) > 1000


def test_the_description_names_every_path_and_problem(client: Client) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/v1/extract", "/v1/extract/batch", "/v1/check", "/v1/checks", "/v1/rules", "/v1/schema", "/healthz", "/readyz", "/metrics",
    }  # fmt: skip
    text = json.dumps(described)
    assert "urn:fiscal-facts:problem:busy" in text
    for reference in re.findall(r'"#/components/schemas/(\w+)"', text):
        assert reference in described["components"]["schemas"], reference


# ---- settings ----------------------------------------------------------------------------------------------------


def test_settings_come_from_the_environment() -> None:
    assert Settings.from_environment({}) == Settings()
    given = {"FISCAL_FACTS_PORT": "0", "FISCAL_FACTS_ENGINE": "char", "FISCAL_FACTS_HOST": "::1", "PORT": "5"}
    assert Settings.from_environment(given) == Settings(port=0, engine="char", host="::1")
    assert ("FISCAL_FACTS_QUEUE", "64") in [(name, default) for name, default, _ in table()]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("PORT", "x"), ("PORT", "-1"), ("PORT", "65536"), ("PORT", "1.5"), ("PORT", ""), ("PORT", "１"), ("WORKERS", "0"),
        ("ENGINE", "none"), ("LOG_LEVEL", "loud"), ("QUEUE", "9" * 5000),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(name: str, words: str) -> None:
    with pytest.raises(SettingsError, match=f"FISCAL_FACTS_{name} "):
        Settings.from_environment({f"FISCAL_FACTS_{name}": words})
