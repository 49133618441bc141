"""``assistant ingest``: index the fiches and other documents."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands import ingest_check
from assistant.commands.bars import bars
from assistant.commands.counted import counted
from assistant.commands.options import index_options, json_option, read_settings

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings
    from ingest.pipeline import IngestReport


@click.command("ingest", short_help="Indexe les fiches et les documents ajoutés.")
@click.argument("paths", nargs=-1, metavar="[CHEMIN]...", type=click.Path(path_type=Path))
@click.option(
    "--forget",
    multiple=True,
    metavar="CHEMIN",
    type=click.Path(path_type=Path),
    help="Retire un chemin ajouté auparavant.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Lit les documents sans les indexer : dit combien d’énoncés chacun contient et ce qui lui manque.",
)
@index_options
@json_option
def command(
    paths: tuple[Path, ...],
    forget: tuple[Path, ...],
    check: bool,
    index_dir: Path | None,
    collection: str | None,
    as_json: bool,
) -> None:
    """Indexe les fiches, les chemins ajoutés auparavant et chaque CHEMIN.

    Un CHEMIN est un fichier ou un dossier : PDF, DOCX, ODT, XLSX, ODS, CSV, HTML, EML, Markdown, texte.

    Un CHEMIN est retenu pour les fois suivantes. Seul ce qui a changé est recalculé ; l’index en
    service n’est remplacé qu’une fois le nouveau complet. Un fichier illisible est signalé à la fin
    (code de retour 1) ; les autres sont indexés.

    Avec --check, rien n’est écrit : les CHEMINS, ou sans CHEMIN ceux qui sont retenus, sont lus, et ce que
    chaque document ne dit pas (titre, éditeur, date, adresse) est signalé.
    """
    if check and forget:
        raise click.UsageError("--check ne change rien : il ne va pas avec --forget")
    settings = read_settings(index_dir=index_dir, collection=collection)
    if check:
        unread = ingest_check.run(settings, paths, as_json=as_json)
        raise click.exceptions.Exit(1 if unread else 0)
    report = run(settings, paths, forget, show=not as_json)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2))
    else:
        click.echo(describe(report))
    problems = (*report.unreachable, *report.unread)
    for why in problems:
        click.echo(why, err=True)
    if problems:
        raise click.exceptions.Exit(1)


def run(
    settings: AssistantSettings,
    paths: tuple[Path, ...] = (),
    forget: tuple[Path, ...] = (),
    *,
    show: bool = True,
    compares: bool = False,
) -> IngestReport:
    """Ingest with the settings; ``show`` is for a progress bar on stderr, ``compares`` for what changes."""
    from assistant.answering.prepare import prepare
    from ingest.configured import configured_embedder
    from ingest.generations import Generations
    from ingest.pipeline import ingest

    embedder = configured_embedder(settings)
    with bars(show=show) as progress:
        return ingest(
            Generations(settings.index_dir, settings.collection),
            embedder,
            paths,
            forget,
            progress=progress,
            prepare=lambda catalogue, kept: prepare(catalogue, kept, embedder),
            compares=compares,
        )


def describe(report: IngestReport) -> str:
    """Say in French what an ingestion did."""
    size = f"{counted(report.documents, 'document')}, {counted(report.chunks, 'passage')}"
    if report.up_to_date:
        return f"L’index est à jour ({size}) : rien à recalculer."
    parts = [
        f"Index en service : {size}",
        f"{report.embedded} calculés",
        f"{report.copied} repris tels quels",
    ]
    if report.removed:
        parts.append(counted(len(report.removed), "document", "retiré"))
    return ", ".join(parts) + "."
