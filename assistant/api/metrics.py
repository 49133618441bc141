"""What is counted of the service, in Prometheus form; the only file that knows ``prometheus_client``."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from assistant.api.counted_together import FOLDER
from assistant.reading.acts import ACTS
from assistant.reply import Reply

MEDIA_TYPE = CONTENT_TYPE_LATEST
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OTHER = "OTHER"
# The act of a message that nothing read.
_UNREAD = "unread"
_TOTAL = "total"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counts of one application; every label takes few values, none of them a text of a user.

    Where several processes serve (see :mod:`assistant.api.counted_together`), those of all of them are told,
    whichever is asked; what describes one process isn't.
    """

    def __init__(self) -> None:
        """Start from nothing."""
        registry = self._registry = CollectorRegistry()
        self._several = FOLDER in os.environ
        for collector in () if self._several else (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        Gauge(
            "assistant_worker_start_time_seconds",
            "When each process that serves began to count",
            registry=registry,
            multiprocess_mode="liveall",
        ).set(time.time())
        self._requests = Counter(
            "assistant_http_requests",
            "HTTP requests answered, by route template",
            ("method", "route", "status"),
            registry=registry,
        )
        self._replies = Counter(
            "assistant_replies", "Replies given", ("status", "generator"), registry=registry
        )
        self._seconds = Histogram(
            "assistant_reply_seconds",
            "Time that a reply took once its turn came, by what the message does",
            ("act",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._models = Counter(
            "assistant_model_failures",
            "Replies given without the language model that is set, or not with it to the end",
            ("cause",),
            registry=registry,
        )
        self._inside = Gauge(
            "assistant_questions_in_flight",
            "Questions being answered or waiting for their turn",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._waiting = Gauge(
            "assistant_questions_waiting",
            "Those of them whose turn hasn't come",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._failures = Counter(
            "assistant_reply_failures", "Questions left without a reply", ("problem",), registry=registry
        )
        self._stages = Histogram(
            "assistant_reply_stage_seconds",
            "Time that each stage of a reply took",
            ("stage",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._dropped = Counter(
            "assistant_dropped_lines", "Lines that the verification took out of replies", registry=registry
        )
        self._feedback = Counter(
            "assistant_feedback",
            "Feedback kept, by status of the reply",
            ("rating", "status"),
            registry=registry,
        )

    def count_request(self, method: str, route: str, status: int) -> None:
        """Count an HTTP request; ``route`` is the template of its address."""
        self._requests.labels(method if method in _METHODS else _OTHER, route, str(status)).inc()

    @contextmanager
    def question(self) -> Iterator[Callable[[], None]]:
        """Count a question as in flight, and as waiting until what this gives is called, once."""
        is_waiting = True

        def served() -> None:
            nonlocal is_waiting
            if is_waiting:
                is_waiting = False
                self._waiting.dec()

        self._inside.inc()
        self._waiting.inc()
        try:
            yield served
        finally:
            served()
            self._inside.dec()

    def count_reply(self, reply: Reply, act: str = "") -> None:
        """Count a reply to a message that does ``act``, and the time of its stages."""
        if (total := reply.timings_ms.get(_TOTAL)) is not None:
            self._seconds.labels(act if act in ACTS else _UNREAD).observe(total / 1000)
        if reply.model_failure is not None:
            self._models.labels(reply.model_failure).inc()
        self._replies.labels(reply.status, reply.generator).inc()
        self._dropped.inc(reply.dropped)
        for stage, milliseconds in reply.timings_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)

    def count_failure(self, problem: str) -> None:
        """Count a question left without a reply; ``problem`` is the kind of its problem document."""
        self._failures.labels(problem).inc()

    def count_feedback(self, rating: str, status: str) -> None:
        """Count a feedback kept, by its rating and the status of the reply (empty when it isn't told)."""
        self._feedback.labels(rating, status).inc()

    def exposition(self) -> bytes:
        """Everything counted, as Prometheus reads it."""
        if not self._several:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
