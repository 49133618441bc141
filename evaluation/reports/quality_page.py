"""The page of published figures, docs/quality.md: what was measured, how, and its limits."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from corpus.french.dates import french_date
from evaluation.benches.quality_bench import Ranked
from evaluation.judging.failures import DRAWN, drawn_failures
from evaluation.judging.held_out import HeldOut
from evaluation.judging.measures import Measures
from evaluation.judging.metrics import ALL_METRICS, LATENCIES
from evaluation.judging.reliability import Reliability
from evaluation.judging.result import OVERALL, RunResult
from evaluation.judging.shown import NBSP, shown
from evaluation.judging.statistics import RESAMPLES
from evaluation.reports.failures_page import failures_markdown
from evaluation.reports.measures_table import (
    ABSENT,
    by_act,
    by_stratum,
    cell,
    runs_of,
    side_by_side,
    with_interval,
)
from evaluation.reports.text import COLUMNS, NOT_MEASURED, markdown_table, spaced


def quality_page(measures: Measures, searches: Sequence[Ranked], held_out: HeldOut) -> str:
    """Write the page in Markdown, with French spacing.

    Args:
        measures: everything that was measured, the test half too.
        searches: our search and the others, on the test half.
        held_out: how often that half was measured.

    Raises:
        ValueError: the test half wasn't measured.
    """
    if measures.test is None:
        raise ValueError("the test half must be measured to be published")
    environment = Environment(
        loader=PackageLoader("evaluation.reports"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
    )
    test, runs = measures.test, runs_of(measures)
    day = max(run.measured_at[:10] for run in runs.values())
    header, *rows = side_by_side(measures, explained=True)
    worked_on = {name: run for name, run in runs.items() if run is not test}
    text = environment.get_template("quality.md").render(
        measured_on=french_date(day),
        headlines=[
            f"{name}, {french_date(run.measured_at[:10])} : **{cell(run, OVERALL, 'fully_right')}**"
            for name, run in runs.items()
        ],
        questions=len(measures.dev.cases) + len(test.cases),
        blind=sum(measures.utterances.files.values()),
        overall=markdown_table(["Mesure", *header[1:]], [*rows, *_latencies(measures, header)]),
        by_stratum=markdown_table(*_split(by_stratum(measures))),
        by_act=markdown_table(*_split(by_act(measures))),
        strata=_strata(test),
        reliability=_reliability(test.reliability),
        searches=_searches(searches),
        test_measures=_test_measures(held_out),
        failures=failures_markdown(drawn_failures(worked_on, day)),
        drawn=DRAWN,
        resamples=f"{RESAMPLES:,}".replace(",", NBSP),
    )
    return spaced(text.rstrip() + "\n")


def _split(table: Sequence[Sequence[str]]) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    return table[0], table[1:]


def _latencies(measures: Measures, header: Sequence[str]) -> list[list[str]]:
    """The times of a reply: of the whole assistant only, whose runs are on one engine."""
    rows = []
    for name, metric in LATENCIES.items():
        cells = [cell(run, OVERALL, name) for run in (measures.dev, measures.test) if run]
        rows.append([f"{metric.label} : {metric.help}", *cells])
        rows[-1] += [ABSENT] * (len(header) - len(rows[-1]))
    return rows


def _test_measures(held_out: HeldOut) -> str:
    count = len(held_out.measures)
    if not count:
        return "Le jeu `test` n’a encore jamais été mesuré."
    times = "une fois" if count == 1 else f"{count} fois"
    days = ", ".join(french_date(day.isoformat()) for day in held_out.days)
    return f"Le jeu `test` a été mesuré {times} depuis qu’il est écrit ({days})."


def _strata(result: RunResult) -> str:
    names = [name for name in COLUMNS if name in result.figures and name != OVERALL]
    rows = []
    for name, metric in ALL_METRICS.items():
        cells = [_value(result, stratum, name) for stratum in names]
        if metric.headline and any(cell != "–" for cell in cells):
            rows.append([metric.label, *cells])
    return markdown_table(["Mesure", *(COLUMNS[name] for name in names)], rows)


def _reliability(found: Reliability | None) -> str:
    if found is None:
        return NOT_MEASURED
    rows = [
        [
            f"{item.low * 100:.0f} à {item.high * 100:.0f} %",
            str(item.questions),
            f"{item.confidence * 100:.1f} %".replace(".", ","),
            f"{item.right * 100:.1f} %".replace(".", ",")
            + f" [{item.right_low * 100:.1f} – {item.right_high * 100:.1f}]".replace(".", ","),
        ]
        for item in found.bins
    ]
    return markdown_table(["Confiance", "questions", "confiance moyenne", "répondre était juste"], rows)


def _searches(searches: Sequence[Ranked]) -> str:
    names = list(searches[0].figures)
    rows = [
        [
            result.name,
            *(with_interval(result.figures[name], ALL_METRICS[name]) for name in names),
        ]
        for result in searches
    ]
    return markdown_table(
        ["Recherche", *(ALL_METRICS[n].label.removeprefix("recherche, ") for n in names)], rows
    )


def _value(result: RunResult, stratum: str, name: str) -> str:
    figure = result.figures[stratum].get(name)
    if figure is None:
        return "–"
    return shown(figure.value, ALL_METRICS[name]) if result.is_measured(name) else NOT_MEASURED
