"""A retrieval bench as French text, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.benches.retrieval_bench import AS_WRITTEN
from evaluation.benches.retrieval_scores import BenchScores, SearchScores, SetScores
from evaluation.judging.metrics import ALL_METRICS
from evaluation.judging.shown import NBSP, shown, shown_interval
from evaluation.judging.statistics import Figure
from evaluation.reports.text import aligned

MEAN = "moyenne des jeux"


def bench_text(bench: BenchScores) -> str:
    """Each set with its costs, the mean over sets, then the ways of writing the questions."""
    parts = []
    for each in bench.sets:
        parts += [
            f"jeu « {each.name} », {len(each.questions)} questions",
            scores_table(each.variants[AS_WRITTEN]),
        ]
        parts += [aligned(cost_rows(each))]
    if len(bench.sets) > 1:
        parts += [f"{MEAN}, chacun d’un même poids", scores_table(bench.means[AS_WRITTEN])]
    if len(bench.means) > 1:
        parts += ["questions écrites autrement, nDCG@10, " + MEAN, aligned(variant_rows(bench.means))]
    return "\n\n".join(parts)


def scores_table(scores: Sequence[SearchScores]) -> str:
    """The searches in rows: each figure with its interval, and how far ours is ahead."""
    measures = list(scores[0].figures)
    rows = [["", *(label(measure) for measure in measures)]]
    for found in scores:
        rows.append([found.search, *(shown_figure(found.figures[name]) for name in measures)])
        if found.ours_minus:
            rows.append(["  notre avance", *(shown_gap(found.ours_minus[name]) for name in measures)])
    return aligned(rows)


def label(measure: str) -> str:
    """The French name of a measure."""
    return ALL_METRICS[measure].label.removeprefix("recherche, ")


def shown_figure(figure: Figure) -> str:
    """A share with its interval: ``83,8 % [81,9 – 85,6]``."""
    metric = ALL_METRICS["ndcg_10"]
    return f"{shown(figure.value, metric)} {shown_interval(figure, metric)}"


def shown_gap(gap: Figure) -> str:
    """A difference in points with its interval, and a star when the interval excludes 0."""
    value = f"{gap.value * 100:+.1f}".replace(".", ",")
    return f"{value} {shown_interval(gap, ALL_METRICS['ndcg_10'])}{' *' if is_sure(gap) else '  '}"


def is_sure(gap: Figure) -> bool:
    """Whether the interval of a difference excludes 0."""
    return gap.low > 0 or gap.high < 0


def cost_rows(scores: SetScores) -> list[list[str]]:
    """What each search takes, with a row of titles."""
    rows = [["", "passages", "indexation", "mémoire pour indexer", "pour servir", "disque", "p50", "p95"]]
    for search, cost in scores.costs.items():
        built = cost.built
        rows.append(
            [
                search,
                str(built.passages),
                f"{built.seconds:.0f}{NBSP}s",
                *(f"{size:.0f}{NBSP}Mo" for size in (built.memory_mb, cost.serve_mb, built.disk_mb)),
                *(
                    f"{time:.1f}".replace(".", ",") + f"{NBSP}ms"
                    for time in (cost.query_ms_p50, cost.query_ms_p95)
                ),
            ]
        )
    return rows


def variant_rows(variants: dict[str, list[SearchScores]]) -> list[list[str]]:
    """NDCG@10 of each search for each way of writing the questions, with a row of titles."""
    searches = [found.search for found in next(iter(variants.values()))]
    rows = [["", *searches]]
    for variant, scores in variants.items():
        rows.append([variant, *(shown_figure(found.figures["ndcg_10"]) for found in scores)])
        gaps = [shown_gap(found.ours_minus["ndcg_10"]) if found.ours_minus else "" for found in scores]
        rows.append(["  notre avance", *gaps])
    return rows
