"""Whether a message asks about a commune as a whole: all that it may have, or what it got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.acts import Act, ReadAct, ReadsActs
from assistant.reading.place_reader import PlaceReader
from assistant.reading.topics import find_topics
from assistant.reading.understand import Question
from ingest.lexical import analyse

# From this probability on, the act is what is asked, whatever else the message names.
SURE = 0.5
# Without a scheme or a need, nothing can be asked but of all schemes: this much of a doubt is enough.
_LEAST, _TOGETHER = 0.2, 0.6
_MAYBE = 0.15
# What is asked of a scheme: of no scheme in particular, it's asked of all.
_OF_A_SCHEME: tuple[Act, ...] = ("check_eligibility", "ask_scheme")
# Words besides the name of a place in "et Péronne à côté ?".
_FEW = 2


def asks_overview(question: Question, read: ReadAct | None, *, has_need: bool) -> bool:
    """Whether a message asks for all that an applicant may have.

    Args:
        question: the message, understood.
        read: what it does, or what the one that it goes on from did.
        has_need: whether it tells a need.
    """
    if read is None:
        return False
    sure = read.acts["commune_overview"]
    if has_need and read.acts["find_schemes"] >= _LEAST:
        return False  # "1 500 habitants, isoler l’école : quelles aides ?"
    if sure >= SURE and read.act == "commune_overview":
        return not question.carried
    if question.schemes or has_need or sure < _LEAST:
        return False
    return sure + sum(read.acts[act] for act in _OF_A_SCHEME) >= _TOGETHER


def asks_record(read: ReadAct | None) -> bool:
    """Whether a message surely asks what a commune got, or on which list it is."""
    return read is not None and read.act == "commune_record" and read.acts["commune_record"] >= SURE


def may_ask_record(read: ReadAct) -> bool:
    """Whether it may: then the sources decide, by what they say of the commune."""
    return read.acts["commune_record"] >= _MAYBE


def likeliest_is_record(read: ReadAct) -> bool:
    """Whether nothing is likelier, however unsure."""
    return read.act == "commune_record"


def has_need(text: str, places: PlaceReader) -> bool:
    """Whether a message tells a need, the names of its places aside."""
    return bool(find_topics(places.masked(text)))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a message does.

    Attributes:
        read: the reading.
        text: the message that it's of.
        is_earlier: whether that is one before, with which the last goes on.
    """

    read: ReadAct
    text: str
    is_earlier: bool


def standing_act(users: Sequence[str], places: PlaceReader, acts: ReadsActs) -> Standing:
    """What the last message does: one that brings but another place goes on with what was asked before.

    Args:
        users: the user's messages.
        places: tells the places of messages.
        acts: reads what a message does.
    """
    place = len(users) - 1
    read = acts.read(users[place], goes_on=place > 0)
    while place > 0 and _goes_on(users[place], read, places):
        place -= 1
        read = acts.read(users[place], goes_on=place > 0)
    return Standing(read, users[place], place < len(users) - 1)


def _goes_on(text: str, read: ReadAct, places: PlaceReader) -> bool:
    """Whether a message names a place and says hardly anything else: nothing that asks by itself."""
    if not places.read(text):
        return False
    left = len(set(analyse(places.masked(text))))
    is_sure = max(read.acts["commune_overview"], read.acts["commune_record"]) >= SURE
    return not left or (left <= _FEW and not is_sure)
