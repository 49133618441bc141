"""The reader of one text: finds the runs of tokens that are commune names, mistyped ones too."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.places.areas import AREAS, BORDERS
from corpus.places.cue import CONTRACTED, TOWN_HALLS, Cue, calls, cue_of
from corpus.places.hint import DEPARTMENT_WORDS, hints_of
from corpus.places.judgement import Reading, is_short, judge, kind_of
from corpus.places.name import LINKS, SAINTS, tokens
from corpus.places.name_index import MIN_TYPO_LENGTH, Hit, NameIndex
from corpus.places.ordinary_words import WordKind

_GAP = re.compile(r"[ \u00a0\u202f\t'’`\-–]{1,3}")
_DOTTED_GAP = re.compile(r"\. ?")
# Names of other things that hold a commune's name or its beginning.
_SET_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "pas de calais",
        "hauts de france",
        "politique de la ville",
        "oh la belle ville",
        "petite ville de demain",
        "petites villes de demain",
        "villages d avenir",
    )
)
_ANSWER_WORDS = LINKS | CONTRACTED.keys()
_ANSWER_WORDS |= {"bonjour", "c", "code", "commune", "cp", "dans", "departement", "est", "habite"}
_ANSWER_WORDS |= {"insee", "je", "ma", "maire", "mairie", "non", "notre", "nous", "oui", "postal"}
_ANSWER_WORDS |= {"pour", "sommes", "suis", "village", "ville"}
_LOOSE_LINKS = frozenset({"a", "et"})
# What ties the words of one name, and how many words make a longer name: "sur" and "Heure".
_TIES = frozenset({"-", "'"})
_LEAST_TAIL = 2
_MAX_TYPO_WORDS = 4
_CALLING = frozenset({Cue.PLACE, Cue.AT, Cue.WEAK, Cue.CAPITAL, Cue.START})


@dataclass(frozen=True, slots=True)
class NameInText:
    """A name found in a text: its first and last token, its place, what it may mean, whether it is called."""

    first: int
    last: int
    start: int
    end: int
    hit: Hit
    certain: bool
    called: bool


class NameReader:
    """One text under reading."""

    def __init__(
        self, text: str, index: NameIndex, codes: Container[str], ordinary: Mapping[str, WordKind]
    ) -> None:
        """Cut the text into tokens; mark the hints of place and the set phrases."""
        self.text, self.tokens = text, tokens(text)
        self.hints = hints_of(text, self.tokens, codes)
        self._index, self._ordinary = index, ordinary
        self._fixed = _set_phrases([token.word for token in self.tokens])
        self._shouted = text.isupper()

    def names(self) -> list[NameInText]:
        """The names written right; failing that, or where a cue calls for it, mistyped ones."""
        exact = [found for found in self._read if isinstance(found, NameInText)]
        spans = [(name.first, name.last) for name in exact]
        taken = {place for first, last in (*spans, *self.longer) for place in range(first, last + 1)}
        mistyped = self._mistyped(taken | self._fixed, alone=not taken)
        return sorted([*exact, *mistyped], key=lambda name: name.first)

    def says_only(self, first: int, last: int) -> bool:
        """Whether the text says nothing but these tokens and hints: "je suis maire de ..."."""
        rest = [*self.tokens[:first], *self.tokens[last + 1 :]]
        return all(
            token.word in _ANSWER_WORDS
            or token.word.isdigit()
            or any(hint.start <= token.start < hint.end for hint in self.hints)
            for token in rest
        )

    def is_other_place(self, place: int) -> bool:
        """Whether a token belongs to a set phrase, or to the name of a department of the region."""
        start = self.tokens[place].start
        return place in self._fixed or any(hint.start <= start < hint.end for hint in self.hints)

    @cached_property
    def longer(self) -> tuple[tuple[int, int], ...]:
        """The first and last tokens of names nobody here has that begin with one: "Arras-sur-Rhône"."""
        return tuple(found for found in self._read if isinstance(found, tuple))

    @cached_property
    def _read(self) -> tuple[NameInText | tuple[int, int], ...]:
        """What is written right: the names, and the longer ones that only begin so."""
        found: list[NameInText | tuple[int, int]] = []
        first = 0
        while first < len(self.tokens):
            name = None if first in self._fixed else self._name_at(first)
            if name is not None:
                found.append(name)
                first = name[1] if isinstance(name, tuple) else name.last
            first += 1
        return tuple(found)

    def _name_at(self, first: int) -> NameInText | tuple[int, int] | None:
        """The longest name that starts at a token and is meant as one, or the longer one that it begins."""
        word = self.tokens[first].word
        openings = {word, CONTRACTED[word][1]} if word in CONTRACTED else {word}
        openings &= self._index.first_words
        if not openings:
            return None
        run = self._run(first, self._index.longest)
        for size in range(len(run), 0, -1):
            for opening in openings:
                hit = self._index.get(" ".join([opening, *run[1:size]]))
                sure = None if hit is None else self._judge(hit, first, first + size - 1)
                if hit is not None and sure is not None and not self._goes_on(first + size - 1):
                    if longer := self._longer(first, size, run):
                        return longer
                    end = self._end_of_glued(first + size - 1)
                    return (first, end) if end else self._found(first, first + size - 1, hit, certain=sure)
        return None

    def _goes_on(self, last: int) -> bool:
        """Whether the name is only the beginning of another, written with a hyphen: "Lens-Lestang"."""
        if last + 1 >= len(self.tokens):
            return False
        token = self.tokens[last + 1]
        joined = self.text[self.tokens[last].end : token.start] == "-"
        return joined and token.capital and not self._shouted and token.word not in self._index.first_words

    def _end_of_glued(self, last: int) -> int | None:
        """The last token of a longer name that hyphens tie to one: "Ham-sur-Heure"; None for none.

        What tells where the commune is names no other: "Clermont-de-l'Oise", "Lens-en-Artois".
        """
        end = last
        while end + 1 < len(self.tokens) and self._gap(end) in _TIES:
            end += 1
        tail = [token.word for token in self.tokens[last + 1 : end + 1]]
        if len(tail) < _LEAST_TAIL or self._gap(last) != "-" or tail[0] not in LINKS - _LOOSE_LINKS:
            return None
        if tail[-1] in LINKS or self.tokens[end].word.isdigit():
            return None
        here = tail[-1] in AREAS - BORDERS if tail[0] == "en" else tail[-1] in DEPARTMENT_WORDS
        return None if here and tail[0] not in {"sur", "sous"} else end

    def _gap(self, place: int) -> str:
        """What is written between a token and the next one."""
        return self.text[self.tokens[place].end : self.tokens[place + 1].start].replace("’", "'")

    def _longer(self, first: int, size: int, run: list[str]) -> NameInText | None:
        """A longer name, mistyped, that begins with a name: "Saint-Omer-en-Chaussé"."""
        if size == len(run) or run[size] not in LINKS or run[size] in _LOOSE_LINKS:
            return None
        for end in range(min(len(run), size + _MAX_TYPO_WORDS), size + 1, -1):
            hit = self._index.near(" ".join(run[:end]), same_start=True)
            if hit is not None and run[end - 1] not in LINKS:
                return self._found(first, first + end - 1, hit, certain=False)
        return None

    def _run(self, first: int, most: int) -> list[str]:
        """The words from ``first`` that may be one name: no comma, no full stop between."""
        run = [self.tokens[first].word]
        for place in range(first + 1, min(first + most, len(self.tokens))):
            token, last = self.tokens[place], self.tokens[place - 1]
            gap = self.text[last.end : token.start]
            dotted = last.word in SAINTS and _DOTTED_GAP.fullmatch(gap)
            if place in self._fixed or not (dotted or _GAP.fullmatch(gap)):
                break
            run.append(token.word)
        return run

    def _found(self, first: int, last: int, hit: Hit, *, certain: bool) -> NameInText:
        contracted = last > first and self.tokens[first].word in CONTRACTED
        start = self.tokens[first + contracted].start
        cue = cue_of(self.text, self.tokens, first, last, self._ordinary)
        called = calls(self.tokens, first, cue)
        return NameInText(first, last, start, self.tokens[last].end, hit, certain, called)

    def _judge(self, hit: Hit, first: int, last: int) -> bool | None:
        run = self.tokens[first : last + 1]
        cue = cue_of(self.text, self.tokens, first, last, self._ordinary)
        kind = kind_of(self.text, run, self._ordinary)
        if self._is_any_town(first, last, cue):
            return None
        if self.says_only(first, last):
            return cue is not Cue.PERSON and (hit.exact or kind is not WordKind.ELSEWHERE)
        if cue not in {Cue.PERSON, Cue.OTHER_PLACE} and self._located(self.tokens[last].end):
            cue = Cue.PLACE
        return judge(Reading(hit, cue, kind, self._capital(first, last), is_short(run)))

    def _is_any_town(self, first: int, last: int, cue: Cue) -> bool:
        """Whether a run is the word for a town: "en ville", "à la ville"; not "commune de Ville"."""
        own = {token.word for token in self.tokens[first : last + 1]} - LINKS
        if not own or not own <= TOWN_HALLS:
            return False
        before = self.tokens[first - 1].word if first else ""
        if before == "en":
            return True
        whole = last - first + 1 == len(self.tokens)
        called = cue is Cue.PLACE and before in {"de", "d"}
        return not (whole or called or self._capital(first, last) or self._located(self.tokens[last].end))

    def _located(self, end: int) -> bool:
        """Whether a department or a code is said right after a name: "Albert (Somme)"."""
        return any(hint.explicit and hint.follows(self.text, end) for hint in self.hints)

    def _capital(self, first: int, last: int) -> bool:
        return not self._shouted and any(token.capital for token in self.tokens[first : last + 1])

    def _mistyped(self, taken: set[int], *, alone: bool) -> Iterator[NameInText]:
        """Names one typo away, where a cue calls for one or when the text holds no other."""
        done = set(taken)
        for first, token in enumerate(self.tokens):
            if first in done or token.word in LINKS or token.word[0].isdigit():
                continue
            cue = cue_of(self.text, self.tokens, first, first, self._ordinary)
            called = cue in _CALLING
            if cue in {Cue.PERSON, Cue.OTHER_PLACE} or not (called or alone):
                continue
            most = _MAX_TYPO_WORDS if called or token.word in SAINTS else 1
            name = self._typo_at(first, most, done, cue)
            if name is not None:
                done |= set(range(name.first, name.last + 1))
                yield name

    def _typo_at(self, first: int, most: int, taken: set[int], cue: Cue) -> NameInText | None:
        run = self._run(first, most)
        for size in range(len(run), 0, -1):
            last = first + size - 1
            key = " ".join(run[:size])
            if len(key) < MIN_TYPO_LENGTH or run[size - 1] in LINKS:
                continue
            if taken & set(range(first, last + 1)):
                continue
            if kind_of(self.text, self.tokens[first : last + 1], self._ordinary) is not None:
                continue
            hit = self._index.near(key, same_start=True)
            if hit is not None:
                called = self._capital(first, last) and cue in {Cue.AT, Cue.WEAK}
                sure = cue is Cue.PLACE or called or self.says_only(first, last)
                return self._found(first, last, hit, certain=sure)
        return None


def _set_phrases(words: list[str]) -> set[int]:
    """The places of the tokens that belong to a set phrase."""
    found: set[int] = set()
    for phrase in _SET_PHRASES:
        if phrase[0] not in words:
            continue
        size = len(phrase)
        for first in range(len(words) - size + 1):
            if tuple(words[first : first + size]) == phrase:
                found |= set(range(first, first + size))
    return found
