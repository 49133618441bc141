"""Limits: large bodies, many requests, busy engines, long replies, clients that leave."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import httpx
import pytest
from fakes import FakeEngine
from fastapi.testclient import TestClient
from loopback import served
from small_corpus import SmallCorpus

from assistant.answering.engine import Engine
from assistant.api.guards.request_limit import client_of
from assistant.api.routes import create_api
from assistant.api.waiting_room import WaitingRoom
from assistant.errors import ClientGone, ReplyTooLong, TooBusy
from assistant.page.app import create_app
from assistant.patience import Patience, Slots
from assistant.reply import ChatRequest, Reply, SearchHit
from assistant.settings import AssistantSettings

ASK: dict[str, Any] = {"messages": [{"role": "user", "content": "CVCB ?"}]}


def client_with(engine: Any = None, **changes: Any) -> TestClient:
    return TestClient(create_api(engine or FakeEngine(), AssistantSettings.model_construct(**changes)))


def assert_problem(response: httpx.Response, status: int, words: str) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert words in response.json()["detail"]
    assert response.headers["x-content-type-options"] == "nosniff"


# --- size -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/chat", "/api/eligibility", "/api/feedback", "/healthz"])
def test_a_body_that_tells_it_is_too_large_is_refused_unread(path: str) -> None:
    response = client_with(max_body_bytes=2000).post(path, content=b"x" * 2001)
    assert_problem(response, 413, "2000 octets au plus")


def test_a_body_that_does_not_tell_its_length_is_counted() -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(5):
            yield b"x" * 500

    response = client_with(max_body_bytes=2000).post("/api/chat", content=pieces())
    assert_problem(response, 413, "2000 octets au plus")


def test_a_body_of_the_size_allowed_passes() -> None:
    body = json.dumps(ASK).encode()
    response = client_with(max_body_bytes=1000).post(
        "/api/chat",
        content=body + b" " * (1000 - len(body)),
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 200


# --- requests a minute ----------------------------------------------------------------------------


def test_a_client_that_asks_too_often_is_told_when_to_come_back() -> None:
    client = client_with(requests_per_minute=3)
    for _ in range(3):
        assert client.post("/api/chat", json=ASK).status_code == 200
    refused = client.get("/api/schemes")
    wait = refused.headers["retry-after"]
    assert 1 <= int(wait) <= 60
    assert_problem(refused, 429, f"réessayez dans {wait} s")
    assert client.get("/healthz").status_code == 200, "health checks aren't counted"


def test_without_a_limit_nobody_is_counted() -> None:
    client = client_with(requests_per_minute=0)
    assert {client.get("/api/schemes").status_code for _ in range(50)} == {200}


def test_an_address_claimed_by_the_client_is_not_believed() -> None:
    client = client_with(requests_per_minute=1)
    statuses = [
        client.get("/api/schemes", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(2)
    ]
    assert statuses == [200, 429]


def test_behind_a_proxy_each_of_its_clients_is_counted() -> None:
    client = client_with(requests_per_minute=1, client_header="X-Forwarded-For")

    def ask_from(told: str) -> int:
        return client.get("/api/schemes", headers={"X-Forwarded-For": told}).status_code

    assert [ask_from("10.0.0.1"), ask_from("10.0.0.2"), ask_from("10.0.0.1")] == [200, 200, 429]
    assert ask_from("6.6.6.6, 10.0.0.2") == 429, "what the client writes before is not believed"


@pytest.mark.parametrize(
    ("told", "header", "client"),
    [
        ("", "X-Real-IP", "192.0.2.1"),
        ("198.51.100.7", "X-Real-IP", "198.51.100.7"),
        ("198.51.100.7", "", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "X-Real-IP", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "X-Real-IP", "::ffff:198.51.100.7"),
        ("unknown", "X-Real-IP", "unknown"),
    ],
)
def test_whom_a_request_is_counted_for(told: str, header: str, client: str) -> None:
    headers = [(b"x-real-ip", told.encode())] if told else []
    scope = {"type": "http", "headers": headers, "client": ("192.0.2.1", 1234)}
    assert client_of(scope, header).replace("c633:6407", "198.51.100.7") == client


# --- patience -------------------------------------------------------------------------------------


def test_who_waits_without_limit_gets_a_turn() -> None:
    slots = Slots(1)
    with Patience().turn(slots):
        assert not slots.acquire(0)
    assert slots.acquire(0)


def test_time_that_is_up_before_the_work_or_during_it() -> None:
    slots = Slots(1)
    slots.acquire()
    with pytest.raises(TooBusy), Patience(0.01).turn(slots):
        pytest.fail("there was no slot")
    slots.release()
    short = Patience(0.2)
    with short.turn(slots):
        time.sleep(0.25)
        with pytest.raises(ReplyTooLong):
            short.check()
    assert slots.acquire(0), "the slot is free again"


def test_who_left_while_waiting_takes_no_slot() -> None:
    slots = Slots(1)
    patience = Patience(5)
    patience.give_up()
    with pytest.raises(ClientGone), patience.turn(slots):
        pytest.fail("nobody waits for this")
    assert slots.acquire(0)


# --- the engine -----------------------------------------------------------------------------------


def test_a_busy_engine_says_so_in_time(small_corpus: SmallCorpus) -> None:
    engine = small_corpus.engine()
    client = client_with(engine, reply_seconds=0.2)
    with Patience().turn(engine.slots):
        for body in (ASK, {**ASK, "stream": True}):
            response = client.post("/api/chat", json=body)
            assert_problem(response, 503, "Trop de questions")
            assert response.headers["retry-after"] == "10"
    assert client_with(engine).post("/api/chat", json=ASK).status_code == 200


class FullEngine(FakeEngine):
    """Says how many are in, and lets none out before it's told to."""

    def __init__(self) -> None:
        super().__init__()
        self.came = threading.Semaphore(0)
        self.out = threading.Event()

    def reply(self, request: ChatRequest, patience: Patience | None = None) -> Reply:
        self.came.release()
        assert self.out.wait(60)
        return super().reply(request, patience)

    def search(self, query: str, k: int = 10, scheme: str | None = None) -> tuple[SearchHit, ...]:
        self.came.release()
        assert self.out.wait(60)
        return super().search(query, k, scheme)


MOST = 60  # more than the threads that routes share


@pytest.mark.e2e
def test_one_too_many_is_told_at_once_and_other_routes_answer_meanwhile() -> None:
    engine = FullEngine()
    settings = AssistantSettings.model_construct(questions_at_once=MOST)
    with (
        served(create_app(engine, settings, page_later=True)) as address,
        httpx.Client(base_url=address, timeout=60, limits=httpx.Limits(max_connections=None)) as client,
        ThreadPoolExecutor(MOST) as people,
    ):
        asked = [people.submit(client.post, "/api/chat", json=ASK) for _ in range(MOST - 20)]
        asked += [people.submit(client.get, "/api/search", params={"q": "halle"}) for _ in range(10)]
        asked += [people.submit(client.get, "/dispositifs", params={"q": "halle"}) for _ in range(10)]
        try:
            for _ in range(MOST):
                assert engine.came.acquire(timeout=60)
            for response in (
                client.post("/api/chat", json=ASK),
                client.post("/api/chat", json={**ASK, "stream": True}),
                client.get("/api/search", params={"q": "halle"}),
            ):
                assert_problem(response, 503, "Trop de questions")
                assert response.headers["retry-after"] == "10"
            assert "Trop de questions" in client.get("/dispositifs", params={"q": "halle"}).text
            for path in ("/readyz", "/healthz", "/api/schemes", "/api/communes?q=nieppe", "/dispositifs"):
                assert client.get(path).status_code == 200, path
        finally:
            engine.out.set()
        assert {future.result().status_code for future in asked} == {200}
        assert client.post("/api/chat", json=ASK).status_code == 200


def test_a_place_is_free_again_however_the_work_ends() -> None:
    async def one_after_the_other() -> None:
        room = WaitingRoom(1)
        inside, out = threading.Event(), threading.Event()

        def work() -> bool:
            inside.set()
            return out.wait(60)

        working = asyncio.ensure_future(room.run(work))
        await asyncio.to_thread(inside.wait)
        with pytest.raises(TooBusy):
            await room.run(work)
        out.set()
        assert await working
        with pytest.raises(ZeroDivisionError):
            await room.run(lambda: 1 // 0)
        never = asyncio.ensure_future(room.run(lambda: pytest.fail("it was called off")))
        await asyncio.sleep(0)
        never.cancel()
        with suppress(asyncio.CancelledError):
            await never
        assert await room.run(lambda: True)

    asyncio.run(one_after_the_other())


def test_the_engine_stops_between_two_steps_when_nobody_waits(small_engine: Engine) -> None:
    patience = Patience(30)
    request = ChatRequest.model_validate(ASK)
    events = small_engine.stream(request, patience)
    next(events)
    patience.give_up()
    with pytest.raises(ClientGone):
        list(events)
    with pytest.raises(ClientGone):
        small_engine.reply(request, patience)
    assert small_engine.reply(request).status


class SlowEngine(FakeEngine):
    """Works until it's told that nobody waits, without ever looking at the time."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped = threading.Event()

    def reply(self, request: ChatRequest, patience: Patience | None = None) -> Reply:
        assert patience is not None
        with patience.turn(Slots(1)):
            try:
                while True:
                    time.sleep(0.01)
                    with suppress(ReplyTooLong):
                        patience.check()
            finally:
                self.stopped.set()


def test_a_reply_that_is_too_long_is_given_up() -> None:
    engine = SlowEngine()
    response = client_with(engine, reply_seconds=0.2).post("/api/chat", json=ASK)
    assert_problem(response, 504, "trop de temps")


def test_a_client_that_leaves_stops_the_work() -> None:
    engine = SlowEngine()
    with served(create_api(engine, AssistantSettings.model_construct(reply_seconds=30))) as address:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{address}/api/chat", json=ASK, timeout=0.3)
        assert engine.stopped.wait(10)


def test_a_client_that_leaves_while_waiting_never_takes_the_slot(small_corpus: SmallCorpus) -> None:
    engine = small_corpus.engine()
    app = create_api(engine)
    with served(app) as address:
        with Patience().turn(engine.slots):
            for body in (ASK, {**ASK, "stream": True}):
                with pytest.raises(httpx.ReadTimeout):
                    httpx.post(f"{address}/api/chat", json=body, timeout=0.3)
        assert httpx.post(f"{address}/api/chat", json=ASK, timeout=30).status_code == 200
        counts = _counts_with(address, 'problem="client-gone"} 2.0')
    assert 'assistant_reply_failures_total{problem="client-gone"} 2.0' in counts
    assert sum(map(int, re.findall(r"^assistant_replies_total{.*} (\d+)", counts, re.MULTILINE))) == 1
    assert engine.slots.acquire(0)


def _counts_with(address: str, words: str) -> str:
    """What is counted, once it names something: who left is counted when their turn comes."""
    limit = time.monotonic() + 10
    while words not in (counts := httpx.get(f"{address}/metrics").text) and time.monotonic() < limit:
        time.sleep(0.02)
    return counts
