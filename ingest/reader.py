"""Open the current generation for search, and follow it when another one becomes current."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from ingest.checking import open_passages, passages_part
from ingest.chunk_store import PassageStore
from ingest.embed import Embedder
from ingest.errors import ForeignIndex
from ingest.generations import Generations, Manifest
from ingest.lexical import LETTERS_UP_TO, LexicalIndex, build_lexical, open_lexical
from ingest.own_words import own_words
from ingest.sealed import LEXICAL, VOCABULARY, damaged_parts, in_french
from ingest.vocabulary import Vocabulary, read_vocabulary, vocabulary_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One generation, open for search."""

    manifest: Manifest
    vectors: PassageStore
    words: LexicalIndex
    vocabulary: Vocabulary


class IndexReader:
    """Gives the current generation; thread-safe; a new one is picked up at the next call."""

    def __init__(self, generations: Generations, embedder: Embedder) -> None:
        """Name the generations to follow and the encoder that questions go through."""
        self._generations = generations
        self._embedder = embedder
        self._lock = threading.Lock()
        self._open: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """Return the current generation, opened.

        Raises:
            NoIndex: nothing was ingested yet.
            ForeignIndex: the index was made with another encoder or version, or is damaged.
        """
        with self._lock:
            current = self._generations.current()
            if self._open is None or self._open.manifest.generation != current:
                # The former snapshot isn't closed here: a request may still be reading it.
                self._open = open_generation(self._generations, self._embedder)
            return self._open

    def reopened(self) -> Snapshot:
        """Drop what is open and open again: for a read that failed once."""
        with self._lock:
            self._open = None
        return self.snapshot()


def open_generation(generations: Generations, embedder: Embedder) -> Snapshot:
    """Open the current generation after checking that it fits the encoder.

    Raises:
        NoIndex: nothing was ingested yet.
        ForeignIndex: another encoder, dimension or version made it, or it's damaged.
    """
    manifest = generations.manifest()
    if (manifest.encoder, manifest.dimension) != (embedder.name, embedder.dimension):
        raise ForeignIndex(
            f"L’index de « {generations.where} » a été fait avec l’encodeur « {manifest.encoder} » "
            f"({manifest.dimension} dimensions), le réglage demande « {embedder.name} » "
            f"({embedder.dimension} dimensions). Relancez : assistant ingest"
        )
    folder = generations.path(manifest.generation)
    damaged = damaged_parts(folder, manifest.files)
    if passages_part(manifest) in damaged:
        raise ForeignIndex(
            f"L’index de « {generations.where} » est abîmé ({', '.join(in_french(damaged))}). "
            "Relancez : assistant ingest"
        )
    vectors = open_passages(generations, manifest)
    if vectors.count() != manifest.chunks:
        raise ForeignIndex(
            f"L’index de « {generations.where} » compte {vectors.count()} passages au lieu de "
            f"{manifest.chunks}. Relancez : assistant ingest"
        )
    if generations.words_apart:
        words, vocabulary = own_words(generations.path("words"), manifest, vectors)
    else:
        words, vocabulary = _sealed_words(folder, manifest, vectors, damaged)
    return Snapshot(manifest=manifest, vectors=vectors, words=words, vocabulary=vocabulary)


def _sealed_words(
    folder: Path, manifest: Manifest, vectors: PassageStore, damaged: frozenset[str]
) -> tuple[LexicalIndex, Vocabulary]:
    """The words that were written with a generation; what is damaged of them is made again, in memory."""
    words = None if LEXICAL in damaged else open_lexical(folder / LEXICAL)
    if words is None or len(words) != manifest.chunks:
        log.warning("the word index of %s is damaged: built again, until the next ingest", folder)
        rows = ((chunk.id, chunk.scheme_id, chunk.searched_text) for chunk in vectors.all_chunks())
        words = build_lexical(None, rows, letters=manifest.chunks <= LETTERS_UP_TO)
    vocabulary = None if VOCABULARY in damaged else read_vocabulary(folder)
    if vocabulary is None:
        log.warning("the vocabulary of %s is damaged: counted again, until the next ingest", folder)
        vocabulary = vocabulary_of(chunk.searched_text for chunk in vectors.all_chunks())
    return words, vocabulary
