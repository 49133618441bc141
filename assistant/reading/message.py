"""A message read once: brought to plain form, its spelling mended, its places and figures found as spans."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.reading.french.english import glossed, is_english
from assistant.reading.french.negation import Clause, read_clauses
from assistant.reading.french.normal import normal
from assistant.reading.french.quantities import Quantity, read_quantities
from assistant.reading.french.spelling import Repaired, Spelling
from assistant.reply import Message
from corpus.french.folding import fold
from corpus.places.gazetteer import Gazetteer
from corpus.places.mention import Mention

log = logging.getLogger(__name__)
# Messages of a conversation come back at every turn.
_KEPT = 256


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """A user's message, read; what reads it further takes this rather than what was sent.

    Attributes:
        written: as it was sent.
        normal: in plain form, its words as they were written.
        text: its words mended, or in French when it was in English.
        changes: (written, read) for each word mended.
        places: the communes that it names, as spans of ``text``.
    """

    written: str
    normal: str
    text: str
    changes: tuple[tuple[str, str], ...]
    places: tuple[Mention, ...]

    @property
    def folded(self) -> str:
        """The text without accents and in lower case: what the spans of figures and clauses are cut in."""
        return fold(self.text)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Its figures, as spans of ``folded``."""
        return read_quantities(self.folded)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses, each affirmed or denied, as spans of ``folded``."""
        return read_clauses(self.folded)

    @property
    def without_places(self) -> str:
        """Its text without the communes that it names."""
        rest = self.text
        for place in reversed(self.places):
            rest = rest[: place.start] + rest[place.end :]
        return rest


class MessageReader:
    """Reads messages, chat and search alike; the names of communes are left as they're written."""

    def __init__(self, gazetteer: Gazetteer, spelling: Spelling) -> None:
        """Know the communes, and the words that those of a text are mended into."""
        self._gazetteer = gazetteer
        self._spelling = spelling
        self._known: dict[str, str] = {}
        self.read = lru_cache(maxsize=_KEPT)(self._read)

    def message(self, message: Message) -> Message:
        """A message of the conversation, as what follows reads it: the user's mended, ours as we wrote it."""
        if message.role != "user":
            return message
        return message.model_copy(update={"content": self.read(message.content).text})

    def known(self, text: str) -> str:
        """A question known beforehand, mended once and for all."""
        if text not in self._known:
            self._known[text] = self._read(text).text
        return self._known[text]

    def _read(self, written: str) -> ReadMessage:
        plain = normal(written, self._spelling.knows)
        places = self._gazetteer.mentions(plain)
        repaired = self._mended(plain, places)
        if repaired.changes:
            log.debug("%d words repaired", len(repaired.changes))
        text = repaired.text
        return ReadMessage(
            written=written,
            normal=plain,
            text=text,
            changes=repaired.changes,
            places=places if text == plain else self._gazetteer.mentions(text),
        )

    def _mended(self, plain: str, places: Sequence[Mention]) -> Repaired:
        if is_english(plain):
            return Repaired(glossed(plain))
        return self._spelling.repair(plain, [(place.start, place.end) for place in places])
