"""Time replies to texts made to be long to read: processor seconds of the engine, and of each HTTP route."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from assistant.reply import MAX_MESSAGES, MAX_QUESTION_CHARS

if TYPE_CHECKING:
    from starlette.testclient import TestClient

LONGEST_MESSAGE = 20_000
PIECES = (
    "a",
    "1",
    "1 ",
    "? ",
    "Nieppe ",
    "il coûte 12 000 € ",
    "vidoeprotecsion comunne ",
    "patronne daaajeune simple ",
    "on veut refaire la salle des fêtes à Nieppe. ",
    "combien pour la vidéo ? ",
    "« ",
    "\u00c3\u00a9",
)
"""What is repeated: letters, digits, blanks, places, costs, slips, and what once hung the readers."""


class Attacked(BaseModel):
    """What became of one attack.

    Attributes:
        route: where it went.
        attack: what was sent: the piece repeated, and how.
        chars: how many characters it has.
        status: the HTTP status: 200 answered, 413 or 422 refused by a stated limit.
        cpu_s: processor seconds of the whole process until the response.
    """

    model_config = ConfigDict(frozen=True)

    route: str
    attack: str
    chars: int
    status: int
    cpu_s: float


def bench_attacks(
    client: TestClient,
    pieces: Sequence[str] = PIECES,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Attacked]:
    """Send every attack by length to every route of an application in this process, slowest last.

    Args:
        client: of the application; one attack at a time is sent.
        pieces: what is repeated.
        progress: called with the attacks sent and their total.
    """
    todo = [item for piece in pieces for item in _attacks(piece)]
    found = []
    for done, (route, attack, method, arguments, chars) in enumerate(todo, start=1):
        start = time.process_time()
        response = client.request(method, route, **arguments)
        spent = time.process_time() - start
        found.append(
            Attacked(route=route, attack=attack, chars=chars, status=response.status_code, cpu_s=spent)
        )
        progress(done, len(todo))
    return sorted(found, key=lambda item: item.cpu_s)


def _attacks(piece: str) -> Iterator[tuple[str, str, str, dict[str, Any], int]]:
    """Route, name, method, arguments and characters of each attack with a piece."""
    shown = f"« {piece.strip()[:20]} »"
    question = _repeated(piece, MAX_QUESTION_CHARS)
    last = {"role": "user", "content": "Combien pour la vidéoprotection ?"}
    talks = {
        f"question de {shown}": [{"role": "user", "content": question}],
        f"4 longues questions de {shown}": [{"role": "user", "content": question[:-1] + n} for n in "abc"]
        + [last],
        f"25 messages de 20 000 de {shown}": [
            {"role": "user", "content": _repeated(piece, LONGEST_MESSAGE)} for _ in range(24)
        ]
        + [last],
        f"24 longues réponses de {shown}": [
            {"role": role, "content": text}
            for n in range((MAX_MESSAGES - 2) // 2)
            for role, text in (
                ("user", str(n)),
                ("assistant", _repeated(piece, LONGEST_MESSAGE)),
            )
        ]
        + [last],
    }
    for name, messages in talks.items():
        chars = sum(len(message["content"]) for message in messages)
        yield "/api/chat", name, "POST", {"json": {"messages": messages}}, chars
        completion = {"model": "assistant-dispositifs", "messages": messages}
        yield "/v1/chat/completions", name, "POST", {"json": completion}, chars
    alone = f"texte de {shown}"
    yield "/api/search", alone, "GET", {"params": {"q": question}}, len(question)
    yield "/api/communes", alone, "GET", {"params": {"q": question[:100]}}, 100
    yield "/api/eligibility", alone, "POST", {"json": {"commune": question}}, len(question)
    yield (
        "/api/feedback",
        alone,
        "POST",
        {"json": {"rating": "useful", "comment": question, "question": question}},
        2 * len(question),
    )


def _repeated(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]
