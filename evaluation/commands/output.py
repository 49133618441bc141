"""Write what a command measured to the file that was asked for."""

from __future__ import annotations

from pathlib import Path

from evaluation.errors import RunFileError


def save(path: Path, text: str) -> None:
    """Write a text file.

    Raises:
        RunFileError: it can't be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RunFileError(
            f"« {path} » n’a pas pu être écrit. Changez le chemin, puis recommencez."
        ) from error
