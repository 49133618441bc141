"""Group questions by likeness: each group is the questions near one of them, the largest group first.

Greedy and deterministic: the question with the most others within :data:`NEAR` of it (cosine of the
encoder's vectors) leads a group, which takes them; then the next among those left. So every question of a
group is near the one that leads it, and no chain of small steps joins two that are far apart, as single
linkage would.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.vectors import Vectors

NEAR = 0.80


def groups_of(vectors: Vectors, near: float = NEAR) -> list[list[int]]:
    """Group rows: the places of each group, its leader first, then the others in their order.

    Args:
        vectors: shape (texts, dimension), rows of norm 1.
        near: the least cosine between a leader and each of its group.
    """
    likeness: NDArray[np.float32] = vectors @ vectors.T
    close = likeness >= near
    np.fill_diagonal(close, val=True)
    left = np.ones(len(vectors), dtype=bool)
    groups: list[list[int]] = []
    counts = close.sum(axis=1)
    while left.any():
        leader = int(np.argmax(np.where(left, counts, -1)))  # the first of those that have as many
        taken = np.flatnonzero(close[leader] & left)
        groups.append([leader, *(place for place in taken.tolist() if place != leader)])
        left[taken] = False
        counts -= close[:, taken].sum(axis=1)
    return groups


def likeliest_first(vectors: Vectors, group: Sequence[int]) -> list[int]:
    """The places of a group, the nearest to its leader first."""
    leader, *others = group
    return [leader, *sorted(others, key=lambda place: (-float(vectors[leader] @ vectors[place]), place))]
