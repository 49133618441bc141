"""What starts cost, as French text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.benches.start import Start
from evaluation.judging.shown import NBSP
from evaluation.reports.text import aligned


def start_table(starts: Sequence[Start]) -> str:
    """The commands in rows: processor seconds, how many times those of the first row, memory, wait."""
    rows = [["", "processeur", "rapport", "mémoire", "attente"]]
    rows += [
        [
            start.name,
            f"{start.cpu_s:.2f}{NBSP}s",
            f"×{NBSP}{start.relative:.1f}",
            f"{start.peak_mb:.0f}{NBSP}Mo",
            f"{start.wall_s:.2f}{NBSP}s",
        ]
        for start in starts
    ]
    return aligned(
        [[cell.replace(".", ",") if place else cell for place, cell in enumerate(row)] for row in rows]
    )
