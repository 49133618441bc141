"""The communes named inside a sentence, each with its place, what it means and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.commune import Commune
from corpus.name_index import MIN_TYPO_LENGTH, Hit, NameIndex
from corpus.ordinary_words import WordKind
from corpus.place_cue import CONTRACTED, Cue, cue_of
from corpus.place_hint import Hint, hints_of
from corpus.place_name import LINKS, How, Token, tokens
from corpus.resolution import Ambiguous, Found, narrowed, resolution_of

_GAP = re.compile(r"[ \u00a0\u202f\t'’`\-–]{1,3}")
_DOTTED_GAP = re.compile(r"\. ?")
_PAS_DE_CALAIS = ("pas", "de", "calais")
_ANSWER_WORDS = LINKS | CONTRACTED.keys() | {
    "bonjour", "c", "code", "commune", "cp", "est", "habite", "insee", "je", "ma", "mairie",
    "maire", "non", "notre", "nous", "oui", "postal", "pour", "sommes", "suis", "village", "ville",
    "departement", "dans",
}  # fmt: skip
_CODE_LEADS = frozenset({"postal", "cp", "insee", "code", "a", "commune", "mairie", "ville"})
_LINKING = LINKS | CONTRACTED.keys()
_WORDS = frozenset({WordKind.WORD, WordKind.GRAMMAR})
_NAMES_PEOPLE = frozenset({WordKind.FIRST_NAME, WordKind.SURNAME})
_MAX_TYPO_WORDS = 4
_SHORT_WORD = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A commune named in a text.

    Attributes:
        start, end: place of the name in the text.
        text: the name as it stands there.
        resolution: the commune, or those between which to choose.
        certain: False when the name may be a word, a person, a street or a slip of the pen, or
            when the department said beside it contradicts it: to be confirmed before use.
    """

    start: int
    end: int
    text: str
    resolution: Found | Ambiguous
    certain: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """A run of tokens that an index key matches; both ends included."""

    first: int
    last: int
    hit: Hit
    certain: bool


def find_mentions(
    text: str,
    index: NameIndex,
    codes: Mapping[str, tuple[Commune, ...]],
    ordinary: Mapping[str, WordKind],
) -> tuple[Mention, ...]:
    """Find the communes named in a text, in order; nothing is reported twice."""
    reader = _Reader(text, tokens(text), index, ordinary)
    names = reader.names()
    hints = [
        hint
        for hint in hints_of(text, reader.tokens, codes)
        if not any(reader.start(n) <= hint.start < reader.end(n) for n in names)
    ]
    found = [reader.mention(name, hints, codes) for name in names]
    found += _code_mentions(reader, names, hints, codes)
    return tuple(sorted(found, key=lambda mention: mention.start))


class _Reader:
    """One text under reading: its tokens, the names in it, what surrounds them."""

    def __init__(
        self, text: str, found: list[Token], index: NameIndex, ordinary: Mapping[str, WordKind]
    ) -> None:
        self.text, self.tokens, self.index, self.ordinary = text, found, index, ordinary

    def start(self, name: _Name) -> int:
        """Where a name starts in the text, its contracted article left out."""
        skip = self.tokens[name.first].word in CONTRACTED
        return self.tokens[name.first + skip].start

    def end(self, name: _Name) -> int:
        """Where a name ends in the text."""
        return self.tokens[name.last].end

    def names(self) -> list[_Name]:
        """The names written right; failing that, or where a cue calls for it, mistyped ones."""
        exact = list(self._exact())
        taken = {place for name in exact for place in range(name.first, name.last + 1)}
        return sorted([*exact, *self._mistyped(taken)], key=lambda name: name.first)

    def _exact(self) -> Iterator[_Name]:
        first = 0
        while first < len(self.tokens):
            if tuple(t.word for t in self.tokens[first : first + 3]) == _PAS_DE_CALAIS:
                first += 3
                continue
            name = self._name_at(first)
            if name is not None:
                yield name
                first = name.last
            first += 1

    def _name_at(self, first: int) -> _Name | None:
        word = self.tokens[first].word
        contracted = CONTRACTED.get(word)
        openings = {word, contracted[1]} if contracted else {word}
        openings &= self.index.first_words
        if not openings:
            return None
        run = [token.word for token in self._run(first, self.index.longest)]
        for size in range(len(run), 0, -1):
            for opening in openings:
                hit = self.index.get(" ".join([opening, *run[1:size]]))
                if hit is None:
                    continue
                sure = self._judge(hit, first, first + size - 1)
                if sure is not None:
                    return _Name(first, first + size - 1, hit, sure)
        return None

    def _run(self, first: int, most: int) -> list[Token]:
        """The tokens from ``first`` that may belong to one name: no comma, no full stop between."""
        run = [self.tokens[first]]
        for token in self.tokens[first + 1 : first + most]:
            last = run[-1]
            gap = self.text[last.end : token.start]
            if not _GAP.fullmatch(gap) and not (
                last.word in {"saint", "sainte"} and _DOTTED_GAP.fullmatch(gap)
            ):
                break
            run.append(token)
        return run

    def _judge(self, hit: Hit, first: int, last: int) -> bool | None:
        """Whether a name is meant as a commune: certain, uncertain, or (None) not at all."""
        cue = cue_of(self.text, self.tokens, first, last, self.ordinary)
        kind = self._kind(first, last)
        if self._is_all(first, last):
            return cue is not Cue.PERSON
        match cue:
            case Cue.PERSON:
                return None
            case Cue.OTHER_PLACE:
                return False if kind is not WordKind.GRAMMAR else None
            case Cue.PLACE:
                return kind is not WordKind.GRAMMAR or self._capital(first, last)
            case Cue.AT | Cue.WEAK if self._capital(first, last):
                at = cue is Cue.AT
                return kind is None or (at and hit.exact) or self._plain_word(hit, kind)
            case Cue.CAPITAL:
                return (kind is None and hit.exact) or self._plain_word(hit, kind)
        return self._judge_bare(hit, kind, cue, first, last)

    def _judge_bare(
        self, hit: Hit, kind: WordKind | None, cue: Cue, first: int, last: int
    ) -> bool | None:
        """Judge a name in small letters, or at the start of a sentence where capitals are due."""
        if kind is None:
            short = first == last and len(self.tokens[first].word) <= _SHORT_WORD
            return hit.exact and not (short and cue is Cue.NONE)
        if kind is WordKind.GRAMMAR or not hit.exact:
            return None
        return False if cue in {Cue.AT, Cue.START} else None

    def _plain_word(self, hit: Hit, kind: WordKind | None) -> bool:
        return hit.exact and kind not in _NAMES_PEOPLE and kind is not WordKind.GRAMMAR

    def _capital(self, first: int, last: int) -> bool:
        capital = any(token.capital for token in self.tokens[first : last + 1])
        return capital and not self.text.isupper()

    def _kind(self, first: int, last: int) -> WordKind | None:
        """The ordinary kind of a name; None as soon as one of its words is a place name only."""
        own = [token for token in self.tokens[first : last + 1] if token.word not in _LINKING]
        kinds = {self.ordinary.get(token.word) for token in own}
        if not own:
            return WordKind.GRAMMAR
        if len(own) == 1:
            return self.ordinary.get(own[0].word)
        hyphen = "-" in self.text[own[0].start : own[-1].end]
        if hyphen or own[0].word in {"saint", "sainte"} or not kinds <= _WORDS:
            return None
        return WordKind.WORD

    def _is_all(self, first: int, last: int) -> bool:
        """Whether the text says nothing but this name."""
        rest = [*self.tokens[:first], *self.tokens[last + 1 :]]
        return all(t.word in _ANSWER_WORDS or t.word.isdigit() for t in rest)

    def _mistyped(self, taken: set[int]) -> Iterator[_Name]:
        nothing = not taken
        free = [place for place in range(len(self.tokens)) if place not in taken]
        done: set[int] = set()
        for first in free:
            token = self.tokens[first]
            if first in done or token.word in LINKS or token.word[0].isdigit():
                continue
            cue = cue_of(self.text, self.tokens, first, first, self.ordinary)
            called = cue in {Cue.PLACE, Cue.AT, Cue.WEAK, Cue.CAPITAL, Cue.START}
            if cue in {Cue.PERSON, Cue.OTHER_PLACE} or not (called or nothing):
                continue
            name = self._typo_at(first, taken | done, cue)
            if name is not None:
                done |= set(range(name.first, name.last + 1))
                yield name

    def _typo_at(self, first: int, taken: set[int], cue: Cue) -> _Name | None:
        run = self._run(first, _MAX_TYPO_WORDS)
        for size in range(len(run), 0, -1):
            last = first + size - 1
            if run[size - 1].word in LINKS or taken & set(range(first, last + 1)):
                continue
            if (len(run[0].word) < MIN_TYPO_LENGTH and size == 1) or self._kind(first, last):
                continue
            hit = self.index.near(" ".join(token.word for token in run[:size]), same_start=True)
            if hit is not None:
                capital = self._capital(first, last) and cue in {Cue.AT, Cue.WEAK}
                sure = cue is Cue.PLACE or capital or self._is_all(first, last)
                return _Name(first, last, hit, sure)
        return None

    def mention(
        self, name: _Name, hints: list[Hint], codes: Mapping[str, tuple[Commune, ...]]
    ) -> Mention:
        """Make a mention of a name, its homonyms sorted out by the hints of the text."""
        start, end = self.start(name), self.end(name)
        resolution = resolution_of(name.hit)
        beside = [h for h in hints if h.follows(self.text, end) or h.precedes(self.text, start)]
        afar = [hint for hint in hints if hint.explicit and hint.department]
        certain = name.certain
        if beside:
            kept = narrowed(resolution, lambda c: all(_agrees(c, h, codes) for h in beside))
            certain = kept is not None and (certain or beside[0].follows(self.text, end))
            resolution = kept or resolution
        elif isinstance(resolution, Ambiguous) and len({h.department for h in afar}) == 1:
            resolution = narrowed(resolution, lambda c: _agrees(c, afar[0], codes)) or resolution
        return Mention(start, end, self.text[start:end], resolution, certain)


def _agrees(commune: Commune, hint: Hint, codes: Mapping[str, tuple[Commune, ...]]) -> bool:
    if hint.code is not None:
        return commune in codes[hint.code]
    return commune.department == hint.department


def _code_mentions(
    reader: _Reader,
    names: list[_Name],
    hints: list[Hint],
    codes: Mapping[str, tuple[Commune, ...]],
) -> Iterator[Mention]:
    """The codes that stand alone; a round number such as 60000 needs a word that calls for it."""
    text = reader.text
    for hint in hints:
        if hint.code is None or any(
            hint.follows(text, reader.end(n)) or hint.precedes(text, reader.start(n)) for n in names
        ):
            continue
        place = next(p for p, token in enumerate(reader.tokens) if token.start == hint.start)
        called = place > 0 and reader.tokens[place - 1].word in _CODE_LEADS
        certain = called or reader._is_all(place, place)
        if certain or not hint.code.endswith("000"):
            resolution = resolution_of(Hit(How.POSTCODE, codes[hint.code]))
            yield Mention(hint.start, hint.end, hint.code, resolution, certain)
