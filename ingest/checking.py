"""What of an index isn't what was written, or doesn't answer: what has to be written again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np

from ingest.chunk_store import PassageStore, open_chunks
from ingest.errors import ForeignIndex
from ingest.generations import Generations, Manifest
from ingest.index import VectorStore
from ingest.kept import Kept
from ingest.lexical import analyse, open_lexical
from ingest.sealed import (
    CHROMA,
    KEPT_NAME,
    LEXICAL,
    MANIFEST_NAME,
    PASSAGES,
    VOCABULARY,
    damaged_parts,
    in_french,
)
from ingest.vocabulary import read_vocabulary

_ALIKE = 0.99


def failing_parts(generations: Generations, manifest: Manifest) -> frozenset[str]:
    """Compare the files of a generation with their digests, open them, count, and ask for what is there.

    Raises:
        IngestError: there is no place to open it.
    """
    folder = generations.path(manifest.generation)
    passages = passages_part(manifest)
    here = set() if generations.words_apart else {passages, LEXICAL, VOCABULARY}
    sealed = {name.partition("/")[0] for name in manifest.files}
    failing = here - sealed | damaged_parts(folder, manifest.files)
    text = ""
    if passages not in failing:
        try:
            with closing(open_passages(generations, manifest)) as store:
                text = _first_text(store)
                if store.count() != manifest.chunks or not _finds_itself(store):
                    failing.add(passages)
        except ForeignIndex:
            failing.add(passages)
    if LEXICAL in here - failing and not _words_answer(folder, manifest, text):
        failing.add(LEXICAL)
    if VOCABULARY in here - failing and read_vocabulary(folder) is None:
        failing.add(VOCABULARY)
    return frozenset(failing)


def ailments(generations: Generations) -> list[str]:
    """Name in French what of the current index isn't what was written, whether or not it serves without.

    Raises:
        NoIndex: there is none.
        ForeignIndex: its manifest can't be read.
        IngestError: there is no place to open it.
    """
    manifest = generations.manifest()
    mistold = [] if generations.points_to(manifest) else [MANIFEST_NAME]
    worn = [KEPT_NAME] if Kept(generations.kept).damaged() else []
    return mistold + in_french(failing_parts(generations, manifest)) + worn


def passages_part(manifest: Manifest) -> str:
    """Name the part of a generation that holds its passages."""
    return CHROMA if manifest.has_vectors else PASSAGES


def open_passages(generations: Generations, manifest: Manifest) -> PassageStore:
    """Open the passages of a generation.

    Raises:
        ForeignIndex: they can't be read.
        IngestError: there is no place to open them, or what holds them doesn't answer.
    """
    if manifest.has_vectors:
        return generations.open_store(manifest.generation)
    return open_chunks(generations.path(manifest.generation))


def _first_text(store: PassageStore) -> str:
    return next((chunk.searched_text for chunk in store.all_chunks()), "")


def _finds_itself(store: PassageStore) -> bool:
    """Whether a chunk is among the nearest of its own vector; where there are vectors."""
    first = next((chunk.id for chunk in store.all_chunks()), None)
    if first is None or not isinstance(store, VectorStore):
        return True
    vector = store.vectors([first]).get(first)
    if vector is None:
        return False
    return not np.any(vector) or max(store.search(vector, 1).values(), default=0.0) >= _ALIKE


def _words_answer(folder: Path, manifest: Manifest, text: str) -> bool:
    words = open_lexical(folder / LEXICAL)
    if words is None or len(words) != manifest.chunks:
        return False
    return not analyse(text) or bool(words.search(text, 1))
