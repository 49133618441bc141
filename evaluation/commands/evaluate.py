"""``assistant evaluate``: measure retrieval on a test set in BEIR form."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from assistant.commands.options import json_option, read_settings


@click.command("evaluate", short_help="Mesure la recherche sur un jeu de questions.")
@click.option(
    "--beir",
    "folders",
    multiple=True,
    required=True,
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Jeu de test BEIR (corpus.jsonl, queries.jsonl, qrels/test.tsv). Peut être répété.",
)
@json_option
def command(folders: tuple[Path, ...], as_json: bool) -> None:
    """Indexe chaque jeu à part et mesure nDCG@10, rappel@5, MRR@10 et la latence."""
    from tempfile import TemporaryDirectory

    from tqdm import tqdm

    from evaluation.beir import read_test_set
    from evaluation.retrieval_run import run_retrieval
    from ingest.embed import load_embedder

    sets = [read_test_set(folder) for folder in folders]
    settings = read_settings()
    embedder = load_embedder(settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix)
    scores = []
    for test_set in sets:
        with TemporaryDirectory() as folder, tqdm(desc=test_set.name, total=1, disable=as_json) as bar:

            def progress(done: int, total: int, bar: Any = bar) -> None:
                bar.total = total
                bar.update(done - bar.n)

            scores.append(run_retrieval(test_set, embedder, Path(folder), progress))
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
