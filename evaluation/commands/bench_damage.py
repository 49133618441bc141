"""``assistant bench damage``: each file of an index damaged in each way, served or refused, then mended."""

from __future__ import annotations

import json
from collections import Counter

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings
from evaluation.commands.progress import progress_bar

_QUESTION = "Combien pour la vidéoprotection ?"


@click.command("damage", short_help="Abîme chaque fichier d’un index, puis le fait réparer.")
@json_option
@needs("evaluate")
def damage(as_json: bool) -> int:
    """Indexe les fiches à part, puis enlève, tronque, met à zéro ou altère chaque fichier de l’index.

    Chaque fois, un démarrage doit donner la même réponse ou refuser en une ligne, et « assistant ingest »
    doit réparer. Code de retour : 1 s’il en va autrement une seule fois.
    """
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from assistant.answering.build import build_engine
    from assistant.commands.ingest import run
    from assistant.reply import ChatRequest, Message
    from evaluation.benches.damage_bench import bench_damage
    from ingest.checking import ailments
    from ingest.configured import configured_embedder, configured_generations

    with TemporaryDirectory() as folder, progress_bar("dommages", quiet=as_json) as progress:
        given = read_settings()
        home = Path(folder)
        own = {"index_dir": home / "index", "vector_cache": given.vector_cache or home / "vectors"}
        settings = given.model_copy(update=own | {"chroma_url": None})
        run(settings, show=False)
        embedder = configured_embedder(settings)
        request = ChatRequest(messages=(Message(role="user", content=_QUESTION),))

        def answer() -> str:
            reply = build_engine(settings, embedder=embedder).reply(request)
            return reply.model_dump_json(exclude={"timings_ms"})

        results = bench_damage(
            settings.index_dir,
            answer,
            lambda: run(settings, show=False).repaired,
            lambda: ailments(configured_generations(settings)),
            progress=progress,
        )
    wrong = [item for item in results if not item.is_right]
    if as_json:
        click.echo(json.dumps([item.model_dump() for item in results], ensure_ascii=False, indent=1))
        return 1 if wrong else 0
    counted = Counter(item.outcome for item in results)
    mended = sum(item.mended for item in results)
    click.echo(
        f"{len(results)} dommages\u00a0: {counted['served']} servis, {counted['refused']} refusés en une "
        f"ligne, {counted['otherwise']} autrement\u00a0; {mended} réparés par «\u00a0assistant ingest\u00a0»"
    )
    for item in wrong:
        click.echo(f"{item.file}, {item.damage}\u00a0: {item.told or 'non réparé'}")
    return 1 if wrong else 0
