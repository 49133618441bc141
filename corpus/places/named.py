"""The places of the region that a text names, as written: communes, intercommunal bodies, departments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.communes.commune import DEPARTMENTS
from corpus.communes.territory import Territory
from corpus.french.folding import words
from corpus.places.gazetteer import ORDINARY_WORDS
from corpus.places.name import ARTICLES, LINKS, SHORTENED, How, Token, name_forms, name_key, tokens
from corpus.places.ordinary_words import load_ordinary_words

REGION = "hauts de france"
_GAP = re.compile(r"[ \u00a0\u202f\t'’`\-–]{1,3}|/ ?")
# The kind of body that opens its name: "CC du Sud Artois", "Métropole Européenne de Lille".
_BODIES = frozenset({"cc", "ca", "cu"})


class PlaceNames:
    """Finds the names of places in a text, each as a folded key, whatever the text says of them.

    Unlike the gazetteer it judges nothing and forgives nothing: the same name gives the same key in any
    sentence, so that two texts can be compared. The longest name wins a place: "Sains-du-Nord" isn't
    the Nord. A name that is an ordinary word too ("Rue", "Somme") needs its capital.
    """

    def __init__(self, territory: Territory, ordinary_words: Path = ORDINARY_WORDS) -> None:
        """Index every name of the territory, of former communes too, and the beginnings that tell them.

        Raises:
            CorpusError: the table of ordinary words is wrong.
        """
        self._ordinary = frozenset(load_ordinary_words(ordinary_words))
        self._keys = frozenset(_keys(territory))
        self._longest = max(key.count(" ") for key in self._keys) + 1
        self._first = frozenset(key.partition(" ")[0] for key in self._keys)
        self._openings = self._first | SHORTENED.keys()

    def read(self, text: str, *, any_case: bool = False) -> frozenset[str]:
        """Return the keys of the places named in a text: ``Le Portel (Pas-de-Calais)`` gives two.

        Args:
            text: the text.
            any_case: whether a name counts without its capital, as people type theirs.
        """
        if self._openings.isdisjoint(words(text)):
            return frozenset()
        return frozenset(self._read(text, tokens(text), any_case=any_case))

    def _read(self, text: str, found: list[Token], *, any_case: bool) -> Iterator[str]:
        place = 0
        while place < len(found):
            size = self._size_at(text, found, place, any_case=any_case)
            if size:
                key = " ".join(token.word for token in found[place : place + size])
                if key != REGION:
                    yield key
            place += size or 1

    def _size_at(self, text: str, found: list[Token], first: int, *, any_case: bool) -> int:
        """How many tokens from ``first`` on make the longest name; 0 when none does."""
        if found[first].word not in self._first:
            return 0
        run = [found[first]]
        for last, token in zip(found[first:], found[first + 1 : first + self._longest], strict=False):
            if not _GAP.fullmatch(text[last.end : token.start]):
                break
            run.append(token)
        for size in range(len(run), 0, -1):
            if " ".join(token.word for token in run[:size]) in self._keys and (
                any_case or self._is_name(run[:size])
            ):
                return size
        return 0

    def _is_name(self, run: list[Token]) -> bool:
        own = [token for token in run if token.word not in LINKS]
        return any(token.capital for token in own) or not any(token.word in self._ordinary for token in own)


def _keys(territory: Territory) -> Iterator[str]:
    yield REGION
    yield from (name_key(name) for name in DEPARTMENTS.values())
    communes = [commune.name for commune in territory.communes.values()]
    for name in (*communes, *(former.name for former in territory.former_communes.values())):
        yield from (_bare(key) for key, how in name_forms(name) if how is not How.GLUED)
    for epci in territory.epci.values():
        yield _bare(name_key(epci.name.partition(" (")[0]))


def _bare(key: str) -> str:
    """A key without what opens it beside the name: "le portel", "cc du sud artois"."""
    parts = key.split()
    while len(parts) > 1 and parts[0] in ARTICLES | LINKS | _BODIES:
        parts = parts[1:]
    return " ".join(parts)
