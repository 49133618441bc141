"""The generations of an index on disk: manifest, current one, lock, and what may be deleted.

An index folder holds, for a collection ``c``::

    c.current            one line: the id of the current generation (replaced in one write)
    c.lock               held by the ingestion that is running
    c/<generation>/      manifest.json and a copy of it, chroma/, lexical/, vocabulary.json; chunks.sqlite in
                         place of chroma/ while the vectors of a large corpus are being computed
    c.kept/              what is derived of the fiches (:mod:`ingest.kept`)
    c.web/               copies of the pages of sites (:mod:`ingest.web.copies`)

A generation is written once, then only read. A folder without a manifest is what a killed
ingestion left: it's never served, and the next ingestion removes it. A manifest bears its own sum, and
the digest of every other file; what it records beyond them outlives the loss of any one file.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock, Timeout

from ingest.errors import ForeignIndex, IngestBusy, IngestError, NoIndex, UnwritableIndex
from ingest.index import VectorStore, create_store, open_store
from ingest.native import NotWritten
from ingest.sealed import CHROMA, MANIFESTS
from ingest.written import write_whole

FORMAT = 3
_SUM = "sum"


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
        files: digest of every other file of the generation (:mod:`ingest.sealed`).
        digests: digest of the passages of each document.
        origins: the file that each document was read from; none of a fiche.
        fingerprints: of those files that take long to read and were read whole.
        sites: the recorded addresses of the web.
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
    files: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    sites: tuple[str, ...] = ()


class Generations:
    """The generations of one collection in one index folder.

    Attributes:
        words_apart: whether each machine keeps the words of a generation for itself.
        where: where the index is, as a message names it.
    """

    words_apart = False

    def __init__(self, index_dir: Path, collection: str) -> None:
        """Name the folder and the collection; nothing is created yet."""
        self.index_dir = index_dir
        self.collection = collection
        self.where = str(index_dir)
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
                f"Aucun index « {self.collection} » dans « {self.where} ». Lancez : assistant ingest"
            )
        try:
            values = self._values(generation)
        except (OSError, ValueError) as error:
            raise self._damaged() from error
        if values.get("format", FORMAT) != FORMAT:
            raise ForeignIndex(
                f"L’index de « {self.where} » est au format {values['format']}, le programme attend le "
                f"format {FORMAT}. Relancez : assistant ingest"
            )
        try:
            return _manifest_of(values)
        except ValueError as error:
            raise self._damaged() from error

    def latest(self) -> Manifest | None:
        """Return the manifest that an ingestion goes on from; None when there is none of this version.

        It's the current generation's; its copy's, when it's damaged; that of the newest whole generation,
        when the pointer is lost.
        """
        for values in self._readable():
            try:
                if values.get("format") == FORMAT:
                    return _manifest_of(values)
            except ValueError:
                continue
        return None

    def recorded_paths(self) -> tuple[str, ...]:
        """Return the paths that the latest manifest records; they outlive a change of its format."""
        for values in self._readable():
            paths = values.get("paths")
            return tuple(path for path in paths if isinstance(path, str)) if isinstance(paths, list) else ()
        return ()

    def mend(self, manifest: Manifest) -> bool:
        """Write the manifests and the pointer of a generation again where they are damaged; tell whether."""
        if self.points_to(manifest):
            return False
        self.finish(manifest)
        return True

    def points_to(self, manifest: Manifest) -> bool:
        """Tell whether the pointer and both manifests are what a generation's are when it's current."""
        folder = self.path(manifest.generation)
        return self.current() == manifest.generation and all(
            _is(folder / name, manifest) for name in MANIFESTS
        )

    def open_store(self, generation: str) -> VectorStore:
        """Open the passages of a generation, with their vectors.

        Raises:
            ForeignIndex: they can't be read.
            IngestError: there is no place to open them.
        """
        return open_store(self.path(generation) / CHROMA, self.collection)

    def create_store(self, generation: str, size: int) -> VectorStore:
        """Create the passages of a generation, for ``size`` of them."""
        return create_store(self.path(generation) / CHROMA, self.collection, size)

    def _values(self, generation: str) -> dict[str, Any]:
        return manifest_values((self.path(generation) / MANIFESTS[0]).read_text(encoding="utf-8"))

    def _damaged(self) -> ForeignIndex:
        return ForeignIndex(
            f"L’index de « {self.where} » est abîmé ou vient d’une autre version. Relancez : assistant ingest"
        )

    def _readable(self) -> list[dict[str, Any]]:
        """The manifests that can be read, the likeliest first."""
        whole = {path.parent.name for file in MANIFESTS for path in self._folder.glob(f"*/{file}")}
        read: dict[str, dict[str, Any]] = {}
        for name in whole:
            for file in reversed(MANIFESTS):
                with suppress(OSError, ValueError):
                    read[name] = manifest_values((self.path(name) / file).read_text(encoding="utf-8"))
        return likeliest(read, self.current())

    @contextmanager
    def writing(self) -> Iterator[str]:
        """Create the folder of a new generation and give its id; what fails leaves no half of one."""
        generation = self.start()
        try:
            yield generation
        except BaseException:
            if self.current() != generation:
                shutil.rmtree(self.path(generation), ignore_errors=True)
            raise

    def start(self) -> str:
        """Create the folder of a new generation and return its id. The lock must be held."""
        generation = self.new_id()
        self.path(generation).mkdir(parents=True)
        return generation

    @staticmethod
    def new_id() -> str:
        """Return an id that no other generation has, and that sorts by its time."""
        return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest of a generation, then make it current in one write."""
        self._write_manifest(manifest)
        write_whole(self._pointer, f"{manifest.generation}\n".encode())

    def amend(self, manifest: Manifest) -> None:
        """Write anew what a generation says of the files that it was read from. The lock must be held."""
        self._write_manifest(manifest)

    def _write_manifest(self, manifest: Manifest) -> None:
        content = manifest_text(manifest).encode()
        for name in MANIFESTS:
            write_whole(self.path(manifest.generation) / name, content)

    def clean(self, *kept: str | None) -> list[str]:
        """Delete every generation but the current one and those ``kept``; return those deleted.

        The lock must be held: the drafts that a killed ingestion left go too.
        """
        drafts = self.index_dir.glob(f"{self._pointer.name}.*.tmp")
        for draft in chain(drafts, self._folder.glob("*/manifest*.tmp")):
            draft.unlink(missing_ok=True)
        names = {self.current(), *kept}
        old = [path for path in self._folder.glob("*") if path.is_dir() and path.name not in names]
        for path in old:
            shutil.rmtree(path, ignore_errors=True)
        return [path.name for path in old]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the ingestion lock; it's released by the system when the process dies.

        Raises:
            IngestBusy: another process holds it.
            IngestError: the folder can't be made or written to, at once or in the end.
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
        except (OSError, NotWritten) as error:
            raise UnwritableIndex(self.index_dir, error) from error
        finally:
            lock.release()


def manifest_text(manifest: Manifest) -> str:
    """A manifest as it's written, with its sum."""
    values: dict[str, Any] = json.loads(json.dumps(asdict(manifest)))  # tuples are lists there
    return json.dumps({_SUM: _sum_of(values), **values}, ensure_ascii=False, indent=1)


def likeliest(read: dict[str, dict[str, Any]], current: str | None) -> list[dict[str, Any]]:
    """Order manifests by how likely each is that of the index in service, whatever the clock was.

    Args:
        read: what they say, by generation.
        current: the generation that the pointer names, if it names one.
    """
    followed = {values.get("previous") for values in read.values()}
    return [
        values
        for name, values in sorted(
            read.items(),
            key=lambda pair: (pair[0] == current, pair[0] not in followed, pair[0]),
            reverse=True,
        )
    ]


def manifest_values(text: str) -> dict[str, Any]:
    """What a manifest says.

    Raises:
        ValueError: it's damaged.
    """
    values = json.loads(text)
    if not isinstance(values, dict):
        raise ValueError("a manifest is an object")
    # Before format 3 a manifest had no sum.
    if values.pop(_SUM, None) != (None if values.get("format") in {1, 2} else _sum_of(values)):
        raise ValueError("the sum is another one")
    return values


def _manifest_of(values: dict[str, Any]) -> Manifest:
    """The manifest of what was read.

    Raises:
        ValueError: it's of another version.
    """
    try:
        lists = {"paths": tuple(values["paths"]), "sites": tuple(values.get("sites", ()))}
        return Manifest(**{**values, **lists})
    except (TypeError, KeyError) as error:
        raise ValueError("fields of another version") from error


def _is(path: Path, manifest: Manifest) -> bool:
    try:
        return path.read_text(encoding="utf-8") == manifest_text(manifest)
    except (OSError, ValueError):
        return False


def _sum_of(values: dict[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
