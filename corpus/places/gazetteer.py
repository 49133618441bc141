"""The gazetteer: from a name, a code or a sentence to the communes of the region it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from corpus.communes.commune import Commune
from corpus.communes.territory import TERRITORY_DIR, Territory
from corpus.french.folding import words
from corpus.french.wrappings import unwrapped
from corpus.places.codes import Code, Codes
from corpus.places.elsewhere import ELSEWHERE, load_elsewhere
from corpus.places.mention import Mention, find_mentions
from corpus.places.name import How, name_key
from corpus.places.name_index import NameIndex
from corpus.places.name_reader import NameReader
from corpus.places.ordinary_words import WordKind, load_ordinary_words
from corpus.places.resolution import Ambiguous, Found, NotFound, Resolution, communes_of, resolution_of
from corpus.places.stranger import Stranger, StrangerReader

ORDINARY_WORDS = TERRITORY_DIR / "ordinary_words.csv"
_NEAREST = 3
_SURE_LENGTH = 8
_ALIKE = 0.7
# Texts whose communes are kept: several readers look for those of one message.
_KEPT = 256


class Gazetteer:
    """Resolves communes by INSEE code, postcode or name; built once, then read-only."""

    def __init__(
        self, territory: Territory, ordinary_words: Path = ORDINARY_WORDS, elsewhere: Path = ELSEWHERE
    ) -> None:
        """Index the territory.

        Raises:
            CorpusError: the table of ordinary words, or that of places outside the region, is wrong.
        """
        self.elsewhere = load_elsewhere(elsewhere)
        self.former = territory.former_communes
        self._index = NameIndex(territory)
        self._ordinary = load_ordinary_words(ordinary_words)
        self.codes = Codes(territory)
        self._sorted = _search_keys(territory)
        self._mentions = lru_cache(maxsize=_KEPT)(self._find_mentions)

    def find(self, text: str) -> Resolution:
        """Resolve a text that says nothing but a commune: its name, INSEE code or postcode.

        A code that is both an INSEE code and a postcode of other communes is ambiguous, unless the text
        says which it is (``cp:59400``, ``code INSEE 59400``). The shortened name of a commune that is a
        town elsewhere (Marseille) is not found, only offered. What was badly encoded on its way is mended.
        """
        text = unwrapped(text)
        if code := self.codes.read(text):
            return self._by_code(code)
        key = name_key(text)
        elsewhere = self._ordinary.get(key) is WordKind.ELSEWHERE
        hit = self._index.get(key) or self._index.get(key.replace(" ", ""))
        if hit is not None:
            guess = elsewhere and not hit.exact and len(hit.communes) == 1
            return NotFound(hit.communes) if guess else resolution_of(hit)
        mentions = self.mentions(text)
        if len(mentions) == 1 and mentions[0].alone:
            put_elsewhere = any(
                stranger.outside is not None and stranger.start == mentions[0].start
                for stranger in self.strangers(text, mentions, lambda _: True)
            )
            resolution = mentions[0].resolution
            return NotFound(communes_of(resolution)) if put_elsewhere else resolution
        if not elsewhere:
            hit = self._index.near(key, same_start=len(key) < _SURE_LENGTH)
        if hit is not None:
            return resolution_of(hit)
        return NotFound(self._index.alike(key, _NEAREST) if key else ())

    def mentions(self, question: str) -> tuple[Mention, ...]:
        """Find the communes named in a sentence, in order."""
        return self._mentions(question)

    def _find_mentions(self, question: str) -> tuple[Mention, ...]:
        return find_mentions(question, self._index, self.codes, self._ordinary)

    def strangers(
        self,
        text: str,
        mentions: Sequence[Mention],
        is_word: Callable[[str], bool],
        others: Sequence[tuple[int, int]] = (),
    ) -> tuple[Stranger, ...]:
        """Find the places named in a sentence that the region doesn't have, in order.

        Args:
            text: the sentence.
            mentions: the communes of the region that it names.
            is_word: whether a folded word is French, and so no unknown place by its capital alone.
            others: where names of other things stand, such as those of aids.
        """
        reader = NameReader(text, self._index, self.codes, self._ordinary)
        sure: list[tuple[int, int]] = []
        perhaps: list[tuple[int, int]] = []
        for mention in mentions:
            is_sure = mention.certain and mention.resolution.how not in {How.SHORT_NAME, How.TYPO}
            (sure if is_sure else perhaps).append((mention.start, mention.end))
        found = StrangerReader(reader, self.elsewhere, self._ordinary, is_word).read(sure, perhaps, others)
        return tuple(found)

    def is_surname(self, word: str) -> bool:
        """Whether a folded word that looks like a commune is a surname, and no word of the dictionary."""
        return self._ordinary.get(word) is WordKind.SURNAME

    def is_plain_word(self, word: str) -> bool:
        """Whether a folded word of a commune's name is a word of the dictionary: Dunes, Croix, Moulin."""
        return self._ordinary.get(word) is WordKind.WORD

    def alike(self, name: str, limit: int = _NEAREST) -> tuple[Commune, ...]:
        """The communes whose names look most like a name, the best first; maybe none."""
        key = name_key(name)
        found = self._index.alike(key, limit) if key else ()
        return tuple(item for item in found if _likeness(key, item) >= _ALIKE)

    def search(self, prefix: str, limit: int = 10) -> tuple[Commune, ...]:
        """Complete what is being typed: names that start so, then names that hold it.

        Within each, the most populated first. Digits complete postcodes and INSEE codes.
        """
        wanted = " ".join(words(prefix))
        if not wanted or limit < 1:
            return ()
        if digits := self.codes.starting(prefix):
            return self._with_code(digits)[:limit]
        key = name_key(prefix)
        found: dict[str, Commune] = {}
        for holds in (str.startswith, str.__contains__):
            for name, commune in self._sorted:
                if holds(name, wanted) or holds(name, key):
                    found.setdefault(commune.insee, commune)
                    if len(found) == limit:
                        return tuple(found.values())
        return tuple(found.values())

    def _by_code(self, code: Code) -> Resolution:
        communes = self.codes.communes(code)
        if not communes:
            return NotFound(())
        if len(communes) == 1:
            return Found(communes[0], How.INSEE if code.digits in self.codes.insee else How.POSTCODE)
        return Ambiguous(communes, How.POSTCODE)

    def _with_code(self, start: str) -> tuple[Commune, ...]:
        found = {
            commune.insee: commune
            for _, commune in self._sorted
            if commune.insee.startswith(start)
            or any(postcode.startswith(start) for postcode in commune.postcodes)
        }
        if not found and (code := self.codes.read(start)):  # a zero lost or added
            return self.codes.communes(code)
        return tuple(found.values())


def _likeness(key: str, commune: Commune) -> float:
    """How alike a mistyped name and that of a commune are, letter by letter: 0 to 1."""
    return OSA.normalized_similarity(key, name_key(commune.name))


def _search_keys(territory: Territory) -> list[tuple[str, Commune]]:
    """Every name, former ones too, with its commune, most populated first."""
    pairs = [(name_key(commune.name), commune) for commune in territory.communes.values()]
    pairs += [
        (name_key(former.name), territory.communes[former.successor])
        for former in territory.former_communes.values()
    ]
    return sorted(pairs, key=lambda pair: (-pair[1].population, pair[1].insee))
