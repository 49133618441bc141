"""The prepared and unprepared figures side by side, as French text for the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from evaluation.judging.metrics import METRICS
from evaluation.judging.page_searches import MEASURES, OPENING_SENTENCES
from evaluation.judging.result import OVERALL
from evaluation.judging.shown import shown, shown_interval
from evaluation.judging.statistics import Figure
from evaluation.judging.unprepared import WATCHED, Distance, UnpreparedResult
from evaluation.reports.text import COLUMNS, aligned

_LISTED = 6
_WHY_LEFT_OUT = {
    "fiche": "sans dispositif, aucune préparation ne leur manque",
    "document": "sans dispositif, ou sans rien à demander à une page (verdict, question en retour, calcul)",
}
# The columns of the searches. All are shares, shown in points whatever their own metric's unit.
_COLUMNS = {
    "recall_5": "rappel@5",
    "ndcg_10": "nDCG@10",
    "scheme_hit_1": "bon document en tête",
    "facts_opening": f"faits, {OPENING_SENTENCES} premières phrases",
    "facts_passage": "faits, premier passage",
    "complete_passage": "tous les faits, premier passage",
}


def unprepared_text(result: UnpreparedResult) -> str:
    """One table: each metric overall, then by kind of question; then what was asked, and what wasn't."""
    rows = [["", "questions", "préparé", "à 95 %", "sans préparation", "à 95 %", "écart", "à 95 %"]]
    for name in WATCHED:
        # What may never happen is told once: a row of zeros for each kind of question would hide the others.
        strata = (OVERALL,) if METRICS[name].bound is not None else tuple(COLUMNS)
        for stratum in strata:
            if item := result.table.get(stratum, {}).get(name):
                label = METRICS[name].label if stratum == OVERALL else f"  {COLUMNS[stratum]}"
                rows.append([label, *_cells(name, item)])
    parts = [aligned(rows), "", *_notes(result)]
    if result.searches:
        parts += ["", *_searches(result)]
    return "\n".join(parts)


def _searches(result: UnpreparedResult) -> list[str]:
    """The searches in rows, how far ours is ahead of each, and what our answers state of the same facts."""
    rows = [["sur les mêmes pages", *(_COLUMNS[name] for name in MEASURES)]]
    for search in result.searches:
        rows.append([search.name, *_figures(search.figures, "")])
        if search.ours_minus:
            rows.append(["  notre avance", *_figures(search.ours_minus, "+")])
    lines = [aligned(rows)]
    if figure := result.unprepared.figures.get(OVERALL, {}).get("fact_recall"):
        lines.append(
            f"Une chaîne sans modèle de langage redit le premier passage ; nos réponses, elles, donnent "
            f"{shown(figure.value, METRICS['fact_recall'])} des faits attendus."
        )
    return lines


def _figures(figures: Mapping[str, Figure], sign: str) -> list[str]:
    cells, metric = [], METRICS["fact_recall"]
    for name in MEASURES:
        figure = figures.get(name)
        if figure is None:
            cells.append("–")
        elif sign:
            told = f"{figure.value * 100:+.1f}".replace(".", ",")
            cells.append(f"{told} {shown_interval(figure, metric)}".replace("-", "−"))
        else:
            cells.append(f"{shown(figure.value, metric)} {shown_interval(figure, metric)}")
    return cells


def _cells(name: str, item: Distance) -> list[str]:
    metric = METRICS[name]
    change = item.distance
    return [
        str(change.questions),
        shown(item.prepared.value, metric),
        shown_interval(item.prepared, metric),
        shown(item.unprepared.value, metric),
        shown_interval(item.unprepared, metric),
        f"{change.value * 100:+.1f}".replace(".", ",").replace("-", "−"),
        shown_interval(change, metric).replace("-", "−"),
    ]


def _notes(result: UnpreparedResult) -> list[str]:
    asked = len(result.unprepared.cases)
    lines = [
        f"{asked} questions posées, chacune au pli de son premier dispositif "
        f"({len(result.folds)} plis, {sum(map(len, result.folds.values()))} fiches)."
    ]
    if result.left_out:
        lines.append(f"{len(result.left_out)} questions ne sont pas posées : {_WHY_LEFT_OUT[result.kind]}.")
    if result.across:
        named = ", ".join(result.across[:_LISTED]) + ("…" if len(result.across) > _LISTED else "")
        lines.append(
            f"{len(result.across)} questions portent sur des dispositifs de plusieurs plis ({named}) : seul "
            "le pli du premier est sans préparation."
        )
    return lines
