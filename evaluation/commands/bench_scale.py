"""``assistant bench scale``: the index at several sizes, on texts recombined from BEIR folders."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.commands.extras import needs
from assistant.commands.options import json_option
from evaluation.commands.progress import progress_bar

_QUESTIONS = 200


def _sizes(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, ...]:
    try:
        sizes = tuple(int(part) for part in value.split(","))
    except ValueError as error:
        raise click.BadParameter("donnez des nombres séparés par des virgules : 1000,10000") from error
    if min(sizes) < 100:
        raise click.BadParameter("il faut au moins 100 passages")
    return sizes


@click.command("scale", short_help="Mesure l’index à plusieurs tailles.")
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar="DOSSIER...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--sizes",
    default="1000,10000,100000",
    show_default=True,
    metavar="N,N...",
    callback=_sizes,
    help="Nombres de passages. Un million demande environ une heure et 8 Go.",
)
@json_option
@needs("evaluate")
def scale(folders: tuple[Path, ...], sizes: tuple[int, ...], as_json: bool) -> None:
    """Indexe des textes recombinés à partir de jeux BEIR, aux tailles données, et y cherche 200 questions.

    Mesure l’indexation, la mémoire, le disque, l’ouverture, la recherche (entière, limitée à un dispositif,
    par vecteurs seuls) et ce que la recherche approchée manque par rapport à une recherche exacte. Les
    passages d’origine sont encodés une fois, les vecteurs des textes recombinés s’en déduisent.
    """
    from evaluation.benches.scale_bench import bench_scale
    from evaluation.questions.beir import read_test_set
    from evaluation.reports.text import scale_table

    sets = [read_test_set(folder) for folder in folders]
    documents = [document for each in sets for document in each.documents.values()]
    share = _QUESTIONS // len(sets)
    questions = [question for each in sets for question in list(each.queries.values())[:share]]
    with progress_bar("passages", quiet=as_json) as progress:
        results = bench_scale(documents, questions, sizes, progress)
    if as_json:
        click.echo(json.dumps([result.model_dump() for result in results], ensure_ascii=False, indent=1))
        return
    click.echo(scale_table(results))
