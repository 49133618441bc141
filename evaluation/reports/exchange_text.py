"""Recorded choices replayed, as a text: the figures side by side, and the exchanges that no longer apply."""

from __future__ import annotations

from evaluation.benches.exchange_bench import ReplayBench
from evaluation.exchanges.models import Met
from evaluation.judging.comparison import compare
from evaluation.judging.metrics import ALL_METRICS
from evaluation.judging.result import OVERALL, RunResult
from evaluation.judging.shown import shown, shown_interval
from evaluation.reports.text import markdown_table, spaced

_SHOWN = (
    "fully_right",
    "status_right",
    "fact_recall",
    "citation_precision",
    "citation_recall",
    "unsupported_figures",
    "wrong_eligible",
)
_MET: dict[Met, str] = {
    "same": "même offre",
    "moved": "autre offre, phrases choisies encore là",
    "gone": "phrase choisie plus proposée",
    "unknown": "jamais enregistrée",
}


def replay_text(result: ReplayBench) -> str:
    """Write a replay."""
    runs = [result.without, result.beside, *([result.broken] if result.broken else [])]
    rows = [
        [ALL_METRICS[name].label, *(_cell(run, name) for run in runs)]
        for name in _SHOWN
        if all(name in run.figures[OVERALL] for run in runs)
    ]
    changes = compare(result.without, result.beside)
    met = [f"{_MET[name]} : {count}" for name, count in result.met.items()]
    lines = [
        f"{len(result.beside.cases)} questions du jeu « {result.beside.set_name} », choix de {result.by}.",
        markdown_table(
            ["Mesure", "sans modèle", "choix rejoués", "une partie cassée"][: len(runs) + 1], rows
        ),
        f"Mieux avec les choix : {_listed(changes.improved)}. Moins bien : {_listed(tuple(changes.broken))}.",
        f"Offres : {' ; '.join(met) or 'aucune'}.",
        f"Échanges qui ne valent plus ici : {_listed(result.gone)}.",
    ]
    if result.broken:
        lines.append(f"Perdues par un échange cassé, contre aucun modèle : {_listed(result.lost)}.")
    return spaced("\n\n".join(lines))


def _cell(run: RunResult, name: str) -> str:
    figure, metric = run.figures[OVERALL][name], ALL_METRICS[name]
    return f"{shown(figure.value, metric)} {shown_interval(figure, metric)}"


def _listed(names: tuple[str, ...]) -> str:
    return f"{len(names)} ({', '.join(names)})" if names else "aucune"
