"""The turns of a conversation carried by a form: a question, its reply, and what goes with the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.reply import Message, Reply, latest


@dataclass(frozen=True, slots=True)
class PageTurn:
    """A question, with its reply or with why there is none.

    Attributes:
        question: as typed.
        reply: the whole reply.
        error: the French sentence that stands for an answer when there is none.
        commune: name of the commune chosen beside the question, None when there was none.
        scheme: id of the scheme that the question was asked on, None when there was none.
    """

    question: str
    reply: Reply | None = None
    error: str | None = None
    commune: str | None = None
    scheme: str | None = None

    def answered(self, reply: Reply) -> PageTurn:
        """The turn with its reply."""
        return replace(self, reply=reply)

    def failed(self, sentence: str) -> PageTurn:
        """The turn once it's known that no answer will come."""
        return replace(self, error=sentence)

    @property
    def proposals(self) -> tuple[str, ...]:
        """What can be asked next with one click: the choices of a clarification, else the follow-ups."""
        if self.reply is None:
            return ()
        return self.reply.choices or self.reply.follow_ups


Turns = tuple[PageTurn, ...]


def messages_for(turns: Turns, question: str) -> tuple[Message, ...]:
    """The conversation to send with a new question: its answered turns, the oldest left out if too many."""
    past = [
        message
        for turn in turns
        if turn.reply is not None
        for message in (
            Message(role="user", content=turn.question),
            Message.of_reply(turn.reply),
        )
    ]
    return latest((*past, Message(role="user", content=question)))
