"""What the service counts and logs of itself, and what it never does."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fakes import ANSWERED, FakeEngine
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from assistant.api.metrics import Metrics
from assistant.api.observed import ObservedEngine
from assistant.api.question_log import QuestionLog
from assistant.api.routes import create_api
from assistant.events import DoneEvent, Event
from assistant.patience import Patience, Slots
from assistant.reply import ChatRequest, Reply
from assistant.settings import AssistantSettings

WORD = "Mélusine"
ASK: dict[str, Any] = {"messages": [{"role": "user", "content": f"{WORD} CVCB ?"}]}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    settings = AssistantSettings.model_construct(index_dir=tmp_path / "index", max_body_bytes=5000)
    return TestClient(create_api(FakeEngine(), settings))


@pytest.fixture(autouse=True)
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.INFO):
        yield


def counted(client: TestClient, name: str) -> dict[tuple[str, ...], float]:
    """Values of a metric by its labels in order of their names, read as Prometheus reads them."""
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    return {
        tuple(value for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
        if sample.name == name
    }


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    found = [record for record in caplog.records if record.name == "assistant.api.question_log"]
    return [json.loads(record.getMessage()) for record in found]


def test_requests_are_counted_by_route_and_status(client: TestClient) -> None:
    for path in ("/api/schemes/cvcb", "/api/schemes/hostile", "/api/schemes/nulle-part", "/api/a/b", "/xyz"):
        client.get(path)
    client.post("/api/chat", content=b"x" * 5001)
    client.request("BREW", "/healthz")
    requests = counted(client, "assistant_http_requests_total")
    assert requests == {
        ("GET", "/api/schemes/{scheme_id}", "200"): 2,
        ("GET", "/api/schemes/{scheme_id}", "404"): 1,
        ("GET", "none", "404"): 2,
        ("POST", "none", "413"): 1,
        ("OTHER", "/healthz", "405"): 1,
    }


@pytest.mark.parametrize("stream", [False, True])
def test_a_reply_is_counted_and_logged_once(
    client: TestClient, caplog: pytest.LogCaptureFixture, stream: bool
) -> None:
    response = client.post("/api/chat", json={**ASK, "stream": stream})
    assert counted(client, "assistant_replies_total") == {("extractive", "answered"): 1}
    assert counted(client, "assistant_reply_stage_seconds_sum") == {("total",): 0.0125}
    assert counted(client, "assistant_reply_failures_total") == {}
    [line] = lines(caplog)
    assert line == {
        "id": response.headers["x-request-id"],
        "turns": 1,
        "act": "ask_scheme",
        "status": "answered",
        "schemes": ["cvcb"],
        "citations": 2,
        "dropped": 0,
        "generator": "extractive",
        "model_failure": None,
        "confidence": None,
        "timings_ms": {"total": 12.5},
    }


@pytest.mark.parametrize(
    ("question", "kind", "status"), [("panne", "incident", 500), ("index", "no-index", 503)]
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_question_without_a_reply_is_counted_and_logged_once(
    client: TestClient, caplog: pytest.LogCaptureFixture, question: str, kind: str, status: int, stream: bool
) -> None:
    body = {"messages": [{"role": "user", "content": question}], "stream": stream}
    assert client.post("/api/chat", json=body).status_code == status
    assert counted(client, "assistant_reply_failures_total") == {(kind,): 1}
    assert counted(client, "assistant_replies_total") == {}
    [line] = lines(caplog)
    assert (line["problem"], line["http_status"]) == (kind, status)


def test_dropped_lines_are_counted() -> None:
    metrics = Metrics()
    for dropped in (0, 2, 3):
        metrics.count_reply(ANSWERED.model_copy(update={"dropped": dropped, "generator": "un-modele"}))
    text = metrics.exposition().decode()
    assert "assistant_dropped_lines_total 5.0" in text
    assert 'assistant_replies_total{generator="un-modele",status="answered"} 3.0' in text


def test_the_time_of_a_reply_is_counted_by_its_act(client: TestClient) -> None:
    for question in ("CVCB ?", "Quelle aide ?", "CVCB encore"):
        client.post("/api/chat", json={"messages": [{"role": "user", "content": question}]})
    assert counted(client, "assistant_reply_seconds_count") == {("ask_scheme",): 2, ("find_schemes",): 1}
    assert counted(client, "assistant_reply_seconds_sum")["ask_scheme",] == 0.025


def test_an_act_that_nobody_knows_is_no_label() -> None:
    metrics = Metrics()
    for act in ("", WORD, "social"):
        metrics.count_reply(ANSWERED, act)
    text = metrics.exposition().decode()
    assert 'assistant_reply_seconds_count{act="unread"} 2.0' in text
    assert 'assistant_reply_seconds_count{act="social"} 1.0' in text
    assert WORD not in text


def test_replies_left_without_the_model_are_counted_by_cause() -> None:
    metrics = Metrics()
    for failure in ("late", "struck", "late", None):
        metrics.count_reply(ANSWERED.model_copy(update={"model_failure": failure}))
    told = metrics.exposition().decode()
    assert 'assistant_model_failures_total{cause="late"} 2.0' in told
    assert 'assistant_model_failures_total{cause="struck"} 1.0' in told


class _AtItsTurn(FakeEngine):
    """Answers when it gets one of its slots."""

    def __init__(self, slots: Slots) -> None:
        super().__init__()
        self.slots = slots
        self.served = threading.Event()
        self.done = threading.Event()

    def reply(self, request: ChatRequest, patience: Patience | None = None) -> Reply:
        assert patience is not None
        with patience.turn(self.slots):
            self.served.set()
            self.done.wait(30)
            return super().reply(request)


def test_questions_in_flight_and_waiting_are_counted() -> None:
    slots, metrics = Slots(1), Metrics()
    inner = _AtItsTurn(slots)
    engine = ObservedEngine(inner, metrics, QuestionLog())

    def gauges() -> list[str]:
        told = metrics.exposition().decode().splitlines()
        return [
            line.removeprefix("assistant_questions_") for line in told if line[:20] == "assistant_questions_"
        ]

    assert gauges() == ["in_flight 0.0", "waiting 0.0"]
    slots.acquire()
    with ThreadPoolExecutor(1) as pool:
        replying = pool.submit(engine.reply, ChatRequest.model_validate(ASK))
        while not slots._waiting and not replying.done():
            pass
        assert gauges() == ["in_flight 1.0", "waiting 1.0"]
        slots.release()
        inner.served.wait(30)
        assert gauges() == ["in_flight 1.0", "waiting 0.0"]
        inner.done.set()
        assert replying.result(30).status == "answered"
    assert gauges() == ["in_flight 0.0", "waiting 0.0"]


def test_a_question_that_finds_the_room_full_is_counted(tmp_path: Path) -> None:
    settings = AssistantSettings.model_construct(index_dir=tmp_path / "index", questions_at_once=0)
    client = TestClient(create_api(FakeEngine(), settings))
    assert client.post("/api/chat", json=ASK).status_code == 503
    assert counted(client, "assistant_reply_failures_total") == {("too-busy",): 1}


def test_a_question_that_fails_or_is_left_is_in_flight_no_more() -> None:
    metrics = Metrics()
    engine = ObservedEngine(FakeEngine(), metrics, QuestionLog())
    failing = {"messages": [{"role": "user", "content": "panne"}]}
    with pytest.raises(RuntimeError):
        engine.reply(ChatRequest.model_validate(failing))
    events = engine.stream(ChatRequest.model_validate(ASK), Patience())
    next(events)
    assert "assistant_questions_in_flight 1.0" in metrics.exposition().decode()
    events.close()  # type: ignore[attr-defined]
    assert "assistant_questions_in_flight 0.0" in metrics.exposition().decode()
    assert "assistant_questions_waiting 0.0" in metrics.exposition().decode()


def test_feedback_is_counted(client: TestClient) -> None:
    client.post("/api/feedback", json={"rating": "useful", "status": "unanswerable"})
    client.post("/api/feedback", json={"rating": "bof"})
    assert counted(client, "assistant_feedback_total") == {("useful", "unanswerable"): 1}


def test_the_text_of_a_question_is_nowhere_by_default(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/api/chat", json=ASK)
    client.post("/api/chat", json={"messages": [{"role": "user", "content": f"{WORD} index"}]})
    client.get("/api/search", params={"q": WORD})
    assert WORD not in caplog.text.encode().decode("unicode_escape") + caplog.text
    assert WORD not in client.get("/metrics").text


def test_the_text_of_a_question_is_logged_when_asked(caplog: pytest.LogCaptureFixture) -> None:
    settings = AssistantSettings.model_construct(log_questions=True)
    TestClient(create_api(FakeEngine(), settings)).post("/api/chat", json=ASK)
    assert [line["question"] for line in lines(caplog)] == [f"{WORD} CVCB ?"]


def test_a_stream_left_before_its_end_counts_as_left(caplog: pytest.LogCaptureFixture) -> None:
    inner = FakeEngine()
    engine = ObservedEngine(inner, Metrics(), QuestionLog())
    events = engine.stream(ChatRequest.model_validate(ASK), Patience())
    next(events)
    events.close()  # type: ignore[attr-defined]
    assert [line["problem"] for line in lines(caplog)] == ["client-gone"]
    assert inner.closed_streams == 1


def test_a_stream_read_to_its_last_event_counts_as_replied(caplog: pytest.LogCaptureFixture) -> None:
    events: Iterator[Event] = ObservedEngine(FakeEngine(), Metrics(), QuestionLog()).stream(
        ChatRequest.model_validate(ASK)
    )
    while not isinstance(next(events), DoneEvent):
        pass
    events.close()  # type: ignore[attr-defined]
    assert [line.get("status") for line in lines(caplog)] == ["answered"]


def test_each_request_has_its_own_number(client: TestClient) -> None:
    numbers = {client.get("/healthz").headers["x-request-id"] for _ in range(3)}
    assert len(numbers) == 3
    told = client.get("/healthz", headers={"X-Request-ID": "forged\n"}).headers["x-request-id"]
    assert len(told) == 32


@pytest.mark.model
def test_the_chat_page_is_one_route_and_its_questions_are_logged() -> None:
    async def build() -> FastAPI:
        from assistant.page.app import create_app

        return create_app(FakeEngine())

    app = asyncio.run(build())  # inside a running loop: outside one, Gradio makes loops and never closes them
    client = TestClient(app)
    for path in ("/", "/config", "/gradio_api/info", "/theme.css", "/nulle-part"):
        client.get(path)
    routes = {route for _, route, _ in counted(client, "assistant_http_requests_total")}
    assert routes == {"page"}
    assert isinstance(app.state.engine, ObservedEngine)
    assert isinstance(app.state.engine.reply(ChatRequest.model_validate(ASK)), Reply)
    assert counted(client, "assistant_replies_total") == {("extractive", "answered"): 1}
