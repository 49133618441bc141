"""The vectors of a fiche's texts, encoded once, then kept: those of an edited fiche alone are made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ingest.embed import Embedder, Vectors
from ingest.kept import Form, Kept, Packed, digest_of


def sentence_vectors(fiche: str, texts: Sequence[str], embedder: Embedder, kept: Kept) -> Vectors:
    """Return the vectors of the sentences of a fiche, shape (len(texts), dimension).

    Args:
        fiche: its id.
        texts: the sentences, as they are encoded.
        embedder: encodes those that aren't kept.
        kept: where they are kept.
    """
    return _vectors(f"sentences-{fiche}", texts, embedder.name, embedder.embed_passages, kept)


def question_vectors(fiche: str, texts: Sequence[str], embedder: Embedder, kept: Kept) -> Vectors:
    """Return the vectors of the questions that people ask about a fiche, shape (len(texts), dimension)."""
    return _vectors(f"asked-{fiche}", texts, embedder.name, embedder.embed_questions, kept)


def _vectors(
    name: str, texts: Sequence[str], encoder: str, encode: Callable[[list[str]], Vectors], kept: Kept
) -> Vectors:
    def unpacked(packed: Packed) -> Vectors:
        vectors: np.ndarray[Any, np.dtype[Any]] = packed.arrays["vectors"]
        if vectors.dtype != np.float32 or vectors.ndim != 2 or len(vectors) != len(texts):
            raise ValueError(f"vectors of shape {vectors.shape} for {len(texts)} texts")
        return vectors

    form = Form(name, lambda vectors: Packed(len(vectors), {"vectors": vectors}), unpacked)
    return kept.value(form, digest_of((encoder, *texts)), lambda: encode(list(texts)))
