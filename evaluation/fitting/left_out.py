"""Knowledge with some questions left out, so that no measure rests on what it measures."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.answering.knowledge import Knowledge
from assistant.answering.steps import SUPPORT, run
from assistant.answering.turn import Turn
from assistant.choosing.fitted import Weights
from assistant.choosing.support import Confidence
from assistant.reading.understand import Question
from assistant.reply import ChatRequest


@dataclass(frozen=True, slots=True)
class LeftInTurn:
    """A knowledge of which each known question is left out in turn: made once, for several fits.

    Attributes:
        knowledge: the whole of it.
        every: one question in so many is fitted on, spread over all fiches.
        schemes: only questions about these are fitted on; None for all.
    """

    knowledge: Knowledge
    every: int = 1
    schemes: Collection[str] | None = None

    def weighing(self, weights: Weights) -> LeftInTurn:
        """The same with other weights: what is fitted next depends on them."""
        return replace(self, knowledge=self.knowledge.weighing(weights))

    def questions(self) -> Iterator[tuple[int, str, Knowledge]]:
        """Each known question with its place, and a knowledge that never compares it with itself.

        Every other one is asked as if no question about its scheme were known: what is fitted must serve a
        new fiche too.
        """
        texts, answers = self.knowledge.asked.texts, self.knowledge.asked.answers
        own: dict[str, set[int]] = {}
        for place, (scheme, _) in enumerate(answers):
            own.setdefault(scheme, set()).add(place)
        asked = (
            place
            for place in range(0, len(texts), self.every)
            if self.schemes is None or answers[place][0] in self.schemes
        )
        for rank, place in enumerate(asked):
            without = own[answers[place][0]] if rank % 2 else {place}
            yield place, texts[place], leaving_out(self.knowledge, without)


def leaving_out(knowledge: Knowledge, places: Iterable[int]) -> Knowledge:
    """The same knowledge, some of the known questions never compared with what is asked."""
    return knowledge.knowing(knowledge.asked.leaving_out(places))


def supported(knowledge: Knowledge, request: ChatRequest) -> tuple[Question, Confidence]:
    """What a request is understood as, and what supports an answer to it: to measure when to abstain."""
    turn = run(SUPPORT, knowledge, Turn(request=request, started=time.perf_counter()))
    return turn.understood, turn.support
