"""The prepared and unprepared figures side by side, as French text for the terminal."""

from __future__ import annotations

from evaluation.judging.metrics import METRICS
from evaluation.judging.result import OVERALL
from evaluation.judging.shown import shown, shown_interval
from evaluation.judging.unprepared import WATCHED, Distance, UnpreparedResult
from evaluation.reports.text import COLUMNS, aligned

_LISTED = 6


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
    return "\n".join([aligned(rows), "", *_notes(result)])


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
        lines.append(
            f"{len(result.left_out)} questions ne sont pas posées : sans dispositif, aucune préparation ne "
            "leur manque."
        )
    if result.across:
        named = ", ".join(result.across[:_LISTED]) + ("…" if len(result.across) > _LISTED else "")
        lines.append(
            f"{len(result.across)} questions portent sur des dispositifs de plusieurs plis ({named}) : seul "
            "le pli du premier est sans préparation."
        )
    return lines
