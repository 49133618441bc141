"""What visits of pages cost, as French text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.benches.page_visits import Visit
from evaluation.reports.text import aligned

_KINDS = {"html": "HTML", "script": "scripts", "style": "styles", "font": "polices", "other": "autres"}


def visits_table(visits: Sequence[Visit]) -> str:
    """Pages in rows: requests, kilobytes by kind as received, all of them, decompressed, milliseconds."""
    times = ["premier affichage", "prête", "réponse entière"]
    rows = [["", "requêtes", *_KINDS.values(), "en tout", "décompressé", *times]]
    for visit in visits:
        weights = [_kilobytes(visit.wire.get(kind, 0)) for kind in _KINDS]
        waits = [_wait(value) for value in (visit.first_paint_ms, visit.ready_ms, visit.answer_ms)]
        whole = [_kilobytes(visit.bytes), _kilobytes(visit.whole_bytes)]
        rows.append([visit.name, str(visit.requests), *weights, *whole, *waits])
    return aligned(rows)


def _kilobytes(count: int) -> str:
    return f"{count / 1000:.1f} ko".replace(".", ",") if count else "–"


def _wait(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds:.0f} ms"
