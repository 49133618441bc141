"""The passages of a generation that has no vectors yet: an SQLite file, read while they are computed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

from ingest.chunk import Chunk, chunk_from_json
from ingest.errors import ForeignIndex
from ingest.vectors import Vectors

_FILE = "chunks.sqlite"
_ASKED_AT_ONCE = 500


class PassageStore(Protocol):
    """The passages of a generation, with their vectors or without."""

    def count(self) -> int:
        """Return the number of chunks."""
        ...

    def search(self, vector: Vectors, limit: int, scheme_id: str | None = None) -> dict[str, float]:
        """Return the ids of the chunks nearest to a vector with their cosine similarity, best first."""
        ...

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Return chunks by id; unknown ids are left out."""
        ...

    def scheme_chunks(self, scheme_id: str) -> list[Chunk]:
        """Return every chunk of a scheme's fiche."""
        ...

    def document_chunks(self, document_id: str) -> list[Chunk]:
        """Return every chunk of a document, in its order; none of one that isn't there."""
        ...

    def all_chunks(self) -> Iterator[Chunk]:
        """Read every chunk."""
        ...

    def close(self) -> None:
        """Release the files."""
        ...


class ChunkStore:
    """A :class:`PassageStore` without vectors: nothing is near anything."""

    def __init__(self, folder: Path) -> None:
        """Use :func:`write_chunks` or :func:`open_chunks`."""
        self._path = folder / _FILE

    def count(self) -> int:
        """Return the number of chunks."""
        ((number,),) = self._rows("SELECT count(*) FROM chunks")
        return int(str(number))

    def search(self, vector: Vectors, limit: int, scheme_id: str | None = None) -> dict[str, float]:
        """Find nothing: there are no vectors."""
        return {}

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Return chunks by id; unknown ids are left out."""
        found: dict[str, Chunk] = {}
        for start in range(0, len(ids), _ASKED_AT_ONCE):
            part = ids[start : start + _ASKED_AT_ONCE]
            marks = ",".join("?" * len(part))
            rows = self._rows(f"SELECT id, chunk FROM chunks WHERE id IN ({marks})", part)  # noqa: S608
            found.update((str(name), chunk_from_json(str(text))) for name, text in rows)
        return {name: found[name] for name in ids if name in found}

    def scheme_chunks(self, scheme_id: str) -> list[Chunk]:
        """Return every chunk of a scheme's fiche."""
        rows = self._rows("SELECT chunk FROM chunks WHERE scheme = ? ORDER BY place", (scheme_id,))
        return [chunk_from_json(str(text)) for (text,) in rows]

    def document_chunks(self, document_id: str) -> list[Chunk]:
        """Return every chunk of a document, in its order; none of one that isn't there."""
        start = f"{document_id}#"  # a chunk's id begins with its document's
        rows = self._rows(
            "SELECT chunk FROM chunks WHERE substr(id, 1, length(?)) = ? ORDER BY place", (start, start)
        )
        return [chunk_from_json(str(text)) for (text,) in rows]

    def all_chunks(self) -> Iterator[Chunk]:
        """Read every chunk, in order."""
        return (
            chunk_from_json(str(text)) for (text,) in self._rows("SELECT chunk FROM chunks ORDER BY place")
        )

    def close(self) -> None:
        """Release nothing: the file is opened for each reading."""

    def _rows(self, query: str, values: Sequence[str] = ()) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return database.execute(query, tuple(values)).fetchall()


def write_chunks(folder: Path, chunks: Iterable[Chunk]) -> ChunkStore:
    """Write the passages of a generation in its folder."""
    with closing(sqlite3.connect(folder / _FILE)) as database:
        database.execute("CREATE TABLE chunks (place INTEGER PRIMARY KEY, id TEXT, scheme TEXT, chunk TEXT)")
        database.executemany(
            "INSERT INTO chunks (id, scheme, chunk) VALUES (?, ?, ?)",
            ((chunk.id, chunk.scheme_id, chunk.to_json()) for chunk in chunks),
        )
        database.execute("CREATE UNIQUE INDEX by_id ON chunks (id)")
        database.execute("CREATE INDEX by_scheme ON chunks (scheme)")
        database.commit()
    return ChunkStore(folder)


def open_chunks(folder: Path) -> ChunkStore:
    """Open the passages of a generation without vectors.

    Raises:
        ForeignIndex: the file is missing or damaged.
    """
    store = ChunkStore(folder)
    try:
        store.count()
    except sqlite3.Error as error:
        raise ForeignIndex(f"L’index de « {folder} » est incomplet. Relancez : assistant ingest") from error
    return store
