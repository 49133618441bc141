"""Mend a message before anything reads it: its spelling repaired, the names of communes left alone."""

from __future__ import annotations

import logging

from assistant.reading.french.english import glossed, is_english
from assistant.reading.french.spelling import Repaired, Spelling
from assistant.reply import Message
from corpus.places.gazetteer import Gazetteer

log = logging.getLogger(__name__)


class Mender:
    """Repairs the spelling of texts, the names of communes left alone."""

    def __init__(self, gazetteer: Gazetteer, spelling: Spelling) -> None:
        """Know the communes, and the words that those of a text are mended into."""
        self._gazetteer = gazetteer
        self._spelling = spelling
        self._kept: dict[str, str] = {}

    def message(self, message: Message) -> Message:
        """A message of the conversation: the user's mended, one in English glossed in French."""
        if message.role != "user":
            return message
        said = message.content
        return message.model_copy(update={"content": glossed(said) if is_english(said) else self.text(said)})

    def text(self, text: str) -> str:
        """A text mended."""
        repaired = self._repair(text)
        if repaired.changes:
            log.debug("%d words repaired", len(repaired.changes))
        return repaired.text

    def kept(self, text: str) -> str:
        """A text that comes back, such as a known question: mended once."""
        if text not in self._kept:
            self._kept[text] = self.text(text)
        return self._kept[text]

    def changes(self, query: str) -> dict[str, str]:
        """Tell which words of a question are mended: as written, as read."""
        return {} if is_english(query) else dict(self._repair(query).changes)

    def _repair(self, text: str) -> Repaired:
        spans = [(mention.start, mention.end) for mention in self._gazetteer.mentions(text)]
        return self._spelling.repair(text, spans)
