"""The files of a path that can be read as documents; what leads out of a folder isn't followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import LoadError
from ingest.formats.readers import READ, READERS


def find_files(path: Path, unlisted: list[Path] | None = None) -> list[Path]:
    """List the files of a path that can be loaded, in a stable order.

    Args:
        path: a file, or a folder searched with its subfolders; hidden files are passed over, and links that
            lead out of the folder.
        unlisted: takes the folders that can't be listed, whose files are then unknown.

    Raises:
        LoadError: the path doesn't exist, is a file of another kind, or no file at all (a pipe).
    """
    if not path.exists():
        raise LoadError(f"« {path} » n’existe pas. Vérifiez le chemin ; rien n’a été indexé.")
    if path.is_dir():
        root = path.resolve()
        inside = _inside(path, [] if unlisted is None else unlisted)
        return sorted(file for file in inside if file.is_file() and file.resolve().is_relative_to(root))
    if path.suffix.lower() not in READERS:
        known = ", ".join(READ)
        raise LoadError(
            f"« {path} » n’est pas d’un format connu. Formats acceptés : {known}. "
            "Convertissez le fichier ou retirez-le."
        )
    if not path.is_file():
        raise LoadError(f"« {path} » n’est pas un fichier qu’on peut lire jusqu’au bout. Retirez-le.")
    return [path]


def listed_files(path: Path) -> list[Path]:
    """List the files of a path as :func:`find_files` does.

    Raises:
        LoadError: also when there are none.
    """
    files = find_files(path)
    if not files:
        raise LoadError(
            f"« {path} » ne contient aucun fichier d’un format connu ({', '.join(READ)}). "
            "Ajoutez-y un document ou donnez un autre chemin ; rien n’a été indexé."
        )
    return files


def _inside(folder: Path, unlisted: list[Path]) -> Iterator[Path]:
    """What lies in a folder and bears the name of a document, in no order."""
    for here, folders, names in os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename))):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        for name in names:
            file = Path(here, name)
            if not _is_hidden(name) and file.suffix.lower() in READERS:
                yield file


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))
