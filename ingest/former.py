"""The passages that serve while an ingestion runs: what was indexed of a document before."""

from __future__ import annotations

from pathlib import Path

from ingest.checking import open_passages, passages_part
from ingest.chunk import Chunk
from ingest.chunk_store import PassageStore
from ingest.errors import ForeignIndex
from ingest.generations import Generations, Manifest


class FormerPassages:
    """Passages of the generation before, opened when they are first asked for.

    Attributes:
        is_damaged: whether they can't be read any more; there are none then.
    """

    def __init__(self, generations: Generations, before: Manifest | None, failing: frozenset[str]) -> None:
        """Open nothing yet.

        Args:
            generations: where the generation before is.
            before: its manifest; None when there is none.
            failing: what of it isn't what was written (:func:`ingest.checking.failing_parts`).
        """
        self._generations = generations
        self._before = before
        self._store: PassageStore | None = None
        self.is_damaged = before is not None and passages_part(before) in failing

    def holds(self, document_id: str) -> bool:
        """Whether a document was indexed before."""
        return self._before is not None and document_id in self._before.documents

    def origin(self, document_id: str) -> str | None:
        """The file that a document was read from; None of a fiche, or when that wasn't written down."""
        return self._before.origins.get(document_id) if self._before else None

    def below(self, path: Path) -> list[str]:
        """Ids of the documents that were read from a file, or from files below a folder."""
        origins = self._before.origins if self._before else {}
        return [name for name, origin in origins.items() if Path(origin).is_relative_to(path)]

    def is_same(self, document_id: str, fingerprint: str) -> bool:
        """Whether a document was indexed whole from a file with that fingerprint."""
        return self._before is not None and self._before.fingerprints.get(document_id) == fingerprint

    def of(self, document_id: str) -> tuple[Chunk, ...]:
        """The passages of a document, in order; none when they aren't all there."""
        if self._before is None or self.is_damaged or not self.holds(document_id):
            return ()
        try:
            chunks = tuple(self._opened(self._before).document_chunks(document_id))
        except ForeignIndex:
            self.is_damaged = True
            return ()
        return chunks if len(chunks) == self._before.documents[document_id] else ()

    def close(self) -> None:
        """Release the files."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> FormerPassages:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Release the files."""
        self.close()

    def _opened(self, before: Manifest) -> PassageStore:
        if self._store is None:
            self._store = open_passages(self._generations, before)
        return self._store
