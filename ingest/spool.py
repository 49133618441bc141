"""Chunks kept on disk between cutting and embedding, so that memory doesn't grow with the corpus."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import TemporaryFile
from types import TracebackType

from ingest.chunk import Chunk, chunk_from_json

_DIGEST_BYTES = 12


class ChunkSpool:
    """Chunks written once, read as often as needed, in their order; the file goes when it's closed.

    Attributes:
        digest: SHA-256 of the chunks, in hexadecimal.
        documents: number of chunks of each document.
        digests: digest of the chunks of each document.
    """

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        """Write the chunks to a temporary file.

        Raises:
            OSError: the disk is full.
        """
        self._file = TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed by close
        digest = hashlib.sha256()
        counts: Counter[str] = Counter()
        digests: dict[str, hashlib.blake2b] = {}
        try:
            for chunk in chunks:
                line = chunk.to_json() + "\n"  # JSON on one line: the ends of lines inside are escaped
                self._file.write(line)
                digest.update(line.encode())
                counts[chunk.document_id] += 1
                if chunk.document_id not in digests:
                    digests[chunk.document_id] = hashlib.blake2b(digest_size=_DIGEST_BYTES)
                digests[chunk.document_id].update(line.encode())
        except BaseException:
            self._file.close()
            raise
        self.digest = digest.hexdigest()
        self.documents: dict[str, int] = dict(counts)
        self.digests = {name: each.hexdigest() for name, each in digests.items()}
        self._length = counts.total()

    def __len__(self) -> int:
        """Return the number of chunks."""
        return self._length

    def __iter__(self) -> Iterator[Chunk]:
        """Read the chunks from the first; one reading at a time."""
        self._file.seek(0)
        return (chunk_from_json(line) for line in self._file)

    def batches(self, size: int) -> Iterator[list[Chunk]]:
        """Read the chunks in lists of ``size``."""
        chunks = iter(self)
        while batch := list(islice(chunks, size)):
            yield batch

    def close(self) -> None:
        """Remove the file."""
        self._file.close()

    def __enter__(self) -> ChunkSpool:
        """Return the spool."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the file."""
        self.close()
