"""Keep the vectors of sentences met before: those of the fiches come back at every question."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ingest.embed import Embedder, Vectors

# About 40 MB at 512 dimensions; the fiches hold under 1,000 sentences.
MOST = 20_000


class KeptVectors:
    """An :class:`Embedder` that encodes a passage once."""

    def __init__(
        self, embedder: Embedder, most: int = MOST, known: Mapping[str, Vectors] | None = None
    ) -> None:
        """Keep up to ``most`` vectors of ``embedder``; they are all forgotten when that is reached.

        Args:
            embedder: encodes what isn't kept.
            most: how many vectors of passages are kept.
            known: vectors of passages that were encoded before; never forgotten.
        """
        self._embedder = embedder
        self._most = most
        self._known = dict(known or {})
        self._kept: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        """The encoder's own name."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._embedder.dimension

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Return the vectors of passages, shape (len(texts), dimension)."""
        if not texts:
            return self._embedder.embed_passages(texts)
        kept, known = self._kept, self._known
        new = [text for text in dict.fromkeys(texts) if text not in known and text not in kept]
        if new:
            if len(kept) + len(new) > self._most:
                kept = {text: kept[text] for text in texts if text in kept}
            # A new mapping, never a change of the old one: another thread may be reading it.
            kept = {**kept, **dict(zip(new, self._embedder.embed_passages(new), strict=True))}
            self._kept = kept
        return np.stack([known[text] if text in known else kept[text] for text in texts])

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimension,)."""
        return self._embedder.embed_question(text)

    def embed_questions(self, texts: list[str]) -> Vectors:
        """Return the vectors of questions, shape (len(texts), dimension)."""
        return self._embedder.embed_questions(texts)
