"""The trained parts of a fold: encoder, reader, what tells subjects; nothing of its fiches taught them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.reading.trained_reader import TrainedReader
from assistant.search.learned_subject import LearnedSubject
from assistant.settings import AssistantSettings
from evaluation.folds.encoder import fold_encoder
from evaluation.folds.folds import Fold
from evaluation.folds.reader import fold_reader
from evaluation.folds.subject import fold_subject
from ingest.embed import Embedder


@dataclass(frozen=True, slots=True)
class Models:
    """What was trained for a fold: its encoder, what reads under it, and what tells subjects apart."""

    encoder: Embedder
    reader: TrainedReader
    subject: LearnedSubject


GivesModels = Callable[[Fold, AssistantSettings], Models]


def fold_models(fold: Fold, settings: AssistantSettings) -> Models:
    """Load those kept for a fold.

    Raises:
        FoldStale: one is missing, damaged or of other fiches.
    """
    return Models(fold_encoder(fold, settings), fold_reader(fold, settings), fold_subject(fold))
