"""The files and folders that an index records besides the fiches: changed by a run, read anew by each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus.fiches.catalogue import Catalogue
from corpus.fiches.document import Document
from ingest.errors import LoadError
from ingest.found_files import find_files, listed_files
from ingest.load import load


def with_changes(before: Sequence[str], added: Sequence[Path], forgotten: Sequence[Path]) -> tuple[str, ...]:
    """Return the recorded paths with some added and some taken out.

    Raises:
        LoadError: what is added holds no file of a known format, or what is taken out isn't recorded.
    """
    recorded = dict.fromkeys(before)
    for path in added:
        listed_files(path)
        recorded[str(path.resolve())] = None
    for path in forgotten:
        name = str(path.resolve())
        if name not in recorded:
            known = ", ".join(recorded) or "aucun"
            raise LoadError(f"« {path} » n’est pas un chemin enregistré. Chemins enregistrés : {known}.")
        del recorded[name]
    return tuple(recorded)


def load_documents(
    catalogue: Catalogue,
    recorded: Sequence[str],
    progress: Callable[[str, int, int], None],
    unread: list[str],
) -> Iterator[Document]:
    """Give the fiches, then load every file of the recorded paths, once each and one at a time.

    A file or a part of one that can't be read is passed over; why goes to ``unread``, a French line each.
    """
    for fiche in catalogue.fiches.values():
        yield fiche.as_document
    files = dict.fromkeys(file.resolve() for path in recorded for file in _files_of(Path(path)))
    for number, file in enumerate(files, 1):
        try:
            loaded = load(file)
        except LoadError as error:
            unread.append(str(error))
        else:
            unread += loaded.unread
            yield loaded.document
        progress("lecture", number, len(files))


def _files_of(path: Path) -> list[Path]:
    """Files of a recorded path; a file that is gone is a removed document, not an error."""
    return find_files(path) if path.exists() else []
