"""Keep the vectors of texts on disk, so that a text is encoded once whoever asks for it.

An SQLite file for each encoder, shared by several processes. Vectors are kept as float16, and what was just
encoded is given back as it's kept: a text has the same vector the first time and the next.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from ingest.embed import Embedder
from ingest.text_embedder import Task
from ingest.vectors import Vectors, unit

_KEPT_AS = np.dtype("<f2")
_ROUNDING = 0.01
_WAIT_S = 60.0
_ASKED_AT_ONCE = 500
# Texts encoded between two writes: what a killed ingestion loses.
_BATCH = 64
_log = logging.getLogger(__name__)


class VectorCache:
    """The kept vectors of one encoder, by task and text; a file that can't be used is never an error."""

    def __init__(self, folder: Path, encoder: str, dimension: int) -> None:
        """Name the file of an encoder in a folder; both are made when something is kept.

        Args:
            folder: where the files are.
            encoder: the encoder's name, which tells its weights.
            dimension: length of its vectors.
        """
        slug = re.sub(r"[^A-Za-z0-9]++", "-", encoder).strip("-")[:60]
        self._path = folder / f"{slug}-{hashlib.sha256(encoder.encode()).hexdigest()[:12]}.sqlite"
        self._bytes = dimension * _KEPT_AS.itemsize

    def find(self, task: Task, texts: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors kept for some of the texts, rows of norm 1."""
        if not self._path.is_file():
            return {}
        keys = {_key(task, text): text for text in texts}
        found: dict[str, Vectors] = {}
        with self._failing_softly(), closing(self._opened()) as database:
            for key, row in _rows(database, list(keys)):
                if len(row) == self._bytes and _is_whole(row):  # else it's encoded again
                    found[keys[key]] = _restored(row)
        return found

    def keep(self, task: Task, rows: Mapping[str, bytes]) -> None:
        """Keep the vectors of texts as :func:`_rounded` makes them; other processes may do so meanwhile."""
        with self._failing_softly(), closing(self._opened()) as database:
            database.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                [(_key(task, text), row) for text, row in rows.items()],
            )
            database.commit()

    @contextmanager
    def _failing_softly(self) -> Iterator[None]:
        """Go on without what can't be read or written; a damaged file is removed."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            _log.warning("vectors are not kept in %s: %s", self._path, error)
            if not isinstance(error, OSError | sqlite3.OperationalError):
                self._path.unlink(missing_ok=True)

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._path, timeout=_WAIT_S)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
        )
        return database


class CachedEmbedder:
    """An :class:`Embedder` that encodes a text once, whatever the process; one question alone isn't kept."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        """Keep the vectors of an encoder in a folder."""
        self._embedder = embedder
        self._cache = VectorCache(folder, embedder.name, embedder.dimension)

    @property
    def name(self) -> str:
        """The encoder's own name."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._embedder.dimension

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Return the vectors of passages, shape (len(texts), dimension), rows of norm 1."""
        return self._embedded("document", texts)

    def embed_questions(self, texts: list[str]) -> Vectors:
        """Return the vectors of questions, shape (len(texts), dimension)."""
        return self._embedded("query", texts)

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimension,); what people ask is written nowhere."""
        return self._embedder.embed_question(text)

    def _embedded(self, task: Task, texts: Sequence[str]) -> Vectors:
        known = self._cache.find(task, texts)
        # By length, so that a batch is short or long as a whole.
        new = sorted((text for text in dict.fromkeys(texts) if text not in known), key=len)
        embed = self._embedder.embed_questions if task == "query" else self._embedder.embed_passages
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            made = dict(zip(batch, map(_rounded, embed(batch)), strict=True))
            self._cache.keep(task, made)
            known.update((text, _restored(row)) for text, row in made.items())
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([known[text] for text in texts])


def _rounded(vector: Vectors) -> bytes:
    """A vector as it's kept."""
    return vector.astype(_KEPT_AS).tobytes()


def _is_whole(row: bytes) -> bool:
    """Whether a kept vector is of norm 1, as all are but those of texts where nothing is known."""
    norm = float(np.linalg.norm(np.frombuffer(row, dtype=_KEPT_AS).astype(np.float32)))
    return norm == 0 or abs(norm - 1) < _ROUNDING


def _restored(row: bytes) -> Vectors:
    """A kept vector, of norm 1 again; zeros stay zeros."""
    vector: Vectors = unit(np.frombuffer(row, dtype=_KEPT_AS).astype(np.float32)[None])[0]
    return vector


def _key(task: Task, text: str) -> bytes:
    told = f"{task}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told, digest_size=16).digest()


def _rows(database: sqlite3.Connection, keys: Sequence[bytes]) -> Iterable[tuple[bytes, bytes]]:
    for start in range(0, len(keys), _ASKED_AT_ONCE):
        part = keys[start : start + _ASKED_AT_ONCE]
        marks = ",".join("?" * len(part))
        yield from database.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)  # noqa: S608
