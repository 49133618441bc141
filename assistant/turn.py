"""What is known of a request while it goes through the chain."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.applicant import Applicant
from assistant.evidence import Evidence
from assistant.patience import Patience
from assistant.reply import ChatRequest, Message, Reply
from assistant.subject import Subject
from assistant.support import Support, measure_support
from assistant.understand import Question
from ingest.lexical import analyse

NO_HURRY = Patience()


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of a request while it goes through the chain."""

    request: ChatRequest
    started: float
    question: Question | None = None
    subject: Subject | None = None
    weights: Mapping[str, float] | None = None
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
        if self.question is None:
            raise RuntimeError("the chain ran out of order")
        return self.question

    @property
    def about(self) -> Subject:
        """What the question is about.

        Raises:
            RuntimeError: that step is still to come.
        """
        if self.subject is None:
            raise RuntimeError("the chain ran out of order")
        return self.subject

    def support(self) -> Support:
        """Measure how well the passages found support an answer."""
        question, subject = self.understood, self.about
        content = set(analyse(question.content))
        weights = {stem: weight for stem, weight in (self.weights or {}).items() if stem in content}
        if not weights and not question.carried:
            weights = dict(self.weights or {})
        return measure_support(question, subject.hits, weights, subject.like, subject.share)

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
