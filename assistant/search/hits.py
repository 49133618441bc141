"""A passage found: its chunk, its fused score, and what each way of searching brought to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.chunk import Chunk


@dataclass(frozen=True, slots=True)
class RetrievedChunk:
    """A chunk found, with its score and the part that each reason brought.

    Attributes:
        chunk: the passage.
        score: fused score; 1 is the best of every leg, boosts come on top.
        reasons: contribution by reason: ``lexical``, ``letters``, ``dense``, ``scheme``, ``section``.
        similarity: cosine similarity with the question; None when the vector leg didn’t find it.
    """

    chunk: Chunk
    score: float
    reasons: Mapping[str, float]
    similarity: float | None
