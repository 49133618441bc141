"""What stands under a heading that no fiche has: read from its words, as a question's aspect is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from assistant.reading.acts import ReadAct
from assistant.reading.asked_intents import aspects_of
from assistant.reading.french.negation import denies
from assistant.reading.intents import Intent
from assistant.reading.trained_reader import TrainedReader
from corpus.french.folding import fold

HEADINGS_PATH = Path(__file__).parent / "trained" / "headings.npz"
"""The reader of headings: that of messages, taught headings too ("assistant train reader")."""
_KEPT = 4096
# Headings are read by their words and letters alone.
_NO_ENCODER = ""


class Headings:
    """Tells what the sections of plain pages hold."""

    def __init__(self, read: Callable[[str], ReadAct]) -> None:
        """Take a reader of what a text asks, by its words and letters alone."""
        self._read = read
        self.hold = lru_cache(maxsize=_KEPT)(self._hold)
        self._read_once = lru_cache(maxsize=_KEPT)(self._turned)

    @classmethod
    def load(cls, path: Path = HEADINGS_PATH) -> Headings:
        """Load the reader of headings.

        Raises:
            UnreadableReader: it's missing, damaged or of another version.
        """
        return cls(TrainedReader.load(_NO_ENCODER, path).read)

    def agree(self, heading: str, read: ReadAct) -> float:
        """How likely what a message asks of a scheme is what stands under a heading; between 0 and 1."""
        told = self._read_once(heading).aspects
        return sum(share * told[aspect] for aspect, share in read.aspects.items())

    def _hold(self, heading: str) -> Mapping[Intent, float]:
        """For each intent, how likely it is that what stands under a heading answers it; between 0 and 1."""
        return MappingProxyType(aspects_of(self._read_once(heading)))

    def _turned(self, heading: str) -> ReadAct:
        """A heading, read; one that denies holds what isn't covered: "Dépenses non prises en charge"."""
        read = self._read(heading)
        if not denies(fold(heading)):
            return read
        excluded = read.aspects["excluded"] + read.aspects["covered"]
        return replace(read, aspects={**read.aspects, "covered": 0.0, "excluded": excluded})
