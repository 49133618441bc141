"""The generations of an index that a Chroma server holds: they live as on disk, for several machines.

On the server, for a collection ``c``: ``c.current`` notes which generation is current; ``c.<generation>``
holds its passages and, once it's whole, notes its manifest. In the folder of the index, on each machine: the
lock, what is derived of the fiches, and the words of the generation (:mod:`ingest.own_words`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.chroma_server import ChromaServer
from ingest.errors import ForeignIndex, IngestBusy
from ingest.generations import Generations, Manifest, likeliest, manifest_text, manifest_values
from ingest.index import VectorStore

_POINTER, _MANIFEST = "generation", "manifest"
# How long another machine may be at a generation that isn't whole before it's taken for a killed one's.
_ABANDONED_AFTER = timedelta(days=1)
# How often the server is asked which generation is current.
_ASKED_EVERY_S = 1.0


class ServedGenerations(Generations):
    """The generations of one collection in one database of a Chroma server."""

    words_apart = True

    def __init__(
        self, index_dir: Path, collection: str, server: ChromaServer, asked_every_s: float = _ASKED_EVERY_S
    ) -> None:
        """Name the folder of this machine, the collection and the server; nothing is asked of it yet."""
        super().__init__(index_dir, collection)
        self.server = server
        self.where = str(server.address)
        self._asked_every_s = asked_every_s
        self._asked: tuple[float, str | None] | None = None
        self._started_from: str | None = None

    def current(self) -> str | None:
        """Return the id of the current generation, as the server told it a second ago at most.

        Raises:
            StoreUnreachable: the server doesn't answer.
        """
        now = time.monotonic()
        if self._asked is None or now - self._asked[0] >= self._asked_every_s:
            self._asked = None
            self._asked = now, self._pointed()
        return self._asked[1]

    def open_store(self, generation: str) -> VectorStore:
        """Open the passages of a generation.

        Raises:
            ForeignIndex: the server doesn't hold it.
            StoreUnreachable: the server doesn't answer.
        """
        store = self.server.open(self._name(generation))
        if store is None:
            raise ForeignIndex(f"L’index de « {self.where} » est incomplet. Relancez : assistant ingest")
        return store

    def create_store(self, generation: str, size: int) -> VectorStore:
        """Create the passages of a generation, for ``size`` of them.

        Raises:
            StoreUnreachable: the server doesn't do it.
        """
        return self.server.create(self._name(generation), size)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of this machine, and remember what another one may change meanwhile."""
        with super().locked():
            self._started_from = self._pointed()
            yield

    @contextmanager
    def writing(self) -> Iterator[str]:
        """Give the id of a new generation; what fails leaves no half of one where the server answers."""
        generation = self.new_id()
        try:
            yield generation
        except BaseException:
            if self._pointed() != generation:
                self.server.delete(self._name(generation))
            raise

    def finish(self, manifest: Manifest) -> None:
        """Note the manifest of a generation, then make it current in one write.

        Raises:
            IngestBusy: another machine made one current meanwhile.
        """
        self._note(manifest)
        self._require_unmoved()
        self._point_to(manifest.generation)

    def amend(self, manifest: Manifest) -> None:
        """Note anew what a generation says of the files that it was read from.

        Raises:
            IngestBusy: another machine made one current meanwhile.
        """
        self._require_unmoved()  # a generation that was deleted meanwhile would be made again, empty
        self._note(manifest)

    def mend(self, manifest: Manifest) -> bool:
        """Point to a generation where the pointer is lost; tell whether it was."""
        if self.points_to(manifest):
            return False
        self._point_to(manifest.generation)
        return True

    def points_to(self, manifest: Manifest) -> bool:
        """Tell whether the pointer is a generation's."""
        return self._pointed() == manifest.generation

    def clean(self, *kept: str | None) -> list[str]:
        """Delete every generation but the current one, those ``kept``, and what another machine may be at."""
        names = {self._pointed(), *kept}
        old = [
            generation
            for generation in self._held()
            if generation not in names and (self._is_whole(generation) or _is_abandoned(generation))
        ]
        for generation in old:
            self.server.delete(self._name(generation))
        return old

    def _values(self, generation: str) -> dict[str, Any]:
        notes = self.server.notes(self._name(generation)) or {}
        return manifest_values(str(notes.get(_MANIFEST, "")))

    def _readable(self) -> list[dict[str, Any]]:
        read: dict[str, dict[str, Any]] = {}
        for generation in self._held():
            with suppress(ValueError):
                read[generation] = self._values(generation)
        return likeliest(read, self._pointed())

    def _is_whole(self, generation: str) -> bool:
        return _MANIFEST in (self.server.notes(self._name(generation)) or {})

    def _pointed(self) -> str | None:
        notes = self.server.notes(self._name("current")) or {}
        return str(notes[_POINTER]) if _POINTER in notes else None

    def _note(self, manifest: Manifest) -> None:
        self.server.note(self._name(manifest.generation), **{_MANIFEST: manifest_text(manifest)})

    def _require_unmoved(self) -> None:
        if self._pointed() != self._started_from:
            raise IngestBusy(
                f"Une autre machine a mis un index en service sur « {self.where} » entre-temps ; le sien est "
                "gardé. Relancez : assistant ingest"
            )

    def _point_to(self, generation: str) -> None:
        self.server.note(self._name("current"), **{_POINTER: generation})
        self._started_from, self._asked = generation, None

    def _held(self) -> list[str]:
        start = self._name("")
        names = (name.removeprefix(start) for name in self.server.names(start))
        return [name for name in names if name != "current"]

    def _name(self, generation: str) -> str:
        return f"{self.collection}.{generation}"


def _is_abandoned(generation: str) -> bool:
    """Whether a generation that isn't whole was begun too long ago to be still written."""
    try:
        begun = datetime.strptime(generation.partition("-")[0], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return False
    return datetime.now(UTC) - begun > _ABANDONED_AFTER
