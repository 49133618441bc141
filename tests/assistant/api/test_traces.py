"""Traces of replies, as a real collector on the loopback receives them; nothing is loaded without one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
import pytest
from fakes import ANSWERED, FakeEngine
from fastapi.testclient import TestClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)
from pydantic import ValidationError

from assistant.api.routes import create_api
from assistant.api.traces import Traces
from assistant.errors import MissingPackage
from assistant.patience import Patience
from assistant.reply import ChatRequest, Reply
from assistant.settings import AssistantSettings

WORD = "Mélusine"
STEPS = {"understand": 3.0, "retrieve": 5.5, "verify": 1.25, "model_first_sentence": 0.5, "total": 10.0}


@dataclass
class Collector(TraceServiceServicer):
    address: str = ""
    received: list[bytes] = field(default_factory=list)

    def Export(  # noqa: N802 - named by the service
        self, request: ExportTraceServiceRequest, context: Any
    ) -> ExportTraceServiceResponse:
        self.received.append(request.SerializeToString())
        return ExportTraceServiceResponse()

    def spans(self) -> list[Any]:
        """All spans received, in their order."""
        requests = [ExportTraceServiceRequest.FromString(raw) for raw in self.received]
        resources = [resource for request in requests for resource in request.resource_spans]
        assert {
            item.value.string_value
            for resource in resources
            for item in resource.resource.attributes
            if item.key == "service.name"
        } == {"assistant"}
        return [span for resource in resources for scope in resource.scope_spans for span in scope.spans]


@pytest.fixture
def collector() -> Iterator[Collector]:
    server = grpc.server(ThreadPoolExecutor(2))
    made = Collector()
    add_TraceServiceServicer_to_server(made, server)
    made.address = f"http://127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    yield made
    server.stop(None).wait()


class Stepped(FakeEngine):
    def reply(self, request: ChatRequest, patience: Patience | None = None) -> Reply:
        reply = super().reply(request, patience)
        return reply.model_copy(update={"timings_ms": STEPS, "model_failure": "late"})


def asked_of(folder: Path, address: str, *questions: str) -> list[str]:
    """Ask questions until the application ends; give the numbers of the requests."""
    settings = AssistantSettings.model_construct(index_dir=folder / "index", traces_url=address)
    with TestClient(create_api(Stepped(), settings)) as client:
        return [
            client.post("/api/chat", json={"messages": [{"role": "user", "content": text}]}).headers[
                "x-request-id"
            ]
            for text in questions
        ]


def told(span: Any) -> dict[str, Any]:
    return {
        item.key: item.value.string_value or item.value.int_value or list(item.value.array_value.values)
        for item in span.attributes
    }


def test_a_reply_is_a_span_and_each_step_one_within_it(tmp_path: Path, collector: Collector) -> None:
    [number] = asked_of(tmp_path, collector.address, f"{WORD} CVCB ?")
    spans = {span.name: span for span in collector.spans()}
    assert set(spans) == {"reply", "understand", "retrieve", "verify"}
    reply = spans.pop("reply")
    assert {span.trace_id.hex() for span in (reply, *spans.values())} == {number}
    assert {span.parent_span_id for span in spans.values()} == {reply.span_id}
    assert reply.parent_span_id == b""
    assert reply.end_time_unix_nano - reply.start_time_unix_nano == 10_000_000
    assert spans["understand"].start_time_unix_nano == reply.start_time_unix_nano
    assert spans["retrieve"].start_time_unix_nano == spans["understand"].end_time_unix_nano
    assert spans["retrieve"].end_time_unix_nano - spans["retrieve"].start_time_unix_nano == 5_500_000
    attributes = told(reply)
    assert attributes["assistant.act"] == "ask_scheme"
    assert attributes["assistant.status"] == "answered"
    assert attributes["assistant.citations"] == len(ANSWERED.citations)
    assert attributes["assistant.model_failure"] == "late"
    assert all(WORD.encode() not in raw for raw in collector.received)


def test_a_question_without_a_reply_is_a_span_in_error(tmp_path: Path, collector: Collector) -> None:
    [number] = asked_of(tmp_path, collector.address, "index")
    [span] = collector.spans()
    assert (span.trace_id.hex(), span.status.code) == (number, 2)
    assert told(span) == {"assistant.problem": "no-index", "http.response.status_code": 503}


def test_without_a_collector_nothing_that_sends_is_loaded() -> None:
    program = (
        "import sys; from assistant.api.routes import create_api; "
        "sys.exit(bool({'opentelemetry.sdk', 'opentelemetry.exporter'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_missing_extra_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(MissingPackage, match=r"\[traces\]"):
        Traces("http://127.0.0.1:4317")


@pytest.mark.parametrize("address", ["collecteur:4317", "http://h/chemin", "grpc://127.0.0.1:4317"])
def test_what_is_no_address_of_a_collector_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="is no address like http"):
        AssistantSettings(traces_url=address)


def test_no_address_is_no_collector() -> None:
    assert AssistantSettings(traces_url=" ").traces_url is None
