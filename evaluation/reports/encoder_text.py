"""A bench of encoders as French text, for the terminal: what each finds, then what each takes."""

from __future__ import annotations

from evaluation.benches.encoder_bench import EncoderScores, Timed
from evaluation.benches.retrieval_bench import AS_WRITTEN
from evaluation.judging.shown import NBSP
from evaluation.reports.retrieval_report import MEAN, scores_table
from evaluation.reports.text import aligned


def encoder_text(scores: EncoderScores) -> str:
    """Each set, the mean over sets, the time of a question, then passages a second, memory and files."""
    parts = []
    for each in scores.found.sets:
        parts += [f"jeu « {each.name} », {len(each.questions)} questions".replace("« ", f"«{NBSP}")]
        parts += [scores_table(each.variants[AS_WRITTEN])]
    if len(scores.found.sets) > 1:
        parts += [f"{MEAN}, chacun d’un même poids", scores_table(scores.found.means[AS_WRITTEN])]
    return "\n\n".join([*parts, "temps pris tour à tour", aligned(time_rows(scores.times))])


def time_rows(times: list[Timed]) -> list[list[str]]:
    """What each takes, with a row of titles."""
    cores = list(times[0].question_ms)
    words = list(next((each for one in times for each in one.passages_s.values()), {}))
    rows = [
        [
            "",
            *(f"question, {_cores(count)}" for count in cores),
            *(f"passages/s de {length} mots, {_cores(count)}" for count in cores for length in words),
            "mémoire",
            "fichiers",
        ]
    ]
    for one in times:
        rates = [one.passages_s.get(count, {}).get(length) for count in cores for length in words]
        rows.append(
            [
                one.name,
                *(f"{_decimal(one.question_ms[count])}{NBSP}ms" for count in cores),
                *("–" if rate is None else _decimal(rate) for rate in rates),
                f"{one.memory_mb:.0f}{NBSP}Mo",
                f"{one.files_mb:.0f}{NBSP}Mo" if one.files_mb else "–",
            ]
        )
    return rows


def _cores(count: int) -> str:
    return f"{count}{NBSP}cœur" if count == 1 else f"{count}{NBSP}cœurs"


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
