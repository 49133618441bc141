"""The reply to what isn't our subject, or doesn't say which: polite, with what is covered."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import messages
from assistant.reading.scope import OutOfScope
from assistant.reply import Reply


def out_of_scope_reply(reason: OutOfScope) -> Reply:
    """Say that a question is out of scope, and what can be asked."""
    lines = (messages.OUT_OF_SCOPE[reason.value], messages.COVERAGE)
    return Reply(status="out_of_scope", answer="\n".join(lines), follow_ups=messages.STARTERS)


def which_scheme(labels: Sequence[str], schemes: Sequence[str]) -> Reply:
    """Ask which of a few schemes is meant, when none is likely enough to be answered for."""
    lines = [messages.WHICH_SCHEME, *(f"- {label}" for label in labels)]
    return Reply(
        status="clarification",
        answer="\n".join(lines),
        schemes=tuple(schemes),
        choices=(*labels, messages.NONE_OF_THESE),
    )


def which_need() -> Reply:
    """Ask what the person needs help for: their message names no scheme and no need."""
    return Reply(status="clarification", answer=messages.WHICH_NEED, choices=messages.NEEDS)
