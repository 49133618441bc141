"""Documents read without being indexed: what each says, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import LoadError
from ingest.found_files import listed_files
from ingest.load import Loaded, Missing, load


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a reading found in a file.

    Attributes:
        file: its path, as it was given.
        title: its title, its file's name where it states none.
        publisher: who publishes it; None when nobody is named.
        published: ISO date of publication.
        updated: ISO date of the last update.
        url: its address.
        statements: how many statements it holds: sentences, items with their lead-in, rows with their heads.
        is_recognised: whether some of its text was recognised on pictures, and so may be misread.
        missing: what neither it nor its sidecar says.
    """

    file: str
    title: str
    publisher: str | None
    published: str | None
    updated: str | None
    url: str | None
    statements: int
    is_recognised: bool
    missing: tuple[Missing, ...]


def check_paths(
    paths: Sequence[Path], unread: list[str], progress: Callable[[str, int, int], None]
) -> Iterator[CheckedFile]:
    """Read every file of some paths, once each and one at a time; nothing is written.

    Args:
        paths: files and folders.
        unread: takes a French line for each path or file that can't be read; the others go on.
        progress: called with the step's name, what is done and what there is in all.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        try:
            files |= {file.resolve(): file for file in listed_files(path) if file.resolve() not in files}
        except LoadError as error:
            unread.append(str(error))
        except OSError as error:
            unread.append(f"« {path} » est illisible ({error.strerror}). Vérifiez ses droits.")
    for number, file in enumerate(files.values(), 1):
        try:
            loaded = load(file)
        except LoadError as error:
            unread.append(str(error))
        else:
            unread += loaded.unread
            yield _checked(file, loaded)
        progress("lecture", number, len(files))


def _checked(file: Path, loaded: Loaded) -> CheckedFile:
    document = loaded.document
    (source,) = document.sources
    return CheckedFile(
        file=str(file),
        title=document.title,
        publisher=None if "publisher" in loaded.missing else source.publisher,
        published=document.published,
        updated=document.updated,
        url=source.url,
        statements=sum(1 for _ in document.sentences()),
        is_recognised=loaded.is_recognised,
        missing=loaded.missing,
    )
