"""Knowledge with some questions left out, so that no measure rests on what it measures."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence

from assistant.answering.knowledge import Knowledge
from assistant.answering.steps import SUPPORT, run
from assistant.answering.turn import Turn
from assistant.choosing.support import Confidence
from assistant.reading.understand import Question
from assistant.reply import ChatRequest
from ingest.embed import Embedder
from ingest.tune import Pair


def tuned_without(
    knowledge: Knowledge, places: Collection[int], answers: Callable[[Sequence[Pair]], Embedder]
) -> Knowledge:
    """The same knowledge, its encoder tuned without some of the known questions.

    Args:
        knowledge: what is known.
        places: the questions to leave out, by their place among ``knowledge.asked.texts``.
        answers: tunes an encoder on pairs (:func:`ingest.tune.tuned_embedder`).
    """
    return knowledge.comparing_by(answers(knowledge.pairs(places)))


def leaving_out(knowledge: Knowledge, places: Iterable[int]) -> Knowledge:
    """The same knowledge, some of the known questions never compared with what is asked."""
    return knowledge.knowing(knowledge.asked.leaving_out(places))


def supported(knowledge: Knowledge, request: ChatRequest) -> tuple[Question, Confidence]:
    """What a request is understood as, and what supports an answer to it: to measure when to abstain."""
    turn = run(SUPPORT, knowledge, Turn(request=request, started=time.perf_counter()))
    return turn.understood, turn.support
