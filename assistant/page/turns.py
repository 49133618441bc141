"""The turns of a conversation as the chat page keeps them: filled by events, sent again, kept as Markdown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.api.sources import is_web_address, source_date
from assistant.events import CitationsEvent, DeltaEvent, DoneEvent, Event, StatusEvent
from assistant.lines import Line
from assistant.messages import french
from assistant.page import texts
from assistant.reply import Citation, CitedSource, Message, Reply, ReplyStatus, latest


@dataclass(frozen=True, slots=True)
class PageTurn:
    """A question with what is known of its answer so far.

    Attributes:
        question: as typed.
        status: known from the first event on.
        lines: the lines of the answer that have come whole.
        citations: known once the answer is whole.
        reply: the whole reply, at the end.
        error: the French sentence that stands for an answer when there is none.
        commune: name of the commune chosen beside the question, None when there was none.
        scheme: id of the scheme that the question was asked on, None when there was none.
    """

    question: str
    status: ReplyStatus | None = None
    lines: tuple[Line, ...] = ()
    citations: tuple[Citation, ...] = ()
    reply: Reply | None = None
    error: str | None = None
    commune: str | None = None
    scheme: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.reply is not None or self.error is not None

    def after(self, event: Event) -> PageTurn:
        """The turn once ``event`` has come: this very one when nothing more is to be shown."""
        match event:
            case StatusEvent(status):
                return replace(self, status=status)
            case DeltaEvent(line=line):
                return self if line is None else replace(self, lines=(*self.lines, line))
            case CitationsEvent(citations):
                return replace(self, citations=citations)
            case DoneEvent(reply):
                return replace(
                    self, status=reply.status, lines=reply.lines, citations=reply.citations, reply=reply
                )

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


def turn_markdown(turn: PageTurn) -> str:
    """Write a finished turn to be copied or kept: its sources are numbered as in the answer, and dated."""
    parts = [f"## {turn.question}", "\n".join(line.text for line in turn.lines)]
    if turn.citations:
        parts += [f"### {texts.SOURCES}", "\n".join(_cited(citation) for citation in turn.citations)]
    return "\n\n".join((*parts, f"*{texts.PAGE_LIMITS}*")) + "\n"


def _cited(citation: Citation) -> str:
    place = french.on_page(citation.section, citation.page)
    name = ", ".join(part for part in (citation.scheme_name, place) if part)
    sources = "".join(f"\n    - {_source(source)}" for source in citation.sources)
    return f"- [{citation.n}] {name}\u00a0: «\u00a0{citation.quote}\u00a0»{sources}"


def _source(source: CitedSource) -> str:
    address = f"<{source.url}>" if is_web_address(source.url) else None
    return ", ".join(part for part in (source.title, source.publisher, source_date(source), address) if part)
