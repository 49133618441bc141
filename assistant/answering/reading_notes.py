"""Say before an answer how its question was read: it was in English, or a follow-up said in full."""

from __future__ import annotations

from assistant.lines import line
from assistant.messages import searches
from assistant.reply import Reply


def in_french(reply: Reply) -> Reply:
    """The reply to a question in English, which says that it is in French."""
    return _noted(reply, searches.IN_FRENCH)


def in_full(before: Reply, after: Reply, question: str) -> Reply:
    """The reply to a follow-up said in full, when it answers; else the one before.

    Args:
        before: the reply to the follow-up as it was written.
        after: the reply to the question in full.
        question: that question, which the reply says.
    """
    if after.status != "answered":
        return before
    return _noted(after, searches.UNDERSTOOD.format(question=question))


def _noted(reply: Reply, note: str) -> Reply:
    return reply.model_copy(update={"lines": (line("note", note), *reply.lines)})
