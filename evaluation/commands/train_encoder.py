"""``assistant train encoder``: train the encoder on the questions about the fiches, or those of the folds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from assistant.commands.options import read_settings
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from evaluation.folds.folds import Fold
    from evaluation.training.encoder import Training

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("encoder", short_help="Entraîne l’encodeur des textes sur les questions des fiches.")
@click.option(
    "--base", metavar="DOSSIER", type=_FOLDER, help="Part de cet encodeur ; par défaut de celui fourni."
)
@click.option("--out", metavar="DOSSIER", type=_FOLDER, help="Où l’écrire ; par défaut à la place du fourni.")
@click.option(
    "--pairs",
    metavar="FICHIER",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Apprend aussi de ces paires (JSONL : « anchor », « positive »).",
)
@click.option("--share", type=click.FloatRange(0, 1), help="Part gardée de ce qui est appris.")
@click.option("--folds", "of_folds", is_flag=True, help="Un encodeur par pli, sans rien de ses fiches.")
@click.option("--measure", is_flag=True, help="Mesure les encodeurs des plis, sans rien entraîner.")
@needs("evaluate", "train")
def command(
    base: Path | None,
    out: Path | None,
    pairs: Path | None,
    share: float | None,
    of_folds: bool,
    measure: bool,
) -> None:
    """Entraîne les dernières couches de l’encodeur sur les questions que l’on pose des fiches.

    Il faut compter dix minutes sur deux cœurs, autant par pli ; quelques-unes avec une carte graphique. Après
    un nouvel encodeur, relancez « assistant ingest ».
    """
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.folds.folds import read_folds

    folds = read_folds(load_catalogue().fiches)
    if not measure:
        training = _training(base, pairs, share)
        if of_folds:
            _train_folds(training, folds)
        else:
            _train_product(training, out)
    if measure or of_folds:
        _measure(folds)


def _training(base: Path | None, pairs: Path | None, share: float | None) -> Training:
    from dataclasses import replace

    from evaluation.training.encoder import Training
    from ingest.embed import ENCODER_DIR
    from ingest.training.contrast import Recipe
    from ingest.training.folder import read_start
    from ingest.training.pairs import read_pairs

    recipe = Recipe() if share is None else replace(Recipe(), share=share)
    return Training(read_start(base or ENCODER_DIR), recipe, read_pairs(pairs) if pairs else ())


def _train_product(training: Training, out: Path | None) -> None:
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.training.encoder import examples_of
    from ingest.embed import ENCODER_DIR
    from ingest.training.contrast import tune
    from ingest.training.folder import write_encoder

    folder = out or ENCODER_DIR
    with progress_bar("étapes", quiet=False) as progress:
        adapter = tune(
            training.layers(),
            examples_of(load_catalogue(), pairs=training.pairs),
            training.recipe,
            progress,
        )
    write_encoder(folder, training.start, adapter, {})
    click.echo(f"Encodeur écrit dans « {folder} ». Relancez : assistant ingest")


def _train_folds(training: Training, folds: Sequence[Fold]) -> None:
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.folds.corpus import questions_without
    from evaluation.folds.encoder import adapter_path, told_of
    from evaluation.training.encoder import examples_of
    from ingest.training.adapter import write_adapter
    from ingest.training.contrast import tune

    layers = training.layers()  # what the frozen layers give is the same for every fold
    for fold in folds:
        known = load_catalogue(asked_from=questions_without(fold.schemes))
        with progress_bar(f"pli {fold.number}", quiet=False) as progress:
            adapter = tune(
                layers, examples_of(known, fold.schemes, training.pairs), training.recipe, progress
            )
        path = adapter_path(fold)
        write_adapter(path, adapter, {"base": training.start.name, **told_of(fold)})
        click.echo(f"Pli {fold.number} : {path}", err=True)


def _measure(folds: Sequence[Fold]) -> None:
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.folds.encoder import fold_encoder
    from evaluation.judging.nearest_sentence import AMONG, NearestSentence, nearest_sentences
    from evaluation.judging.statistics import share
    from evaluation.reports.retrieval_report import shown_figure

    catalogue, settings = load_catalogue(), read_settings()
    found = NearestSentence()
    for fold in folds:
        own = [catalogue.fiches[name] for name in sorted(fold.schemes)]
        found += nearest_sentences(own, fold_encoder(fold, settings))
    click.echo(
        f"Phrase qui répond, fiches jamais apprises ({len(found.first)} questions) : "
        f"en premier {shown_figure(share(found.first))}, parmi {AMONG} {shown_figure(share(found.among))}"
    )
