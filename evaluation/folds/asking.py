"""Ask each fold the questions about its own fiches, and keep what came back as one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering.engine import Engine
from assistant.choosing.fitted import Weights
from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import SCHEMES_DIR
from evaluation.errors import CaseError
from evaluation.folds.corpus import FoldCorpus, Kind
from evaluation.folds.folds import Fold, fold_of
from evaluation.folds.leak import (
    Watched,
    check_knowledge,
    check_trained,
    check_without_fiches,
    fiches_of,
    forbidden_to,
    without_leaks,
)
from evaluation.folds.models import GivesModels, fold_models
from evaluation.questions.cases import Case
from evaluation.runs.own_index import engine_of_documents
from evaluation.runs.run import Outcome, Run, run_cases
from evaluation.runs.target import InProcess


@dataclass(frozen=True, slots=True)
class Shared:
    """Which fold is asked what.

    Attributes:
        cases: by number of the fold, the questions whose first scheme is one of its own.
        across: ids of those that are about schemes of several folds: they are asked to the fold of the first,
            which knows the questions about the others.
        left_out: ids of those about no scheme, or of which nothing can be asked: no preparation is missing.
    """

    cases: Mapping[int, tuple[Case, ...]]
    across: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def asked(self) -> tuple[Case, ...]:
        """Every question asked, fold after fold."""
        return tuple(case for cases in self.cases.values() for case in cases)


@dataclass(frozen=True, slots=True)
class Asked:
    """A fold that has been asked, for whoever compares others with it on the same questions and documents.

    Attributes:
        corpus: what it answered from.
        cases: its questions.
        outcomes: what came back, in terms of fiches, in the order of the questions.
    """

    corpus: FoldCorpus
    cases: tuple[Case, ...]
    outcomes: tuple[Outcome, ...]


def share_out(cases: Sequence[Case], folds: Sequence[Fold], kind: Kind) -> Shared:
    """Give each question to the fold of the first of its schemes, as it can be asked there.

    Raises:
        CaseError: no question is about a scheme.
    """
    shared: dict[int, list[Case]] = {fold.number: [] for fold in folds}
    across, left_out = [], []
    for case in cases:
        expected = kind.expected(case) if case.schemes else None
        if expected is None:
            left_out.append(case.id)
            continue
        numbers = {fold_of(folds, name).number for name in case.schemes}
        shared[fold_of(folds, case.schemes[0]).number].append(expected)
        if len(numbers) > 1:
            across.append(case.id)
    if not any(shared.values()):
        raise CaseError("Aucune de ces questions ne porte sur un dispositif. Donnez-en qui en nomment un.")
    given = {number: tuple(own) for number, own in shared.items() if own}
    return Shared(given, tuple(across), tuple(left_out))


def ask_folds(
    shared: Shared,
    folds: Sequence[Fold],
    kind: Kind,
    weights: Mapping[int, Weights],
    settings: AssistantSettings,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    schemes_dir: Path = SCHEMES_DIR,
    beside: Callable[[Asked], None] = lambda _asked: None,
    on: date | None = None,
    models: GivesModels = fold_models,
    through: Callable[[Engine], Engine] = lambda engine: engine,
) -> Run:
    """Ask every fold its questions, one fold after the other.

    Args:
        shared: which fold is asked what.
        folds: the folds.
        kind: in what way they aren't prepared.
        weights: by number of the fold, what it was given by training.
        settings: which encoder, which language model if any.
        jobs: how many questions at once.
        progress: told how many are done, of how many.
        schemes_dir: where the fiches are.
        beside: told of each fold once it has been asked, while nothing forbidden can be read.
        on: the date that the folds believe it is; today by default.
        models: gives the trained parts of a fold; by default those kept for it.
        through: gives the engine that is asked, of that of a fold: with a language model, for instance.

    Raises:
        FoldLeak: a fold has read what it must not know; nothing is kept.
    """
    total = len(shared.asked)
    outcomes: list[Outcome] = []
    for fold in folds:
        if own := shared.cases.get(fold.number):
            done = len(outcomes)
            outcomes += _ask(
                fold,
                own,
                kind,
                weights[fold.number],
                settings,
                jobs,
                lambda n, _, done=done: progress(done + n, total),  # type: ignore[misc]
                schemes_dir,
                beside,
                on,
                models,
                through,
            )
    return Run(target=kind.label, outcomes=tuple(outcomes))


def _ask(
    fold: Fold,
    cases: Sequence[Case],
    kind: Kind,
    weights: Weights,
    settings: AssistantSettings,
    jobs: int,
    progress: Callable[[int, int], None],
    schemes_dir: Path,
    beside: Callable[[Asked], None],
    on: date | None,
    models: GivesModels,
    through: Callable[[Engine], Engine],
) -> tuple[Outcome, ...]:
    """Make the knowledge of a fold and ask it, nothing forbidden being read meanwhile."""
    with TemporaryDirectory() as folder, without_leaks(fold, forbidden_to(fold, schemes_dir)) as guard:
        corpus = kind.corpus(fold, Path(folder))
        own = models(fold, settings)
        if not kind.knows_fiches:
            guard.forbid(fiches_of(fold, schemes_dir))
            check_without_fiches(corpus.catalogue, corpus.documents, fold, schemes_dir)
        with engine_of_documents(
            settings, corpus.catalogue, corpus.documents, weights, on, own.encoder, own.reader, own.subject
        ) as engine:
            check_knowledge(engine.knowledge, fold)
            check_trained(engine.knowledge, fold)
            target = Watched(InProcess(through(engine)), guard)
            run = run_cases(cases, target, kind.label, jobs, progress)
        outcomes = tuple(corpus.restored(outcome) for outcome in run.outcomes)
        beside(Asked(corpus, tuple(cases), outcomes))
        return outcomes
