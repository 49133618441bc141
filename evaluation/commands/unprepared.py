"""``assistant evaluate --unprepared``: the questions about each fiche, asked to a fold made without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from assistant.commands.options import read_settings
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings
    from evaluation.folds.corpus import Kind
    from evaluation.judging.result import RunResult
    from evaluation.judging.unprepared import UnpreparedResult
    from evaluation.questions.cases import Case
    from evaluation.runs.run import Run

KINDS = ("fiche", "document")
# Pages alone are compared with what other searches make of them.
WITH_PEERS = "document"


def measure_unprepared(
    name: str,
    cases: Sequence[Case],
    set_name: str,
    prepared: RunResult | None,
    jobs: int,
    *,
    with_peers: bool = False,
    quiet: bool,
) -> UnpreparedResult:
    """Ask the folds and the whole assistant the same questions, and hold both side by side.

    Args:
        name: in what way nothing is prepared, one of ``KINDS``.
        cases: the questions of the set.
        set_name: which set.
        prepared: what the whole assistant replied, if it was measured before; it may hold more questions.
        jobs: how many questions at once.
        with_peers: whether other searches are asked beside ours, over the same pages.
        quiet: show no progress.

    Raises:
        FoldError: a fiche is in no fold.
        FoldStale: what was trained for a fold is missing or of another day.
        FoldLeak: a fold has read what it must not know.
        MissingPackage: the other searches aren't installed.
    """
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.benches.page_bench import PageBench
    from evaluation.folds.asking import ask_folds, share_out
    from evaluation.folds.corpus import no_questions
    from evaluation.folds.folds import read_folds
    from evaluation.folds.kept import read_weights
    from evaluation.judging.unprepared import run_of_result, side_by_side

    settings = read_settings()
    kind = kind_named(name)
    catalogue = load_catalogue(asked_from=no_questions)
    folds = read_folds(catalogue.fiches)
    weights = {fold.number: read_weights(fold) for fold in folds}
    shared = share_out(cases, folds, kind)
    asked = [case for case in cases if case.id not in shared.left_out]
    kept = run_of_result(prepared) if prepared else None
    bench = PageBench() if with_peers else None
    with progress_bar(f"{kind.label}, {set_name}", quiet=quiet) as progress:
        unprepared = ask_folds(
            shared, folds, kind, weights, settings, jobs, progress, beside=bench or (lambda _asked: None)
        )
    whole = kept or _ask_whole(asked, settings, set_name, jobs, quiet=quiet)
    result = side_by_side(
        kind.name,
        set_name,
        shared.asked,
        whole,
        unprepared,
        catalogue,
        {fold.number: tuple(sorted(fold.schemes)) for fold in folds},
        shared.across,
        shared.left_out,
    )
    return result.model_copy(update={"searches": bench.results}) if bench else result


def check_folds() -> None:
    """Refuse to judge folds that are no longer those of today, before anything is measured.

    Raises:
        FoldError: a fiche is in no fold.
        FoldStale: what was trained for a fold is missing or of another day; it is named.
    """
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.folds.corpus import no_questions
    from evaluation.folds.folds import read_folds
    from evaluation.folds.kept import read_weights

    for fold in read_folds(load_catalogue(asked_from=no_questions).fiches):
        read_weights(fold)


def show_unprepared(result: UnpreparedResult, *, as_json: bool) -> None:
    """Print the table, or JSON."""
    from evaluation.reports.unprepared_report import unprepared_text

    if as_json:
        click.echo(result.model_dump_json(indent=1))
        return
    run, label = result.unprepared, kind_named(result.kind).label
    click.echo(f"jeu « {run.set_name} », {label}, {run.measured_at}")
    click.echo(unprepared_text(result))


def kind_named(name: str) -> Kind:
    """The way not to be prepared that has a name, one of ``KINDS``."""
    from evaluation.folds.corpus import FICHE
    from evaluation.folds.pages import DOCUMENT

    return {kind.name: kind for kind in (FICHE, DOCUMENT)}[name]


def _ask_whole(
    cases: Sequence[Case], settings: AssistantSettings, set_name: str, jobs: int, *, quiet: bool
) -> Run:
    """Ask the whole assistant the same questions."""
    from evaluation.runs.own_index import engine_of_fiches
    from evaluation.runs.run import run_cases
    from evaluation.runs.target import InProcess

    with (
        engine_of_fiches(settings) as engine,
        progress_bar(f"assistant préparé, {set_name}", quiet=quiet) as progress,
    ):
        return run_cases(cases, InProcess(engine), "assistant préparé", jobs, progress)
