"""The vectors of a generation in a Chroma collection, in a folder or on a server: written once, searched."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ingest.chunk import Chunk, chunk_from_json
from ingest.embed import Vectors
from ingest.errors import ForeignIndex, IngestError
from ingest.native import failures_to_write, panics_as_errors
from ingest.private_copy import PrivateCopy

_BATCH = 2000
_KEPT = 20_000
_SCHEMES_KEPT = 500
# The graph of neighbours (HNSW; Malkov and Yashunin, 2018): what finds 99 % of the exact neighbours or more
# in recombined texts, the hardest we have (docs/decisions/0008). Larger indexes need a wider search.
_GRAPH = {"space": "cosine", "ef_construction": 100, "max_neighbors": 32}
_WIDTHS = ((20_000, 1000), (200_000, 3000))
_WIDEST = 6000


class VectorStore:
    """One Chroma collection in a folder of its own."""

    def __init__(
        self,
        client: Any,
        collection: Any,
        copy: PrivateCopy | None = None,
        guard: Callable[[], AbstractContextManager[None]] = panics_as_errors,
    ) -> None:
        """Use :func:`create_store`, :func:`open_store` or a :class:`ingest.chroma_server.ChromaServer`.

        Args:
            client: closed with the store; None to leave it open.
            collection: what is read and written.
            copy: removed with the store.
            guard: held around whatever is asked of the collection: makes its errors ours.
        """
        self._collection = collection
        self._guard = guard
        self._end = weakref.finalize(self, _release, client, copy)
        self._size: int | None = None
        self._read: dict[str, Chunk] = {}
        self._of_scheme = lru_cache(maxsize=_SCHEMES_KEPT)(self._vectors_of_scheme)

    def add(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Add chunks with their vectors, shape (len(chunks), dimension).

        Their text goes into the metadata only: as Chroma documents it would be indexed a second time, for
        searches that :mod:`ingest.lexical` does, and adding would take twice as long.
        """
        self._size = None
        for start in range(0, len(chunks), _BATCH):
            part = chunks[start : start + _BATCH]
            with self._guard(), failures_to_write():
                self._collection.add(
                    ids=[chunk.id for chunk in part],
                    embeddings=vectors[start : start + len(part)],
                    metadatas=[
                        {"document": c.document_id, "scheme": c.scheme_id or "", "chunk": c.to_json()}
                        for c in part
                    ],
                )

    def count(self) -> int:
        """Return the number of chunks; counted once, a generation doesn't change after it's written."""
        if self._size is None:
            with self._guard():
                self._size = int(self._collection.count())
        return self._size

    def search(self, vector: Vectors, limit: int, scheme_id: str | None = None) -> dict[str, float]:
        """Return the ids of the chunks nearest to a vector with their cosine similarity, best first.

        Within one scheme every chunk is compared: a filtered search in Chroma walks the whole graph for them.
        """
        if scheme_id:
            return self._search_scheme(vector, limit, scheme_id)
        limit = min(limit, self.count())
        if limit == 0:
            return {}
        with self._guard():
            found = self._collection.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        return {
            name: 1.0 - float(distance)
            for name, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        }

    def _search_scheme(self, vector: Vectors, limit: int, scheme_id: str) -> dict[str, float]:
        ids, vectors = self._of_scheme(scheme_id)
        near = (vectors @ vector / max(float(np.linalg.norm(vector)), 1e-12)).tolist() if ids else []
        ranked = sorted(zip(ids, near, strict=True), key=lambda pair: (-pair[1], pair[0]))
        return dict(ranked[:limit])

    def _vectors_of_scheme(self, scheme_id: str) -> tuple[tuple[str, ...], Vectors]:
        found = self._got(where={"scheme": scheme_id}, include=["embeddings"])
        return tuple(found["ids"]), np.asarray(found["embeddings"], dtype=np.float32)

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Return chunks by id; unknown ids are left out. Those read before are kept."""
        read = self._read
        if new := [name for name in ids if name not in read]:
            found = self._got(ids=new, include=["metadatas"])
            fresh = {
                name: chunk_from_json(metadata["chunk"])
                for name, metadata in zip(found["ids"], found["metadatas"], strict=True)
            }
            if len(read) + len(fresh) > _KEPT:
                self._read = read = {name: read[name] for name in ids if name in read}
            read.update(fresh)
        return {name: read[name] for name in ids if name in read}

    def scheme_chunks(self, scheme_id: str) -> list[Chunk]:
        """Return every chunk of a scheme's fiche."""
        ids, _ = self._of_scheme(scheme_id)
        return list(self.chunks(ids).values())

    def document_chunks(self, document_id: str) -> list[Chunk]:
        """Return every chunk of a document, in its order; none of one that isn't there."""
        found = self._got(where={"document": document_id}, include=["metadatas"])
        return [chunk_from_json(metadata["chunk"]) for metadata in found["metadatas"]]

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Return stored vectors by chunk id; unknown ids are left out."""
        result: dict[str, Vectors] = {}
        for start in range(0, len(ids), _BATCH):
            found = self._got(ids=list(ids[start : start + _BATCH]), include=["embeddings"])
            vectors = np.asarray(found["embeddings"], dtype=np.float32)
            result.update(zip(found["ids"], vectors, strict=True))
        return result

    def all_chunks(self) -> Iterator[Chunk]:
        """Read every chunk, a batch at a time."""
        for offset in range(0, self.count(), _BATCH):
            found = self._got(limit=_BATCH, offset=offset, include=["metadatas"])
            for metadata in found["metadatas"]:
                yield chunk_from_json(metadata["chunk"])

    def _got(self, **asked: Any) -> Any:
        with self._guard():
            return self._collection.get(**asked)

    def close(self) -> None:
        """Release the files."""
        self._collection = None
        self._end()


def create_store(folder: Path, collection: str, size: int = 0) -> VectorStore:
    """Create an empty store in a folder; distances are cosine distances.

    Args:
        folder: where.
        collection: its name.
        size: how many chunks it will hold: the more, the wider a search has to look.
    """
    with failures_to_write():
        client = _client(folder)
        made = client.create_collection(
            name=collection,
            embedding_function=None,
            configuration=collection_settings(size),
        )
    return VectorStore(client, made)


def open_store(folder: Path, collection: str) -> VectorStore:
    """Open a copy of a store that was written before: what was written is only read.

    Raises:
        ForeignIndex: the folder holds no such collection or can't be read.
        IngestError: there is no place for the copy.
    """
    if not (folder / "chroma.sqlite3").is_file():
        raise ForeignIndex(f"L’index de « {folder} » est incomplet. Relancez : assistant ingest")
    try:
        copy = PrivateCopy(folder)
        with panics_as_errors():
            client = _client(copy.path)
            return VectorStore(client, client.get_collection(name=collection, embedding_function=None), copy)
    except IngestError:
        raise
    except Exception as error:
        raise ForeignIndex(
            f"L’index de « {folder} » est illisible ({type(error).__name__}). Relancez : assistant ingest"
        ) from error


def collection_settings(size: int) -> dict[str, Any]:
    """Return how a collection is made that will hold so many chunks: the more, the wider a search looks."""
    return {"hnsw": {**_GRAPH, "ef_search": _width(size)}}


def _release(client: Any, copy: PrivateCopy | None) -> None:
    if client is not None:
        client.close()
    if copy is not None:
        copy.close()


def _width(size: int) -> int:
    """Return how many candidates a search keeps for an index of a size."""
    return next((width for most, width in _WIDTHS if size <= most), _WIDEST)


def _client(folder: Path) -> Any:
    # Half a second, that an ingestion with nothing to do doesn't pay.
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    return chromadb.PersistentClient(path=str(folder), settings=settings)
