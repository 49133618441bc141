"""Results kept by ``--json``, each taking the place of its measure, so that nobody needs one long run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from evaluation.benches.quality_bench import Ranked
from evaluation.errors import RunFileError
from evaluation.judging.measures import Measures
from evaluation.judging.readings_run import ReadingsRun
from evaluation.judging.result import RunResult, part
from evaluation.judging.unprepared import UnpreparedResult
from evaluation.questions.cases import Split, committed_cases
from evaluation.questions.utterances import BLIND

Part = RunResult | UnpreparedResult | ReadingsRun | tuple[Ranked, ...]
_SPLITS: tuple[Split, ...] = ("dev", "test")
_SEARCHES = TypeAdapter(tuple[Ranked, ...])
_SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "evaluation-run/1": TypeAdapter(RunResult),
    "unprepared-run/1": TypeAdapter(UnpreparedResult),
    "readings-run/1": TypeAdapter(ReadingsRun),
    "measures/1": TypeAdapter(Measures),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """The results that need not be measured.

    Attributes:
        parts: ``dev`` and ``test`` (replies), a kind of unpreparedness, ``utterances``, ``searches``.
    """

    parts: Mapping[str, Part] = field(default_factory=dict)

    def run(self, split: Split) -> RunResult | None:
        """The replies to one half of the questions."""
        found = self.parts.get(split)
        return found if isinstance(found, RunResult) else None

    def unprepared(self, kind: str) -> UnpreparedResult | None:
        """Prepared and unprepared, side by side."""
        found = self.parts.get(kind)
        return found if isinstance(found, UnpreparedResult) else None

    @property
    def utterances(self) -> ReadingsRun | None:
        """The readings of the utterances kept for measuring only."""
        found = self.parts.get("utterances")
        return found if isinstance(found, ReadingsRun) else None

    @property
    def searches(self) -> tuple[Ranked, ...]:
        """Our search beside others; empty when it wasn't kept."""
        found = self.parts.get("searches")
        return found if isinstance(found, tuple) else ()


def read_kept(paths: Sequence[Path]) -> Kept:
    """Read results written by ``--json`` or ``--keep``; each file says by itself what it measured.

    Args:
        paths: files, or folders that stand for their ``*.json``.

    Raises:
        RunFileError: a file can't be read or is of no known form, stopped half-way, isn't of the questions of
            today, or two files give the same.
    """
    parts: dict[str, Part] = {}
    given_by: dict[str, Path] = {}
    today = _questions_of_today() if paths else {}
    for path in _files(paths):
        for name, value in _parts(_read(path), path):
            if name in parts:
                raise RunFileError(
                    f"« {given_by[name]} » et « {path} » donnent la même mesure, « {name} ». Retirez-en un."
                )
            _check_questions(value, path, today)
            parts[name], given_by[name] = value, path
    return Kept(parts)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(path.glob("*.json"))
        if not found:
            raise RunFileError(f"« {path} » ne contient aucun fichier JSON. Donnez un dossier de --keep.")
        yield from found


def _read(path: Path) -> Part | Measures:
    try:
        value = json.loads(path.read_bytes())
        shape = _SEARCHES if isinstance(value, list) and value else _SHAPES[value["form"]]
        read: Part | Measures = shape.validate_python(value)
    except OSError as error:
        raise RunFileError(f"« {path} » est illisible. Donnez un fichier écrit par --json.") from error
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError) as error:
        raise RunFileError(
            f"« {path} » n’est pas un résultat de mesure. Refaites-le : assistant evaluate --json."
        ) from error
    return read


def _parts(read: Part | Measures, path: Path) -> Iterator[tuple[str, Part]]:
    """The measures that a file holds, by name."""
    if isinstance(read, Measures):
        yield "dev", read.dev
        if read.test:
            yield "test", read.test
        yield from read.unprepared.items()
        yield "utterances", read.utterances
    elif isinstance(read, RunResult):
        if read.set_name not in (*_SPLITS, "all"):
            raise RunFileError(
                f"« {path} » est une mesure de « {read.set_name} ». Donnez-en une de --set dev, test ou all."
            )
        for split in _SPLITS:
            if read.set_name in (split, "all"):
                yield split, part(read, split)
    elif isinstance(read, UnpreparedResult):
        yield read.kind, read
    elif isinstance(read, ReadingsRun):
        if set(read.files) != {path.stem for path in BLIND}:
            asked = " ".join(f"--utterances evaluation/data/utterances/{own.name}" for own in BLIND)
            raise RunFileError(
                f"« {path} » ne mesure pas les énoncés gardés pour la mesure. Refaites-le : "
                f"assistant evaluate {asked} --json."
            )
        yield "utterances", read
    else:
        yield "searches", read


def _questions_of_today() -> dict[str, set[str]]:
    """The ids of the project's own questions, by half."""
    cases = committed_cases()
    return {split: {case.id for case in cases if case.split == split} for split in _SPLITS}


def _check_questions(value: Part, path: Path, today: Mapping[str, set[str]]) -> None:
    """Refuse a result that stopped half-way, or whose questions aren't those of today."""
    run = value.unprepared if isinstance(value, UnpreparedResult) else value
    if not isinstance(run, RunResult):
        return
    if run.stopped:
        raise RunFileError(f"« {path} » s’est arrêté en route : {run.stopped} Refaites-le.")
    asked = {item.case.id for item in run.cases}
    if isinstance(value, UnpreparedResult):
        asked |= set(value.left_out)
    if asked != today.get(run.set_name):
        raise RunFileError(
            f"« {path} » n’a pas les questions d’aujourd’hui du jeu « {run.set_name} ». Refaites-le."
        )
