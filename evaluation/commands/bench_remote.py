"""``assistant bench remote``: the same questions to a folder and to a Chroma server, killed and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from assistant.answering.engine import Engine


@click.command("remote", short_help="Compare un index en dossier et sur un serveur Chroma.")
@click.option("--questions", "count", type=click.IntRange(1), default=200, show_default=True, help="Combien.")
@json_option
@needs("evaluate")
def remote(count: int, as_json: bool) -> int:
    """Indexe les fiches dans un dossier et sur un serveur Chroma lancé pour la mesure ; compare les réponses.

    Puis arrête ce serveur (SIGKILL) et le relance : les questions doivent être refusées (503), puis
    répondues, sans que rien d’autre ne soit relancé. Code de retour : 1 s’il en va autrement.
    """
    from itertools import cycle, islice
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from starlette.testclient import TestClient

    from assistant.answering.build import build_engine
    from assistant.api.routes import create_api
    from assistant.commands.ingest import run
    from evaluation.benches.own_chroma import chroma_server
    from evaluation.benches.remote_bench import bench_remote
    from evaluation.questions.cases import committed_cases
    from evaluation.runs.run import question_of
    from ingest.configured import configured_embedder

    known = {question_of(case): None for case in committed_cases("dev") if not case.is_on_documents}
    with TemporaryDirectory() as folder, chroma_server(Path(folder)) as server:
        given, home = read_settings(), Path(folder)
        own = {"vector_cache": given.vector_cache or home / "vectors", "feedback_url": None}
        here, there = (
            given.model_copy(update={**own, "index_dir": home / name / "index", "chroma_url": url})
            for name, url in (("here", ""), ("there", server.address))
        )
        embedder = configured_embedder(here)
        for settings in (here, there):
            run(settings, show=False)
        mine, theirs = (build_engine(settings, embedder=embedder) for settings in (here, there))
        with (
            TestClient(create_api(theirs, there), raise_server_exceptions=False) as client,
            progress_bar("questions", quiet=as_json) as progress,
        ):
            asked = list(islice(cycle(known), count))
            found = bench_remote(
                asked, _replies_of(mine), _replies_of(theirs), client, server.kill, server.start, progress
            )
    if as_json:
        click.echo(found.model_dump_json(indent=1))
        return 0 if found.is_right else 1
    click.echo(
        f"{found.questions} questions ({min(count, len(known))} différentes)\u00a0: "
        f"{len(found.others)} réponses autres"
    )
    click.echo(
        f"serveur arrêté\u00a0: {found.away[0]} (Retry-After\u00a0: {found.retry_after or 'absent'}), "
        f"/readyz {found.away[1]}\u00a0; revenu\u00a0: {found.back[0]}, /readyz {found.back[1]}, "
        f"{'même réponse' if found.same else 'une autre réponse'}"
    )
    for question in found.others:
        click.echo(f"autre réponse\u00a0: {question}")
    return 0 if found.is_right else 1


def _replies_of(engine: Engine) -> Callable[[str], str]:
    from assistant.reply import ChatRequest, Message

    def answer(question: str) -> str:
        request = ChatRequest(messages=(Message(role="user", content=question),))
        return engine.reply(request).model_dump_json(exclude={"timings_ms"})

    return answer
