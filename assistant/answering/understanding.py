"""The first steps of a turn: read the messages, and decide at once what needs no search."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.abstain import out_of_scope_reply, which_need
from assistant.answering.knowledge import Knowledge
from assistant.answering.turn import Turn
from assistant.errors import UnknownScheme
from assistant.reading.message import ReadMessage
from assistant.reading.scope import out_of_scope
from assistant.reading.understand import Question, understand
from assistant.search.schemes import prefer_funder
from ingest.lexical import analyse


def understand_messages(knowledge: Knowledge, turn: Turn) -> Turn:
    """Mend the messages; find the schemes named, what is asked of them, what it follows on from.

    Raises:
        UnknownScheme: the request names a scheme that doesn't exist.
    """
    scheme = turn.request.scheme
    if scheme is not None and scheme not in knowledge.catalogue:
        raise UnknownScheme(scheme)
    messages = tuple(knowledge.reader.message(message) for message in turn.request.messages)
    read = tuple(knowledge.reader.read(text) for text in turn.users)
    question = understand(messages, knowledge.names, scheme)
    said = question.text
    if question.carried:
        said = " ".join(message.content for message in messages if message.role == "user")
    named = prefer_funder(question.schemes, said, knowledge.catalogue)
    question = replace(question, schemes=named, subjects=named)
    return replace(turn, read=read, messages=messages, question=question)


def decide_without_search(knowledge: Knowledge, turn: Turn) -> Turn:
    """End the turn of an attack, of what isn't our subject, of a message that says nothing."""
    question = turn.understood
    names_scheme = bool(question.schemes) and not question.carried
    *earlier, last = turn.read
    before = " ".join(message.normal for message in earlier)
    reason = out_of_scope(last.normal, names_scheme=names_scheme, earlier=before)
    if reason is not None:
        return turn.ended(out_of_scope_reply(reason))
    if question.says_nothing or _only_a_place(question, last):
        return turn.ended(which_need())
    return turn


def _only_a_place(question: Question, message: ReadMessage) -> bool:
    """Whether a message that opens a conversation is the name of a commune and nothing else."""
    if question.schemes or question.answers_us or question.search_text != question.text:
        return False
    return bool(message.places) and not analyse(message.without_places)
