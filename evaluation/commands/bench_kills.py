"""``assistant bench kills``: indexing killed at random moments; what serves afterwards, and what was lost."""

from __future__ import annotations

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings
from evaluation.commands.progress import progress_bar

_QUESTION = "Combien pour la vidéoprotection ?"


@click.command("kills", short_help="Tue des indexations à des moments tirés au hasard.")
@click.option("--count", type=click.IntRange(1, 10_000), default=100, show_default=True, help="Arrêts.")
@click.option("--seed", type=int, default=20261129, show_default=True, help="Graine du tirage.")
@click.option("--chroma", is_flag=True, help="L’index est sur un serveur Chroma, lancé pour la mesure.")
@json_option
@needs("evaluate")
def kills(count: int, seed: int, chroma: bool, as_json: bool) -> int:
    """Tue (SIGKILL) « assistant ingest » et « assistant sync », tour à tour, sur un index à part.

    Après chaque arrêt, l’index doit s’ouvrir, être celui qui a été écrit et donner la même réponse. Code de
    retour : 1 si quoi que ce soit est perdu.
    """
    from contextlib import nullcontext
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from assistant.answering.build import build_engine
    from assistant.commands.ingest import run
    from assistant.reply import ChatRequest, Message
    from evaluation.benches.kills_bench import bench_kills, drop_page
    from evaluation.benches.own_chroma import chroma_server
    from evaluation.benches.own_server import started_command
    from ingest.checking import ailments
    from ingest.configured import configured_embedder, configured_generations

    with (
        TemporaryDirectory() as folder,
        chroma_server(Path(folder)) if chroma else nullcontext(None) as server,
        progress_bar("arrêts", quiet=as_json) as progress,
    ):
        given, home, url = read_settings(), Path(folder), server.address if server else ""
        pages, vectors = home / "pages", given.vector_cache or home / "vectors"
        own = {"index_dir": home / "index", "vector_cache": vectors, "chroma_url": url}
        settings = given.model_copy(update=own)
        drop_page(pages, 0)
        run(settings, (pages,), show=False)
        embedder = configured_embedder(settings)
        request = ChatRequest(messages=(Message(role="user", content=_QUESTION),))
        variables = {"ASSISTANT_INDEX_DIR": str(home / "index"), "ASSISTANT_VECTOR_CACHE": str(vectors)}
        if url:
            variables["ASSISTANT_CHROMA_URL"] = url

        def answer() -> str:
            reply = build_engine(settings, embedder=embedder).reply(request)
            return reply.model_dump_json(exclude={"timings_ms"})

        def state() -> tuple[str | None, tuple[str, ...], list[str]]:
            generations = configured_generations(settings)
            return generations.current(), generations.recorded_paths(), ailments(generations)

        results = []
        for item in bench_kills(
            lambda command: started_command(command, variables),
            lambda number: drop_page(pages, number),
            answer,
            state,
            count,
            seed,
        ):
            results.append(item)
            progress(sum(not one.ended for one in results), count)
            if as_json:
                click.echo(item.model_dump_json())
    lost = [item for item in results if item.lost]
    if as_json:
        return 1 if lost else 0
    killed = [item for item in results if not item.ended]
    switched = sum(item.switched for item in killed)
    click.echo(
        f"{len(killed)} arrêts (graine {seed}), dont {switched} après la bascule\u00a0: {len(lost)} pertes"
        f"\u00a0; {len(results) - len(killed)} finis avant d’être tués"
    )
    for item in lost:
        click.echo(f"{item.command}, après {item.after_s} s\u00a0: {item.lost}")
    return 1 if lost else 0
