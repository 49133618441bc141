"""What the engine understands of an utterance, told in the words of the labels.

It takes the engine's own steps up to the subject; act and aspect are those of its trained reader.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.engine import Engine
from assistant.answering.steps import ANSWER, run
from assistant.answering.turn import Turn
from assistant.answering.understanding import applicant_of
from assistant.reply import ChatRequest, Message
from evaluation.runs.engine_facts import stated_facts
from evaluation.runs.reads import Reading

# Understanding, what is decided without a search, and the subject: nothing is written, no plan is followed.
STEPS = tuple(step for step in ANSWER if step.name in {"understand", "scope", "retrieve"})


class EngineReading:
    """Reads with the engine as it is."""

    name = "l’assistant"

    def __init__(self, engine: Engine) -> None:
        """Read with ``engine``."""
        self._engine = engine

    def read(self, text: str, before: Sequence[str]) -> Reading:
        """Read a message; each one before it is answered first, as it is for a person.

        Raises:
            IngestError: there is no usable index.
        """
        messages: tuple[Message, ...] = ()
        for said in before:
            messages = (*messages, Message(role="user", content=said))
            reply = self._engine.reply(ChatRequest(messages=messages))
            messages = (*messages, Message.of_reply(reply))
        request = ChatRequest(messages=(*messages, Message(role="user", content=text)))
        knowledge = self._engine.knowledge
        turn = run(STEPS, knowledge, Turn(request=request, started=time.perf_counter()))
        # The last message, with the question that it may answer: what it says without those before.
        about = [name for name, _ in _subjects(turn)[:1]]
        said_now = applicant_of(knowledge, replace(turn, messages=turn.messages[-2:]), about)
        return Reading(
            act=turn.understood.act,
            aspect=turn.understood.aspect,
            subjects=_subjects(turn),
            facts=stated_facts(knowledge, turn, said_now),
        )


def _subjects(turn: Turn) -> tuple[tuple[str, float], ...]:
    """The schemes that the engine would answer about, then the others by their likelihood."""
    if turn.is_over or turn.support.is_foreign:
        return ()
    shares = {item.scheme_id: item.likelihood for item in turn.about.ranked}
    order = dict.fromkeys((*turn.understood.subjects, *shares))
    return tuple((name, shares.get(name, 0.0)) for name in order)
