"""Kill each of several assistants behind one address, in turn, under load: what their visitors got."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import OK, HTTPConnection, HTTPException
from typing import Protocol
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

_PAUSE_S = 0.2
_MOST_TRIES = 300  # a minute: longer than an assistant takes to start, and a proxy to see it
_TIMEOUT_S = 60.0
_NO_ANSWER = "sans réponse"


class Killable(Protocol):
    """What can be killed and started again."""

    def start(self) -> None:
        """Start it."""

    def wait(self) -> None:
        """Wait until it answers."""

    def kill(self) -> None:
        """Kill it."""


class FailedOver(BaseModel):
    """What came of the questions asked meanwhile.

    Attributes:
        kills: how many times an assistant was killed, all of them together.
        questions: how many got a reply in the end.
        wrong: those whose reply wasn't the one that both gave before.
        failed: requests that got no reply, by HTTP status or lack of one.
        retried: questions that needed more than one request.
        most_tries: the most requests that a question needed.
        left: questions that got no reply at all, however often they were asked.
    """

    model_config = ConfigDict(frozen=True)

    kills: int
    questions: int
    wrong: int
    failed: dict[str, int]
    retried: int
    most_tries: int
    left: int

    @property
    def is_right(self) -> bool:
        """Whether every question got the right reply, asked again where its request failed."""
        return not self.wrong and not self.left


def bench_failover(
    address: str,
    expected: Mapping[str, str],
    assistants: Sequence[Killable],
    kills: int,
    clients: int,
    seed: int,
    settle_s: float = 12.0,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> FailedOver:
    """Ask through one address without a pause while each assistant behind it is killed and started again.

    Args:
        address: where all of them are published.
        expected: the reply to each question that is asked, as :func:`reply_of` gives it.
        assistants: all running.
        kills: how many times each is killed.
        clients: how many ask at once, each from an address of its own: a proxy may share them out by that.
        seed: of the draw of the moments.
        settle_s: most seconds between an assistant's return and the next kill.
        progress: called with the kills done and their total.
    """
    draw = random.Random(seed)  # noqa: S311 - moments of a measure
    done = threading.Event()
    with ThreadPoolExecutor(clients) as pool:
        asking = [pool.submit(_ask_on, address, expected, place, done) for place in range(clients)]
        try:
            for number in range(kills * len(assistants)):
                time.sleep(draw.uniform(0, settle_s))
                assistant = assistants[number % len(assistants)]
                assistant.kill()
                assistant.start()
                assistant.wait()
                progress(number + 1, kills * len(assistants))
        finally:
            done.set()
        asked = [item for client in asking for item in client.result()]
    replied = [item for item in asked if item.reply is not None]
    return FailedOver(
        kills=kills * len(assistants),
        questions=len(replied),
        wrong=sum(item.reply != expected[item.question] for item in replied),
        failed=dict(sum((item.failed for item in asked), Counter[str]())),
        retried=sum(bool(item.failed) for item in replied),
        most_tries=max((1 + item.failed.total() for item in replied), default=0),
        left=len(asked) - len(replied),
    )


def reply_of(address: str, question: str, source: str = "127.0.0.1") -> tuple[str, str | None]:
    """Ask once: what became of the request (an HTTP status, or that there was none), and the reply if any.

    Args:
        address: where the assistant is, its prefix with it.
        question: what is asked.
        source: the address of this machine that asks.
    """
    place = urlsplit(address)
    body = json.dumps({"messages": [{"role": "user", "content": question}]})
    connection = HTTPConnection(place.netloc, timeout=_TIMEOUT_S, source_address=(source, 0))
    try:
        connection.request("POST", f"{place.path}/api/chat", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != OK:
            return str(answer.status), None
        reply = json.loads(content)
    except (OSError, HTTPException, ValueError):
        return _NO_ANSWER, None
    finally:
        connection.close()
    reply.pop("timings_ms", None)
    return str(OK), json.dumps(reply, sort_keys=True, ensure_ascii=False)


class _Asked:
    """A question, the requests for it that failed, its reply in the end."""

    def __init__(self, question: str) -> None:
        self.question = question
        self.failed = Counter[str]()
        self.reply: str | None = None


def _ask_on(address: str, expected: Mapping[str, str], place: int, done: threading.Event) -> list[_Asked]:
    questions, source = list(expected), f"127.0.0.{place + 2}"
    asked: list[_Asked] = []
    while not done.is_set():
        item = _Asked(questions[(place + len(asked)) % len(questions)])
        asked.append(item)
        while item.reply is None and item.failed.total() < _MOST_TRIES:
            status, item.reply = reply_of(address, item.question, source)
            if item.reply is None:
                item.failed[status] += 1
                time.sleep(_PAUSE_S)
    return asked
