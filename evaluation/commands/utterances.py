"""``assistant evaluate --utterances``: measure how utterances are read, beside a plain linear classifier."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from assistant.answering.engine import Engine
    from evaluation.judging.readings import Judged, Read
    from evaluation.judging.readings_run import ReadingsRun
    from evaluation.questions.utterances import UtteranceFile


def measure_utterances(
    paths: Sequence[Path], engine: AbstractContextManager[Engine], *, quiet: bool
) -> ReadingsRun:
    """Read every utterance with the engine, then with classifiers taught by the other writers.

    Args:
        paths: files of utterances, one a writer.
        engine: gives the engine to measure; it's opened once the files are known to be right.
        quiet: show no progress.

    Raises:
        CaseError: a file can't be read, or a label is wrong.
        IngestError: there is no usable index.
    """
    from evaluation.judging.readings_run import ReadingsRun
    from evaluation.questions.utterances import read_utterances

    files = read_utterances(paths)
    with engine as opened:
        ours, judged = _of_engine(files, opened, quiet=quiet)
    peer = _of_peer(files, ours, quiet=quiet)
    return ReadingsRun(
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        files={file.name: len(file.utterances) for file in files},
        readers=(judged, peer) if peer else (judged,),
    )


def show_utterances(run: ReadingsRun, *, as_json: bool) -> None:
    """Print the tables, or JSON."""
    from evaluation.reports.readings import readings_text

    if as_json:
        click.echo(run.model_dump_json(indent=1))
        return
    click.echo(readings_text(run.readers))
    if len(run.readers) == 1:
        click.echo("\nClassifieur linéaire : aucun autre énoncé pour l’entraîner. Donnez un second fichier.")


def _of_engine(files: Sequence[UtteranceFile], engine: Engine, *, quiet: bool) -> tuple[list[Read], Judged]:
    from evaluation.judging.readings import judge, together
    from evaluation.runs.engine_reading import EngineReading
    from evaluation.runs.reads import read_all

    reads = EngineReading(engine)
    utterances = [utterance for file in files for utterance in file.utterances]
    with progress_bar(f"énoncés, {reads.name}", quiet=quiet) as progress:
        readings, seconds = read_all(utterances, reads, progress)
    found = together(files, readings)
    return found, judge(reads.name, found, seconds)


def _of_peer(files: Sequence[UtteranceFile], ours: Sequence[Read], *, quiet: bool) -> Judged | None:
    """The classifier's figures, each file read by one taught by the others; None where nothing can teach it.

    A file alone is read by one taught by the project's own.
    """
    from evaluation.judging.readings import beside, judge, together
    from evaluation.peers.linear import LinearReading, taught_by_others
    from evaluation.questions.utterances import committed_utterances
    from evaluation.runs.reads import read_all

    teachers = files if len(files) > 1 else [*files, *committed_utterances()]
    found, spent = [], 0.0
    for file in files:
        taught = taught_by_others(teachers, file)
        if not taught:
            return None
        with progress_bar(f"énoncés de {file.name}, {LinearReading.name}", quiet=quiet) as progress:
            readings, seconds = read_all(file.utterances, LinearReading(taught), progress)
        found += together([file], readings)
        spent += seconds
    return beside(ours, judge(LinearReading.name, found, spent, with_facts=False), found)
