"""A figure of a measure as French text: the value, its interval, a difference in points."""

from __future__ import annotations

from evaluation.judging.metrics import Metric
from evaluation.judging.statistics import Figure

NBSP = "\u00a0"
_PLURAL = 2
_WHOLE = frozenset({"ms", "mots"})


def shown(value: float, metric: Metric) -> str:
    """Write a value in French: ``93,4 %``, ``32 ms``, ``0,25``."""
    if metric.unit == "%":
        return f"{value * 100:.1f}".replace(".", ",") + f"{NBSP}%"
    if metric.unit in _WHOLE:
        unit = "mot" if metric.unit == "mots" and round(value) < _PLURAL else metric.unit
        return f"{value:.0f}{NBSP}{unit}"
    return f"{value:.2f}".replace(".", ",")


def shown_points(share: float) -> str:
    """Write a difference between shares in French: ``1,5 point``, ``3,0 points``."""
    points = round(abs(share) * 100, 1)
    return f"{share * 100:.1f}".replace(".", ",") + NBSP + ("points" if points >= _PLURAL else "point")


def shown_interval(figure: Figure, metric: Metric) -> str:
    """Write the bounds of a figure: ``[90,1 – 96,0]``."""
    scale = 100 if metric.unit == "%" else 1
    digits = {"%": 1, "": 2}.get(metric.unit, 0)
    low, high = (f"{bound * scale:.{digits}f}".replace(".", ",") for bound in (figure.low, figure.high))
    return f"[{low} – {high}]"
