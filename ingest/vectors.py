"""Vectors as the whole program passes them: float32, rows of norm 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_LEAST_NORM = 1e-12


def unit(vectors: Vectors) -> Vectors:
    """Scale rows to norm 1; rows of zeros, or with what isn't a finite number, become zeros.

    Args:
        vectors: shape (texts, dimension).
    """
    finite = np.isfinite(vectors).all(axis=1, keepdims=True)
    vectors = np.where(finite, vectors, np.float32(0))
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > _LEAST_NORM)
    return scaled


def with_neutral(vectors: Vectors) -> Vectors:
    """Replace rows of zeros by one neutral unit vector: an index holds no vector of norm 0."""
    empty = ~vectors.any(axis=1)
    if empty.any():
        vectors = vectors.copy()
        vectors[empty] = 1 / np.sqrt(vectors.shape[1])
    return vectors
