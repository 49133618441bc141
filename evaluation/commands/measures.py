"""``assistant evaluate --all``, ``--publish``, ``--unprepared``: what is measured or kept, shown.

What was kept is taken; the rest is measured, and kept in turn if asked, each part as soon as it's there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.commands.judged import accept_runs, held_against, hold_runs
from evaluation.commands.output import save
from evaluation.commands.prepared import cases_of, count_test, engine_of, measure_set, target_of
from evaluation.commands.unprepared import KINDS, check_folds, measure_unprepared, show_unprepared
from evaluation.commands.utterances import measure_utterances

if TYPE_CHECKING:
    from evaluation.benches.quality_bench import Ranked
    from evaluation.commands.kept import Kept
    from evaluation.judging.measures import Measures
    from evaluation.judging.result import RunResult
    from evaluation.judging.unprepared import UnpreparedResult


@dataclass(frozen=True, slots=True)
class How:
    """How everything is measured.

    Attributes:
        kept: files of results, each taking the place of its measure.
        keep: a folder for the results that are measured; None to keep none.
        jobs: how many questions at once.
        as_json: print JSON, and no progress.
        with_peers: whether other searches are asked beside ours, over the pages of ``document``.
    """

    kept: Sequence[Path]
    keep: Path | None
    jobs: int
    as_json: bool
    with_peers: bool = False

    def says(self, what: str) -> None:
        """Tell on stderr what is being measured: the whole takes many minutes."""
        if not self.as_json:
            click.echo(f"Mesure : {what}…", err=True)

    def keeps(self, name: str, text: Callable[[], str]) -> None:
        """Keep a result in the folder, if there is one."""
        if self.keep:
            save(self.keep / f"{name}.json", text() + "\n")


def show_all(how: How, publish: Path | None, *, accept: bool, gate: bool) -> None:
    """Measure everything, show it, publish it and judge it if asked.

    Args:
        how: what is kept, and how the rest is measured.
        publish: the page to write, of the test questions and the searches too.
        accept: whether what was measured becomes the baselines.
        gate: whether it's held against them.

    Raises:
        RunFileError: a kept result, or a baseline, can't be used.
        FoldStale: what was trained for a fold isn't of today.
        GateClosed: it falls under a baseline.
    """
    from evaluation.commands.kept import read_kept
    from evaluation.reports.measures_table import measures_text

    kept = read_kept(how.kept)
    held = held_against("dev", KINDS) if gate and not accept else None
    if accept or gate:
        check_folds()
    if how.keep:
        how.keep.mkdir(parents=True, exist_ok=True)
    measures = _measures(kept, how, with_test=bool(publish))
    click.echo(measures.model_dump_json(indent=1) if how.as_json else measures_text(measures))
    if publish:
        _publish(measures, kept.searches or _searches(how), publish)
    unprepared = [measures.unprepared[kind] for kind in KINDS]
    if accept:
        accept_runs(measures.dev, unprepared)
    elif held:
        hold_runs(measures.dev, unprepared, held)


def show_kind(
    kind: str,
    which: tuple[str, int | None],
    prepared: Path | None,
    how: How,
    *,
    accept: bool,
    gate: bool,
) -> None:
    """Measure one kind of unpreparedness, or take what was kept of it; show it, and judge it if asked.

    Args:
        kind: one of ``KINDS``.
        which: which set is asked, and how many of its questions at most.
        prepared: a result of the whole assistant kept by ``--json``.
        how: what is kept, and how the rest is measured.
        accept: whether it becomes the baseline of its kind.
        gate: whether it's held against that.

    Raises:
        RunFileError: a kept result, or the baseline, can't be used.
        FoldStale: what was trained for a fold isn't of today.
        GateClosed: it falls under the baseline.
    """
    from evaluation.judging.result import read_result

    held = held_against(None, (kind,)) if gate and not accept else None
    if accept or gate:
        check_folds()
    result = _kept_kind(kind, how.kept)
    if result is None:
        whole, set_name = read_result(prepared) if prepared else None, which[0]
        result = measure_unprepared(
            kind,
            cases_of(*which),
            set_name,
            whole,
            how.jobs,
            with_peers=how.with_peers,
            quiet=how.as_json,
        )
        asked = [item.case.id for item in result.unprepared.cases]
        count_test(asked, f"--unprepared {kind} --set {set_name}")
    show_unprepared(result, as_json=how.as_json)
    if accept:
        accept_runs(None, (result,))
    elif held:
        hold_runs(None, (result,), held)


def _kept_kind(kind: str, paths: Sequence[Path]) -> UnpreparedResult | None:
    """What was kept of a kind; None when no file is given.

    Raises:
        RunFileError: none of the files is a measure of that kind.
    """
    if not paths:
        return None
    from evaluation.commands.kept import read_kept
    from evaluation.errors import RunFileError

    found = read_kept(paths).unprepared(kind)
    if found is None:
        named = ", ".join(f"« {path} »" for path in paths)
        raise RunFileError(
            f"{named} : aucune mesure de « {kind} » sans préparation. Refaites-la : "
            f"assistant evaluate --unprepared {kind} --json."
        )
    return found


def _measures(kept: Kept, how: How, *, with_test: bool) -> Measures:
    """What was kept, and the rest measured; the whole assistant is asked once for prepared and unprepared."""
    from evaluation.judging.measures import Measures
    from evaluation.questions.utterances import BLIND

    dev, test = _replies(kept, how, with_test=with_test)
    unprepared = {}
    for kind in KINDS:
        result = kept.unprepared(kind)
        if result is None:
            how.says(f"{kind} sans préparation")
            result = measure_unprepared(kind, cases_of("dev"), "dev", dev, how.jobs, quiet=how.as_json)
            how.keeps(kind, result.model_dump_json)
        unprepared[kind] = result
    utterances = kept.utterances
    if utterances is None:
        how.says("lecture des énoncés")
        # An engine of its own, without the plain documents: the same figures as those of --utterances.
        utterances = measure_utterances(BLIND, engine_of(None, None), quiet=how.as_json)
        how.keeps("utterances", utterances.model_dump_json)
    return Measures(dev=dev, test=test, unprepared=unprepared, utterances=utterances)


def _replies(kept: Kept, how: How, *, with_test: bool) -> tuple[RunResult, RunResult | None]:
    """The replies to dev, and to test if it's wanted, asked together where both must be."""
    from evaluation.judging.result import part

    dev, test = kept.run("dev"), kept.run("test") if with_test else None
    if dev and (test or not with_test):
        return dev, test
    wanted = "test" if dev else "dev" if test or not with_test else "all"
    how.says(f"réponses, jeu {wanted}")
    cases = cases_of(wanted)
    with target_of(None, None, None, cases) as (target, name):
        run = measure_set(cases, target, name, wanted, how.jobs, quiet=how.as_json)
    how.keeps(wanted, run.model_dump_json)
    count_test([item.case.id for item in run.cases], "--publish")
    return dev or part(run, "dev"), (test or part(run, "test")) if with_test else None


def _searches(how: How) -> Sequence[Ranked]:
    from pydantic import TypeAdapter

    from evaluation.benches.quality_bench import Ranked
    from evaluation.commands.bench import compare_searches

    how.says("recherches côte à côte")
    found = compare_searches("test", quiet=True)
    how.keeps("searches", lambda: TypeAdapter(list[Ranked]).dump_json(found, indent=1).decode())
    return found


def _publish(measures: Measures, searches: Sequence[Ranked], path: Path) -> None:
    """Write the page, the section of the language model left as it stands."""
    from evaluation.judging.held_out import read_held_out
    from evaluation.reports.model_page import kept_section
    from evaluation.reports.quality_page import quality_page

    page = quality_page(measures, searches, read_held_out())
    kept = kept_section(path.read_text(encoding="utf-8")) if path.exists() else ""
    save(path, f"{page}\n{kept}\n" if kept else page)
    click.echo(f"Chiffres publiés dans « {path} ».", err=True)
