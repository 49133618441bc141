"""Run our retrieval on a BEIR test set: chunk, index, search, score documents by their best chunk."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import RR, R, nDCG

from assistant.search.rerank import Reranker
from assistant.search.retrieve import HybridRetriever
from evaluation.questions.beir import TestSet
from ingest.embed import Embedder
from ingest.generations import Generations
from ingest.pipeline import index_documents
from ingest.reader import IndexReader

_PASSAGES = 60


@dataclass(frozen=True, slots=True)
class RetrievalScores:
    """Means over the questions of a set, and what it cost.

    Attributes:
        name: name of the set.
        queries: number of questions.
        chunks: number of passages indexed.
        ndcg_10: mean nDCG@10.
        recall_5: mean recall@5.
        mrr_10: mean reciprocal rank at 10.
        index_s: seconds to chunk and index.
        query_ms_p50: median of a search, in milliseconds.
        query_ms_p95: 95th centile of a search, in milliseconds.
    """

    name: str
    queries: int
    chunks: int
    ndcg_10: float
    recall_5: float
    mrr_10: float
    index_s: float
    query_ms_p50: float
    query_ms_p95: float


def run_retrieval(
    test_set: TestSet,
    embedder: Embedder,
    folder: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    reranker: Reranker | None = None,
) -> RetrievalScores:
    """Measure our retrieval on a test set, in an index of its own under ``folder``."""
    generations = Generations(folder, "beir")
    started = time.perf_counter()
    report = index_documents(generations, embedder, list(test_set.documents.values()))
    index_s = time.perf_counter() - started
    retriever = HybridRetriever(IndexReader(generations, embedder), embedder, reranker=reranker)
    retriever.check()
    run: dict[str, dict[str, float]] = {}
    times: list[float] = []
    for number, (query, text) in enumerate(test_set.queries.items(), 1):
        begun = time.perf_counter()
        hits = retriever.retrieve(text, _PASSAGES)
        times.append((time.perf_counter() - begun) * 1000)
        run[query] = {}
        for hit in hits:
            run[query].setdefault(hit.chunk.document_id, hit.score)
        progress(number, len(test_set.queries))
    means = ir_measures.calc_aggregate([nDCG @ 10, R @ 5, RR @ 10], test_set.qrels, run)
    return RetrievalScores(
        name=test_set.name,
        queries=len(run),
        chunks=report.chunks,
        ndcg_10=means[nDCG @ 10],
        recall_5=means[R @ 5],
        mrr_10=means[RR @ 10],
        index_s=index_s,
        query_ms_p50=statistics.median(times),
        query_ms_p95=statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0],
    )
