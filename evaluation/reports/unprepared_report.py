"""The prepared and unprepared figures side by side, as French text for the terminal."""

from __future__ import annotations

from evaluation.judging.metrics import METRICS
from evaluation.judging.shown import shown, shown_interval
from evaluation.judging.unprepared import WATCHED, Distance, UnpreparedResult
from evaluation.reports.text import COLUMNS, aligned

_LISTED = 6


def unprepared_text(result: UnpreparedResult) -> str:
    """One table: each metric overall, then by kind of question; then what was asked, and what wasn't."""
    rows = [["", "questions", "préparé", "à 95 %", "sans préparation", "à 95 %", "écart", "à 95 %"]]
    for name in WATCHED:
        by_stratum = {stratum: own[name] for stratum, own in result.table.items() if name in own}
        for stratum in COLUMNS:
            if stratum in by_stratum:
                label = METRICS[name].label if stratum == "all" else f"  {COLUMNS[stratum]}"
                rows.append([label, *_cells(name, by_stratum[stratum])])
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
