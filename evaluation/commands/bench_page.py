"""``assistant bench page``: what our pages weigh and how long they take in a browser, beside an empty one."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option
from evaluation.commands.progress import progress_bar

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@click.command("page", short_help="Mesure nos pages dans un navigateur, à côté d’une page Gradio vide.")
@click.option("--rounds", type=click.IntRange(1, 50), default=5, help="Visites comptées de chaque page.")
@click.option(
    "--chromium",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FICHIER",
    help="Chromium à lancer ; sinon celui du système.",
)
@json_option
@needs("evaluate", "dev")
def page(rounds: int, chromium: Path | None, as_json: bool) -> None:
    """Ouvre la page de discussion, le composant, une commune et un dispositif, sans rien en mémoire.

    Donne les requêtes, les octets reçus par nature, le premier affichage, quand la page est prête et quand
    une réponse est entière : temps médians, sur cette machine, dans la même exécution que la page vide.
    """
    from tempfile import TemporaryDirectory

    from playwright.sync_api import sync_playwright

    from evaluation.benches.own_server import empty_server, index_fiches, own_server
    from evaluation.benches.page_visits import bench_visits
    from evaluation.reports.visits_table import visits_table

    browser_file = chromium or _found()
    with TemporaryDirectory() as name:
        folder = Path(name)
        index_fiches(folder)
        with (
            own_server(folder) as ours,
            empty_server(folder) as empty,
            sync_playwright() as driver,
            progress_bar("visites", quiet=as_json) as progress,
        ):
            browser = driver.chromium.launch(executable_path=browser_file, args=["--no-sandbox"])
            visits = bench_visits(browser, ours.address, empty.address, rounds, progress=progress)
            browser.close()
    if as_json:
        click.echo(json.dumps([visit.model_dump() for visit in visits], ensure_ascii=False, indent=1))
        return
    click.echo(visits_table(visits))


def _found() -> Path:
    """The browser of the system.

    Raises:
        BrowserMissing: there is none.
    """
    from shutil import which

    from evaluation.errors import BrowserMissing

    for name in _BROWSERS:
        if (found := which(name)) is not None:
            return Path(found)
    raise BrowserMissing("Pas de navigateur : installez « chromium », ou donnez le vôtre avec --chromium.")
