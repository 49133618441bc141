"""The things that a message asks, where it asks several: "combien, et jusqu'à quand ?"."""

from __future__ import annotations

from dataclasses import replace

from assistant.reading.asked_intents import intents_of
from assistant.reading.intents import find_intents
from assistant.reading.trained_reader import clauses_of, questions_of
from assistant.reading.understand import Question

# From this probability on, a clause alone is read surely enough to be a question of its own.
_SURE = 0.6
_MOST = 4


def asked_parts(question: Question) -> tuple[Question, ...]:
    """One question for each thing that a message asks, of the same subjects; empty where it asks one.

    They are its sentences that ask; else, of a single sentence, the clauses that surely ask another thing.
    An answer to us is read as it is, while what it goes back to is asked: the two have no part in common.
    """
    read, text = question.read, question.text
    if read is None or question.answers_us:
        return ()
    if read.parts:
        found = list(zip(questions_of(text), read.parts, strict=False))
    else:
        found, aspects = [], set()
        for clause, told in zip(clauses_of(text), read.clauses, strict=False):
            if told.aspects[told.aspect] >= _SURE and told.aspect not in aspects:
                found.append((clause, told))
                aspects.add(told.aspect)
    if len(found) < 2:
        return ()
    return tuple(
        replace(
            question,
            text=part,
            search_text=f"{question.names} {part}".strip(),
            intents=intents_of(told, find_intents(part)),
            read=told,
        )
        for part, told in found[:_MOST]
    )
