"""The files of a path that can be read as documents; what leads out of a folder isn't followed."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import LoadError
from ingest.formats.readers import READ, READERS


def find_files(path: Path) -> list[Path]:
    """List the files of a path that can be loaded, in a stable order.

    Args:
        path: a file, or a folder searched with its subfolders; hidden files are passed over, and links that
            lead out of the folder.

    Raises:
        LoadError: the path doesn't exist, is a file of another kind, or no file at all (a pipe).
    """
    if not path.exists():
        raise LoadError(f"« {path} » n’existe pas. Vérifiez le chemin ; rien n’a été indexé.")
    if path.is_dir():
        inside = (p for p in path.rglob("*") if p.suffix.lower() in READERS and p.is_file())
        root = path.resolve()
        return sorted(p for p in inside if not _is_hidden(p.relative_to(path)) and _is_in(p, root))
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


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _is_in(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root)
