"""The words of a generation that a server holds: read from it once by each machine, and kept by digest."""

from __future__ import annotations

import json
import logging
import shutil
from collections import Counter
from pathlib import Path
from uuid import uuid4

from ingest.chunk_store import PassageStore
from ingest.generations import Manifest
from ingest.lexical import LETTERS_UP_TO, LexicalIndex, build_lexical, open_lexical
from ingest.native import NotWritten
from ingest.sealed import LEXICAL, damaged_parts, seal
from ingest.vocabulary import Vocabulary, read_vocabulary, write_vocabulary

log = logging.getLogger(__name__)
_SEALED = "sealed.json"


def own_words(folder: Path, manifest: Manifest, store: PassageStore) -> tuple[LexicalIndex, Vocabulary]:
    """Give the index of words and the vocabulary of a generation; built of its passages unless they are kept.

    Args:
        folder: where they are kept; nothing is, in one that can't be written to.
        manifest: of the generation: what bears its digest and is whole is believed.
        store: its passages.
    """
    place = folder / f"{manifest.corpus_hash[:32]}-{manifest.chunks}"
    if kept := _read(place, manifest.chunks):
        return kept
    draft = folder / f"{place.name}.{uuid4().hex[:8]}.tmp"
    try:
        words, counts = _build(draft / LEXICAL, store, manifest.chunks)
        write_vocabulary(draft, counts)
        (draft / _SEALED).write_text(json.dumps(seal(draft)), encoding="utf-8")
        for old in [path for path in folder.iterdir() if path != draft]:
            shutil.rmtree(old, ignore_errors=True)
        draft.rename(place)
        return _read(place, manifest.chunks) or (words, counts)
    except (OSError, NotWritten) as error:
        log.warning("the words of the index aren't kept in %s: %s", folder, error)
        shutil.rmtree(draft, ignore_errors=True)
        return _build(None, store, manifest.chunks)


def _build(folder: Path | None, store: PassageStore, size: int) -> tuple[LexicalIndex, Vocabulary]:
    counts: Counter[str] = Counter()
    rows = ((chunk.id, chunk.scheme_id, chunk.searched_text) for chunk in store.all_chunks())
    return build_lexical(folder, rows, letters=size <= LETTERS_UP_TO, counts=counts), counts


def _read(place: Path, size: int) -> tuple[LexicalIndex, Vocabulary] | None:
    try:
        sealed = json.loads((place / _SEALED).read_text(encoding="utf-8"))
        if not isinstance(sealed, dict) or damaged_parts(place, sealed):
            return None
    except (OSError, ValueError, AttributeError):
        return None
    words, vocabulary = open_lexical(place / LEXICAL), read_vocabulary(place)
    if words is None or vocabulary is None or len(words) != size:
        return None
    return words, vocabulary
