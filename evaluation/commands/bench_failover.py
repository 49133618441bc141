"""``assistant bench failover``: two assistants behind Caddy, each killed many times while people ask."""

from __future__ import annotations

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings
from evaluation.commands.progress import progress_bar

_QUESTIONS = 40


@click.command("failover", short_help="Tue tour à tour deux assistants derrière Caddy, sous charge.")
@click.option(
    "--kills", type=click.IntRange(1, 1000), default=20, show_default=True, help="Arrêts de chacun."
)
@click.option(
    "--clients", type=click.IntRange(1, 200), default=8, show_default=True, help="Personnes à la fois."
)
@click.option("--seed", type=int, default=20261129, show_default=True, help="Graine du tirage.")
@click.option("--caddy", default="caddy", show_default=True, help="Le programme Caddy.")
@json_option
@needs("evaluate")
def failover(kills: int, clients: int, seed: int, caddy: str, as_json: bool) -> int:
    """Lance un serveur Chroma, deux assistants et Caddy (deploy/Caddyfile), puis tue chacun à son tour.

    Chaque question doit finir par avoir la réponse qu’elle avait avant, reposée si sa demande a échoué. Code
    de retour : 1 s’il en va autrement une seule fois.
    """
    import shutil
    from contextlib import ExitStack
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from assistant.commands.ingest import run
    from evaluation.benches.failover import bench_failover, reply_of
    from evaluation.benches.own_assistants import OwnAssistant, own_caddy
    from evaluation.benches.own_chroma import chroma_server
    from evaluation.errors import TargetGone
    from evaluation.questions.cases import committed_cases
    from evaluation.runs.run import question_of

    program = shutil.which(caddy)
    if program is None:
        raise click.UsageError(
            f"le programme « {caddy} » est introuvable : installez Caddy, ou donnez --caddy"
        )
    known = {question_of(case): None for case in committed_cases("dev") if not case.is_on_documents}
    step = max(1, len(known) // _QUESTIONS)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        home, given = Path(folder), read_settings()
        server = stack.enter_context(chroma_server(home))
        vectors = given.vector_cache or home / "vectors"
        own = {"index_dir": home / "index", "vector_cache": vectors, "chroma_url": server.address}
        run(given.model_copy(update=own), show=False)
        variables = {"ASSISTANT_CHROMA_URL": server.address, "ASSISTANT_VECTOR_CACHE": str(vectors)}
        assistants = [OwnAssistant(home / name, variables) for name in ("one", "two")]
        for assistant in assistants:
            stack.callback(assistant.kill)
            assistant.start()
        for assistant in assistants:
            assistant.wait()
        expected = {}
        for question in list(known)[::step][:_QUESTIONS]:
            (status, here), (_, there) = (reply_of(one.address, question) for one in assistants)
            if here is None or here != there:
                raise TargetGone(
                    f"Avant tout arrêt, les deux ne répondent pas de même ({status}) : {question}"
                )
            expected[question] = here
        address = stack.enter_context(own_caddy(home, program, [one.port for one in assistants]))
        with progress_bar("arrêts", quiet=as_json) as progress:
            found = bench_failover(address, expected, assistants, kills, clients, seed, progress=progress)
    if as_json:
        click.echo(found.model_dump_json(indent=1))
        return 0 if found.is_right else 1
    told = ", ".join(f"{count} {status}" for status, count in sorted(found.failed.items())) or "aucune"
    click.echo(
        f"{found.kills} arrêts (graine {seed}), {clients} personnes à la fois\u00a0: {found.questions} "
        f"questions répondues, {found.wrong} réponses fausses, {found.left} restées sans réponse"
    )
    click.echo(
        f"demandes qui ont échoué\u00a0: {told}\u00a0; {found.retried} questions reposées, au plus "
        f"{found.most_tries} demandes pour une"
    )
    return 0 if found.is_right else 1
