"""A space in which a question is near the sentences that answer it: which schemes' sentences are nearest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import Fiche
from ingest.embed import Embedder
from ingest.tune import Pair

_KEPT = 256


def pairs_of(
    catalogue: Catalogue, mended: Callable[[str], str] = str, without: Collection[int] = ()
) -> list[Pair]:
    """The questions that people ask, each with the sentence that answers it best.

    Args:
        catalogue: the schemes, with their questions.
        mended: mends the spelling of a question.
        without: places of questions to leave out, in the order of the catalogue.
    """
    pairs = [
        (mended(asked.text), told[asked.answers[0]])
        for fiche in catalogue.fiches.values()
        for told in [_told(fiche)]
        for asked in fiche.asked
    ]
    return [pair for place, pair in enumerate(pairs) if place not in without]


class AnswerSpace:
    """The sentences of every fiche, ready to be compared with a question."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder) -> None:
        """Encode the sentences of a catalogue.

        Args:
            catalogue: the schemes.
            embedder: the encoder; best one tuned on the questions that people ask (:mod:`ingest.tune`).
        """
        self._embedder = embedder
        self._schemes: dict[str, tuple[int, int]] = {}
        texts: list[str] = []
        for name, fiche in catalogue.fiches.items():
            told = _told(fiche)
            self._schemes[name] = (len(texts), len(texts) + len(told))
            texts += told
        self._vectors = embedder.embed_passages(texts)
        # A question is compared several times on its way to a reply.
        self.by_scheme = lru_cache(maxsize=_KEPT)(self._by_scheme)

    def _by_scheme(self, text: str) -> Mapping[str, float]:
        """For each scheme, the similarity of its nearest sentence to a question, between 0 and 1."""
        near = np.clip(self._vectors @ self._embedder.embed_question(text), 0.0, 1.0)
        return MappingProxyType(
            {name: float(near[start:end].max(initial=0.0)) for name, (start, end) in self._schemes.items()}
        )


def _told(fiche: Fiche) -> list[str]:
    """The sentences of a fiche as they are encoded: each after the title of its section."""
    return [f"{section.title}. {sentence.text}" for section, sentence in fiche.as_document.sentences()]
