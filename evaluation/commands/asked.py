"""Who answers where a measure brings a model of its own: the assistant, or folds that nothing prepared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.commands.options import read_settings
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings
    from evaluation.benches.exchange_bench import Ask, Through
    from evaluation.questions.cases import Case
    from evaluation.runs.run import Run


def ask_prepared(set_name: str, sample: int | None, seed: int, *, quiet: bool) -> tuple[list[Case], Ask]:
    """The questions, and what puts them to the whole assistant, one at a time.

    Raises:
        CaseError: a question is wrong, or there is none.
    """
    from evaluation.commands.prepared import cases_of
    from evaluation.questions.cases import documents_of
    from evaluation.questions.sample import stratified
    from evaluation.runs.own_index import engine_of_fiches
    from evaluation.runs.run import run_cases
    from evaluation.runs.target import InProcess

    whole = cases_of(set_name)
    cases = stratified(whole, sample, seed) if sample else whole
    settings = _without_model()

    def ask(through: Through) -> tuple[Sequence[Case], Run]:
        with (
            engine_of_fiches(settings, pages=documents_of(cases)) as engine,
            progress_bar(f"questions {set_name}", quiet=quiet) as progress,
        ):
            return cases, run_cases(cases, InProcess(through(engine)), "dans ce processus", 1, progress)

    return cases, ask


def ask_unprepared(
    name: str, set_name: str, sample: int | None, seed: int, *, quiet: bool
) -> tuple[list[Case], Ask]:
    """The questions that can be asked in a way not to be prepared, and what puts them to the folds.

    Raises:
        CaseError: a question is wrong, or none can be asked.
        FoldError: a fiche is in no fold.
        FoldStale: what was trained for a fold is missing or of another day.
    """
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.commands.prepared import cases_of
    from evaluation.commands.unprepared import kind_named
    from evaluation.folds.asking import ask_folds, share_out
    from evaluation.folds.corpus import no_questions
    from evaluation.folds.folds import read_folds
    from evaluation.folds.kept import read_weights
    from evaluation.questions.sample import stratified

    kind, settings = kind_named(name), _without_model()
    folds = read_folds(load_catalogue(asked_from=no_questions).fiches)
    weights = {fold.number: read_weights(fold) for fold in folds}
    whole = cases_of(set_name)
    askable = {case.id for case in share_out(whole, folds, kind).asked}
    asked = [case for case in whole if case.id in askable]
    cases = stratified(asked, sample, seed) if sample else asked
    shared = share_out(cases, folds, kind)

    def ask(through: Through) -> tuple[Sequence[Case], Run]:
        with progress_bar(f"{kind.label}, {set_name}", quiet=quiet) as progress:
            run = ask_folds(shared, folds, kind, weights, settings, 1, progress, through=through)
        return shared.asked, run

    return cases, ask


def _without_model() -> AssistantSettings:
    """The settings, without the model that they may name: what answers has one of our own."""
    return read_settings().model_copy(update={"llm": None, "llm_base_url": None})
