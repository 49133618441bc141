"""``assistant bench pages``: what the pages without script cost."""

from __future__ import annotations

import json

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings


@click.command("pages", short_help="Mesure ce que coûtent les pages sans script.")
@json_option
@needs("evaluate")
def pages(as_json: bool) -> None:
    """Demande le catalogue, une fiche et une commune, à côté d’une adresse qui ne dit rien.

    Donne le temps de processeur de chaque page, le même en nombre de fois l’adresse nue, et son poids.
    """
    import tempfile
    from pathlib import Path

    from starlette.testclient import TestClient

    from assistant.api.routes import create_api
    from assistant.page.plain.router import plain_routers
    from evaluation.benches.plain_pages import bench_pages
    from evaluation.reports.text import pages_table
    from evaluation.runs.own_index import engine_of_fiches

    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(index_dir=Path(folder) / "index").model_copy(
            update={"requests_per_minute": 0}
        )
        with (
            engine_of_fiches(settings) as engine,
            TestClient(create_api(engine, settings, plain_routers(settings.public_url))) as client,
        ):
            costs = bench_pages(client)
    if as_json:
        click.echo(json.dumps([item.model_dump() for item in costs], ensure_ascii=False, indent=1))
        return
    click.echo(pages_table(costs))
