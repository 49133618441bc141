"""``assistant ingest``: index the fiches and other documents."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.commands.options import index_options, json_option, read_settings

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings
    from ingest.pipeline import IngestReport, Progress


@click.command("ingest", short_help="Indexe les fiches et les documents ajoutés.")
@click.argument("paths", nargs=-1, metavar="[CHEMIN]...", type=click.Path(path_type=Path))
@click.option(
    "--forget",
    multiple=True,
    metavar="CHEMIN",
    type=click.Path(path_type=Path),
    help="Retire un chemin ajouté auparavant.",
)
@index_options
@json_option
def command(
    paths: tuple[Path, ...],
    forget: tuple[Path, ...],
    index_dir: Path | None,
    collection: str | None,
    as_json: bool,
) -> None:
    """Indexe les fiches, les chemins ajoutés auparavant et chaque CHEMIN.

    Un CHEMIN est un fichier ou un dossier : PDF, DOCX, ODT, XLSX, ODS, CSV, HTML, Markdown, texte.

    Un CHEMIN est retenu pour les fois suivantes. Seul ce qui a changé est recalculé ; l’index en
    service n’est remplacé qu’une fois le nouveau complet. Un fichier illisible est signalé à la fin
    (code de retour 1) ; les autres sont indexés.
    """
    settings = read_settings(index_dir=index_dir, collection=collection)
    report = run(settings, paths, forget, show=not as_json)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2))
    else:
        click.echo(describe(report))
    for why in report.unread:
        click.echo(why, err=True)
    if report.unread:
        raise click.exceptions.Exit(1)


def run(
    settings: AssistantSettings,
    paths: tuple[Path, ...] = (),
    forget: tuple[Path, ...] = (),
    *,
    show: bool = True,
) -> IngestReport:
    """Ingest with the settings, with a progress bar on stderr when ``show``."""
    from tqdm import tqdm

    from assistant.answering.prepare import prepare
    from ingest.configured import configured_embedder, configured_generations
    from ingest.pipeline import ingest

    embedder = configured_embedder(settings)
    bars: dict[str, Any] = {}

    def progress(step: str, done: int, total: int) -> None:
        if step not in bars:
            bars[step] = tqdm(desc=step, total=total, unit="", disable=not show, leave=False)
        bars[step].update(done - bars[step].n)

    advance: Progress = progress
    try:
        generations = configured_generations(settings)
        return ingest(
            generations,
            embedder,
            paths,
            forget,
            progress=advance,
            prepare=lambda catalogue, kept: prepare(catalogue, kept, embedder),
        )
    finally:
        for bar in bars.values():
            bar.close()


def keep(settings: AssistantSettings) -> None:
    """Keep on this machine what is derived of the fiches, for an index that another one made."""
    from assistant.answering.prepare import prepare
    from ingest.configured import configured_embedder, configured_generations
    from ingest.kept import Kept
    from ingest.kept_catalogue import load_kept_catalogue

    kept = Kept(configured_generations(settings).kept, writes=True)
    prepare(load_kept_catalogue(kept), kept, configured_embedder(settings))


def describe(report: IngestReport) -> str:
    """Say in French what an ingestion did."""
    size = f"{report.documents} documents, {report.chunks} passages"
    repaired = f" Réparé\u00a0: {', '.join(report.repaired)}." if report.repaired else ""
    if report.up_to_date:
        return f"L’index est à jour ({size}) : rien à recalculer.{repaired}"
    parts = [
        f"Index en service : {size}",
        f"{report.embedded} calculés",
        f"{report.copied} repris tels quels",
    ]
    if report.removed:
        parts.append(f"{len(report.removed)} documents retirés")
    return ", ".join(parts) + "." + repaired
