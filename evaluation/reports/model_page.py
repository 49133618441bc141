"""The table of replies without and with a language model, and its place in the page of published figures."""

from __future__ import annotations

from corpus.french.dates import french_date
from evaluation.benches.model_bench import ModelBench
from evaluation.judging.comparison import compare
from evaluation.judging.metrics import ALL_METRICS
from evaluation.judging.result import OVERALL
from evaluation.judging.shown import shown, shown_interval
from evaluation.reports.text import markdown_table, spaced

BEGIN, END = "<!-- modèle de langage : début -->", "<!-- modèle de langage : fin -->"
_SHOWN = (
    "fully_right",
    "status_right",
    "fact_recall",
    "citation_precision",
    "citation_recall",
    "unsupported_figures",
    "wrong_eligible",
)


def model_section(result: ModelBench) -> str:
    """Write both runs as a section in Markdown."""
    differences = compare(result.without, result.beside).changes
    rows = []
    for name in _SHOWN:
        metric, without = ALL_METRICS[name], result.without.figures[OVERALL].get(name)
        beside = result.beside.figures[OVERALL].get(name)
        if without is None or beside is None or name not in differences:
            continue
        gap = differences[name].difference
        rows.append(
            [
                metric.label,
                f"{shown(without.value, metric)} {shown_interval(without, metric)}",
                f"{shown(beside.value, metric)} {shown_interval(beside, metric)}",
                f"{gap.value * 100:+.1f}".replace(".", ",") + f" {shown_interval(gap, metric)}",
            ]
        )
    first, whole = result.first_sentence, result.whole
    questions = len(result.beside.cases)
    lines = [
        f"Mesure du {french_date(result.beside.measured_at[:10])}, sur {questions} questions du jeu "
        f"`{result.beside.set_name}`, chaque genre pour sa part, avec `{result.model}`.",
        "",
        markdown_table(["Mesure", "sans modèle", "avec modèle", "écart"], rows),
        "",
        f"Phrases du modèle écartées ou remplacées : {_percent(result.struck.value)}. Réponses où une phrase "
        f"du modèle est montrée, parmi celles qu’il pouvait rédiger : {_percent(result.worded.value)}. "
        f"Première phrase après {_seconds(first[0])} (médiane ; {_seconds(first[1])} au 95e centile), "
        f"réponse entière après {_seconds(whole[0])} ({_seconds(whole[1])}).",
        "",
        "Seuil de soutien d’une phrase par son passage : part des phrases acceptées sur le passage qu’elles "
        "citent, et sur un autre passage de la même réponse.",
        "",
        markdown_table(
            ["Seuil", "passage cité", "autre passage"],
            [
                [f"{item.support:.2f}".replace(".", ","), _percent(item.cited), _percent(item.others)]
                for item in result.thresholds
            ],
        ),
    ]
    return spaced("\n".join(lines))


def with_section(page: str, section: str) -> str:
    """The page with the section in its place, at its end when it had none."""
    block = f"{BEGIN}\n## Avec un modèle de langage\n\n{section}\n{END}"
    if kept := kept_section(page):
        return page.replace(kept, block)
    return f"{page.rstrip()}\n\n{block}\n"


def kept_section(page: str) -> str:
    """The section of a page, as it stands; empty when it has none."""
    _, begin, rest = page.partition(BEGIN)
    section, end, _ = rest.partition(END)
    return begin + section + end if end else ""


def _percent(value: float) -> str:
    return f"{value * 100:.1f} %".replace(".", ",")


def _seconds(value: float) -> str:
    return f"{value:.1f} s".replace(".", ",")
