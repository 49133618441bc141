"""Train what a fold keeps: every weight that has a fit, on questions that the encoder hasn't learned.

An encoder finds what it was trained on better than what it wasn't: weights fitted on its own questions would
trust it too much. So the questions about the fiches of each fold are measured under the encoder of that fold,
which knows nothing of them, and the weights of a fold are fitted on the questions about the others (stacking:
Wolpert, 1992; Breiman, 1996). Fitted on all of them, they are the program's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TypeVar

from assistant.choosing.fitted import IN_USE, Weights
from assistant.choosing.support import SupportWeights
from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import load_catalogue
from evaluation.fitting.gaps import GapCase, fit_gaps, gap_cases
from evaluation.fitting.graded import GradedChoice, first_answers, fit_graded, without
from evaluation.fitting.left_out import LeftInTurn
from evaluation.fitting.support import (
    Costs,
    Decided,
    Told,
    costs,
    decide,
    fit_support,
    total_costs,
    uncovered_questions,
    utterances_typed,
)
from evaluation.fitting.weights import Choice, fitted, scheme_choices
from evaluation.folds.corpus import FICHE
from evaluation.folds.folds import Fold
from evaluation.folds.graded import engine_of, measured_choices
from evaluation.folds.kept import EVERY, KeptWeights, digest_of
from evaluation.folds.models import fold_models
from evaluation.folds.pages import DOCUMENT
from evaluation.questions.utterances import Utterance
from evaluation.runs.own_index import engine_of_documents

# One known question and one utterance in so many is decided on, and one in so many that no fiche answers.
_EVERY_KNOWN, _EVERY_UTTERANCE = 9, 5
_Item = TypeVar("_Item")
Progress = Callable[[str, int], None]
"""Called after each known question with what is being measured, and how many questions are done."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """The same questions, for whether to answer and whether it's known."""

    gaps: tuple[GapCase, ...]
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True)
class AllWeights:
    """What was fitted.

    Attributes:
        program: the weights of the program.
        kept: those of each fold, by its number.
        costs: what each threshold to answer costs, each fold by its own weights, on what names no scheme.
        first: share of the graded questions that the likeliest sentence answers, each by the weights of a
            fold that has learned none about its fiche.
    """

    program: Weights
    kept: Mapping[int, KeptWeights]
    costs: tuple[Costs, ...]
    first: float


def train_folds(
    folds: Sequence[Fold],
    settings: AssistantSettings,
    progress: Progress = lambda _what, _done: None,
    every: int = EVERY,
) -> AllWeights:
    """Fit the weights of the program, and those of each fold on the questions about the other fiches.

    Args:
        folds: all of them.
        settings: which encoder.
        progress: see :data:`Progress`.
        every: one known question in so many is fitted on.
    """
    schemes = {
        fold.number: scheme_choices(known, _counting(progress, "dispositifs"))
        for fold, known in _known(folds, settings, every)
    }
    graded = measured_choices(folds, settings, _counting(progress, "phrases"))
    own = {0: frozenset[str](), **{fold.number: fold.schemes for fold in folds}}
    first = {
        number: _choosing(without(graded, names), _others(schemes, number)) for number, names in own.items()
    }
    judged = {
        fold.number: _Judged(
            _gaps(known.weighing(first[0]), progress),
            _decided(fold, len(folds), settings, first[fold.number], progress),
        )
        for fold, known in _known(folds, settings, every)
    }
    whole = {number: _deciding(first[number], _others(judged, number)) for number in first}
    kept = {fold.number: KeptWeights.of(whole[fold.number], digest_of(fold)) for fold in folds}
    decided = {
        number: costs(own.decided, asdict(whole[number].support), named=False)
        for number, own in judged.items()
    }
    right = [
        first_answers([choice], first[fold.number].sentences)
        for fold in folds
        for choice in graded
        if choice.scheme in fold.schemes
    ]
    return AllWeights(whole[0], kept, total_costs(decided.values()), sum(right) / len(right))


@contextmanager
def _engine_knowledge(fold: Fold, settings: AssistantSettings, every: int) -> Iterator[LeftInTurn]:
    catalogue = load_catalogue()
    documents = [fiche.as_document for fiche in catalogue.fiches.values()]
    own = fold_models(fold, settings)
    with engine_of_documents(
        settings, catalogue, documents, embedder=own.encoder, trained=own.reader, learned=own.subject
    ) as engine:
        yield LeftInTurn(engine.knowledge, every, fold.schemes)


def _known(
    folds: Sequence[Fold], settings: AssistantSettings, every: int
) -> Iterator[tuple[Fold, LeftInTurn]]:
    """Each fold with what its encoder makes known, the questions about its own fiches to be asked."""
    for fold in folds:
        with _engine_knowledge(fold, settings, every) as known:
            yield fold, known


def _others(measured: Mapping[int, _Item], number: int) -> list[_Item]:
    return [own for other, own in measured.items() if other != number]


def _gaps(known: LeftInTurn, progress: Progress) -> tuple[GapCase, ...]:
    # The year in which the fiches were checked, so that the same fiches give the same weights next year.
    year = max(scheme.checked.year for scheme in known.knowledge.catalogue.schemes)
    return tuple(gap_cases(known, year, _counting(progress, "ce qui n’est pas publié")))


def _decided(
    fold: Fold, folds: int, settings: AssistantSettings, weights: Weights, progress: Progress
) -> tuple[Decided, ...]:
    """What supports an answer where nothing prepared for the fold: its fiches alone, then as plain pages."""
    whole = load_catalogue()
    known = [
        Told((asked.text,), (name,)) for name in sorted(fold.schemes) for asked in whole.fiches[name].asked
    ]
    told = [
        *known[::_EVERY_KNOWN],
        *map(Told.of, utterances_typed(_EVERY_UTTERANCE, lambda said: _is_own(fold, said, folds))),
        *(Told((text,)) for text in uncovered_questions()[fold.number % folds :: folds]),
    ]
    found: list[Decided] = []
    for kind in (FICHE, DOCUMENT):
        with engine_of(fold, kind, weights, settings) as (engine, corpus):
            one_more = _counting(progress, f"répondre ou non ({kind.name})")
            found += decide(engine.knowledge, told, corpus.stand_ins, one_more)
    return tuple(found)


def _is_own(fold: Fold, said: Utterance, folds: int) -> bool:
    """Whether nothing of a fold has learned an utterance that is about it, first of all, or about none."""
    about = said.schemes[:1]
    return fold.holds_back(about, said.text, folds)


def _choosing(graded: Sequence[GradedChoice], measured: Sequence[Sequence[Choice]]) -> Weights:
    schemes = fitted([choice for own in measured for choice in own], IN_USE.schemes).weights
    return Weights(fit_graded(graded), schemes, IN_USE.gaps, IN_USE.support)


def _deciding(weights: Weights, measured: Sequence[_Judged]) -> Weights:
    gaps = fit_gaps(case for own in measured for case in own.gaps)
    support = fit_support([item for own in measured for item in own.decided])
    return Weights(weights.sentences, weights.schemes, gaps, SupportWeights(**support))


def _counting(progress: Progress, what: str) -> Callable[[], None]:
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        progress(what, done)

    return one_more
