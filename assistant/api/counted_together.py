"""Counting in several processes as one: where each keeps its counts, and those of a process that is gone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that tells ``prometheus_client`` so; it's read once, when that's imported."""


@contextmanager
def counted_together(folder: Path) -> Iterator[None]:
    """Make every process that this one starts count in a folder.

    Args:
        folder: of this server alone; it goes with it.
    """
    before = os.environ.get(FOLDER)
    counts = folder / "counts"
    counts.mkdir()
    os.environ[FOLDER] = str(counts)
    try:
        yield
    finally:
        if before is None:
            del os.environ[FOLDER]
        else:
            os.environ[FOLDER] = before


def forget_process(pid: int) -> None:
    """Take out what is said of a process while it lives; what it counted stays."""
    for file in Path(os.environ[FOLDER]).glob(f"gauge_live*_{pid}.db"):
        file.unlink(missing_ok=True)
