"""Knowledge with some questions left out, so that no measure rests on what it measures."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.knowledge import Knowledge
from assistant.answering.steps import SUPPORT, run
from assistant.answering.turn import Turn
from assistant.choosing.fitted import Weights
from assistant.choosing.support import Confidence
from assistant.reading.understand import Question
from assistant.reply import ChatRequest
from ingest.embed import Embedder
from ingest.tune import Pair, tuned_embedder

_PARTS = 5


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


@dataclass(frozen=True, slots=True)
class LeftInTurn:
    """A knowledge, and what it is without each fifth of its known questions: made once, for several fits.

    Attributes:
        knowledge: the whole of it.
        without: the same, its encoder tuned without the questions of one part, part after part.
        every: one question in so many is fitted on, spread over all fiches; all are learnt from.
    """

    knowledge: Knowledge
    without: tuple[Knowledge, ...]
    every: int = 1

    @classmethod
    def of(cls, knowledge: Knowledge, every: int = 1) -> LeftInTurn:
        """Tune an encoder without each part in turn."""
        size = len(knowledge.asked)
        parts = (frozenset(range(part, size, _PARTS)) for part in range(_PARTS))
        return cls(knowledge, tuple(tuned_without(knowledge, part, tuned_embedder) for part in parts), every)

    def weighing(self, weights: Weights) -> LeftInTurn:
        """The same with other weights: what is fitted next depends on them."""
        without = tuple(knowledge.weighing(weights) for knowledge in self.without)
        return replace(self, knowledge=self.knowledge.weighing(weights), without=without)

    def questions(self) -> Iterator[tuple[int, str, Knowledge]]:
        """Each known question with its place, and a knowledge that has learnt neither from it nor of it.

        The encoder is tuned without its part; the question itself is never compared with itself.
        """
        texts = self.knowledge.asked.texts
        for part, without in enumerate(self.without):
            for place in range(part, len(texts), _PARTS)[:: self.every]:
                yield place, texts[place], leaving_out(without, {place})


def leaving_out(knowledge: Knowledge, places: Iterable[int]) -> Knowledge:
    """The same knowledge, some of the known questions never compared with what is asked."""
    return knowledge.knowing(knowledge.asked.leaving_out(places))


def supported(knowledge: Knowledge, request: ChatRequest) -> tuple[Question, Confidence]:
    """What a request is understood as, and what supports an answer to it: to measure when to abstain."""
    turn = run(SUPPORT, knowledge, Turn(request=request, started=time.perf_counter()))
    return turn.understood, turn.support
