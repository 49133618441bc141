"""Put a set of questions to the whole assistant, or to a server, and score what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.options import read_indexed, read_settings
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from assistant.answering.engine import Engine
    from evaluation.judging.result import RunResult
    from evaluation.questions.cases import Case
    from evaluation.runs.target import Target

_SPLITS = ("dev", "test", "all")


def cases_of(set_name: str, sample: int | None = None) -> list[Case]:
    """The questions of ``dev``, ``test``, ``all`` or a file; ``sample`` of them at most.

    Raises:
        CaseError: a question is wrong, or there is none.
    """
    from evaluation.questions.cases import committed_cases, read_cases
    from evaluation.questions.sample import stratified

    if set_name in _SPLITS:
        cases = committed_cases(None if set_name == "all" else set_name)  # type: ignore[arg-type]
    else:
        cases = read_cases([Path(set_name)])
    return stratified(cases, sample) if sample else cases


@contextmanager
def target_of(
    url: str | None, index_dir: Path | None, collection: str | None, cases: Sequence[Case]
) -> Iterator[tuple[Target, str]]:
    """What to measure: a server, an index that exists, or a new index of what the cases are on."""
    from evaluation.runs.target import InProcess, OverHttp

    if url:
        with OverHttp(url) as server:
            yield server, server.name
        return
    with engine_of(index_dir, collection, cases) as engine:
        yield InProcess(engine), "dans ce processus"


@contextmanager
def engine_of(index_dir: Path | None, collection: str | None, cases: Sequence[Case] = ()) -> Iterator[Engine]:
    """The engine over an index that exists, or over a new one of the fiches and of what the cases are on."""
    if index_dir or collection:
        settings = read_indexed(index_dir=index_dir, collection=collection)
        from assistant.answering.build import build_engine

        yield build_engine(settings)
        return
    settings = read_settings()
    from evaluation.questions.cases import documents_of
    from evaluation.runs.own_index import engine_of_fiches

    with engine_of_fiches(settings, pages=documents_of(cases)) as engine:
        yield engine


def measure_set(
    cases: Sequence[Case], target: Target, name: str, set_name: str, jobs: int, *, quiet: bool
) -> RunResult:
    """Ask the questions and draw the figures, with a progress bar."""
    from corpus.fiches.catalogue import load_catalogue
    from evaluation.judging.result import summarise
    from evaluation.runs.run import run_cases

    with progress_bar(f"questions {set_name}", quiet=quiet) as progress:
        run = run_cases(cases, target, name, jobs, progress)
    return summarise(cases, run, set_name, load_catalogue())


def count_test(asked: Sequence[str], by: str) -> None:
    """Add a measure to the list of those that asked questions kept for publishing, if it did.

    Args:
        asked: ids of the questions that were asked.
        by: the options that asked for it.

    Raises:
        RunFileError: the list can't be read or written.
    """
    from evaluation.judging.held_out import count_measure
    from evaluation.questions.cases import committed_cases, split_of

    if any(split_of(name) == "test" for name in asked):
        count_measure(asked, [case.id for case in committed_cases() if case.split == "test"], by)
