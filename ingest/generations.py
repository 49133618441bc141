"""The generations of an index on disk: manifest, current one, lock, and what may be deleted.

An index folder holds, for a collection ``c``::

    c.current            one line: the id of the current generation (replaced in one write)
    c.lock               held by the ingestion that is running
    c/<generation>/      manifest.json, chroma/, lexical/, vocabulary.json; chunks.sqlite in place of chroma/
                         while the vectors of a large corpus are being computed
    c.kept/              what is derived of the fiches (:mod:`ingest.kept`)
    c.web/               copies of the pages of sites (:mod:`ingest.web.copies`)

A generation is written once, then only read. A folder without a manifest is what a killed
ingestion left: it's never served, and the next ingestion removes it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from ingest.errors import ForeignIndex, IngestBusy, IngestError, NoIndex
from ingest.written import write_whole

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from and with.

    Attributes:
        format: version of the layout on disk.
        generation: its id.
        created: ISO date and time, UTC.
        encoder: name of the encoder.
        dimension: length of its vectors.
        chunker: version of the chunker.
        corpus_hash: hash of every document's content.
        paths: the recorded paths, absolute, besides the fiches.
        documents: number of chunks by document id.
        chunks: number of chunks in all.
        previous: id of the generation before, kept on disk; None for the first.
        has_vectors: False for one that serves by words while its vectors are computed.
        digests: digest of the passages of each document.
        origins: the file that each document was read from; none of a fiche.
        fingerprints: of those files that take long to read and were read whole.
    """

    format: int
    generation: str
    created: str
    encoder: str
    dimension: int
    chunker: int
    corpus_hash: str
    paths: tuple[str, ...]
    documents: dict[str, int]
    chunks: int
    previous: str | None = None
    has_vectors: bool = True
    digests: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)


class Generations:
    """The generations of one collection in one index folder."""

    def __init__(self, index_dir: Path, collection: str) -> None:
        """Name the folder and the collection; nothing is created yet."""
        self.index_dir = index_dir
        self.collection = collection
        self._pointer = index_dir / f"{collection}.current"
        self._folder = index_dir / collection
        self.kept = index_dir / f"{collection}.kept"
        self.web = index_dir / f"{collection}.web"

    def path(self, generation: str) -> Path:
        """Return the folder of a generation."""
        return self._folder / generation

    def current(self) -> str | None:
        """Return the id of the current generation, None when there is none yet."""
        try:
            name = self._pointer.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        return name or None

    def manifest(self, generation: str | None = None) -> Manifest:
        """Read the manifest of a generation, by default of the current one.

        Raises:
            NoIndex: there is no current generation.
            ForeignIndex: its manifest is missing, damaged or of another version.
        """
        generation = generation or self.current()
        if generation is None:
            raise NoIndex(
                f"Aucun index « {self.collection} » dans « {self.index_dir} ». Lancez : assistant ingest"
            )
        try:
            values = json.loads((self.path(generation) / "manifest.json").read_text(encoding="utf-8"))
            values["paths"] = tuple(values["paths"])
            manifest = Manifest(**values)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ForeignIndex(
                f"L’index de « {self.index_dir} » est abîmé ou vient d’une autre version. "
                "Relancez : assistant ingest"
            ) from error
        if manifest.format != FORMAT:
            raise ForeignIndex(
                f"L’index de « {self.index_dir} » est au format {manifest.format}, le programme attend le "
                f"format {FORMAT}. Relancez : assistant ingest"
            )
        return manifest

    def recorded_paths(self) -> tuple[str, ...]:
        """Return the paths that the current manifest records; they outlive a change of its format."""
        try:
            text = (self.path(self.current() or "") / "manifest.json").read_text(encoding="utf-8")
            paths = json.loads(text)["paths"]
        except (OSError, ValueError, TypeError, KeyError):
            return ()
        return tuple(path for path in paths if isinstance(path, str)) if isinstance(paths, list) else ()

    def start(self) -> str:
        """Create the folder of a new generation and return its id. The lock must be held."""
        generation = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
        self.path(generation).mkdir(parents=True)
        return generation

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest of a generation, then make it current in one write."""
        _write_manifest(self.path(manifest.generation), manifest)
        write_whole(self._pointer, f"{manifest.generation}\n".encode())

    def amend(self, manifest: Manifest) -> None:
        """Write anew what a generation says of the files that it was read from. The lock must be held."""
        _write_manifest(self.path(manifest.generation), manifest)

    def clean(self, previous: str | None) -> list[str]:
        """Delete every generation but the current one and ``previous``; return those deleted.

        The lock must be held: the drafts that a killed ingestion left go too.
        """
        for draft in self.index_dir.glob(f"{self._pointer.name}.*.tmp"):
            draft.unlink(missing_ok=True)
        kept = {self.current(), previous}
        old = [path for path in self._folder.glob("*") if path.is_dir() and path.name not in kept]
        for path in old:
            shutil.rmtree(path, ignore_errors=True)
        return [path.name for path in old]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the ingestion lock; it's released by the system when the process dies.

        Raises:
            IngestBusy: another process holds it.
            IngestError: the folder can't be made or written to.
        """
        lock = FileLock(self.index_dir / f"{self.collection}.lock")
        try:
            self.index_dir.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except Timeout as error:
            raise IngestBusy(
                f"Une autre indexation est en cours dans « {self.index_dir} ». "
                "Attendez qu’elle se termine, puis relancez."
            ) from error
        except OSError as error:
            raise IngestError(
                f"Impossible d’écrire dans « {self.index_dir} » ({error.strerror}). Choisissez un dossier où "
                "vous avez le droit d’écrire (--index ou ASSISTANT_INDEX_DIR)."
            ) from error
        try:
            yield
        finally:
            lock.release()


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    write_whole(folder / "manifest.json", text.encode())
