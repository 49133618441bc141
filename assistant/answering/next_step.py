"""Tell what to do next: where the aid of an answer is asked for, with an address."""

from __future__ import annotations

import re

from assistant import messages
from assistant.lines import Line, line
from assistant.reading.understand import Question
from assistant.reply import Reply
from corpus.fiches.catalogue import Catalogue

# How likely it is, at least, that the way to ask is wanted.
_LIKELY = 0.3
_ADDRESS = re.compile(r"https?://\w|\w@\w|\b[\w-]{2,63}+\.(?:fr|eu|com|org|net)\b")


def with_next_step(reply: Reply, question: Question, catalogue: Catalogue) -> Reply:
    """End an answer with where to go on, when it's asked or is due and no line gives an address."""
    scheme = next((name for name in reply.schemes if name in catalogue), None)
    if reply.status != "answered" or scheme is None or not _is_due(reply, question):
        return reply
    told = messages.NEXT_STEP.get(catalogue.scheme(scheme).funder)
    if told is None or any(_ADDRESS.search(item.text) for item in reply.lines):
        return reply
    return reply.model_copy(update={"lines": _before_questions(reply.lines, line("advice", told))})


def _is_due(reply: Reply, question: Question) -> bool:
    """Whether the way is asked for, or which aid there is, a verdict leaves it open, a rule is to confirm."""
    read = question.read
    if any(item.kind == "caution" and not _is_closed(item) for item in reply.lines) and not reply.eligibility:
        return True
    if any(item.verdict != "not_eligible" for item in reply.eligibility):
        return True
    if read is None:
        return False
    way = read.acts["contact"] + read.acts["ask_scheme"] * (read.aspects["how"] + read.aspects["contact"])
    return way >= _LIKELY or read.act == "find_schemes"


def _is_closed(item: Line) -> bool:
    return item.text.startswith(messages.CLOSED_OPENING)


def _before_questions(lines: tuple[Line, ...], more: Line) -> tuple[Line, ...]:
    """The lines with one more, which what is asked back at the end still follows."""
    place = len(lines)
    while place and lines[place - 1].kind in {"question", "note"}:
        place -= 1
    return (*lines[:place], more, *lines[place:])
