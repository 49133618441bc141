"""``assistant bench fusion``: fit the weights of the legs of the search on BEIR folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import json_option, read_settings
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from evaluation.benches.fusion_fit import Found


@click.command("fusion", short_help="Recalcule les poids de la recherche sur des jeux BEIR.")
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar="DOSSIER...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@json_option
def fusion(folders: tuple[Path, ...], as_json: bool) -> None:
    """Recalcule ce que pèsent les mots, les lettres et les vecteurs, avec et sans les lettres.

    Ce que choisit chaque jeu est mesuré sur les autres. Les poids en usage sont dans
    assistant/search/retrieve.py, à changer à la main. Chaque jeu est encodé une fois : compter deux
    minutes pour mille passages.
    """
    import json

    from evaluation.benches.fusion_fit import fit_fusion
    from evaluation.reports.fusion_text import fusion_text

    sets = _gathered(folders, quiet=as_json)
    fits = {
        "avec les lettres": fit_fusion(sets),
        "sans les lettres": fit_fusion(sets, with_letters=False),
    }
    if as_json:
        shapes = {name: fit.model_dump() for name, fit in fits.items()}
        click.echo(json.dumps(shapes, ensure_ascii=False, indent=1))
        return
    click.echo(fusion_text(fits))


def _gathered(folders: tuple[Path, ...], *, quiet: bool) -> dict[str, list[Found]]:
    """Ask every leg the questions of each set, in an index of its own.

    Raises:
        TestSetError: a set can't be read.
    """
    from tempfile import TemporaryDirectory

    from evaluation.benches.fusion_fit import gather
    from evaluation.questions.beir import read_test_set
    from ingest.configured import configured_embedder

    embedder = configured_embedder(read_settings())
    sets = {}
    for test_set in [read_test_set(folder) for folder in folders]:
        with TemporaryDirectory() as index, progress_bar(test_set.name, quiet=quiet) as progress:
            sets[test_set.name] = gather(test_set, embedder, Path(index), progress)
    return sets
