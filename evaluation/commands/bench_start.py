"""``assistant bench start``: what each command costs to start, beside the packages that it needs."""

from __future__ import annotations

import json

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option
from evaluation.commands.progress import progress_bar

_QUESTION = "Combien pour la vidéoprotection ?"


@click.command("start", short_help="Mesure ce que coûte le démarrage de chaque commande.")
@click.option("--rounds", type=click.IntRange(1, 50), default=3, show_default=True, help="Nombre de tours.")
@json_option
@needs("evaluate", "mcp")
def start(rounds: int, as_json: bool) -> None:
    """Démarre chaque commande, à tour de rôle : secondes de processeur, mémoire, attente.

    La première ligne est le prix des paquets seuls ; les autres s’y comparent. « mcp » et « serve » sont
    mesurés jusqu’à ce qu’ils répondent, les autres jusqu’à leur fin.
    """
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from evaluation.benches.start import bench_start

    with TemporaryDirectory() as folder, progress_bar("démarrages", quiet=as_json) as progress:
        results = bench_start(Path(folder), _QUESTION, rounds, progress)
    if as_json:
        click.echo(json.dumps([result.model_dump() for result in results], ensure_ascii=False, indent=1))
        return
    # Loaded once all is measured: the memory of this process is a floor of what it measures.
    from evaluation.reports.start_table import start_table

    click.echo(start_table(results))
