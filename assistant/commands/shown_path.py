"""A path as it's shown to who typed it."""

from __future__ import annotations

from pathlib import Path


def near(path: Path) -> str:
    """The path from the current folder when it lies below it."""
    folder = Path.cwd()
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)
