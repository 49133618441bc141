"""``assistant train``: make again what is trained and kept: weights of the folds, encoder, readers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from assistant.commands.options import read_settings
from evaluation.commands.progress import progress_bar
from evaluation.commands.train_encoder import command as encoder
from evaluation.commands.train_enough import command as enough
from evaluation.commands.train_named import command as named
from evaluation.commands.train_reader import command as reader
from evaluation.commands.train_subject import command as subject

if TYPE_CHECKING:
    from evaluation.folds.folds import Fold


@click.group("train", invoke_without_command=True, short_help="Refait ce qui est appris.")
@click.option("--folds", "of_folds", is_flag=True, help="Pour chaque pli, sans rien de ses fiches.")
@click.option("--all", "again", is_flag=True, help="Refait aussi les plis qui sont à jour.")
@click.pass_context
@needs("evaluate")
def command(context: click.Context, of_folds: bool, again: bool) -> None:
    """Refait les poids de chaque pli qui n’est plus à jour, dans evaluation/data/folds.

    Chaque pli est appris sans rien de ses fiches : ni leurs questions, ni ce que d’autres plis en savent. Il
    faut compter quelques minutes par pli ; un pli fini est gardé si la commande est interrompue.
    """
    if context.invoked_subcommand is not None:
        return
    if not of_folds:
        raise click.UsageError(
            "dites ce qui est à refaire : assistant train --folds, assistant train encoder, "
            "assistant train reader, assistant train named, assistant train subject, assistant train enough"
        )
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.folds.corpus import no_questions
    from evaluation.folds.folds import read_folds

    folds = read_folds(load_catalogue(asked_from=no_questions).fiches)
    if again or any(_is_stale(fold) for fold in folds):
        _train(folds)
    else:
        click.echo("Les plis sont à jour : rien n’est à refaire.", err=True)


command.add_command(encoder)
command.add_command(enough)
command.add_command(named)
command.add_command(reader)
command.add_command(subject)


def _is_stale(fold: Fold) -> bool:
    from evaluation.errors import FoldStale
    from evaluation.folds.kept import read_weights

    try:
        read_weights(fold)
    except FoldStale:
        return True
    return False


def _train(folds: Sequence[Fold]) -> None:
    from assistant.choosing.asked_sections import table_of
    from assistant.choosing.evidence import MEASURES
    from evaluation.folds.kept import write_weights, written
    from evaluation.folds.training import train_folds

    done = 0
    with progress_bar("questions", quiet=False) as progress:

        def one_more(_what: str, _done: int) -> None:
            nonlocal done
            done += 1
            progress(done, done)

        trained = train_folds(folds, read_settings(), one_more)
    for fold in folds:
        click.echo(f"Pli {fold.number} : {write_weights(fold, trained.kept[fold.number])}", err=True)
    for cost in trained.costs:
        click.echo(
            f"Répondre à partir de {cost.threshold} : {cost.wrong} à côté, "
            f"{cost.unfounded} sans rien savoir ; {cost.needless} refus inutiles ; coût {cost.total:.0f}",
            err=True,
        )
    click.echo(f"Une phrase qui répond en premier : {trained.first:.1%} des questions notées", err=True)
    program = written(trained.program)
    for asked, row in table_of(program["sentences"]):
        click.echo(f'"{asked}": {row},')
    program["sentences"] = {name: program["sentences"][name] for name in MEASURES}
    click.echo(json.dumps(program, ensure_ascii=False, indent=1))
