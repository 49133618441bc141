"""Time whole replies over HTTP: one user, then many at once, on a real server of this machine."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx
from pydantic import BaseModel, ConfigDict

from evaluation.errors import TargetGone
from evaluation.judging.statistics import quantile

_TIMEOUT_S = 60.0
_ADDRESS = re.compile(r"^http://(?:127\.0\.0\.1|localhost):\d+$")
_WARM_UP = 5


class Timed(BaseModel):
    """What a series of requests took.

    Attributes:
        name: what was asked, and by how many at once.
        users: how many asked at once.
        requests: how many requests got an answer.
        errors: how many didn't.
        p50_ms: median, in milliseconds, as the client saw it.
        p95_ms: 95th centile.
        max_ms: the longest.
        per_second: requests answered in a second.
        relative: the median over that of a whole reply to one user.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    users: int
    requests: int
    errors: int
    p50_ms: float
    p95_ms: float
    max_ms: float
    per_second: float
    relative: float = 1.0


def bench_serve(
    address: str,
    questions: Sequence[str],
    users: int = 20,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Timed]:
    """Time a server of this machine: whole replies to one user, searches, health checks, then many users.

    Args:
        address: where it answers; loopback only.
        questions: what is asked, in turn.
        users: how many ask at once in the last series; each sends its next question once answered.
        progress: called with the requests done and their total.

    Raises:
        ValueError: the address isn't of this machine, or there is no question.
    """
    if not _ADDRESS.match(address) or not questions:
        raise ValueError("a server of this machine and a question are needed")
    done, total = 0, 4 * len(questions)

    def timed(name: str, at_once: int, send: Callable[[httpx.Client, str], httpx.Response]) -> Timed:
        nonlocal done
        found = _series(name, at_once, address, questions, send)
        done += len(questions)
        progress(done, total)
        return found

    with httpx.Client(base_url=address, timeout=_TIMEOUT_S) as client:
        for question in questions[:_WARM_UP]:
            _chat(client, question)
    alone = timed("réponse entière, 1 personne", 1, _chat)
    others = [
        timed("recherche seule, 1 personne", 1, _search),
        timed("contrôle de santé, 1 personne", 1, lambda client, _question: client.get("/healthz")),
        timed(f"réponse entière, {users} personnes à la fois", users, _chat),
    ]
    return [alone, *(item.model_copy(update={"relative": item.p50_ms / alone.p50_ms}) for item in others)]


def _chat(client: httpx.Client, question: str) -> httpx.Response:
    return client.post("/api/chat", json={"messages": [{"role": "user", "content": question}]})


def _search(client: httpx.Client, question: str) -> httpx.Response:
    return client.get("/api/search", params={"q": question})


def _series(
    name: str,
    users: int,
    address: str,
    questions: Sequence[str],
    send: Callable[[httpx.Client, str], httpx.Response],
) -> Timed:
    def ask(own: Sequence[str]) -> list[float | None]:
        with httpx.Client(base_url=address, timeout=_TIMEOUT_S) as client:
            return [_milliseconds(client, question, send) for question in own]

    begun = time.perf_counter()
    with ThreadPoolExecutor(users) as pool:
        spent = [taken for own in pool.map(ask, (questions[n::users] for n in range(users))) for taken in own]
    seconds = time.perf_counter() - begun
    taken = [value for value in spent if value is not None]
    if not taken:
        raise TargetGone("Le serveur n’a répondu à aucune requête. Regardez ce qu’il écrit.")
    return Timed(
        name=name,
        users=users,
        requests=len(taken),
        errors=len(spent) - len(taken),
        p50_ms=quantile(taken, 0.5).value,
        p95_ms=quantile(taken, 0.95).value,
        max_ms=max(taken),
        per_second=len(taken) / seconds,
    )


def _milliseconds(
    client: httpx.Client, question: str, send: Callable[[httpx.Client, str], httpx.Response]
) -> float | None:
    """How long a request took; None when it wasn't answered."""
    begun = time.perf_counter()
    try:
        answered = send(client, question).status_code == httpx.codes.OK
    except httpx.TransportError:
        return None
    return (time.perf_counter() - begun) * 1000 if answered else None
