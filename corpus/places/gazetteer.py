"""The gazetteer: from a name, a code or a sentence to the communes of the region it means."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from corpus.communes.commune import Commune
from corpus.communes.territory import TERRITORY_DIR, Territory
from corpus.french.folding import words
from corpus.places.mention import Mention, find_mentions
from corpus.places.name import How, name_key
from corpus.places.name_index import NameIndex
from corpus.places.ordinary_words import WordKind, load_ordinary_words
from corpus.places.resolution import Ambiguous, Found, NotFound, Resolution, resolution_of

ORDINARY_WORDS = TERRITORY_DIR / "ordinary_words.csv"
_NEAREST = 3
_SURE_LENGTH = 8
_CODE = re.compile(r"\s*(\d{2})\s?(\d{3})\s*")


class Gazetteer:
    """Resolves communes by INSEE code, postcode or name; built once, then read-only."""

    def __init__(self, territory: Territory, ordinary_words: Path = ORDINARY_WORDS) -> None:
        """Index the territory.

        Raises:
            CorpusError: the table of ordinary words is wrong.
        """
        self._index = NameIndex(territory)
        self._ordinary = load_ordinary_words(ordinary_words)
        self._insee = territory.communes
        self._codes = _codes(territory)
        self._sorted = _search_keys(territory)

    def find(self, text: str) -> Resolution:
        """Resolve a text that says nothing but a commune: its name, INSEE code or postcode.

        A code that is both an INSEE code and a postcode of other communes is ambiguous. The
        shortened name of a commune that is a town elsewhere (Marseille) is not found, only offered.
        """
        if code := _CODE.fullmatch(text):
            return self._by_code(code[1] + code[2])
        key = name_key(text)
        elsewhere = self._ordinary.get(key) is WordKind.ELSEWHERE
        hit = self._index.get(key) or self._index.get(key.replace(" ", ""))
        if hit is not None:
            guess = elsewhere and not hit.exact and len(hit.communes) == 1
            return NotFound(hit.communes) if guess else resolution_of(hit)
        mentions = self.mentions(text)
        if len(mentions) == 1 and mentions[0].alone:
            return mentions[0].resolution
        if not elsewhere:
            hit = self._index.near(key, same_start=len(key) < _SURE_LENGTH)
        if hit is not None:
            return resolution_of(hit)
        return NotFound(self._index.alike(key, _NEAREST) if key else ())

    def mentions(self, question: str) -> tuple[Mention, ...]:
        """Find the communes named in a sentence, in order."""
        return find_mentions(question, self._index, self._codes, self._ordinary)

    def search(self, prefix: str, limit: int = 10) -> tuple[Commune, ...]:
        """Complete what is being typed: names that start so, then names that hold it.

        Within each, the most populated first. Digits complete postcodes and INSEE codes.
        """
        wanted = " ".join(words(prefix))
        if not wanted or limit < 1:
            return ()
        if wanted.replace(" ", "").isdigit():
            return self._with_code(wanted.replace(" ", ""))[:limit]
        key = name_key(prefix)
        found: dict[str, Commune] = {}
        for holds in (str.startswith, str.__contains__):
            for name, commune in self._sorted:
                if holds(name, wanted) or holds(name, key):
                    found.setdefault(commune.insee, commune)
                    if len(found) == limit:
                        return tuple(found.values())
        return tuple(found.values())

    def _by_code(self, code: str) -> Resolution:
        communes = self._codes.get(code)
        if communes is None:
            return NotFound(())
        if len(communes) == 1:
            return Found(communes[0], How.INSEE if code in self._insee else How.POSTCODE)
        return Ambiguous(communes, How.POSTCODE)

    def _with_code(self, start: str) -> tuple[Commune, ...]:
        found = {
            commune.insee: commune
            for _, commune in self._sorted
            if commune.insee.startswith(start)
            or any(postcode.startswith(start) for postcode in commune.postcodes)
        }
        return tuple(found.values())


def _codes(territory: Territory) -> dict[str, tuple[Commune, ...]]:
    """The communes that each INSEE code or postcode may mean, most populated first."""
    found: dict[str, dict[str, Commune]] = defaultdict(dict)
    for commune in territory.communes.values():
        for code in (commune.insee, *commune.postcodes):
            found[code][commune.insee] = commune
    for former in territory.former_communes.values():
        successor = territory.communes[former.successor]
        found[former.insee][successor.insee] = successor
    return {
        code: tuple(sorted(communes.values(), key=lambda c: (-c.population, c.insee)))
        for code, communes in found.items()
    }


def _search_keys(territory: Territory) -> list[tuple[str, Commune]]:
    """Every name, former ones too, with its commune, most populated first."""
    pairs = [(name_key(commune.name), commune) for commune in territory.communes.values()]
    pairs += [
        (name_key(former.name), territory.communes[former.successor])
        for former in territory.former_communes.values()
    ]
    return sorted(pairs, key=lambda pair: (-pair[1].population, pair[1].insee))
