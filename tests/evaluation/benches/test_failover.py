"""Assistants killed behind one address: what is counted as failed, asked again, wrong, or left."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from evaluation.benches import failover
from evaluation.benches.failover import FailedOver, bench_failover, reply_of
from evaluation.benches.own_assistants import caddyfile


class Pair:
    """Two assistants behind an address: one is away from its kill until somebody has asked since."""

    def __init__(self, answer: Callable[[Pair], str | None]) -> None:
        self.answer, self.away, self.kills, self.asked = answer, threading.Event(), 0, 0
        self.returned = threading.Event()

    def kill(self) -> None:
        self.kills += 1
        self.away.set()

    def start(self) -> None:
        """Nothing yet."""

    def wait(self) -> None:
        assert self.returned.wait(30), "nobody asked while it was away"
        self.returned.clear()
        self.away.clear()


@contextmanager
def published(pair: Pair) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            pair.asked += 1
            answer = pair.answer(pair)
            if pair.away.is_set():
                pair.returned.set()
            self.send_response(502 if answer is None else 200)
            self.end_headers()
            if answer is not None:
                self.wfile.write(json.dumps({"answer": answer, "timings_ms": {"n": pair.asked}}).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = threading.Thread(target=server.serve_forever)
    running.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        running.join()
        server.server_close()


def measured(answer: Callable[[Pair], str | None], kills: int = 2) -> FailedOver:
    pair = Pair(answer)
    expected = {"Combien ?": json.dumps({"answer": "40 %"}), "Qui ?": json.dumps({"answer": "40 %"})}
    with published(pair) as address:
        found = bench_failover(address, expected, [pair, pair], kills, clients=2, seed=1, settle_s=0.05)
    assert pair.kills == found.kills == 2 * kills
    return found


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failover, "_PAUSE_S", 0.01)


def test_requests_that_fail_are_counted_and_asked_again() -> None:
    found = measured(lambda pair: None if pair.away.is_set() else "40 %")
    assert found.is_right
    assert set(found.failed) == {"502"}
    assert found.failed["502"] >= found.retried > 0
    assert found.most_tries > 1


def test_another_reply_is_wrong() -> None:
    found = measured(lambda pair: "60 %" if pair.away.is_set() else "40 %", kills=1)
    assert (found.failed, found.left) == ({}, 0)
    assert 0 < found.wrong <= found.questions
    assert not found.is_right


def test_a_question_that_is_never_answered_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failover, "_MOST_TRIES", 3)
    found = measured(lambda _pair: None, kills=1)
    assert found.questions == found.wrong == 0
    assert found.left > 0
    assert found.failed == {"502": 3 * found.left}
    assert not found.is_right


def test_nobody_there_is_a_failure_and_no_error() -> None:
    assert reply_of("http://127.0.0.1:1", "Combien ?") == ("sans réponse", None)


def test_the_shipped_proxy_file_is_the_one_that_is_measured() -> None:
    shipped = (Path(__file__).parents[3] / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    here = caddyfile([8001, 8002])
    assert here.endswith(
        shipped.replace("assistant-1:7860 assistant-2:7860", "127.0.0.1:8001 127.0.0.1:8002")
    )
    assert "assistant-" not in here
