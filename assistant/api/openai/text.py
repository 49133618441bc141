"""From the messages of a chat completion to our request, and from our reply to one text with its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.api import texts
from assistant.api.openai.shapes import CompletionMessage, CompletionRequest, Grounds, Usage
from assistant.api.sources import is_web_address, source_date
from assistant.reply import ChatRequest, Citation, CitedSource, Message, Reply, latest

_ADDED = re.compile(
    rf"\n\n\*\*(?:{re.escape(texts.SOURCES)}|{re.escape(texts.CHOICES)})\*\*\n.*\Z", re.DOTALL
)
_TOKEN = re.compile(r"\w+|[^\w\s]")


def chat_request(request: CompletionRequest) -> ChatRequest:
    """Read a conversation: instructions are left aside, so are its oldest turns when there are too many.

    Raises:
        ValidationError: the last message is no question, or too long.
    """
    kept = [read for message in request.messages if (read := _message(message)) is not None]
    return ChatRequest.model_validate(
        {
            "messages": latest(kept),
            "commune": request.commune,
            "scheme": request.scheme,
            "stream": bool(request.stream),
        }
    )


def _message(message: CompletionMessage) -> Message | None:
    match message.role:
        case "user":
            return Message.model_construct(role="user", content=message.content)
        case "assistant":
            said = _ADDED.sub("", message.content)
            return Message.model_construct(role="assistant", content=said) if said.strip() else None
        case _:
            return None


def added_text(reply: Reply) -> str:
    """What is said after the answer: the choices of a clarification, the sources."""
    parts = []
    if reply.choices:
        parts.append(_listed(texts.CHOICES, reply.choices))
    if reply.citations:
        parts.append(_listed(texts.SOURCES, map(_citation, reply.citations)))
    return "".join(parts)


def grounds_of(reply: Reply) -> Grounds:
    """What is said beyond OpenAI's form."""
    return Grounds(
        status=reply.status,
        citations=reply.citations,
        schemes=reply.schemes,
        eligibility=reply.eligibility,
        suggestions=reply.choices or reply.follow_ups,
    )


def usage_of(request: CompletionRequest, answer: str) -> Usage:
    """Count words and punctuation marks."""
    prompt = sum(_count(message.content) for message in request.messages)
    completion = _count(answer)
    return Usage(prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion)


def _count(text: str) -> int:
    return len(_TOKEN.findall(text))


def _listed(title: str, lines: Iterable[str]) -> str:
    return f"\n\n**{title}**\n\n" + "\n".join(f"- {line}" for line in lines)


def _citation(citation: Citation) -> str:
    name = citation.scheme_name or citation.document_id
    place = f"{name}, «\u00a0{citation.section}\u00a0»" if citation.section else name
    return f"[{citation.n}] {place}\u00a0: {_sources(citation.sources)}"


def _sources(sources: Sequence[CitedSource]) -> str:
    return "\u00a0; ".join(map(_source, sources)) or texts.NO_DATE


def _source(source: CitedSource) -> str:
    facts = ", ".join(filter(None, (source.publisher, source_date(source))))
    address = f" {source.url}" if is_web_address(source.url) else ""
    return f"{source.title} ({facts}){address}"
