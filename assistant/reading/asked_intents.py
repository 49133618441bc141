"""What a message asks, from what the trained reader says that it does; the words decide where it's unsure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.reading.acts import ACTS, ASPECTS, Act, Aspect, ReadAct
from assistant.reading.intents import Intent
from corpus.french.folding import words

# An intent is there from the highest probability on, where its words are from the lowest one on, and where
# no words tell anything from the middle one on.
SURE, LIKELY, POSSIBLE = 0.9, 0.6, 0.02

# By intent: the acts that are it, then the aspects that are it when something is asked of a scheme.
_BY_ACT: Mapping[Intent, tuple[Act, ...]] = {
    Intent.ELIGIBLE: ("check_eligibility",),
    Intent.LIST: ("find_schemes", "commune_overview"),
    Intent.DIFFERENCE: ("compare",),
    Intent.CUMULATE: ("combine",),
    Intent.EXAMPLES: ("commune_record",),
    Intent.HOW: ("contact",),
}
_BY_ASPECT: Mapping[Intent, tuple[Aspect, ...]] = {
    Intent.WHAT: ("what",),
    Intent.WHO: ("who",),
    Intent.HOW_MUCH: ("amount",),
    Intent.COVERED: ("covered",),
    Intent.EXCLUDED: ("excluded",),
    Intent.WHEN: ("when", "delay"),
    Intent.HOW: ("how", "contact"),
    Intent.EXAMPLES: ("examples",),
    Intent.CUMULATE: ("cumul",),
}
# What is asked of a scheme in itself, so that nothing else in a message is read otherwise for it.
_PLAIN = (Intent.HOW_MUCH, Intent.COVERED, Intent.EXCLUDED, Intent.WHEN, Intent.HOW, Intent.CUMULATE)
# How many words are few.
_FEW = 3
# From this probability on, a few words may be none of our subject.
POSSIBLE_OUTSIDE = 0.3
# What two schemes named, or "fait-elle partie de", say better than an act of the whole message does.
_BY_WORDS = frozenset({Intent.DIFFERENCE, Intent.ELIGIBLE})
_KNOWN = frozenset({*_BY_ACT, *_BY_ASPECT})
_OF_SCHEMES: tuple[Act, ...] = (
    "ask_scheme",
    "check_eligibility",
    "contact",
    "give_fact",
    "compare",
    "combine",
)


def intents_of(read: ReadAct | None, by_words: frozenset[Intent]) -> frozenset[Intent]:
    """What a message asks.

    Args:
        read: as the trained reader reads it; None where nothing did.
        by_words: what its words say that it asks.
    """
    if read is None:
        return by_words
    sure = {intent for intent in _KNOWN if likelihood(intent, read, *read.parts) >= SURE}
    possible = {
        intent
        for intent in by_words
        if intent not in _KNOWN - _BY_WORDS
        or likelihood(intent, read, *read.parts, *read.clauses) >= POSSIBLE
    }
    return frozenset(sure | possible or _likely(read))


def as_few_words_say(read: ReadAct, text: str, by_words: frozenset[Intent]) -> ReadAct:
    """A reading of a message of a few words that tell one aspect: it's theirs ("pour qui ?", "et quand ?").

    The trained reader has too little to go by.

    Args:
        read: as the trained reader reads it.
        text: the message.
        by_words: what its words say that it asks.
    """
    told = [_BY_ASPECT[intent][0] for intent in by_words if intent in _BY_ASPECT]
    if len(words(text)) > _FEW or len(told) != 1 or len(by_words) != 1 or read.outside >= POSSIBLE_OUTSIDE:
        return read
    aspects = {aspect: float(aspect == told[0]) for aspect in ASPECTS}
    acts = {act: float(act == "ask_scheme") for act in ACTS}
    return replace(read, acts=acts, aspects=aspects, parts=(), clauses=())


def _likely(read: ReadAct) -> set[Intent]:
    """What is likely asked of a scheme by who tells nothing else: what they get of it, and how."""
    asks = read.acts["ask_scheme"]
    return {intent for intent in _PLAIN if asks * aspects_of(read)[intent] >= LIKELY}


def likelihood(intent: Intent, *readings: ReadAct) -> float:
    """How likely an intent that the reader knows is, in the likeliest of some readings."""
    return max(_likelihood(intent, each) for each in readings)


def _likelihood(intent: Intent, read: ReadAct) -> float:
    by_act = sum(read.acts[act] for act in _BY_ACT.get(intent, ()))
    of_schemes = sum(read.acts[act] for act in _OF_SCHEMES)
    return by_act + of_schemes * sum(read.aspects[aspect] for aspect in _BY_ASPECT.get(intent, ())) * (
        1 - by_act
    )


def aspects_of(read: ReadAct) -> dict[Intent, float]:
    """How likely each intent that is an aspect is, given that a text is about a scheme."""
    return {intent: sum(read.aspects[aspect] for aspect in aspects) for intent, aspects in _BY_ASPECT.items()}
