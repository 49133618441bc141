"""The files, folders, pages and records that an index has besides the fiches: read anew by each run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.fiches.document import Document
from ingest.chunk import Chunk
from ingest.errors import LoadError
from ingest.fingerprint import fingerprint_of
from ingest.former import FormerPassages
from ingest.found_files import find_files, listed_files
from ingest.load import Loaded, document_id, load
from ingest.records.load import load_record, record_id
from ingest.web.address import web_document_id
from ingest.web.feeds.raw import RECORD_SUFFIX

_STAYS = "ce qui en est indexé reste servi"
_SLOW = frozenset({".pdf", ".eml"})


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


def require_here(recorded: Sequence[str]) -> None:
    """Refuse to go on where a recorded path isn't: its documents would be taken out for everybody.

    A path that doesn't answer isn't refused: what was indexed of it stays.

    Raises:
        LoadError: a path is recorded that this machine doesn't have.
    """
    if gone := [path for path in recorded if not _may_exist(Path(path))]:
        raise LoadError(
            f"« {gone[0]} » est enregistré mais n’existe pas sur cette machine : ses documents seraient "
            "retirés de l’index de tous. Lancez l’indexation là où ils sont, ou retirez-le : "
            f"assistant ingest --forget {gone[0]}"
        )


def _may_exist(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True


@dataclass(slots=True)
class Reading:
    """What a reading of the recorded paths tells besides its documents.

    Attributes:
        recorded: the paths to read, files and folders.
        sites: the addresses of the web whose pages are read, and those of feeds.
        pages: copies of those pages, with their addresses; of records, with what tells them apart.
        origins: the file or the address of each document.
        fingerprints: of each file that takes long to read and was read whole.
        unread: a French line for each file, or part of one, that can't be read.
        unreachable: a French line for each path that doesn't answer now.
    """

    recorded: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    pages: tuple[tuple[Path, str], ...] = ()
    origins: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to read, and the address of the page or of the record that it's a copy of, if it is."""

    file: Path
    address: str | None = None

    @property
    def document_id(self) -> str:
        """Id of the document that it gives."""
        if self.address is None:
            return document_id(self.file)
        return record_id(self.address) if self._is_record else web_document_id(self.address)

    def load(self) -> Loaded:
        """Load it; raises LoadError."""
        if self.address is not None and self._is_record:
            return load_record(self.file, self.address)
        return load(self.file, self.address)

    @property
    def _is_record(self) -> bool:
        return self.address is not None and self.file.suffix == RECORD_SUFFIX

    def told(self, line: str) -> str:
        """A line that names the file, naming the page in its place."""
        return line.replace(str(self.file), self.address) if self.address else line


def load_recorded(
    reading: Reading, former: FormerPassages, progress: Callable[[str, int, int], None]
) -> Iterator[Document | tuple[Chunk, ...]]:
    """Read every file of the recorded paths, once each and one at a time.

    What takes long to read and hasn't changed since it was indexed isn't read again, and what can't be read
    now stays as it was indexed: the passages of the document are given in its place.

    Args:
        reading: names the paths, and takes what else there is to tell.
        former: what was indexed before.
        progress: called with the step's name, what is done and what there is in all.
    """
    sources: dict[_Source, None] = {}
    away: list[Path] = []
    for path in map(Path, reading.recorded):
        sources |= dict.fromkeys(_Source(file.resolve()) for file in _files_of(path, former, away, reading))
    sources |= dict.fromkeys(_Source(*page) for page in reading.pages)
    for number, source in enumerate(sources, 1):
        yield from _read(source, former, reading)
        progress("lecture", number, len(sources))
    yield from _kept(away, former, reading)


def _files_of(path: Path, former: FormerPassages, away: list[Path], reading: Reading) -> Iterable[Path]:
    """Files of a recorded path; one that is gone has none. What doesn't answer goes to ``away``."""
    try:
        if _is_away(path, former):
            away.append(path)
            return ()
        return find_files(path, away) if path.exists() else ()
    except OSError:
        away.append(path)
    except LoadError as error:  # another kind of file took its place
        reading.unread.append(str(error))
    return ()


def _is_away(path: Path, former: FormerPassages) -> bool:
    """Whether what was indexed of a path isn't there because its disk isn't, rather than because it's gone.

    A file is gone when its folder is there. A folder that is empty, or the last in its own, is what is left
    where a disk isn't mounted.
    """
    indexed = former.below(path)
    if not indexed or (path.exists() and not path.is_dir()):
        return False
    if former.origin(indexed[0]) == str(path):
        return not path.parent.exists()
    place = path if path.exists() else path.parent
    return not place.exists() or not any(place.iterdir())


def _read(
    source: _Source, former: FormerPassages, reading: Reading
) -> Iterator[Document | tuple[Chunk, ...]]:
    name, origin = source.document_id, source.address or str(source.file)
    fingerprint = _fingerprint(source.file)
    if fingerprint and former.is_same(name, fingerprint) and (chunks := former.of(name)):
        reading.origins[name], reading.fingerprints[name] = origin, fingerprint
        yield chunks
        return
    try:
        loaded = source.load()
    except LoadError as error:
        chunks = former.of(name)
        kept = " L’ancienne version reste servie." if chunks else ""
        reading.unread.append(source.told(f"{error}{kept}"))
        if chunks:
            reading.origins[name] = origin
            yield chunks
        return
    reading.origins[name] = origin
    reading.unread += map(source.told, loaded.unread)
    if fingerprint and not loaded.unread:
        reading.fingerprints[name] = fingerprint
    yield loaded.document


def _kept(away: Sequence[Path], former: FormerPassages, reading: Reading) -> Iterator[tuple[Chunk, ...]]:
    """What was indexed of the paths that don't answer now."""
    for path in away:
        told = "ce qui en était indexé est abîmé, il sera relu" if former.is_damaged else _STAYS
        reading.unreachable.append(
            f"« {path} » est injoignable ou vide : {told}. S’il n’existe plus, retirez-le (--forget)."
        )
        for name in former.below(path):
            if name not in reading.origins and (chunks := former.of(name)):
                reading.origins[name] = former.origin(name) or str(path)
                yield chunks


def _fingerprint(file: Path) -> str:
    """The fingerprint of a file that takes long to read; none of another, which is read each time."""
    try:
        return fingerprint_of(file) if file.suffix.lower() in _SLOW else ""
    except OSError:
        return ""
