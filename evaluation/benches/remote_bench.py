"""The same questions to an index in a folder and to one on a Chroma server, which is then killed and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from starlette.testclient import TestClient

_CHAT, _READY = "/api/chat", "/readyz"


class Compared(BaseModel):
    """What came of it.

    Attributes:
        questions: how many were asked of both.
        others: those that got another reply of the server than of the folder.
        away: the HTTP statuses of a question and of ``/readyz`` while the server was killed.
        retry_after: the ``Retry-After`` of that question; empty without one.
        back: the statuses once it was back, nothing else being started again.
        same: whether the question then got the reply that it got before.
    """

    model_config = ConfigDict(frozen=True)

    questions: int
    others: tuple[str, ...]
    away: tuple[int, int]
    retry_after: str
    back: tuple[int, int]
    same: bool

    @property
    def is_right(self) -> bool:
        """Whether the two are one, and the loss of the server is told and mends itself."""
        told = self.away == (503, 503) and self.retry_after.isdigit()
        return not self.others and told and self.back == (200, 200) and self.same


def bench_remote(
    questions: Sequence[str],
    here: Callable[[str], str],
    there: Callable[[str], str],
    client: TestClient,
    kill: Callable[[], object],
    start: Callable[[], object],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Compared:
    """Ask both, then kill the server and start it again.

    Args:
        questions: what is asked; the first is asked again without the server, and with it.
        here: gives a reply from the index of a folder, as text that is the same for the same reply.
        there: from that of the server.
        client: of an application that answers from that of the server.
        kill: kills the server.
        start: starts it again at the same address.
        progress: called with the questions asked and their total.
    """
    others = []
    for done, question in enumerate(questions, start=1):
        if here(question) != there(question):
            others.append(question)
        progress(done, len(questions))
    body = {"messages": [{"role": "user", "content": questions[0]}]}
    before = client.post(_CHAT, json=body)
    kill()
    refused, unready = client.post(_CHAT, json=body), client.get(_READY)
    start()
    again, ready = client.post(_CHAT, json=body), client.get(_READY)
    return Compared(
        questions=len(questions),
        others=tuple(others),
        away=(refused.status_code, unready.status_code),
        retry_after=refused.headers.get("Retry-After", ""),
        back=(again.status_code, ready.status_code),
        same=again.is_success and again.json()["answer"] == before.json()["answer"],
    )
