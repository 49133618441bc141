"""The judgement on a name in a sentence: is a commune meant there, perhaps, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.places.cue import CONTRACTED, Cue
from corpus.places.name import LINKS, SAINTS, Token
from corpus.places.name_index import Hit
from corpus.places.ordinary_words import WordKind

_LINKING = LINKS | CONTRACTED.keys()
_WORDS = frozenset({WordKind.WORD, WordKind.GRAMMAR})
_PEOPLE = frozenset({WordKind.FIRST_NAME, WordKind.SURNAME})
_SHORT_WORD = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as it stands in a sentence.

    Attributes:
        hit: the communes it may mean.
        cue: what the words around it say.
        kind: what it is besides a commune name; None when it is nothing else.
        capital: whether it is capitalised in a text that isn't all in capitals.
        short: whether it is a single word of four letters or fewer.
    """

    hit: Hit
    cue: Cue
    kind: WordKind | None
    capital: bool
    short: bool

    @property
    def plain_word(self) -> bool:
        """Whether it is a whole name that else would be a noun or a verb, not a person's name."""
        return self.hit.exact and self.kind not in _PEOPLE | {WordKind.GRAMMAR}


def kind_of(text: str, tokens: Sequence[Token], ordinary: Mapping[str, WordKind]) -> WordKind | None:
    """Say what a run of tokens is besides a place name; None when it can only be a place.

    Several words are ordinary when each is one and no hyphen joins them: ``vieux moulin``.
    """
    own = [token for token in tokens if token.word not in _LINKING]
    if not own:
        return WordKind.GRAMMAR
    if len(own) == 1:
        return ordinary.get(own[0].word)
    kinds = {ordinary.get(token.word) for token in own}
    hyphen = "-" in text[own[0].start : own[-1].end]
    if hyphen or own[0].word in SAINTS or not kinds <= _WORDS:
        return None
    return WordKind.WORD


def is_short(tokens: Sequence[Token]) -> bool:
    """Whether a name is a single word too short to be recognised without a cue."""
    return len(tokens) == 1 and len(tokens[0].word) <= _SHORT_WORD


def judge(reading: Reading) -> bool | None:
    """Whether a commune is meant: for sure (True), perhaps (False), or not at all (None)."""
    hit, kind = reading.hit, reading.kind
    match reading.cue:
        case Cue.PERSON:
            return None
        case Cue.OTHER_PLACE:
            return None if kind is WordKind.GRAMMAR else False
        case Cue.PLACE:
            if kind is WordKind.ELSEWHERE:
                return hit.exact
            return kind is not WordKind.GRAMMAR or reading.capital
        case Cue.AT if reading.capital:
            return kind is None or hit.exact
        case Cue.WEAK | Cue.CAPITAL:
            return (kind is None and hit.exact) or reading.plain_word
        case _:
            return _judge_bare(reading)


def _judge_bare(reading: Reading) -> bool | None:
    """Judge a name in small letters, or at the start of a sentence where capitals are due."""
    exact, kind, cue = reading.hit.exact, reading.kind, reading.cue
    if cue is Cue.AT and kind is WordKind.SURNAME:
        return False
    if kind is None:
        return exact and not (reading.short and cue is Cue.NONE)
    if kind is WordKind.GRAMMAR or not exact:
        return None
    perhaps = cue is Cue.START or (cue is Cue.AT and kind in _PEOPLE)
    return False if perhaps else None
