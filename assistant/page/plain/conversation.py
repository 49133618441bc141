"""A conversation carried by a form: read from its hidden field, asked on, written again within a size."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import quote_plus

from fastapi import Request
from pydantic import ValidationError

from assistant.answering.interface import AnswerEngine
from assistant.api.asking import ask
from assistant.api.problems import problem_of, validation_problem
from assistant.errors import AssistantError
from assistant.page.kept import MAX_TURNS, KeptTurn, read_kept
from assistant.page.turns import PageTurn, Turns, messages_for
from assistant.reply import ChatRequest
from corpus.communes.commune import Commune
from ingest.errors import IngestError

log = logging.getLogger(__name__)

# What the hidden field may hold once written in a form, in bytes: well under what a request may.
MOST_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class Carried:
    """A conversation as the form carries it: its text, and whether its oldest turns were left out."""

    text: str
    is_cut: bool


def read(request: Request, text: str) -> Turns:
    """The turns of a hidden field; none of a text that isn't ours, nor of a form of another site."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return ()
    return read_kept(text).shown()


def written(turns: Turns) -> Carried:
    """The finished turns for the hidden field: the newest, as many as fit."""
    finished = [
        KeptTurn(question=turn.question, commune=turn.commune, scheme=turn.scheme, reply=turn.reply)
        for turn in turns
        if turn.reply is not None
    ]
    told: list[str] = []
    room = MOST_BYTES
    for turn in reversed(finished[-MAX_TURNS:]):
        text = turn.model_dump_json(exclude={"reply": {"answer", "trace", "timings_ms"}})
        room -= len(quote_plus(text))
        if room < 0:
            break
        told.insert(0, text)
    return Carried(f'{{"turns":[{",".join(told)}]}}' if told else "", len(told) < len(finished))


async def asked(
    request: Request,
    engine: AnswerEngine,
    before: Turns,
    question: str,
    commune: Commune | None,
    scheme: str | None,
) -> PageTurn:
    """Ask the next question of a conversation; a failure is a turn that ends with a French sentence."""
    turn = PageTurn(question, commune=commune.label if commune else None, scheme=scheme)
    try:
        body = ChatRequest(
            messages=messages_for(before, question),
            commune=f"insee:{commune.insee}" if commune else None,
            scheme=scheme,
        )
        return turn.answered(await ask(request, engine, body))
    except ValidationError as error:
        return turn.failed(validation_problem(error.errors()).detail)
    except (AssistantError, IngestError) as error:
        return turn.failed(problem_of(error).detail)
    except Exception as error:
        problem = problem_of(error)
        log.exception("incident %s on the page without script", problem.incident)
        return turn.failed(problem.detail)
