"""``assistant bench attacks``: what texts made to be long to read cost, on every route."""

from __future__ import annotations

import json
from collections import Counter

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings
from evaluation.commands.progress import progress_bar

_SHOWN = 12


@click.command("attacks", short_help="Mesure ce que coûtent des textes faits pour ralentir.")
@json_option
@needs("evaluate")
def attacks(as_json: bool) -> None:
    """Envoie à chaque adresse de l’API des textes très longs ou répétés, et compte le temps de processeur.

    Montre les plus coûteux : chacun reçoit une réponse, ou le refus d’une limite écrite dans docs/api.md.
    """
    import tempfile
    from pathlib import Path

    from starlette.testclient import TestClient

    from assistant.api.routes import create_api
    from evaluation.benches.attacks import bench_attacks
    from evaluation.reports.text import attacked_table
    from evaluation.runs.own_index import engine_of_fiches

    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(index_dir=Path(folder) / "index").model_copy(
            update={"requests_per_minute": 0, "feedback_url": None}
        )
        with (
            engine_of_fiches(settings) as engine,
            TestClient(create_api(engine, settings), raise_server_exceptions=False) as client,
            progress_bar("attaques", quiet=as_json) as progress,
        ):
            client.post("/api/chat", json={"messages": [{"role": "user", "content": "Bonjour"}]})
            results = bench_attacks(client, progress=progress)
    if as_json:
        click.echo(json.dumps([item.model_dump() for item in results], ensure_ascii=False, indent=1))
        return
    counted = Counter(item.status for item in results)
    told = ", ".join(f"{count} réponses {status}" for status, count in sorted(counted.items()))
    click.echo(f"{len(results)} attaques ({told}) ; les {_SHOWN} plus coûteuses\u00a0:")
    click.echo(attacked_table(results[-_SHOWN:]))
