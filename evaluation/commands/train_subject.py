"""``assistant train subject``: train what tells which scheme a message is about, or that of each fold."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from assistant.commands.extras import needs
from evaluation.commands.progress import progress_bar


@click.command("subject", short_help="Entraîne ce qui reconnaît le dispositif d’un message.")
@click.option("--folds", "of_folds", is_flag=True, help="Un fichier par pli, sans rien sur ses fiches.")
@needs("evaluate")
def command(of_folds: bool) -> None:
    """Entraîne ce qui reconnaît de quel dispositif parle un message : questions connues et énoncés.

    Les fichiers everyone.jsonl et visitors.jsonl, gardés pour la mesure, n’y servent pas. Il faut
    compter une minute sur un cœur, autant par pli. À refaire quand les questions connues ou les énoncés
    ont changé.
    """
    from assistant.search.learned_subject import SUBJECT_PATH, write_learned
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.folds.folds import read_folds
    from evaluation.folds.subject import subject_path
    from evaluation.training.reader import taught_utterances
    from evaluation.training.subject import taught_subjects, train_subject

    catalogue, files = load_catalogue(), taught_utterances()
    wanted: dict[str, tuple[Collection[str], Path]] = {}
    if of_folds:
        for fold in read_folds(catalogue.fiches):
            wanted[f"pli {fold.number}"] = fold.schemes, subject_path(fold)
    else:
        wanted["étapes"] = (), SUBJECT_PATH
    for what, (without, path) in wanted.items():
        taught = taught_subjects(catalogue, files, without)
        with progress_bar(what, quiet=False) as progress:
            learned = train_subject(taught, without, progress)
        write_learned(path, learned)
        click.echo(f"Écrit dans « {path} » : {len(learned.told.schemes)} dispositifs.", err=True)
