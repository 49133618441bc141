"""What a streamed reply is made of, in the order in which it comes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.lines import Line
from assistant.reply import Citation, Reply, ReplyStatus

_PIECE = re.compile(r"\S+\s*+|\s++")


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """First event: what kind of reply follows."""

    status: ReplyStatus


@dataclass(frozen=True, slots=True)
class DeltaEvent:
    """A piece of the answer's text; the pieces joined give the answer.

    Attributes:
        text: the piece.
        line: the line of the answer that the piece ends; None in its midst.
    """

    text: str
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class CitationsEvent:
    """The citations of the answer."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DoneEvent:
    """Last event: the whole reply."""

    reply: Reply


Event = StatusEvent | DeltaEvent | CitationsEvent | DoneEvent


def told(lines: Iterable[Line]) -> Iterator[DeltaEvent]:
    """The lines of an answer word by word, as they come; the last piece of each holds the line."""
    start = ""
    for line in lines:
        pieces = _PIECE.findall(start + line.text) or [""]
        yield from (DeltaEvent(piece) for piece in pieces[:-1])
        yield DeltaEvent(pieces[-1], line)
        start = "\n"
