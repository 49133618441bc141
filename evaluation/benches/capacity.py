"""How many replies a second servers give to more and more people at once, and in which time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import OK, HTTPConnection, HTTPException
from itertools import cycle, islice
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from evaluation.benches.own_server import Started, bare_server, own_server
from evaluation.benches.process_memory import family_cpu_s, family_mb
from evaluation.errors import TargetGone
from evaluation.judging.statistics import quantile

CLIENTS = (1, 5, 20, 50, 200)
_TIMEOUT_S = 120.0
_WARM_UP = 20


class Load(BaseModel):
    """What a server gave to so many people at once.

    Attributes:
        server: which one.
        clients: how many asked at once; each asks its next question once answered.
        requests: how many requests got an answer.
        errors: how many didn't.
        per_second: requests answered in a second.
        p50_ms: median, in milliseconds, as the client saw it.
        p95_ms: 95th centile.
        cpu_ms: processor milliseconds that a request took of the server's processes; None when unknown.
        memory_mb: of all processes of the server after that, what they share counted once; None when unknown.
    """

    model_config = ConfigDict(frozen=True)

    server: str
    clients: int
    requests: int
    errors: int
    per_second: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float | None
    memory_mb: float | None


def bench_capacity(
    folder: Path,
    questions: Sequence[str],
    requests: int,
    workers: int,
    clients: Sequence[int] = CLIENTS,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Load]:
    """Load a bare route, a server of one process and one of several, one after the other.

    Args:
        folder: where the fiches were indexed.
        questions: what is asked, in turn.
        requests: requests a series, at least one a client.
        workers: processes of the last server.
        clients: how many ask at once, series after series.
        progress: called with the series done and their total.

    Raises:
        TargetGone: a server doesn't start, or answers nothing.
    """
    servers = (
        ("adresse nue", bare_server(folder)),
        ("1 processus", own_server(folder)),
        (f"{workers} processus", own_server(folder, workers)),
    )
    results: list[Load] = []
    for name, starting in servers:
        with starting as started:
            loaded(name, started, questions, _WARM_UP, min(workers, _WARM_UP))
            for count in clients:
                results.append(loaded(name, started, questions, max(requests, count), count))
                progress(len(results), len(servers) * len(clients))
    return results


def loaded(name: str, started: Started, questions: Sequence[str], requests: int, clients: int) -> Load:
    """Ask a server so many questions, so many at once.

    Raises:
        TargetGone: it answers nothing.
    """
    asked, address = _Shared(islice(cycle(questions), requests)), urlsplit(started.address).netloc

    def ask(_client: int) -> list[float | None]:
        connection = HTTPConnection(address, timeout=_TIMEOUT_S)
        try:
            return [_milliseconds(connection, question) for question in asked]
        finally:
            connection.close()

    spent_before, begun = family_cpu_s(started.pid), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        spent = [taken for own in pool.map(ask, range(clients)) for taken in own]
    seconds, spent_after = time.perf_counter() - begun, family_cpu_s(started.pid)
    taken = [value for value in spent if value is not None]
    if not taken:
        raise TargetGone("Le serveur n’a répondu à aucune requête. Regardez ce qu’il écrit.")
    return Load(
        server=name,
        clients=clients,
        requests=len(taken),
        errors=len(spent) - len(taken),
        per_second=len(taken) / seconds,
        p50_ms=quantile(taken, 0.5).value,
        p95_ms=quantile(taken, 0.95).value,
        cpu_ms=(
            None
            if spent_before is None or spent_after is None
            else (spent_after - spent_before) * 1000 / len(spent)
        ),
        memory_mb=family_mb(started.pid),
    )


def _milliseconds(connection: HTTPConnection, question: str) -> float | None:
    """How long a whole reply took; None when it didn't come.

    A plain connection: what a client of a library costs would count among the server's times.
    """
    body = json.dumps({"messages": [{"role": "user", "content": question}]})
    begun = time.perf_counter()
    try:
        connection.request("POST", "/api/chat", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException):
        connection.close()
        return None
    return (time.perf_counter() - begun) * 1000 if answer.status == OK else None


class _Shared(Iterator[str]):
    """Questions that several threads take in turn."""

    def __init__(self, questions: Iterator[str]) -> None:
        self._questions = questions
        self._lock = Lock()

    def __next__(self) -> str:
        with self._lock:
            return next(self._questions)
