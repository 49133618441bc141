"""Ask each graded question to what it was graded for: the program, or a fold of which nothing is prepared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering.engine import Engine
from assistant.answering.knowledge import Knowledge
from assistant.choosing.fitted import IN_USE, Weights
from assistant.settings import AssistantSettings
from evaluation.fitting.enough import Further, further_sentences
from evaluation.fitting.graded import (
    GradedChoice,
    GradedQuestion,
    graded_choices,
    read_graded,
)
from evaluation.folds.corpus import FICHE, FoldCorpus, Kind
from evaluation.folds.folds import Fold
from evaluation.folds.kept import read_weights
from evaluation.folds.models import fold_models
from evaluation.folds.pages import DOCUMENT
from evaluation.runs.own_index import engine_of_documents, engine_of_fiches

Progress = Callable[[], None]


def measured_choices(
    folds: Sequence[Fold], settings: AssistantSettings, one_more: Progress = lambda: None
) -> list[GradedChoice]:
    """What each graded question has to choose from; no weight takes part."""
    found = []
    for knowledge, questions in _asked(folds, settings, lambda _fold: IN_USE):
        found += graded_choices(knowledge, questions, one_more)
    return found


def measured_further(
    folds: Sequence[Fold], settings: AssistantSettings, one_more: Progress = lambda: None
) -> list[Further]:
    """The graded sentences that would be told after the first, by the weights of each fold."""
    found = []
    for knowledge, questions in _asked(folds, settings, read_weights):
        for question in questions:
            found += further_sentences(knowledge, question)
            one_more()
    return found


def _asked(
    folds: Sequence[Fold], settings: AssistantSettings, weights: Callable[[Fold], Weights]
) -> Iterator[tuple[Knowledge, list[GradedQuestion]]]:
    questions = read_graded()
    with engine_of_fiches(settings) as engine:
        # What was graded of a fiche alone serves here too, where other known questions tell what answers.
        yield engine.knowledge, [question for question in questions if question.asked_to != "document"]
    for fold in folds:
        for kind, asked_to in ((FICHE, "fiche"), (DOCUMENT, "document")):
            own = [q for q in questions if q.asked_to == asked_to and q.scheme in fold.schemes]
            with engine_of(fold, kind, weights(fold), settings) as (engine, _):
                yield engine.knowledge, own


@contextmanager
def engine_of(
    fold: Fold, kind: Kind, weights: Weights, settings: AssistantSettings
) -> Iterator[tuple[Engine, FoldCorpus]]:
    """An engine that nothing prepared for the fiches of a fold, and what it answers from."""
    own = fold_models(fold, settings)
    with TemporaryDirectory() as folder:
        corpus = kind.corpus(fold, Path(folder))
        with engine_of_documents(
            settings,
            corpus.catalogue,
            corpus.documents,
            weights,
            embedder=own.encoder,
            trained=own.reader,
            learned=own.subject,
        ) as engine:
            yield engine, corpus
