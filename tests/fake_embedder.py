"""An encoder without a model: a bag of French stems, each hashed to one place of a unit vector."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from ingest.embed import Vectors
from ingest.lexical import analyse


class FakeEmbedder:
    """Deterministic: the same words, the same vector; texts that share words are near."""

    def __init__(self, name: str = "fake:stems", dimension: int = 512) -> None:
        """Name the encoder, as the manifest of an index would."""
        self.name = name
        self.dimension = dimension

    def embed_passages(self, texts: list[str]) -> Vectors:
        """A text without a known word gets a neutral unit vector."""
        vectors = np.array([self.embed_question(text) for text in texts], dtype=np.float32)
        vectors = vectors.reshape(-1, self.dimension)
        vectors[~vectors.any(axis=1)] = 1 / np.sqrt(self.dimension)
        return vectors

    def embed_question(self, text: str) -> Vectors:
        """All zeros when the text holds no content word."""
        vector = np.zeros(self.dimension, dtype=np.float32)
        for stem in analyse(text):
            vector[crc32(stem.encode()) % self.dimension] += 1
        norm = float(np.linalg.norm(vector))
        return vector / norm if norm else vector

    def embed_questions(self, texts: list[str]) -> Vectors:
        """One row a question."""
        return np.array([self.embed_question(text) for text in texts], dtype=np.float32).reshape(
            -1, self.dimension
        )
