"""A retrieval bench as one self-contained HTML page: plots of figures, differences, variants and costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evaluation.benches.retrieval_bench import AS_WRITTEN
from evaluation.benches.retrieval_scores import BenchScores, SearchScores
from evaluation.judging.statistics import Figure
from evaluation.reports.page import render
from evaluation.reports.retrieval_report import (
    MEAN,
    cost_rows,
    is_sure,
    label,
    shown_figure,
    shown_gap,
    variant_rows,
)

_LEAST_SPAN = 0.05


def bench_page(bench: BenchScores) -> str:
    """Render the page; it loads nothing from elsewhere."""
    sets: list[dict[str, object]] = [
        {
            "title": f"jeu « {each.name} », {len(each.questions)} questions",
            "figures": _figures(each.variants[AS_WRITTEN]),
            "gaps": _gaps(each.variants[AS_WRITTEN]),
            "costs": cost_rows(each),
            "times": _times({name: cost.query_ms_p50 for name, cost in each.costs.items()}),
        }
        for each in bench.sets
    ]
    means = bench.means[AS_WRITTEN]
    if len(bench.sets) > 1:
        shape: dict[str, object] = {
            "title": MEAN,
            "figures": _figures(means),
            "gaps": _gaps(means),
            "costs": None,
            "times": None,
        }
        sets.insert(0, shape)
    return render(
        "retrieval.html",
        measured_at=bench.measured_at,
        searches=[found.search for found in means],
        sets=sets,
        variants=variant_rows(bench.means) if len(bench.means) > 1 else None,
        curves=_curves(bench.means),
    )


def _figures(scores: Sequence[SearchScores]) -> list[dict[str, object]]:
    """For each measure, the searches with the place of their value and of its bounds, in per cent."""
    return [
        {
            "label": label(measure),
            "rows": [
                {
                    "search": found.search,
                    "text": shown_figure(found.figures[measure]),
                    "at": _places(found.figures[measure], 0.0, 1.0),
                }
                for found in scores
            ],
        }
        for measure in scores[0].figures
    ]


def _gaps(scores: Sequence[SearchScores]) -> dict[str, object]:
    """How far ours is ahead of each search, on one scale for all, with the place of 0."""
    gaps = [(found.search, measure, gap) for found in scores[1:] for measure, gap in found.ours_minus.items()]
    low = min([-_LEAST_SPAN, *(gap.low for _, _, gap in gaps)])
    high = max([_LEAST_SPAN, *(gap.high for _, _, gap in gaps)])
    return {
        "zero": _place(0.0, low, high),
        "rows": [
            {
                "label": f"{search}, {label(measure)}",
                "text": shown_gap(gap).rstrip(" *"),
                "is_sure": is_sure(gap),
                "at": _places(gap, low, high),
            }
            for search, measure, gap in gaps
        ],
    }


def _times(medians: Mapping[str, float]) -> list[dict[str, object]]:
    """The median time of each search, with the length of its bar in per cent of the longest."""
    longest = max(medians.values())
    return [{"search": name, "ms": time, "length": 100 * time / longest} for name, time in medians.items()]


def _curves(variants: Mapping[str, Sequence[SearchScores]]) -> list[dict[str, object]]:
    """For each search, the place of its nDCG@10 from one way of writing to the next, in per cent."""
    steps = max(len(variants) - 1, 1)
    columns = list(variants.values())
    return [
        {
            "search": found.search,
            "points": [
                (round(100 * step / steps, 1), round(100 - 100 * column[place].figures["ndcg_10"].value, 1))
                for step, column in enumerate(columns)
            ],
        }
        for place, found in enumerate(columns[0])
    ]


def _places(figure: Figure, low: float, high: float) -> list[float]:
    return [_place(value, low, high) for value in (figure.value, figure.low, figure.high)]


def _place(value: float, low: float, high: float) -> float:
    return round(100 * (value - low) / (high - low), 1)
