"""The reply to what isn't our subject, or doesn't say which: polite, with what is covered."""

from __future__ import annotations

from assistant import messages
from assistant.reply import Reply
from assistant.scope import OutOfScope


def out_of_scope_reply(reason: OutOfScope) -> Reply:
    """Say that a question is out of scope, and what can be asked."""
    lines = (messages.OUT_OF_SCOPE[reason.value], messages.COVERAGE)
    return Reply(status="out_of_scope", answer="\n".join(lines), follow_ups=messages.STARTERS)


def which_need() -> Reply:
    """Ask what the person needs help for: their message names no scheme and no need."""
    return Reply(status="clarification", answer=messages.WHICH_NEED, choices=messages.NEEDS)
