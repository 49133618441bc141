"""The reader of a fold: trained under the fold's own encoder, without any utterance about its fiches."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableReader
from assistant.reading.trained_reader import TrainedReader, read_trained
from assistant.settings import AssistantSettings
from evaluation.errors import FoldStale
from evaluation.folds.encoder import encoder_told
from evaluation.folds.folds import FOLDS_DIR, Fold
from ingest.embed import DEFAULT_ENCODER

REMEDY = "Refaites les lecteurs des plis : assistant train reader --folds."


def reader_path(fold: Fold, folder: Path = FOLDS_DIR) -> Path:
    """Where the reader of a fold is kept."""
    return folder / str(fold.number) / "reader.npz"


def fold_reader(fold: Fold, settings: AssistantSettings, folder: Path = FOLDS_DIR) -> TrainedReader:
    """Load the reader of a fold; under an encoder that a setting names, it goes by words and letters alone.

    Raises:
        FoldStale: its file is missing, damaged, of other fiches or of another encoder than the fold's.
    """
    path = reader_path(fold, folder)
    try:
        trained = read_trained(path)
    except UnreadableReader as error:
        raise FoldStale(f"Pli {fold.number} : « {path} » ne peut pas être lu. {REMEDY}") from error
    if trained.told.without != tuple(sorted(fold.schemes)):
        raise FoldStale(f"Pli {fold.number} : « {path} » a été appris pour d’autres fiches. {REMEDY}")
    if settings.encoder != DEFAULT_ENCODER:
        return TrainedReader(trained, settings.encoder)
    if trained.told.encoder != encoder_told(fold):
        raise FoldStale(f"Pli {fold.number} : « {path} » va avec un autre encodeur. {REMEDY}")
    return TrainedReader(trained, trained.told.encoder)
