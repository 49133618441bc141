"""A message read once: brought to plain form, its spelling mended, its places found as spans.

Its figures and its clauses are read by ``read_quantities`` and ``read_clauses`` of ``french``, each of which
keeps what it read: whoever asks for those of a text gets the same spans.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from assistant.reading.french.english import glossed, is_english
from assistant.reading.french.learned_words import words_digest
from assistant.reading.french.normal import normal
from assistant.reading.french.spelling import Repaired, Spelling
from assistant.reading.place_reader import PlaceReader
from assistant.reading.places import Place
from assistant.reply import Message
from corpus import places
from corpus.communes.territory import TERRITORY_DIR
from corpus.fiches.catalogue import Catalogue
from corpus.places.spans import Span
from ingest.kept import digest_of, digest_of_files

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
        places: the places that it names, as spans of ``text``.
    """

    written: str
    normal: str
    text: str
    changes: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]


class MessageReader:
    """Reads messages, chat and search alike; the names of places are left as they're written."""

    def __init__(self, places: PlaceReader, spelling: Spelling) -> None:
        """Know the places, and the words that those of a text are mended into."""
        self._places = places
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
            self._known[text] = self._mended_form(text)[1].text
        return self._known[text]

    def _mended_form(self, written: str) -> tuple[str, Repaired]:
        """A message in plain form, and mended."""
        plain = normal(written, self._spelling.knows)
        return plain, self._mended(plain, self._places.spans(plain))

    def _read(self, written: str) -> ReadMessage:
        plain, repaired = self._mended_form(written)
        if repaired.changes:
            log.debug("%d words repaired", len(repaired.changes))
        text = repaired.text
        return ReadMessage(
            written=written,
            normal=plain,
            text=text,
            changes=repaired.changes,
            places=self._places.read(text),
        )

    def _mended(self, plain: str, names: Sequence[Span]) -> Repaired:
        if is_english(plain):
            return Repaired(glossed(plain))
        return self._spelling.repair(plain, names)


def reading_digest(catalogue: Catalogue) -> str:
    """Digest of all that reading a message depends on: the fiches, the places, and the program that reads."""
    return digest_of((words_digest(catalogue), *catalogue.fiches, _program()))


@cache
def _program() -> str:
    folders = (Path(__file__).parent, Path(places.__file__).parent, TERRITORY_DIR)
    return digest_of_files(
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".csv", ".gz"}
    )
