"""The page of published figures, docs/quality.md: what was measured, how, and its limits."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from corpus.french.dates import french_date
from evaluation.benches.quality_bench import Ranked
from evaluation.judging.metrics import ALL_METRICS
from evaluation.judging.reliability import Reliability
from evaluation.judging.result import OVERALL, RunResult
from evaluation.judging.shown import NBSP, shown, shown_interval
from evaluation.judging.statistics import RESAMPLES, Figure
from evaluation.reports.text import COLUMNS, NOT_MEASURED, markdown_table, spaced


def quality_page(dev: RunResult, test: RunResult, searches: Sequence[Ranked]) -> str:
    """Write the page in Markdown, with French spacing.

    Args:
        dev: the half that serves the work.
        test: the half that is only reported.
        searches: our search and the others, on the same half as ``test``.
    """
    environment = Environment(
        loader=PackageLoader("evaluation.reports"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
    )
    headline, metric = test.figures[OVERALL]["fully_right"], ALL_METRICS["fully_right"]
    header = ["Mesure", f"dev ({len(dev.cases)} questions)", f"test ({len(test.cases)} questions)"]
    rows = [
        [f"{metric.label} : {metric.help}", _cell(dev, OVERALL, name), _cell(test, OVERALL, name)]
        for name, metric in ALL_METRICS.items()
    ]
    text = environment.get_template("quality.md").render(
        measured_on=french_date(test.measured_at[:10]),
        test_questions=len(test.cases),
        questions=len(dev.cases) + len(test.cases),
        headline=shown(headline.value, metric),
        headline_interval=shown_interval(headline, metric),
        overall=markdown_table(header, rows),
        strata=_strata(test),
        reliability=_reliability(test.reliability),
        searches=_searches(searches),
        resamples=f"{RESAMPLES:,}".replace(",", NBSP),
    )
    return spaced(text.rstrip() + "\n")


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
            *(_with_interval(result.figures[name], name) for name in names),
        ]
        for result in searches
    ]
    return markdown_table(
        ["Recherche", *(ALL_METRICS[n].label.removeprefix("recherche, ") for n in names)], rows
    )


def _cell(result: RunResult, stratum: str, name: str) -> str:
    value = _value(result, stratum, name)
    figure = result.figures[stratum].get(name)
    if figure is None or value == NOT_MEASURED:
        return value
    return _with_interval(figure, name)


def _with_interval(figure: Figure, name: str) -> str:
    return f"{shown(figure.value, ALL_METRICS[name])} {shown_interval(figure, ALL_METRICS[name])}"


def _value(result: RunResult, stratum: str, name: str) -> str:
    figure = result.figures[stratum].get(name)
    if figure is None:
        return "–"
    return shown(figure.value, ALL_METRICS[name]) if result.is_measured(name) else NOT_MEASURED
