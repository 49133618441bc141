"""What a streamed reply is made of, in the order in which it comes."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.reply import Citation, Reply, ReplyStatus


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """First event: what kind of reply follows."""

    status: ReplyStatus


@dataclass(frozen=True, slots=True)
class DeltaEvent:
    """A piece of the answer's text; the pieces joined give the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class CitationsEvent:
    """The citations of the answer."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DoneEvent:
    """Last event: the whole reply."""

    reply: Reply


Event = StatusEvent | DeltaEvent | CitationsEvent | DoneEvent
