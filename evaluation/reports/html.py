"""The run as one self-contained HTML page: tables, bars with intervals, latencies, failed questions."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.judging.metrics import ALL_METRICS
from evaluation.judging.result import OVERALL, RunResult
from evaluation.judging.shown import shown, shown_interval
from evaluation.reports.page import render
from evaluation.reports.text import COLUMNS, NOT_MEASURED

_BARS = 20


def html_report(result: RunResult) -> str:
    """Render the page; it loads nothing from elsewhere."""
    strata = [name for name in COLUMNS if name in result.figures]
    return render(
        "report.html",
        result=result,
        rows=_rows(result, strata),
        columns=[COLUMNS[name] for name in strata],
        counts=[sum(name in (OVERALL, item.case.stratum) for item in result.cases) for name in strata],
        histogram=_histogram([item.seconds * 1000 for item in result.cases if item.seconds is not None]),
        failed=[item for item in result.cases if item.failures],
        statuses=_matrix(result.statuses),
        verdicts=_matrix(result.verdicts) if result.measures_verdicts else None,
        reliability=result.reliability,
        not_measured=NOT_MEASURED,
    )


def _rows(result: RunResult, strata: Sequence[str]) -> list[dict[str, object]]:
    """One row a metric; a share also has the position of its bar and of its interval, in per cent."""
    rows: list[dict[str, object]] = []
    for name, metric in ALL_METRICS.items():
        cells: list[dict[str, object] | None] = []
        for stratum in strata:
            figure = result.figures[stratum].get(name)
            if figure is None or not result.is_measured(name):
                cells.append(None)
                continue
            cells.append(
                {
                    "text": shown(figure.value, metric),
                    "interval": shown_interval(figure, metric),
                    "bar": [round(x * 100, 1) for x in (figure.value, figure.low, figure.high)]
                    if metric.unit == "%"
                    else None,
                }
            )
        measured = result.is_measured(name) and any(cells)
        if measured or metric.headline:
            rows.append({"metric": metric, "cells": cells if measured else None})
    return rows


def _histogram(times: Sequence[float]) -> list[dict[str, float]]:
    """Count latencies in equal steps up to the longest."""
    if not times:
        return []
    step = max(times) / _BARS or 1.0
    counts = [0] * _BARS
    for time in times:
        counts[min(_BARS - 1, int(time / step))] += 1
    tallest = max(counts)
    return [
        {"from": i * step, "to": (i + 1) * step, "count": count, "height": 100 * count / tallest}
        for i, count in enumerate(counts)
    ]


def _matrix(counts: dict[str, int]) -> dict[str, object]:
    pairs = {tuple(key.split(">")): count for key, count in counts.items()}
    rights, givens = sorted({r for r, _ in pairs}), sorted({g for _, g in pairs})
    return {
        "givens": givens,
        "rows": [
            {"right": right, "counts": [pairs.get((right, given), 0) for given in givens]} for right in rights
        ],
    }
