"""Hybrid retrieval: words, letters and vectors, fused by a weighted sum of min-max normalised scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from types import MappingProxyType
from typing import TypeVar

from assistant.reading.french.lexicon import french_lexicon
from assistant.reading.french.spelling import Repaired, Spelling
from assistant.search.hits import RetrievedChunk
from assistant.search.rerank import RERANKED, Reranker, reranked
from ingest.chunk import Chunk
from ingest.embed import Embedder, Vectors
from ingest.reader import IndexReader, Snapshot

# Fitted on two public French sets, each with what the other chose ("assistant bench fusion";
# docs/decisions/0013).
LEG_WEIGHTS: Mapping[str, float] = MappingProxyType({"lexical": 0.25, "letters": 0.25, "dense": 0.5})
# A large index holds no letters; the two other legs share their weight.
WITHOUT_LETTERS: Mapping[str, float] = MappingProxyType({"lexical": 0.45, "letters": 0.0, "dense": 0.55})
NAMED_SCHEME_BOOST = 0.5
SECTION_BOOST = 0.15
DEPTH = 100
_Found = TypeVar("_Found")


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


def without_vectors(weights: Mapping[str, float]) -> dict[str, float]:
    """Share the weight of vectors among the other legs, for an index whose vectors are being computed."""
    left = 1.0 - weights["dense"]
    return {leg: 0.0 if leg == "dense" else weight / left for leg, weight in weights.items()}


class HybridRetriever:
    """Finds the passages for a question in the current generation of the index."""

    def __init__(
        self, reader: IndexReader, embedder: Embedder, *, mends: bool = True, reranker: Reranker | None = None
    ) -> None:
        """Search an index.

        Args:
            reader: opens it.
            embedder: encodes the questions.
            mends: whether words that the index lacks are mended first; False when the caller has done it.
            reranker: judges the best passages again; None to leave them as fused.
        """
        self._reader = reader
        self._embedder = embedder
        self._mends = mends
        self._reranker = reranker
        self._spelling: tuple[str, Spelling] | None = None

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
        text, words = self._as_searched(text, words)
        vector = self._embedder.embed_question(text)
        depth = k if self._reranker is None else max(k, RERANKED)
        asked = _Asked(words or text, vector, depth, only_scheme, tuple(schemes), frozenset(sections))
        hits = self._read(lambda snapshot: _search(snapshot, asked))
        return hits if self._reranker is None else reranked(text, hits, self._reranker)[:k]

    def document(self, document_id: str) -> list[Chunk]:
        """Return the passages of a document, in its order; none of one that isn't indexed.

        Raises:
            IngestError: there is no usable index.
        """
        return self._read(lambda snapshot: snapshot.vectors.document_chunks(document_id))

    def _read(self, read: Callable[[Snapshot], _Found]) -> _Found:
        """What is read of the index in service; once more where its generation went meanwhile."""
        snapshot = self._reader.snapshot()
        try:
            return read(snapshot)
        except Exception:  # noqa: BLE001 - a generation deleted under a reader; the second error is raised
            return read(self._reader.reopened())

    def legs(self, text: str) -> dict[str, dict[str, float]]:
        """Return what each leg finds for a question, scaled but not weighed: for whoever fits the weights.

        Returns:
            For each leg, scores from 0 to 1 by chunk id; a leg that the index lacks is empty.

        Raises:
            IngestError: there is no usable index.
        """
        searched, _ = self._as_searched(text, None)
        legs = _legs(self._reader.snapshot(), searched, self._embedder.embed_question(searched), None)
        floors = _floors(legs)
        scaled = {leg: fuse({leg: scores}, {leg: 1.0}, floors) for leg, scores in legs.items()}
        return {leg: {name: parts[leg] for name, parts in found.items()} for leg, found in scaled.items()}

    def _as_searched(self, text: str, words: str | None) -> tuple[str, str | None]:
        """A question and the words to search for, mended where nobody has done it before."""
        if not self._mends:
            return text, words
        return self.mended(text).text, self.mended(words).text if words else None

    def mended(self, text: str) -> Repaired:
        """Mend the words that neither the current generation nor the French word list knows.

        Raises:
            IngestError: there is no usable index.
        """
        snapshot = self._reader.snapshot()
        known = self._spelling
        if known is None or known[0] != snapshot.manifest.generation:
            known = snapshot.manifest.generation, Spelling.of_index(snapshot.vocabulary, french_lexicon())
            self._spelling = known
        return known[1].repair(text)

    def word_weights(self, stems: Sequence[str]) -> dict[str, float]:
        """Return the inverse document frequency of stems; the highest for those the index lacks."""
        index = self._reader.snapshot().words
        total = max(len(index), 1)
        return {stem: log(1 + total / (0.5 + index.document_frequency(stem))) for stem in stems}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What to search for, and how much of it."""

    words: str
    vector: Vectors
    k: int
    only_scheme: str | None
    schemes: tuple[str, ...]
    sections: frozenset[str]


def _search(snapshot: Snapshot, asked: _Asked) -> list[RetrievedChunk]:
    """Search every leg; the passages of named schemes take part even when no leg ranks them high."""
    store = snapshot.vectors
    legs = _legs(snapshot, asked.words, asked.vector, asked.only_scheme)
    weights = LEG_WEIGHTS if snapshot.words.has_letters else WITHOUT_LETTERS
    fused = fuse(legs, weights if snapshot.manifest.has_vectors else without_vectors(weights), _floors(legs))
    if not asked.schemes and not asked.sections:  # no boost to come: the others needn't be read
        best = sorted(fused, key=lambda name: (-sum(fused[name].values()), name))[: asked.k]
        fused = {name: fused[name] for name in best}
    known = store.chunks(list(fused))
    for scheme in asked.schemes:
        for chunk in store.scheme_chunks(scheme):
            known.setdefault(chunk.id, chunk)
            fused.setdefault(chunk.id, {})
    hits = [
        _boosted(known[name], parts, asked, legs["dense"].get(name))
        for name, parts in fused.items()
        if name in known
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.chunk.id))[: asked.k]


def _legs(snapshot: Snapshot, words: str, vector: Vectors, only: str | None) -> dict[str, dict[str, float]]:
    """What each leg finds, its own scores by chunk id; nothing where the index or the question lacks it."""
    index = snapshot.words
    return {
        "lexical": {hit.chunk_id: hit.score for hit in index.search(words, DEPTH, only)},
        "letters": {hit.chunk_id: hit.score for hit in index.search_letters(words, DEPTH, only)}
        if index.has_letters
        else {},
        "dense": snapshot.vectors.search(vector, DEPTH, only) if vector.any() else {},
    }


def _floors(legs: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Fewer hits than asked for: every other chunk has a BM25 score of 0, which is then the floor."""
    return {leg: 0.0 for leg in ("lexical", "letters") if len(legs[leg]) < DEPTH}


def _boosted(
    chunk: Chunk, legs: Mapping[str, float], asked: _Asked, similarity: float | None
) -> RetrievedChunk:
    reasons = dict(legs)
    if chunk.subject_id in asked.schemes:
        reasons["scheme"] = NAMED_SCHEME_BOOST
    if asked.sections.intersection(chunk.sections):
        reasons["section"] = SECTION_BOOST
    return RetrievedChunk(chunk, sum(reasons.values()), reasons, similarity)
