"""The trace of each reply, a span a step, sent to a collector of OpenTelemetry; the only file that knows it.

The spans are made once the reply is there, from the time that each step says it took: nothing is added to the
work itself, and nothing that sends is loaded where no collector is set.
"""

from __future__ import annotations

import os
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from assistant.api.guards.request_number import request_id
from assistant.api.problems import Problem
from assistant.errors import MissingPackage
from assistant.reply import Reply

_NAME = "assistant"
_TOTAL = "total"
# Within the time of another stage.
_INSIDE = {_TOTAL, "model_first_sentence"}
_NS_A_MS = 1_000_000


class Traces:
    """Sends traces in the background; a collector that is away holds nobody back."""

    def __init__(self, address: str) -> None:
        """Send to a collector.

        Args:
            address: of its OTLP receiver (gRPC), as http://127.0.0.1:4317.

        Raises:
            MissingPackage: the extra isn't installed.
        """
        try:
            from opentelemetry import trace
            from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
            from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
        except ImportError:
            raise MissingPackage("opentelemetry", "traces") from None

        class Numbers(RandomIdGenerator):  # type: ignore[misc, unused-ignore]
            """Makes the number of a request, which its log lines have too, that of its trace."""

            def generate_trace_id(self) -> int:
                return int(request_id(), 16)

        named = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": _NAME}
        self._provider = TracerProvider(resource=Resource.create(named), id_generator=Numbers())
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)))
        self._tracer = self._provider.get_tracer(_NAME)
        self._inside = trace.set_span_in_context
        self._failed = trace.Status(trace.StatusCode.ERROR)

    def replied(self, reply: Reply, act: str) -> None:
        """Send the trace of a reply that has just been given to a message that does ``act``."""
        stages = {name: took for name, took in reply.timings_ms.items() if name not in _INSIDE}
        end = time.time_ns()
        at = end - int(reply.timings_ms.get(_TOTAL, sum(stages.values())) * _NS_A_MS)
        told: dict[str, Any] = {
            "assistant.act": act,
            "assistant.status": reply.status,
            "assistant.generator": reply.generator,
            "assistant.schemes": reply.schemes,
            "assistant.citations": len(reply.citations),
            "assistant.dropped": reply.dropped,
        }
        if reply.model_failure is not None:
            told["assistant.model_failure"] = reply.model_failure
        whole = self._tracer.start_span("reply", start_time=at, attributes=told)
        within = self._inside(whole)
        for name, took in stages.items():
            step = self._tracer.start_span(name, context=within, start_time=at)
            at += int(took * _NS_A_MS)
            step.end(at)
        whole.end(end)

    def failed(self, problem: Problem) -> None:
        """Send the trace of a question left without a reply: a moment, and why."""
        told: dict[str, Any] = {
            "assistant.problem": problem.kind,
            "http.response.status_code": problem.status,
        }
        span = self._tracer.start_span("reply", attributes=told)
        span.set_status(self._failed)
        span.end()

    @asynccontextmanager
    async def life(self, _app: FastAPI) -> AsyncGenerator[None]:
        """Send what is left at the end of the application."""
        yield
        await run_in_threadpool(self._provider.shutdown)
