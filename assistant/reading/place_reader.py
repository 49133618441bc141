"""Read the places of messages, once each, knowing the names of aids; give the messages without them."""

from __future__ import annotations

from functools import lru_cache

from assistant.eligibility.facts import Facts
from assistant.reading.intents import find_intents
from assistant.reading.names import SchemeNames
from assistant.reading.places import Place, masked, read_places
from assistant.reading.scope import out_of_scope
from assistant.reading.statement import read_statement
from assistant.reading.topics import find_topics
from assistant.reply import Message
from corpus.french.folding import words
from corpus.places.gazetteer import Gazetteer
from corpus.places.spans import Span

_KEPT = 512


class PlaceReader:
    """Reads places for every reader that comes after: topics, names of aids, statements, search."""

    def __init__(self, gazetteer: Gazetteer, names: SchemeNames) -> None:
        """Read with these names of places and of aids."""
        self.gazetteer = gazetteer
        self._names = names
        self.read = lru_cache(maxsize=_KEPT)(self._read)
        self._tells = lru_cache(maxsize=_KEPT)(self._tells_something)

    def masked(self, text: str) -> str:
        """A text without the names of its places."""
        return masked(text, self.read(text))

    def spans(self, text: str) -> list[Span]:
        """Where names of places stand in a text, those that may be words too: their spelling is left alone."""
        perhaps = [(name.start, name.end) for name in self.gazetteer.mentions(text)]
        return [*perhaps, *((place.start, place.end) for place in self.read(text))]

    def message(self, message: Message) -> Message:
        """A user's message without the names of places that say something else too: codes, Croix, Rue.

        The other names stay, to find by them what the sources say of a commune; a message that is nothing
        but a name stays as it is.
        """
        if message.role != "user":
            return message
        text = message.content
        told = [place for place in self.read(text) if place.is_code or self._tells(place.text)]
        content = masked(text, told)
        return message.model_copy(update={"content": content}) if words(content) else message

    def without(self, message: Message) -> Message:
        """A user's message without the names of all its places; one that is nothing but names stays as it is."""
        content = self.masked(message.content) if message.role == "user" else ""
        return message.model_copy(update={"content": content}) if words(content) else message

    def _tells_something(self, name: str) -> bool:
        """Whether a name alone tells of a need, an aid, an act or who asks, or is made of plain words."""
        return bool(
            find_topics(name)
            or self._names.find(name)
            or find_intents(name)
            or out_of_scope(name, names_scheme=False)
            or read_statement(name, Facts()) != Facts()
            or any(self.gazetteer.is_plain_word(word) for word in words(name))
        )

    def _read(self, text: str) -> tuple[Place, ...]:
        return read_places(text, self.gazetteer, self._names.spans(text))
