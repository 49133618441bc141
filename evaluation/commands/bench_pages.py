"""``assistant bench pages``: what the pages without script cost."""

from __future__ import annotations

import json
import sys

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings
from evaluation.commands.progress import progress_bar


@click.command("pages", short_help="Mesure ce que coûtent les pages sans script.")
@click.option("--all", "every", is_flag=True, help="Dessine et relit chaque dispositif et chaque commune.")
@json_option
@needs("evaluate")
def pages(every: bool, as_json: bool) -> None:
    """Demande le catalogue, une fiche et une commune, à côté d’une adresse qui ne dit rien.

    Donne le temps de processeur de chaque page, le même en nombre de fois l’adresse nue, et son poids. Avec
    --all, chaque page est dessinée une fois et son HTML relu : tout défaut est dit, et la sortie est 1.
    """
    import tempfile
    from pathlib import Path

    from starlette.testclient import TestClient

    from assistant.api.routes import create_api
    from assistant.page.plain.router import plain_routers
    from evaluation.benches.every_page import addresses, draw_all
    from evaluation.benches.plain_pages import bench_pages
    from evaluation.reports.text import every_page_text, pages_table
    from evaluation.runs.own_index import engine_of_fiches

    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(index_dir=Path(folder) / "index").model_copy(
            update={"requests_per_minute": 0}
        )
        with (
            engine_of_fiches(settings) as engine,
            TestClient(create_api(engine, settings, plain_routers(settings.public_url))) as client,
        ):
            if every:
                paths = list(
                    addresses(tuple(engine.catalogue.fiches), tuple(engine.eligibility.territory.communes))
                )
                with progress_bar("pages", quiet=as_json) as progress:
                    found = draw_all(client, paths, progress)
                click.echo(found.model_dump_json(indent=1) if as_json else every_page_text(found))
                sys.exit(1 if found.wrong else 0)
            costs = bench_pages(client)
    if as_json:
        click.echo(json.dumps([item.model_dump() for item in costs], ensure_ascii=False, indent=1))
        return
    click.echo(pages_table(costs))
