"""``assistant evaluate --beir``: measure retrieval on test sets in BEIR form, print one line a set."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from assistant.commands.options import read_settings
from evaluation.commands.progress import progress_bar


def measure_retrieval(folders: tuple[Path, ...], *, as_json: bool) -> None:
    """Measure our retrieval on each test set, in an index of its own.

    Raises:
        TestSetError: a test set can't be read.
    """
    from tempfile import TemporaryDirectory

    from assistant.search.rerank import load_reranker
    from evaluation.benches.retrieval_run import run_retrieval
    from evaluation.questions.beir import read_test_set
    from ingest.configured import configured_embedder

    sets = [read_test_set(folder) for folder in folders]
    settings = read_settings()
    embedder = configured_embedder(settings)
    reranker = load_reranker(settings.reranker)
    scores = []
    for test_set in sets:
        with TemporaryDirectory() as folder, progress_bar(test_set.name, quiet=as_json) as progress:
            scores.append(run_retrieval(test_set, embedder, Path(folder), progress, reranker))
    if as_json:
        click.echo(json.dumps([asdict(score) for score in scores], ensure_ascii=False, indent=2))
        return
    click.echo("jeu\tquestions\tpassages\tnDCG@10\trappel@5\tMRR@10\tindexation s\tp50 ms\tp95 ms")
    for score in scores:
        click.echo(
            f"{score.name}\t{score.queries}\t{score.chunks}\t{score.ndcg_10 * 100:.1f}\t"
            f"{score.recall_5 * 100:.1f}\t{score.mrr_10 * 100:.1f}\t{score.index_s:.1f}\t"
            f"{score.query_ms_p50:.1f}\t{score.query_ms_p95:.1f}"
        )
