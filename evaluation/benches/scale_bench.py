"""Measure the index at several sizes: indexing, opening, searching, and what the vector search misses."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import numpy as np
from pydantic import BaseModel, ConfigDict

from assistant.search.retrieve import DEPTH, HybridRetriever
from corpus.fiches.document import Document
from evaluation.benches.own_process import Progress, run_alone, silent
from evaluation.benches.scale_corpus import RecombinedVectors, passages_of, recombined
from ingest.configured import configured_embedder
from ingest.embed import Embedder, Vectors, load_embedder
from ingest.generations import Generations
from ingest.pipeline import index_documents
from ingest.reader import IndexReader
from ingest.settings import IndexSettings

_COLLECTION = "scale"
# Vectors that come back from the cache are rounded to 16 bits.
_TOLERANCE = 1e-4


class Scaled(BaseModel):
    """What was measured at one size.

    Attributes:
        passages: number of passages indexed.
        index_s: time to cut and write them, in seconds; their vectors are recombined, not encoded.
        per_second: passages so indexed in a second.
        index_mb: growth of the process that indexed, in megabytes (10^6 bytes).
        disk_mb: size of the index on disk, in megabytes.
        open_s: time to open the index and answer a first question, in seconds.
        serve_mb: growth of the process that answers, in megabytes.
        p50_ms: median time of a search by every leg, its question encoded, in milliseconds.
        p95_ms: its 95th centile.
        one_scheme_p50_ms: median of a search kept to one scheme.
        one_scheme_p95_ms: its 95th centile.
        dense_p50_ms: median of the vector search alone.
        recall: share of the ``DEPTH`` passages given by the vector search that are as near as the exact ones.
    """

    model_config = ConfigDict(frozen=True)

    passages: int
    index_s: float
    per_second: float
    index_mb: float
    disk_mb: float
    open_s: float
    serve_mb: float
    p50_ms: float
    p95_ms: float
    one_scheme_p50_ms: float
    one_scheme_p95_ms: float
    dense_p50_ms: float
    recall: float


class _Served(BaseModel):
    open_s: float
    searches: list[float]
    of_one_scheme: list[float]
    dense: list[float]
    recall: float


class ExactNeighbours:
    """An encoder that also keeps, for some questions, how near the nearest passages are: an exact search."""

    def __init__(self, embedder: Embedder, questions: Sequence[str], depth: int) -> None:
        """Wrap an encoder."""
        self._embedder = embedder
        self._questions = embedder.embed_questions(list(questions))
        self._depth = depth
        self.nearest = np.zeros((len(questions), 0), dtype=np.float32)

    @property
    def name(self) -> str:
        """The name of the encoder."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """The length of its vectors."""
        return self._embedder.dimension

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Encode passages, and keep the similarities of the nearest to each question."""
        vectors = self._embedder.embed_passages(texts)
        seen = np.hstack([self.nearest, self._questions @ vectors.T])
        self.nearest = -np.sort(-seen, axis=1)[:, : self._depth]
        return vectors

    def embed_question(self, text: str) -> Vectors:
        """Encode a question."""
        return self._embedder.embed_question(text)

    def embed_questions(self, texts: list[str]) -> Vectors:
        """Encode questions."""
        return self._embedder.embed_questions(texts)


def bench_scale(
    documents: Sequence[Document],
    questions: Sequence[str],
    sizes: Sequence[int],
    progress: Callable[[int, int], None] = silent,
) -> list[Scaled]:
    """Index recombined texts at each size and search them, in processes of their own.

    Args:
        documents: the texts to recombine.
        questions: what is searched.
        sizes: numbers of passages.
        progress: called with the passages indexed and those there are, at each size.

    Raises:
        ProcessLost: a process died, for want of memory most likely.
    """
    found = []
    for size in sizes:
        with TemporaryDirectory() as name:
            folder = Path(name)
            (seconds, passages, nearest), index_mb = run_alone(
                _index, documents, size, questions, folder, progress=progress
            )
            served, serve_mb = run_alone(_serve, questions, nearest, folder)
            disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        found.append(
            Scaled(
                passages=passages,
                index_s=seconds,
                per_second=passages / seconds,
                index_mb=index_mb,
                disk_mb=disk / 1e6,
                open_s=served.open_s,
                serve_mb=serve_mb,
                p50_ms=_centile(served.searches, 0.5),
                p95_ms=_centile(served.searches, 0.95),
                one_scheme_p50_ms=_centile(served.of_one_scheme, 0.5),
                one_scheme_p95_ms=_centile(served.of_one_scheme, 0.95),
                dense_p50_ms=_centile(served.dense, 0.5),
                recall=served.recall,
            )
        )
    return found


def _centile(times: Sequence[float], share: float) -> float:
    return float(np.quantile(times, share))


def share_as_near(found: Sequence[float], nearest: Vectors) -> float:
    """Return the share of an approximate search's answers that are as near as an exact search's.

    By distance and not by id, so that ties don't count as misses (Aumüller, Bernhardsson and Faithfull,
    ANN-Benchmarks, 2020).

    Args:
        found: similarities of what was found.
        nearest: similarities of the nearest, as many as were asked for, in falling order.
    """
    least = float(nearest[-1]) - _TOLERANCE
    return min(1.0, sum(score >= least for score in found) / len(nearest))


def _index(
    documents: Sequence[Document], size: int, questions: Sequence[str], folder: Path, progress: Progress
) -> tuple[float, int, Vectors]:
    passages = passages_of(documents)
    made_of = RecombinedVectors(configured_embedder(IndexSettings()), passages, size)
    embedder = ExactNeighbours(made_of, questions, min(DEPTH, size))
    texts = recombined(passages, size)
    begun = time.perf_counter()
    report = index_documents(
        Generations(folder, _COLLECTION), embedder, texts, lambda _step, done, total: progress(done, total)
    )
    return time.perf_counter() - begun, report.chunks, embedder.nearest


def _serve(questions: Sequence[str], nearest: Vectors, folder: Path, _progress: Progress) -> _Served:
    embedder = load_embedder()
    embedder.embed_question("bonjour")
    begun = time.perf_counter()
    reader = IndexReader(Generations(folder, _COLLECTION), embedder)
    retriever = HybridRetriever(reader, embedder)
    schemes = [str(hit.chunk.scheme_id) for hit in retriever.retrieve(questions[0], 10)]
    open_s = time.perf_counter() - begun
    searches, of_one, dense, recalls = [], [], [], []
    store = reader.snapshot().vectors
    for number, question in enumerate(questions):
        begun = time.perf_counter()
        retriever.retrieve(question, 10)
        searches.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        retriever.retrieve(question, 10, only_scheme=schemes[number % len(schemes)])
        of_one.append((time.perf_counter() - begun) * 1000)
        vector = embedder.embed_question(question)
        begun = time.perf_counter()
        near = store.search(vector, DEPTH)
        dense.append((time.perf_counter() - begun) * 1000)
        if vector.any():
            recalls.append(share_as_near(list(near.values()), nearest[number]))
    return _Served(open_s=open_s, searches=searches, of_one_scheme=of_one, dense=dense, recall=mean(recalls))
