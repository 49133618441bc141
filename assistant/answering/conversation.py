"""What is said to a person who asks nothing of the sources: a greeting, thanks, who the assistant is."""

from __future__ import annotations

import re

from assistant.lines import line
from assistant.messages import asides
from assistant.reading.acts import ReadAct
from assistant.reply import Reply
from corpus.french.folding import fold

# From this probability on, a message is taken for conversation alone.
_SURE = 0.5
_GREETS = re.compile(r"\b(?:bonjour|bonsoir|salut|slt|bjr|bsr|coucou|hello|allo)\b")
_THANKS = re.compile(r"\b(?:merci|mci|remerci\w+)\b")


def note_reply() -> Reply:
    """The reply to who asks for a note or a summary of what was said: where it's had."""
    return Reply(status="conversation", lines=tuple(line("note", said) for said in asides.NOTE_ASKED))


def conversation_reply(read: ReadAct | None, text: str) -> Reply | None:
    """The reply to a message that is conversation alone; None when it's something else.

    A message without a letter, "123456", says nothing that could be answered so.

    Args:
        read: what the trained reader says that the message does.
        text: the message.
    """
    if read is None or read.acts[read.act] < _SURE or not any(map(str.isalpha, text)):
        return None
    if read.act == "about_assistant":
        lines = tuple(line("note", said) for said in asides.ABOUT)
        return Reply(status="conversation", lines=lines, follow_ups=asides.STARTERS)
    if read.act != "social":
        return None
    folded = fold(text)
    if _THANKS.search(folded):
        return Reply(status="conversation", lines=(line("note", asides.THANKED),))
    if _GREETS.search(folded):
        return Reply(status="conversation", lines=(line("note", asides.GREETED),), follow_ups=asides.STARTERS)
    return Reply(status="conversation", lines=(line("note", asides.HEARD),))
