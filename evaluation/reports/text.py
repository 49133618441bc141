"""The figures of a run as French text: the table of the terminal, and lines for a change or a gate."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evaluation.benches.attacks import Attacked
from evaluation.benches.capacity import Load
from evaluation.benches.every_page import EveryPage
from evaluation.benches.plain_pages import PageCost
from evaluation.benches.quality_bench import Ranked
from evaluation.benches.scale_bench import Scaled
from evaluation.benches.serve import Timed
from evaluation.judging.comparison import Comparison
from evaluation.judging.metrics import ALL_METRICS
from evaluation.judging.result import OVERALL, RunResult
from evaluation.judging.shown import NBSP, shown, shown_interval
from evaluation.questions.cases import STRATA

NOT_MEASURED = "pas encore mesuré"
COLUMNS = {OVERALL: "ensemble", **STRATA}


def figure_table(result: RunResult) -> str:
    """The figures: overall with their intervals, then each stratum, as aligned text."""
    strata = [name for name in COLUMNS if name in result.figures]
    header = ["", "ensemble", "intervalle à 95 %", *(COLUMNS[name] for name in strata if name != OVERALL)]
    rows = [header]
    for name, metric in ALL_METRICS.items():
        overall = result.figures.get(OVERALL, {}).get(name)
        if overall is None and not metric.headline:
            continue
        if overall is None or not result.is_measured(name):
            rows.append([metric.label, NOT_MEASURED, "", *("" for _ in strata[1:])])
            continue
        cells = [shown(overall.value, metric), shown_interval(overall, metric)]
        for stratum in strata:
            if stratum != OVERALL:
                figure = result.figures[stratum].get(name)
                cells.append(shown(figure.value, metric) if figure else "–")
        rows.append([metric.label, *cells])
    counts = [str(len(result.cases)), ""]
    counts += [str(sum(c.case.stratum == name for c in result.cases)) for name in strata if name != OVERALL]
    rows.insert(1, ["questions", *counts])
    return aligned(rows)


def status_table(result: RunResult) -> str:
    """The confusion of statuses: right ones in rows, those given in columns."""
    return _confusion(result.statuses, "statut attendu \\ donné")


def verdict_table(result: RunResult) -> str:
    """The confusion of verdicts: right ones in rows, those given in columns."""
    if not result.measures_verdicts:
        return f"verdicts : {NOT_MEASURED}"
    return _confusion(result.verdicts, "verdict attendu \\ donné")


def comparison_text(comparison: Comparison) -> str:
    """What changed between two runs: the figures, the test, the questions."""
    rows = [["", "avant", "après", "écart", "intervalle à 95 %"]]
    for name, change in comparison.changes.items():
        metric = ALL_METRICS[name]
        scale = 100 if metric.unit == "%" else 1
        digits = 0 if metric.unit == "mots" else 1
        difference = f"{change.difference.value * scale:+.{digits}f}".replace(".", ",")
        bounds = shown_interval(change.difference, metric)
        rows.append(
            [metric.label, shown(change.before, metric), shown(change.after, metric), difference, bounds]
        )
    lines = [
        f"{comparison.questions} questions communes",
        aligned(rows),
        f"entièrement justes : {len(comparison.improved)} de plus, {len(comparison.broken)} de moins ; "
        f"test de McNemar exact, p = {comparison.p_value:.3f}".replace(".", ","),
    ]
    lines += [f"  gagnée : {name}" for name in comparison.improved]
    lines += [f"  perdue : {name} ({why})" for name, why in comparison.broken.items()]
    return "\n".join(lines)


def bench_table(results: Sequence[Ranked], lead: str = "  notre avance") -> str:
    """The searches in rows: each figure with its interval, and how far ours is ahead."""
    names = list(results[0].figures)
    rows = [
        ["", *(ALL_METRICS[name].label.removeprefix("recherche, ") for name in names), "temps / le nôtre"]
    ]
    for result in results:
        figures = [result.figures[name] for name in names]
        metrics = [ALL_METRICS[name] for name in names]
        cells = [f"{shown(f.value, m)} {shown_interval(f, m)}" for f, m in zip(figures, metrics, strict=True)]
        rows.append([result.name, *cells, f"{result.relative_time:.2f}".replace(".", ",")])
        if result.ours_minus:
            gaps = [result.ours_minus[name] for name in names]
            shown_gaps = [
                f"{gap.value * 100:+.1f}".replace(".", ",") + f" {shown_interval(gap, metric)}"
                for gap, metric in zip(gaps, metrics, strict=True)
            ]
            rows.append([lead, *shown_gaps, ""])
    return aligned(rows)


def timed_table(results: Sequence[Timed]) -> str:
    """The series of requests in rows, times in milliseconds."""
    rows = [["", "requêtes", "erreurs", "p50", "p95", "max", "par seconde", "temps / la réponse"]]
    for item in results:
        times = [f"{value:.0f} ms" for value in (item.p50_ms, item.p95_ms, item.max_ms)]
        ratios = [f"{value:.2f}".replace(".", ",") for value in (item.per_second, item.relative)]
        rows.append([item.name, str(item.requests), str(item.errors), *times, *ratios])
    return aligned(rows)


def load_table(results: Sequence[Load]) -> str:
    """Servers under load in rows: times in milliseconds, memory in megabytes."""
    rows = [["", "personnes", "requêtes", "erreurs", "par seconde", "p50", "p95", "processeur", "mémoire"]]
    for item in results:
        times = [f"{value:.0f} ms" for value in (item.p50_ms, item.p95_ms)]
        rate = f"{item.per_second:.1f}".replace(".", ",")
        times.append("" if item.cpu_ms is None else f"{item.cpu_ms:.0f} ms")
        memory = "" if item.memory_mb is None else f"{item.memory_mb:.0f} Mo"
        counts = [str(item.clients), str(item.requests), str(item.errors)]
        rows.append([item.server, *counts, rate, *times, memory])
    return aligned(rows)


def attacked_table(results: Sequence[Attacked]) -> str:
    """Attacks in rows: where, what, its characters, the HTTP status, processor seconds."""
    rows = [["", "attaque", "caractères", "réponse", "processeur"]]
    for item in results:
        spent = f"{item.cpu_s:.2f} s".replace(".", ",")
        rows.append([item.route, item.attack, str(item.chars), str(item.status), spent])
    return aligned(rows)


def pages_table(costs: Sequence[PageCost]) -> str:
    """Pages in rows: processor milliseconds, the same beside a bare route, kilobytes."""
    rows = [["", "processeur", "fois l’adresse nue", "poids"]]
    for item in costs:
        spent, times = (f"{value:.1f}".replace(".", ",") for value in (item.cpu_ms, item.times_bare))
        rows.append([item.address, f"{spent} ms", times, f"{item.bytes / 1000:.0f} ko"])
    return aligned(rows)


def every_page_text(found: EveryPage) -> str:
    """How many pages were drawn, what they took, and what is wrong in them."""
    times = (f"{value:.0f}" for value in (found.median_ms, found.slow_ms, found.slowest_ms))
    told = "{} ms au milieu, {} ms pour 99 sur 100, {} ms au plus".format(*times)
    lines = [
        f"{found.count} pages dessinées : {told} ; {found.heaviest_bytes / 1000:.0f} ko compressés au plus.",
        f"{found.wrong_count} page(s) en défaut.",
        *found.wrong,
    ]
    return "\n".join(lines)


def scale_table(results: Sequence[Scaled]) -> str:
    """The sizes in rows: indexing, memory, disk, times of a search, share of the exact neighbours found."""
    rows = [
        [
            "passages",
            "indexés par s",
            "mémoire pour indexer",
            "pour servir",
            "disque",
            "ouverture",
            "recherche p50",
            "p95",
            "un dispositif p50",
            "p95",
            "vecteurs p50",
            "voisins trouvés",
        ]
    ]
    for item in results:
        sizes = [f"{size:.0f}{NBSP}Mo" for size in (item.index_mb, item.serve_mb, item.disk_mb)]
        times = (
            item.p50_ms,
            item.p95_ms,
            item.one_scheme_p50_ms,
            item.one_scheme_p95_ms,
            item.dense_p50_ms,
        )
        rows.append(
            [
                str(item.passages),
                f"{item.per_second:.0f}",
                *sizes,
                f"{item.open_s:.1f}".replace(".", ",") + f"{NBSP}s",
                *(f"{time:.1f}".replace(".", ",") + f"{NBSP}ms" for time in times),
                f"{item.recall * 100:.2f}".replace(".", ",") + f"{NBSP}%",
            ]
        )
    return aligned(rows)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Align the columns of a table, the first to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _confusion(counts: dict[str, int], corner: str) -> str:
    pairs = {tuple(key.split(">")): count for key, count in counts.items()}
    rights = sorted({right for right, _ in pairs})
    givens = sorted({given for _, given in pairs})
    rows = [[corner, *givens]]
    rows += [[right, *(str(pairs.get((right, given), 0)) for given in givens)] for right in rights]
    return aligned(rows)


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, numbers to the right."""
    lines = [header, ["---", *("---:" for _ in header[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def spaced(text: str) -> str:
    """Put the no-break spaces of French typography, those of thousands too."""
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", NBSP, text)
    for sign in (":", "»", "%", ";"):
        text = text.replace(f" {sign}", f"{NBSP}{sign}")
    return text.replace("« ", f"«{NBSP}")
