"""Put prefixes before texts and keep vectors clean: what every encoder behind the seam has in common."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, Protocol

import numpy as np

from ingest.vectors import Vectors, unit, with_neutral

Task = Literal["query", "document"]
_QUESTIONS_KEPT = 256


class Model(Protocol):
    """What turns texts into vectors, of any norm."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: list[str], prefix: str, task: Task) -> Vectors:
        """Return the vectors of one or more texts, each after a prefix, shape (len(texts), dimension)."""
        ...


class TextEmbedder:
    """A model behind the :class:`ingest.embed.Embedder` seam."""

    def __init__(self, model: Model, name: str, query_prefix: str = "", passage_prefix: str = "") -> None:
        """Wrap a model; the prefixes are put before questions and passages.

        Args:
            model: encodes texts.
            name: identifies the model, its weights and the prefix of passages.
            query_prefix: text put before a question.
            passage_prefix: text put before a passage.
        """
        self._model = model
        self.name = name
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        # One question is encoded several times on its way to a reply.
        self._kept = lru_cache(maxsize=_QUESTIONS_KEPT)(self._question)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._model.dimension

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Return the vectors of passages: float32, shape (len(texts), dimension), rows of norm 1.

        An empty text gets a neutral unit vector.
        """
        return with_neutral(self._encoded(texts, self._passage_prefix, "document"))

    def embed_questions(self, texts: list[str]) -> Vectors:
        """Return the vectors of questions, shape (len(texts), dimension); zeros for those that are empty."""
        return self._encoded(texts, self._query_prefix, "query")

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimension,); all zeros when nothing is known."""
        return self._kept(text)

    def _question(self, text: str) -> Vectors:
        vector: Vectors = self.embed_questions([text])[0]
        vector.flags.writeable = False
        return vector

    def _encoded(self, texts: list[str], prefix: str, task: Task) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        told = [place for place, text in enumerate(texts) if text.strip()]
        if told:
            encoded = self._model.encode([texts[place] for place in told], prefix, task)
            vectors[told] = unit(np.asarray(encoded, dtype=np.float32))
        return vectors
