"""What is known of a request while it goes through the steps."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.choosing.choice import Choice
from assistant.choosing.evidence import Evidence
from assistant.choosing.support import Confidence, SupportWeights, measure_support
from assistant.lines import Line
from assistant.patience import Patience
from assistant.reading.applicant import Applicant
from assistant.reading.message import ReadMessage
from assistant.reading.reading import Reading
from assistant.reading.understand import Question
from assistant.reply import ChatRequest, Message, Reply
from assistant.search.hits import RetrievedChunk
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
        raise RuntimeError("the steps ran out of order")
    return made


@dataclass(frozen=True, slots=True)
class Turn:
    """What is known of a request while it goes through the steps.

    Attributes:
        request: what was asked, as it came.
        started: when, by :func:`time.perf_counter`.
        question: the last message, understood.
        subject: what it's about, and the passages found.
        weights: weight of each of the question's words.
        measured: how well the passages support an answer.
        read: the user's messages, read.
        messages: the conversation, the user's messages mended.
        evidence: sentences weighed as answers, best first.
        parts: the same for each thing asked, where the message asks several.
        reading: what the last message asks and states, where something else did; else None.
        choice: which of them answer, where something else chose; None where the weights do.
        supposed: the one aid that is answered for though it isn't sure that it's meant; None for any other.
        applicant: what is known of who asks; None when no verdict was thought of.
        reply: the reply as it stands.
        patience: how long the reply is waited for.
        timings: milliseconds spent in each step, by its name.
        is_search: whether passages are wanted rather than a reply.
        ranked: the passages of a search, best first.
        is_over: whether the reply is settled for good.
        unless_told: the reply to give unless a plain page tells of the commune asked about.
        dropped: lines that were written and aren't shown, each with what nothing supports in it.
    """

    request: ChatRequest
    started: float
    question: Question | None = None
    subject: Subject | None = None
    weights: Mapping[str, float] | None = None
    measured: Confidence | None = None
    read: tuple[ReadMessage, ...] = ()
    messages: tuple[Message, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[tuple[Evidence, ...], ...] = ()
    reading: Reading | None = None
    choice: Choice | None = None
    supposed: str | None = None
    applicant: Applicant | None = None
    reply: Reply | None = None
    patience: Patience = NO_HURRY
    timings: Mapping[str, float] | None = None
    is_search: bool = False
    ranked: tuple[RetrievedChunk, ...] = ()
    is_over: bool = False
    unless_told: Reply | None = None
    dropped: tuple[tuple[Line, tuple[str, ...]], ...] = ()

    @property
    def users(self) -> tuple[str, ...]:
        """The user's messages as they were sent."""
        return tuple(message.content for message in self.request.messages if message.role == "user")

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
    def support(self) -> Confidence:
        """How well the passages found support an answer.

        Raises:
            RuntimeError: that step is still to come.
        """
        return reached(self.measured)

    def ended(self, reply: Reply) -> Turn:
        """Settle the reply for good: the steps that remain are skipped, but for the last checks."""
        return replace(self, reply=reply, is_over=True)

    def found(self, subject: Subject, weights: Mapping[str, float], by: SupportWeights) -> Turn:
        """Know the subject and the weights of the question's words; measure the support of an answer."""
        question = subject.question
        content = set(analyse(question.content))
        told = {stem: weight for stem, weight in weights.items() if stem in content}
        if not told and not (question.carried or question.schemes):
            told = dict(weights)
        measured = measure_support(
            question, subject.hits, told, subject.standing, subject.share, by, subject.learned
        )
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
