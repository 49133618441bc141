"""``assistant bench serve``: the real server over HTTP, to one and to many, in one process and several."""

from __future__ import annotations

import json

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option
from evaluation.commands.progress import progress_bar


@click.command("serve", short_help="Mesure les temps de réponse du serveur, seul et à plusieurs.")
@click.option("--users", type=click.IntRange(1, 200), default=20, help="Personnes à la fois.")
@click.option("--requests", type=click.IntRange(1), default=400, help="Requêtes par série.")
@click.option(
    "--workers",
    type=click.IntRange(0, 64),
    default=2,
    help="Processus comparés à un seul ; 0 : ne mesurer ni l’un ni l’autre sous charge.",
)
@json_option
@needs("evaluate")
def serve(users: int, requests: int, workers: int, as_json: bool) -> None:
    """Démarre le vrai serveur sur cette machine, lui pose nos questions par HTTP, l’arrête.

    Puis, de une à deux cents personnes à la fois : une adresse qui ne fait rien, un processus, plusieurs.
    """
    from itertools import cycle, islice
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from evaluation.benches.capacity import CLIENTS, bench_capacity
    from evaluation.benches.own_server import index_fiches, own_server
    from evaluation.benches.serve import bench_serve
    from evaluation.questions.cases import committed_cases
    from evaluation.reports.text import load_table, timed_table
    from evaluation.runs.run import question_of

    known = [question_of(case) for case in committed_cases("dev") if not case.is_on_documents]
    questions = list(islice(cycle(known), requests))
    with TemporaryDirectory() as name:
        folder = Path(name)
        index_fiches(folder)
        with own_server(folder) as started, progress_bar("requêtes", quiet=as_json) as progress:
            timed = bench_serve(started.address, questions, users, progress)
        loads = []
        if workers:
            with progress_bar("séries", quiet=as_json) as progress:
                loads = bench_capacity(folder, questions, requests, workers, CLIENTS, progress)
    if as_json:
        told = {"series": [r.model_dump() for r in timed], "loads": [r.model_dump() for r in loads]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(timed_table(timed))
    if loads:
        click.echo("\n" + load_table(loads))
