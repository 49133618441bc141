"""``assistant train``: make again, for each fold, what is trained and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.commands.options import read_settings
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from evaluation.folds.folds import Fold


@click.command("train", short_help="Refait ce qui est appris, pour chaque pli de fiches.")
@click.option("--folds", "of_folds", is_flag=True, help="Pour chaque pli, sans rien de ses fiches.")
@click.option("--all", "again", is_flag=True, help="Refait aussi les plis qui sont à jour.")
def command(of_folds: bool, again: bool) -> None:
    """Refait les poids de chaque pli qui n’est plus à jour, dans evaluation/data/folds.

    Chaque pli est appris sans rien de ses fiches : ni leurs questions, ni ce que d’autres plis en savent. Il
    faut compter quelques minutes par pli ; un pli fini est gardé si la commande est interrompue.
    """
    if not of_folds:
        raise click.UsageError("dites ce qui est à refaire : assistant train --folds")
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.folds.corpus import no_questions
    from evaluation.folds.folds import read_folds

    folds = read_folds(load_catalogue(asked_from=no_questions).fiches)
    due = [fold for fold in folds if again or _is_stale(fold)]
    for fold in due:
        _train(fold)
    if not due:
        click.echo("Les plis sont à jour : rien n’est à refaire.", err=True)


def _is_stale(fold: Fold) -> bool:
    from evaluation.errors import FoldStale
    from evaluation.folds.kept import read_weights

    try:
        read_weights(fold)
    except FoldStale:
        return True
    return False


def _train(fold: Fold) -> None:
    from evaluation.folds.kept import write_weights
    from evaluation.folds.training import train_fold

    done = 0
    with progress_bar(f"pli {fold.number}", quiet=False) as progress:

        def one_more(_what: str, _done: int) -> None:
            nonlocal done
            done += 1
            progress(done, done)

        kept = train_fold(fold, read_settings(), one_more)
    click.echo(f"Pli {fold.number} : {write_weights(fold, kept)}", err=True)
