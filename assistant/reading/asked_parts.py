"""The things that a message asks, where it asks several: "combien, et jusqu'à quand ?"."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.reading.acts import ReadAct
from assistant.reading.asked_intents import intents_of
from assistant.reading.intents import find_intents
from assistant.reading.trained_reader import clauses_of, questions_of
from assistant.reading.understand import Question
from corpus.french.folding import fold

# From this probability on, a clause alone is read surely enough to be a question of its own.
_SURE = 0.6
_SEVERAL, _MOST = 2, 4
# How a clause asks by itself: "quel budget, combien de groupes et quel outil ?".
_ASKS = re.compile(
    r"\W*(?:(?:et|puis|ou|mais|alors|enfin) )?(?:(?:a|de|pour|par|avec|depuis|jusqu.a|c'est|c|dans|en|sur) )?"
    r"(?:quel\w*|kel\w*|combien|cb|qui|ki|quand|kan|comment|pourquoi|quoi|koi|est-ce|ou (?=est|faut|se|on|va)|y a)\b"
)


def asked_parts(question: Question) -> tuple[Question, ...]:
    """One question for each thing that a message asks, of the same subjects; empty where it asks one.

    They are its sentences that ask; else, of a single sentence, the clauses that ask by their own words, or
    surely another thing.
    An answer to us is read as it is, while what it goes back to is asked: the two have no part in common.
    """
    read, text = question.read, question.text
    if read is None or question.answers_us:
        return ()
    if read.parts:
        found = list(zip(questions_of(text), read.parts, strict=False))
    else:
        clauses = list(zip(clauses_of(text), read.clauses, strict=False))
        found = [(clause, told) for clause, told in clauses if _ASKS.match(fold(clause))]
        if len(found) < _SEVERAL:
            found = _surely_asking(clauses)
    if len(found) < _SEVERAL:
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


def _surely_asking(clauses: list[tuple[str, ReadAct]]) -> list[tuple[str, ReadAct]]:
    """The first clause that surely asks each aspect."""
    found: dict[str, tuple[str, ReadAct]] = {}
    for clause, told in clauses:
        if told.aspects[told.aspect] >= _SURE:
            found.setdefault(told.aspect, (clause, told))
    return list(found.values())
