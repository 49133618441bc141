"""What is known of a request while it goes through the chain."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.choosing.evidence import Evidence
from assistant.choosing.support import Support, measure_support
from assistant.patience import Patience
from assistant.reading.applicant import Applicant
from assistant.reading.understand import Question
from assistant.reply import ChatRequest, Message, Reply
from assistant.search.subject import Subject
from ingest.lexical import analyse

NO_HURRY = Patience()
_Made = TypeVar("_Made")


def reached(made: _Made | None) -> _Made:
    """Return what a step has made.

    Raises:
        RuntimeError: that step is still to come.
    """
    if made is None:
        raise RuntimeError("the chain ran out of order")
    return made


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of a request while it goes through the chain."""

    request: ChatRequest
    started: float
    question: Question | None = None
    subject: Subject | None = None
    weights: Mapping[str, float] | None = None
    measured: Support | None = None
    messages: tuple[Message, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    applicant: Applicant | None = None
    reply: Reply | None = None
    patience: Patience = NO_HURRY
    timings: Mapping[str, float] | None = None

    @property
    def understood(self) -> Question:
        """The question, understood.

        Raises:
            RuntimeError: that step is still to come.
        """
        return reached(self.question)

    @property
    def about(self) -> Subject:
        """What the question is about.

        Raises:
            RuntimeError: that step is still to come.
        """
        return reached(self.subject)

    @property
    def support(self) -> Support:
        """How well the passages found support an answer.

        Raises:
            RuntimeError: that step is still to come.
        """
        return reached(self.measured)

    def found(self, subject: Subject, weights: Mapping[str, float]) -> Turn:
        """Know the subject and the weights of the question's words; measure the support of an answer."""
        question = subject.question
        content = set(analyse(question.content))
        told = {stem: weight for stem, weight in weights.items() if stem in content}
        if not told and not question.carried:
            told = dict(weights)
        measured = measure_support(question, subject.hits, told, subject.like, subject.share)
        return replace(self, question=question, subject=subject, weights=weights, measured=measured)

    def after(self, step: str) -> Turn:
        """Note how long a step took: the time since the start, less that of the steps before.

        Raises:
            ClientGone: nobody waits for the reply any more.
            ReplyTooLong: it took too long.
        """
        self.patience.check()
        before: Sequence[float] = tuple((self.timings or {}).values())
        spent = (time.perf_counter() - self.started) * 1000 - sum(before)
        return replace(self, timings={**(self.timings or {}), step: round(spent, 2)})
