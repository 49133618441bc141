"""A space in which a question is near the sentences that answer it: whose sentences are nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from assistant.search.fiche_vectors import sentence_vectors
from corpus.fiches.catalogue import Catalogue
from corpus.fiches.fiche import UNKNOWN_SECTION
from ingest.embed import Embedder, Vectors
from ingest.kept import Kept
from ingest.statements import statements_of

_KEPT = 256
# The mean of so many of the nearest sentences tells a subject that is spoken of from one that is touched on.
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Near:
    """How near the sentences of a fiche or of a page are to a question.

    Attributes:
        best: similarity of the nearest, between 0 and 1.
        several: mean similarity of the nearest few, between 0 and 1.
        average: mean similarity of all of them, between 0 and 1.
        telling: similarity of the nearest that doesn't say what isn't known, between 0 and 1.
    """

    best: float
    several: float
    average: float
    telling: float

    @classmethod
    def of(cls, similarities: Vectors, are_gaps: Sequence[bool] = ()) -> Near:
        """Those of the similarities of some sentences, shape (sentences,).

        Args:
            similarities: between -1 and 1.
            are_gaps: which of them say what isn't known; by default none does.
        """
        if not len(similarities):
            return NOWHERE
        near = np.clip(similarities, 0.0, 1.0)
        telling = near[~np.array(are_gaps, dtype=bool)] if len(are_gaps) else near
        nearest_first = np.sort(near)[::-1]
        few = nearest_first[:_SEVERAL]
        return cls(
            float(few[0]), float(few.mean()), float(nearest_first.mean()), float(telling.max(initial=0.0))
        )


NOWHERE = Near(0.0, 0.0, 0.0, 0.0)


class AnswerSpace:
    """The sentences of every fiche, ready to be compared with a question."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder, kept: Kept | None = None) -> None:
        """Encode the sentences of a catalogue.

        Args:
            catalogue: the schemes.
            embedder: the encoder.
            kept: where the vectors of the sentences are kept.
        """
        self._embedder = embedder
        self._schemes: dict[str, tuple[int, int]] = {}
        self._texts: list[str] = []
        self._are_gaps: list[bool] = []
        vectors = [np.zeros((0, embedder.dimension), dtype=np.float32)]
        for name, fiche in catalogue.fiches.items():
            told = list(statements_of(fiche.as_document))
            self._schemes[name] = (len(self._texts), len(self._texts) + len(told))
            self._texts += told
            self._are_gaps += [
                section.title == UNKNOWN_SECTION for section, _ in fiche.as_document.sentences()
            ]
            vectors.append(sentence_vectors(name, told, embedder, kept or Kept()))
        self._vectors = np.concatenate(vectors)
        # A question is compared several times on its way to a reply.
        self.by_scheme = lru_cache(maxsize=_KEPT)(self._by_scheme)

    def sentences(self) -> dict[str, Vectors]:
        """The vector of each sentence, as it's encoded."""
        return dict(zip(self._texts, self._vectors, strict=True))

    def _by_scheme(self, text: str) -> Mapping[str, Near]:
        """For each scheme, how near its sentences are to a question."""
        near = self._vectors @ self._embedder.embed_question(text)
        return MappingProxyType(
            {
                name: Near.of(near[start:end], self._are_gaps[start:end])
                for name, (start, end) in self._schemes.items()
            }
        )
