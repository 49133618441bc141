"""What tells the subjects apart in a fold: trained without any question or utterance about its fiches."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableSubjects
from assistant.search.learned_subject import LearnedSubject, read_learned
from evaluation.errors import FoldStale
from evaluation.folds.folds import FOLDS_DIR, Fold

REMEDY = "Refaites ce qui est appris des dispositifs dans les plis : assistant train subject --folds."


def subject_path(fold: Fold, folder: Path = FOLDS_DIR) -> Path:
    """Where what a fold learned of the other schemes is kept."""
    return folder / str(fold.number) / "subject.npz"


def fold_subject(fold: Fold, folder: Path = FOLDS_DIR) -> LearnedSubject:
    """Load what a fold learned of the other schemes.

    Raises:
        FoldStale: its file is missing, damaged or of other fiches.
    """
    path = subject_path(fold, folder)
    try:
        learned = read_learned(path)
    except UnreadableSubjects as error:
        raise FoldStale(f"Pli {fold.number} : « {path} » ne peut pas être lu. {REMEDY}") from error
    if learned.told.without != tuple(sorted(fold.schemes)):
        raise FoldStale(f"Pli {fold.number} : « {path} » a été appris pour d’autres fiches. {REMEDY}")
    return LearnedSubject(learned)
