"""Small values of a measured run, a target without an engine, and a small HTTP server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from assistant.lines import Line
from assistant.reply import ChatRequest, Reply, SearchHit, SearchResponse
from evaluation.judging.result import OVERALL, CaseResult, RunResult
from evaluation.judging.statistics import Figure
from evaluation.questions.cases import Case
from evaluation.runs.run import Passage

AT = "2026-11-23T10:00:00+00:00"


def make_case(name: str, *turns: str, **members: Any) -> Case:
    """A case, answered by default, whose question is its name by default."""
    return Case.model_validate({"status": "answered", **members, "id": name, "turns": turns or (name,)})


def make_reply(answer: str = "Oui.", **members: Any) -> Reply:
    """A reply, answered by default, each line of the answer a statement unless ``lines`` are given."""
    lines = tuple(Line(kind="statement", text=text) for text in answer.split("\n"))
    return Reply.model_validate({"status": "answered", "lines": lines, **members})


def make_hit(scheme: str | None, section: str, chunk_id: str = "un") -> SearchHit:
    """A passage found."""
    return SearchHit(
        text="Texte.",
        scheme_id=scheme,
        section=section,
        score=0.5,
        document_id=f"fiche:{scheme}" if scheme else "doc:page.md",
        chunk_id=chunk_id,
        title="Titre",
        reasons={},
    )


def make_passage(scheme: str | None, *sections: str) -> Passage:
    """A passage as a ranker gives it."""
    return Passage(id=f"{scheme}#{'+'.join(sections)}", scheme_id=scheme, sections=sections)


def measured(
    name: str,
    *failures: str,
    pairs: Mapping[str, tuple[float, float]] | None = None,
    reply: Reply | None = None,
    error: str | None = None,
    seconds: float | None = 0.01,
    **members: Any,
) -> CaseResult:
    """A case with what it got; ``members`` are those of the case."""
    right = {"fully_right": (0.0 if failures else 1.0, 1.0)}
    return CaseResult(
        case=make_case(name, *members.pop("turns", ()), **members),
        reply=None if error else reply or make_reply(),
        error=error,
        passages=(),
        seconds=seconds,
        pairs={**right, **(pairs or {})},
        failures=failures,
    )


def figure(value: float, low: float | None = None, high: float | None = None, questions: int = 1) -> Figure:
    """A figure whose bounds are its value by default."""
    return Figure(
        value=value,
        low=value if low is None else low,
        high=value if high is None else high,
        questions=questions,
    )


def run_of(*cases: CaseResult, **members: Any) -> RunResult:
    """A run; its figures are the given ones, by default the share that is fully right."""
    right = sum(not item.failures for item in cases) / max(1, len(cases))
    values: dict[str, Any] = {
        "set_name": "dev",
        "target": "dans ce processus",
        "measured_at": AT,
        "planned": len(cases),
        "stopped": None,
        "figures": {OVERALL: {"fully_right": figure(right)}} if cases else {},
        "verdicts": {},
        "statuses": {},
    }
    return RunResult(**(values | members), cases=cases)


class FakeTarget:
    """Answers by a function of the request, finds the same passages for all, keeps what it was asked."""

    def __init__(
        self,
        answer: Callable[[ChatRequest], Reply] = lambda request: make_reply(f"→ {question(request)}"),
        hits: Sequence[SearchHit] = (),
    ) -> None:
        self._answer = answer
        self._hits = tuple(hits)
        self._lock = threading.Lock()
        self.requests: list[ChatRequest] = []
        self.searches: list[tuple[str, int]] = []
        self.documents: tuple[Path, ...] = ()

    def reply(self, request: ChatRequest) -> Reply:
        with self._lock:
            self.requests.append(request)
        return self._answer(request)

    def search(self, query: str, k: int) -> tuple[SearchHit, ...]:
        with self._lock:
            self.searches.append((query, k))
        return self._hits


def question(request: ChatRequest) -> str:
    """The last turn of a request."""
    return request.messages[-1].content


class DropConnection(Exception):
    """Raised by an answer: the connection is closed without a byte."""


class SmallServer(ThreadingHTTPServer):
    """Speaks the contract with functions in place of an engine; each gives a status and a body."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.chat: Callable[[Any], tuple[int, str]] = lambda body: (
            200,
            make_reply(f"→ {body['messages'][-1]['content']}").model_dump_json(),
        )
        self.found: Callable[[str, int], tuple[int, str]] = lambda query, k: (
            200,
            SearchResponse(
                query=query, hits=(make_hit("cvcb", "Objet / Montant"),) * min(k, 2)
            ).model_dump_json(),
        )
        self.headers: dict[str, str] = {}
        self.asked: list[Any] = []
        self.searched: list[dict[str, list[str]]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"

    def stop(self) -> None:
        """Stop listening: from then on a connection is refused."""
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: SmallServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, **body})
        self._send(lambda: self.server.chat(body))

    def do_GET(self) -> None:
        sent = parse_qs(urlsplit(self.path).query)
        self.server.searched.append({"path": [urlsplit(self.path).path], **sent})
        self._send(lambda: self.server.found(sent["q"][0], int(sent["k"][0])))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _send(self, answer: Callable[[], tuple[int, str]]) -> None:
        try:
            status, text = answer()
        except DropConnection:
            return
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def small_server() -> Iterator[SmallServer]:
    """A server on a free port, stopped at the end of the block."""
    server = SmallServer()
    listening = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    listening.start()
    try:
        yield server
    finally:
        server.stop()
        listening.join()
