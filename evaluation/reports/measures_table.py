"""Every measure in one table: prepared, unprepared in each way, blind utterances, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.french.dates import french_date
from evaluation.judging.measures import Measures
from evaluation.judging.metrics import ALL_METRICS, LATENCIES, METRICS, Metric
from evaluation.judging.readings import MEASURES
from evaluation.judging.readings import OVERALL as EVERY_UTTERANCE
from evaluation.judging.result import OVERALL, RunResult
from evaluation.judging.shown import shown, shown_interval
from evaluation.judging.statistics import Figure
from evaluation.reports.text import COLUMNS, NOT_MEASURED, aligned

ABSENT = "–"
# Times of different machines and engines mean nothing side by side.
_SHOWN = tuple(name for name in ALL_METRICS if name not in LATENCIES)
_INVARIANTS = tuple(name for name, metric in METRICS.items() if metric.bound is not None)


def measures_text(measures: Measures) -> str:
    """The table of the terminal, with the day of each measure under it."""
    header, *rows = side_by_side(measures)
    runs = runs_of(measures)
    days = {name: run.measured_at[:10] for name, run in runs.items()}
    days["énoncés"] = measures.utterances.measured_at[:10]
    measured = " ; ".join(f"{name}, {french_date(day)}" for name, day in days.items())
    return "\n".join([aligned([header, *rows]), "", f"Mesuré : {measured}."])


def runs_of(measures: Measures) -> dict[str, RunResult]:
    """The runs by their column, prepared first."""
    runs = {"dev préparé": measures.dev}
    if measures.test:
        runs["test préparé"] = measures.test
    return runs | {
        f"{kind} sans préparation": result.unprepared for kind, result in measures.unprepared.items()
    }


def side_by_side(measures: Measures, *, explained: bool = False) -> list[list[str]]:
    """The header, then a row a measure, each figure with its interval.

    Args:
        measures: what was measured.
        explained: whether each label says what it means.
    """
    runs = runs_of(measures)
    reads = measures.utterances.ours.figures[EVERY_UTTERANCE]
    counts = [str(len(run.cases)) for run in runs.values()]
    counts.append(str(sum(measures.utterances.files.values())))
    rows = [["", *runs, "énoncés"], ["questions ou énoncés", *counts]]
    ordered = (*(name for name in _SHOWN if name not in _INVARIANTS), *_INVARIANTS)
    for name in ordered:
        cells = [cell(run, OVERALL, name) for run in runs.values()]
        if any(text != ABSENT for text in cells):
            rows.append([_label(ALL_METRICS[name], explained=explained), *cells, ABSENT])
        if name == "fully_right":
            rows.append(["écart avec le préparé, mêmes questions", *_distances(measures, runs), ABSENT])
    for name, metric in MEASURES.items():
        if name in reads:
            label = f"énoncés, {_label(metric, explained=explained)}"
            rows.append([label, *(ABSENT for _ in runs), with_interval(reads[name], metric)])
    return rows


def by_stratum(measures: Measures) -> list[list[str]]:
    """The header, then a row a kind of question: what is fully right, and of how many questions."""
    runs = runs_of(measures)
    rows = [["Genre de question", *runs]]
    for stratum, title in COLUMNS.items():
        found = [run.figures.get(stratum, {}).get("fully_right") for run in runs.values()]
        if stratum != OVERALL and any(found):
            metric = METRICS["fully_right"]
            rows.append(
                [title, *(f"{with_interval(f, metric)} ({f.questions})" if f else ABSENT for f in found)]
            )
    return rows


def by_act(measures: Measures) -> list[list[str]]:
    """The header, then a row an act: how often it's told, and the scheme found, on the blind utterances."""
    names = ("act", "aspect", "subject", "subject_among")
    rows = [["Acte attendu", "énoncés", *(MEASURES[name].label for name in names)]]
    for part, figures in measures.utterances.ours.figures.items():
        if part.startswith("act:"):
            cells = [
                with_interval(figures[name], MEASURES[name]) if name in figures else ABSENT for name in names
            ]
            rows.append([f"`{part.partition(':')[2]}`", str(figures["act"].questions), *cells])
    return rows


def cell(run: RunResult, stratum: str, name: str) -> str:
    """A figure of a run with its interval, or why there is none."""
    figure = run.figures.get(stratum, {}).get(name)
    if figure is None:
        return ABSENT
    return with_interval(figure, ALL_METRICS[name]) if run.is_measured(name) else NOT_MEASURED


def with_interval(figure: Figure, metric: Metric) -> str:
    """A value and its bounds: ``92,6 % [90,4 – 94,7]``."""
    return f"{shown(figure.value, metric)} {shown_interval(figure, metric)}"


def _label(metric: Metric, *, explained: bool) -> str:
    return f"{metric.label} : {metric.help}" if explained else metric.label


def _distances(measures: Measures, runs: Mapping[str, RunResult]) -> Sequence[str]:
    """How far what nobody prepared is from the same questions prepared, in points; nothing for the others."""
    cells = [ABSENT] * (len(runs) - len(measures.unprepared))
    for result in measures.unprepared.values():
        found = result.table.get(OVERALL, {}).get("fully_right")
        if found is None:
            cells.append(ABSENT)
            continue
        change = f"{found.distance.value * 100:+.1f}".replace(".", ",")
        cells.append(f"{change} {shown_interval(found.distance, METRICS['fully_right'])}".replace("-", "−"))
    return cells
