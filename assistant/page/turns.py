"""The turns of a conversation as the chat page keeps them, and how events fill the last one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.events import CitationsEvent, DeltaEvent, DoneEvent, Event, StatusEvent
from assistant.reply import MAX_MESSAGES, Citation, Message, Reply, ReplyStatus


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with what is known of its answer so far.

    Attributes:
        question: as typed.
        status: known from the first event on.
        answer: the text received so far.
        citations: known once the text is whole.
        reply: the whole reply, at the end.
        error: the French sentence that stands for an answer when there is none.
        commune: name of the commune chosen beside the question, None when there was none.
    """

    question: str
    status: ReplyStatus | None = None
    answer: str = ""
    citations: tuple[Citation, ...] = ()
    reply: Reply | None = None
    error: str | None = None
    commune: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.reply is not None or self.error is not None

    def after(self, event: Event) -> Turn:
        """The turn once ``event`` has come."""
        match event:
            case StatusEvent(status):
                return replace(self, status=status)
            case DeltaEvent(text):
                return replace(self, answer=self.answer + text)
            case CitationsEvent(citations):
                return replace(self, citations=citations)
            case DoneEvent(reply):
                return replace(
                    self, status=reply.status, answer=reply.answer, citations=reply.citations, reply=reply
                )

    def failed(self, sentence: str) -> Turn:
        """The turn once it's known that no answer will come."""
        return replace(self, error=sentence)

    @property
    def proposals(self) -> tuple[str, ...]:
        """What can be asked next with one click: the choices of a clarification, else the follow-ups."""
        if self.reply is None:
            return ()
        return self.reply.choices or self.reply.follow_ups


Turns = tuple[Turn, ...]


def messages_for(turns: Turns, question: str) -> tuple[Message, ...]:
    """The conversation to send with a new question: its answered turns, the oldest left out if too many."""
    past = [
        message
        for turn in turns
        if turn.reply is not None
        for message in (
            Message(role="user", content=turn.question),
            Message(role="assistant", content=turn.reply.answer),
        )
    ]
    kept = past[-(MAX_MESSAGES - 2) :]
    return (*kept, Message(role="user", content=question))
