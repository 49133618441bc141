"""``assistant train reader``: train the reader of acts and aspects on utterances, or those of the folds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from assistant.commands.extras import needs
from assistant.commands.options import read_settings
from evaluation.commands.progress import progress_bar
from evaluation.commands.train_named import train_named

if TYPE_CHECKING:
    from evaluation.folds.folds import Fold
    from evaluation.training.reader import LeftOut


@click.command("reader", short_help="Entraîne le lecteur des messages.")
@click.option("--folds", "of_folds", is_flag=True, help="Un lecteur par pli, sans énoncé sur ses fiches.")
@needs("evaluate")
def command(of_folds: bool) -> None:
    """Entraîne ce qui lit ce que fait un message et ce qu’il demande : énoncés et questions connues.

    Entraîne aussi, des mêmes et de titres de pages, ce qui lit les titres des documents, puis ce qui dit
    pourquoi un message nomme un dispositif (« assistant train named »).

    Les fichiers everyone.jsonl et visitors.jsonl, gardés pour la mesure, n’y servent pas. Il faut
    compter cinq minutes sur deux cœurs, trois par pli. À refaire après un nouvel encodeur.
    """
    if of_folds:
        from corpus.fiches.catalogue import load_catalogue
        from evaluation.folds.folds import read_folds

        _train_folds(read_folds(load_catalogue().fiches))
    else:
        _train_product()


def _train_product() -> None:
    from assistant.choosing.headings import HEADINGS_PATH
    from assistant.reading.trained_reader import READER_PATH, write_trained
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.training.reader import taught_headings, taught_questions, taught_utterances, train_reader
    from ingest.configured import configured_embedder

    encoder = configured_embedder(read_settings())
    with progress_bar("étapes", quiet=False) as progress:
        known = taught_questions(load_catalogue())
        trained, sure = train_reader(
            taught_utterances(),
            encoder,
            encoder.name,
            progress=progress,
            known=known,
        )
    write_trained(READER_PATH, trained)
    click.echo(f"Lecteur écrit dans « {READER_PATH} ».")
    for told in sure:
        click.echo(_calibration(told))
    with progress_bar("étapes (titres)", quiet=False) as progress:
        trained, _ = train_reader(
            taught_utterances(),
            encoder,
            encoder.name,
            progress=progress,
            known=known,
            headings=taught_headings(),
        )
    write_trained(HEADINGS_PATH, trained)
    click.echo(f"Lecteur des titres écrit dans « {HEADINGS_PATH} ».")
    train_named(encoder)


def _train_folds(folds: Sequence[Fold]) -> None:
    from assistant.reading.trained_reader import write_trained
    from assistant.settings import AssistantSettings
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.folds.encoder import encoder_told, fold_encoder
    from evaluation.folds.reader import reader_path
    from evaluation.training.reader import taught_questions, taught_utterances, train_reader

    catalogue = load_catalogue()
    settings = read_settings().model_copy(
        update={"encoder": AssistantSettings.model_fields["encoder"].default}
    )
    for fold in folds:
        with progress_bar(f"pli {fold.number}", quiet=False) as progress:
            trained, _ = train_reader(
                taught_utterances(
                    lambda said, fold=fold: fold.holds_back(said.schemes, said.text, len(folds))  # type: ignore[misc]
                ),
                fold_encoder(fold, settings),
                encoder_told(fold),
                fold.schemes,
                progress,
                taught_questions(catalogue, fold.schemes),
            )
        path = reader_path(fold)
        write_trained(path, trained)
        click.echo(f"Pli {fold.number} : {path}", err=True)


def _calibration(told: LeftOut) -> str:
    from evaluation.judging.reliability import calibration_error
    from evaluation.judging.statistics import share
    from evaluation.reports.retrieval_report import shown_figure

    error = calibration_error(zip(told.sure, told.right, strict=True))
    return (
        f"{told.what} : {shown_figure(share(told.right))} juste chez des plumes laissées de côté, "
        f"écart de calibration {error:.3f}, température {told.temperature:.2f}"
    )
