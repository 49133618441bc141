"""Hybrid retrieval: vectors and words, fused by a weighted sum of min-max normalised scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from ingest.chunk import Chunk
from ingest.embed import Embedder, Vectors
from ingest.reader import IndexReader, Snapshot

LEXICAL_WEIGHT = 0.6
DENSE_WEIGHT = 0.4
NAMED_SCHEME_BOOST = 0.5
SECTION_BOOST = 0.15
DEPTH = 100


@dataclass(frozen=True, slots=True)
class RetrievedChunk:
    """A chunk found, with its score and the part that each reason brought.

    Attributes:
        chunk: the passage.
        score: fused score; 1 is the best of both legs, boosts come on top.
        reasons: contribution by reason: ``lexical``, ``dense``, ``scheme``, ``section``.
        similarity: cosine similarity with the question; None when only its words were found.
    """

    chunk: Chunk
    score: float
    reasons: Mapping[str, float]
    similarity: float | None


def fuse(
    legs: Mapping[str, Mapping[str, float]],
    weights: Mapping[str, float],
    floors: Mapping[str, float] | None = None,
) -> dict[str, dict[str, float]]:
    """Fuse the scores of several legs.

    Each leg is scaled to [0, 1] from its floor to its greatest score, then weighted; an item that a
    leg didn't find gets nothing from it. A leg whose scores all equal its floor gives each item 1.

    Args:
        legs: for each leg, its scores by item.
        weights: for each leg, its weight.
        floors: for some legs, the score that maps to 0; by default the leg's least score.

    Returns:
        For each item, the contribution of each leg that found it.
    """
    fused: dict[str, dict[str, float]] = {}
    for leg, scores in legs.items():
        if not scores:
            continue
        low, high = (floors or {}).get(leg, min(scores.values())), max(scores.values())
        for item, score in scores.items():
            scaled = (score - low) / (high - low) if high > low else 1.0
            fused.setdefault(item, {})[leg] = weights[leg] * scaled
    return fused


class HybridRetriever:
    """Finds the passages for a question in the current generation of the index."""

    def __init__(self, reader: IndexReader, embedder: Embedder) -> None:
        """Search what ``reader`` opens, with questions encoded by ``embedder``."""
        self._reader = reader
        self._embedder = embedder

    def check(self) -> None:
        """Open the index.

        Raises:
            IngestError: there is no usable index.
        """
        self._reader.snapshot()

    def retrieve(
        self,
        text: str,
        k: int = 10,
        *,
        words: str | None = None,
        only_scheme: str | None = None,
        schemes: Sequence[str] = (),
        sections: Sequence[str] = (),
    ) -> list[RetrievedChunk]:
        """Return the best passages, best first.

        Args:
            text: the question.
            k: how many passages at most.
            words: the text whose words are searched, when it isn't the whole question.
            only_scheme: keep to this scheme's fiche.
            schemes: schemes named in the question: their passages are boosted.
            sections: section titles that hold what is asked: boosted.

        Raises:
            IngestError: there is no usable index.
        """
        if only_scheme is not None:
            schemes = [scheme for scheme in schemes if scheme == only_scheme]
        vector = self._embedder.embed_question(text)
        snapshot = self._reader.snapshot()
        try:
            found = _search(snapshot, words or text, vector, only_scheme, schemes)
        except Exception:  # noqa: BLE001 - a generation deleted under a reader; the second error is raised
            found = _search(self._reader.reopened(), words or text, vector, only_scheme, schemes)
        ranked = [_boosted(chunk, legs, schemes, sections, sim) for chunk, legs, sim in found]
        return sorted(ranked, key=lambda hit: (-hit.score, hit.chunk.id))[:k]

    def word_weights(self, stems: Sequence[str]) -> dict[str, float]:
        """Return the inverse document frequency of stems; the highest for those the index lacks."""
        index = self._reader.snapshot().words
        total = max(len(index), 1)
        return {stem: log(1 + total / (0.5 + index.document_frequency(stem))) for stem in stems}


def _search(
    snapshot: Snapshot, words: str, vector: Vectors, only_scheme: str | None, schemes: Sequence[str]
) -> list[tuple[Chunk, dict[str, float], float | None]]:
    """Search both legs; the passages of named schemes take part even when no leg ranks them high."""
    known: dict[str, Chunk] = {}
    dense: dict[str, float] = {}
    if vector.any():
        for chunk, similarity in snapshot.vectors.search(vector, DEPTH, only_scheme):
            known[chunk.id] = chunk
            dense[chunk.id] = similarity
    lexical = {hit.chunk_id: hit.score for hit in snapshot.words.search(words, DEPTH, only_scheme)}
    # Fewer hits than asked for: every other chunk has a BM25 score of 0, which is then the floor.
    floors = {"lexical": 0.0} if len(lexical) < DEPTH else {}
    weights = {"lexical": LEXICAL_WEIGHT, "dense": DENSE_WEIGHT}
    fused = fuse({"lexical": lexical, "dense": dense}, weights, floors)
    known |= snapshot.vectors.chunks([name for name in fused if name not in known])
    for scheme in schemes:
        for chunk in snapshot.vectors.scheme_chunks(scheme):
            known.setdefault(chunk.id, chunk)
            fused.setdefault(chunk.id, {})
    return [(known[name], legs, dense.get(name)) for name, legs in fused.items() if name in known]


def _boosted(
    chunk: Chunk,
    legs: dict[str, float],
    schemes: Sequence[str],
    sections: Sequence[str],
    similarity: float | None,
) -> RetrievedChunk:
    reasons = dict(legs)
    if chunk.scheme_id in schemes:
        reasons["scheme"] = NAMED_SCHEME_BOOST
    if set(sections) & set(chunk.sections):
        reasons["section"] = SECTION_BOOST
    return RetrievedChunk(chunk, sum(reasons.values()), reasons, similarity)
