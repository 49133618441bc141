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
from assistant.commands.ingest_sources import is_address, is_named, site_changes
from assistant.commands.options import index_options, json_option, read_settings

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings
    from ingest.pipeline import IngestReport
    from ingest.web.sources import SiteChanges


@click.command("ingest", short_help="Indexe les fiches et les documents ajoutés.")
@click.argument("sources", nargs=-1, metavar="[CHEMIN|ADRESSE]...")
@click.option("--forget", multiple=True, metavar="CHEMIN", help="Retire un chemin, une adresse ou un flux.")
@click.option(
    "--feed",
    "feeds",
    multiple=True,
    metavar="FLUX",
    help="Lit un flux de dispositifs : « aides-territoires », ou un tableau CSV (fichier ou adresse).",
)
@click.option(
    "--columns",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Dit, en YAML, ce que sont les colonnes des tableaux donnés par --feed.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Lit les documents sans les indexer : dit combien d’énoncés chacun contient et ce qui lui manque.",
)
@click.option("--sitemap", is_flag=True, help="Lit les pages du plan (sitemap) de chaque ADRESSE.")
@click.option(
    "--depth",
    type=click.IntRange(0, 10),
    metavar="N",
    help="Suit les liens de chaque ADRESSE sur le même site, N fois de suite (0 sans cette option).",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    metavar="N",
    help="Lit N pages au plus de chaque ADRESSE (200 sans cette option).",
)
@click.option(
    "--delay",
    type=click.FloatRange(0, 60),
    metavar="SECONDES",
    help="Attend entre deux pages d’un site (1 seconde sans cette option).",
)
@index_options
@json_option
def command(
    sources: tuple[str, ...],
    forget: tuple[str, ...],
    feeds: tuple[str, ...],
    columns: Path | None,
    check: bool,
    sitemap: bool,
    depth: int | None,
    limit: int | None,
    delay: float | None,
    index_dir: Path | None,
    collection: str | None,
    as_json: bool,
) -> None:
    """Indexe les fiches, ce qui a été ajouté auparavant, et chaque CHEMIN ou ADRESSE.

    Un CHEMIN est un fichier ou un dossier : PDF, DOCX, ODT, XLSX, ODS, CSV, HTML, EML, Markdown, texte.
    Une ADRESSE (https://…) est une page, lue avec les PDF vers lesquels elle renvoie ; le fichier robots.txt
    du site est respecté.

    Un FLUX donne un document par dispositif : les aides d’Aides-territoires pour les communes de la région
    (clé au réglage ASSISTANT_AIDES_TERRITOIRES_TOKEN), ou les lignes d’un tableau CSV, comme ceux de
    data.gouv.fr.

    CHEMINS, ADRESSES et FLUX sont retenus pour les fois suivantes ; « assistant sync » relit aussi les
    adresses et les flux. Seul ce qui a changé est recalculé ; l’index en service n’est remplacé qu’une fois
    le nouveau complet. Un fichier illisible, ou une fiche, est signalé à la fin (code de retour 1) ; les
    autres sont indexés.

    Avec --check, rien n’est écrit : les CHEMINS, ou sans CHEMIN ceux qui sont retenus, sont lus, et ce que
    chaque document ne dit pas (titre, éditeur, date, adresse) est signalé.
    """
    addresses = [text for text in sources if is_address(text)]
    paths = tuple(Path(text) for text in sources if not is_address(text))
    how = {"sitemap": sitemap or None, "depth": depth, "limit": limit, "delay": delay}
    asked = {name: value for name, value in how.items() if value is not None}
    if check and (forget or addresses or feeds):
        raise click.UsageError(
            "--check lit des fichiers et ne change rien : sans --forget, --feed ni ADRESSE"
        )
    if alone := next((name for name in asked if not (addresses or (feeds and name == "delay"))), ""):
        other = " ou un FLUX" if alone == "delay" else ""
        raise click.UsageError(f"--{alone} va avec une ADRESSE{other} (https://…)")
    if columns is not None and not feeds:
        raise click.UsageError("--columns va avec --feed")
    settings = read_settings(index_dir=index_dir, collection=collection)
    if check:
        unread = ingest_check.run(settings, paths, as_json=as_json)
        raise click.exceptions.Exit(1 if unread else 0)
    report = run(
        settings,
        paths,
        tuple(Path(text) for text in forget if not is_named(text)),
        sites=site_changes(settings, addresses, asked, feeds, columns, forget),
        show=not as_json,
    )
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
    sites: SiteChanges | None = None,
    show: bool = True,
    compares: bool = False,
) -> IngestReport:
    """Ingest with the settings; ``show`` is for a progress bar on stderr, ``compares`` for what changes."""
    from assistant.answering.prepare import prepare
    from ingest.configured import configured_embedder, configured_generations
    from ingest.pipeline import ingest
    from ingest.web.sources import NO_SITE

    embedder = configured_embedder(settings)
    with bars(show=show) as progress:
        return ingest(
            configured_generations(settings),
            embedder,
            paths,
            forget,
            progress=progress,
            prepare=lambda catalogue, kept: prepare(catalogue, kept, embedder),
            compares=compares,
            sites=sites or NO_SITE,
        )


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
    size = f"{counted(report.documents, 'document')}, {counted(report.chunks, 'passage')}"
    repaired = f" Réparé\u00a0: {', '.join(report.repaired)}." if report.repaired else ""
    if report.up_to_date:
        return f"L’index est à jour ({size}) : rien à recalculer.{repaired}"
    parts = [
        f"Index en service : {size}",
        f"{report.embedded} calculés",
        f"{report.copied} repris tels quels",
    ]
    if report.removed:
        parts.append(counted(len(report.removed), "document", "retiré"))
    return ", ".join(parts) + "." + repaired
