"""``assistant bench wording``: what the check of a model's sentences makes of true and false rewordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option, read_settings
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from evaluation.benches.wording_bench import Part


@click.command("wording", short_help="Mesure le contrôle des phrases rédigées par un modèle.")
@click.option(
    "--part",
    type=click.Choice(["open", "aside"]),
    default=None,
    metavar="open|aside",
    help="open : la moitié de travail ; aside : celle gardée pour la mesure. Par défaut, les deux.",
)
@click.option("--wrong", "shows_wrong", is_flag=True, help="Montre aussi les phrases mal jugées.")
@json_option
@needs("evaluate")
def wording(part: str | None, shows_wrong: bool, as_json: bool) -> None:
    """Fait juger des reformulations vraies et des phrases faussées des fiches, et chaque phrase telle quelle.

    Donne la part des vraies refusées, celle des fausses acceptées, et les citations mot pour mot refusées.
    """
    from assistant.checking.verify import Verifier
    from assistant.reading.french.lexicon import official_words
    from assistant.reading.names import SchemeNames
    from corpus.communes.territory import load_territory
    from corpus.fiches.catalogue import load_catalogue
    from corpus.places.named import PlaceNames
    from evaluation.benches.wording_bench import bench_wording
    from evaluation.reports.wording_text import wording_text
    from ingest.configured import configured_embedder

    catalogue = load_catalogue()
    names = SchemeNames(catalogue.schemes, official_words())
    verifier = Verifier(catalogue.schemes, names, PlaceNames(load_territory()))
    embedder = configured_embedder(read_settings())
    with progress_bar("phrases", quiet=as_json) as progress:
        result = bench_wording(catalogue, verifier, embedder, cast("Part | None", part), progress)
    if as_json:
        click.echo(result.model_dump_json(indent=1))
    else:
        click.echo(wording_text(result, shows_wrong=shows_wrong))
