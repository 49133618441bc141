"""An encoder as LangChain wants it."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from ingest.embed import Embedder


class LangChainEmbeddings(Embeddings):
    """An :class:`Embedder` as LangChain wants it."""

    def __init__(self, embedder: Embedder) -> None:
        """Wrap the embedder."""
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector a passage."""
        vectors: list[list[float]] = self._embedder.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        vector: list[float] = self._embedder.embed_question(text).tolist()
        return vector
