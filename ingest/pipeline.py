"""Run an ingestion: load, chunk, embed what is new, copy what isn't, make the result current."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.fiches.catalogue import SCHEMES_DIR, load_catalogue
from corpus.fiches.document import Document
from ingest.chunk import CHUNKER_VERSION, Chunk, chunk_document
from ingest.embed import Embedder, Vectors
from ingest.errors import ForeignIndex, LoadError
from ingest.generations import FORMAT, Generations, Manifest
from ingest.index import VectorStore, create_store, open_store
from ingest.lexical import LETTERS_UP_TO, build_lexical
from ingest.load import READERS, find_files, load_page
from ingest.spool import ChunkSpool
from ingest.vocabulary import write_vocabulary

_BATCH = 512
Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done and what there is in all."""


def _silent(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did.

    Attributes:
        generation: the current generation after the run.
        documents: number of documents indexed.
        chunks: number of chunks indexed.
        embedded: chunks that went through the encoder.
        copied: chunks whose vectors were copied from the generation before.
        removed: ids of the documents that are gone.
        up_to_date: nothing had changed, nothing was written.
        paths: the recorded paths after the run.
    """

    generation: str
    documents: int
    chunks: int
    embedded: int
    copied: int
    removed: tuple[str, ...] = ()
    up_to_date: bool = False
    paths: tuple[str, ...] = field(default=())


def ingest(
    generations: Generations,
    embedder: Embedder,
    paths: Sequence[Path] = (),
    forget: Sequence[Path] = (),
    *,
    schemes_dir: Path = SCHEMES_DIR,
    progress: Progress = _silent,
) -> IngestReport:
    """Index the fiches and the recorded paths, with ``paths`` added and ``forget`` taken out.

    The current generation serves until the new one is whole; a run that dies leaves it untouched.

    Raises:
        CorpusError: a fiche is wrong; every mistake is listed.
        LoadError: a path or a file can't be read.
        IngestBusy: another ingestion is running on this index.
        EmbedderError: the encoder failed.
    """
    with generations.locked():
        before = _manifest_before(generations)
        recorded = _recorded_paths(generations.recorded_paths(), paths, forget)
        generations.clean(previous=before.previous if before else None)
        with ChunkSpool(_chunks(load_documents(recorded, schemes_dir, progress))) as chunks:
            if before and _is_current(before, chunks.digest, recorded, embedder):
                return _report(before, 0, 0, (), up_to_date=True)
            return _write(generations, embedder, before, chunks, recorded, progress)


def index_documents(
    generations: Generations, embedder: Embedder, documents: Iterable[Document], progress: Progress = _silent
) -> IngestReport:
    """Index documents that are already loaded, and nothing else, as a new current generation.

    Args:
        generations: where to.
        embedder: encodes them.
        documents: read once, one at a time.
        progress: see :data:`Progress`.

    Raises:
        IngestBusy: another ingestion is running on this index.
    """
    with generations.locked(), ChunkSpool(_chunks(documents)) as chunks:
        before = _manifest_before(generations)
        return _write(generations, embedder, before, chunks, (), progress)


def load_documents(recorded: Sequence[str], schemes_dir: Path, progress: Progress) -> Iterator[Document]:
    """Load the fiches, then every file of the recorded paths, once each and one at a time."""
    for fiche in load_catalogue(schemes_dir).fiches.values():
        yield fiche.as_document
    files = dict.fromkeys(file.resolve() for path in recorded for file in _files_of(Path(path)))
    for number, file in enumerate(files, 1):
        yield load_page(file)
        progress("lecture", number, len(files))


def _chunks(documents: Iterable[Document]) -> Iterator[Chunk]:
    return (chunk for document in documents for chunk in chunk_document(document))


def _files_of(path: Path) -> list[Path]:
    """Files of a recorded path; a file that is gone is a removed document, not an error."""
    return find_files(path) if path.exists() else []


def _manifest_before(generations: Generations) -> Manifest | None:
    """Manifest of the current generation; None when there is none or it can't be used."""
    if generations.current() is None:
        return None
    try:
        return generations.manifest()
    except ForeignIndex:
        return None


def _recorded_paths(
    before: Sequence[str], added: Sequence[Path], forgotten: Sequence[Path]
) -> tuple[str, ...]:
    recorded = dict.fromkeys(before)
    for path in added:
        if not find_files(path):
            raise LoadError(
                f"« {path} » ne contient aucun fichier d’un format connu ({', '.join(sorted(READERS))}). "
                "Ajoutez-y un document ou donnez un autre chemin ; rien n’a été indexé."
            )
        recorded[str(path.resolve())] = None
    for path in forgotten:
        name = str(path.resolve())
        if name not in recorded:
            known = ", ".join(recorded) or "aucun"
            raise LoadError(f"« {path} » n’est pas un chemin enregistré. Chemins enregistrés : {known}.")
        del recorded[name]
    return tuple(recorded)


def _is_current(before: Manifest, digest: str, recorded: tuple[str, ...], embedder: Embedder) -> bool:
    return (
        before.corpus_hash == digest
        and before.paths == recorded
        and before.encoder == embedder.name
        and before.dimension == embedder.dimension
        and before.chunker == CHUNKER_VERSION
    )


def _write(
    generations: Generations,
    embedder: Embedder,
    before: Manifest | None,
    chunks: ChunkSpool,
    recorded: tuple[str, ...],
    progress: Progress,
) -> IngestReport:
    generation = generations.start()
    folder = generations.path(generation)
    store = create_store(folder / "chroma", generations.collection, len(chunks))
    old = _store_before(generations, embedder, before)
    try:
        copied = _fill(store, old, embedder, chunks, progress)
        _write_words(folder, chunks)
        if store.count() != len(chunks):
            raise ForeignIndex(
                f"L’index écrit compte {store.count()} passages au lieu de {len(chunks)} : il n’est pas mis "
                "en service. Relancez : assistant ingest"
            )
    finally:
        store.close()
        if old is not None:
            old.close()
    manifest = Manifest(
        format=FORMAT,
        generation=generation,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=embedder.name,
        dimension=embedder.dimension,
        chunker=CHUNKER_VERSION,
        corpus_hash=chunks.digest,
        paths=recorded,
        documents=chunks.documents,
        chunks=len(chunks),
        previous=before.generation if before else None,
    )
    generations.finish(manifest)
    generations.clean(previous=manifest.previous)
    removed = tuple(sorted(set(before.documents) - set(chunks.documents))) if before else ()
    return _report(manifest, len(chunks) - copied, copied, removed)


def _store_before(
    generations: Generations, embedder: Embedder, before: Manifest | None
) -> VectorStore | None:
    """The vectors of the generation before, when the same encoder made them and they can be read."""
    if before is None or (before.encoder, before.dimension) != (embedder.name, embedder.dimension):
        return None
    try:
        return open_store(generations.path(before.generation) / "chroma", generations.collection)
    except ForeignIndex:
        return None


def _fill(
    store: VectorStore, old: VectorStore | None, embedder: Embedder, chunks: ChunkSpool, progress: Progress
) -> int:
    """Write every chunk with its vector, copied where the generation before has it; return how many were."""
    copied = done = 0
    for batch in chunks.batches(_BATCH):
        known = old.vectors([chunk.id for chunk in batch]) if old is not None else {}
        store.add(batch, _vectors(embedder, batch, known))
        copied += len(known)
        done += len(batch)
        progress("indexation", done, len(chunks))
    return copied


def _vectors(embedder: Embedder, batch: Sequence[Chunk], known: Mapping[str, Vectors]) -> Vectors:
    new = [chunk for chunk in batch if chunk.id not in known]
    made = embedder.embed_passages([chunk.embedded_text for chunk in new])
    vectors = {**known, **dict(zip((chunk.id for chunk in new), made, strict=True))}
    return np.stack([vectors[chunk.id] for chunk in batch])


def _write_words(folder: Path, chunks: ChunkSpool) -> None:
    """Write the index of words and letters, and the vocabulary, in one reading."""
    counts: Counter[str] = Counter()
    rows = ((chunk.id, chunk.scheme_id, chunk.searched_text) for chunk in chunks)
    build_lexical(folder / "lexical", rows, letters=len(chunks) <= LETTERS_UP_TO, counts=counts)
    write_vocabulary(folder, counts)


def _report(
    manifest: Manifest, embedded: int, copied: int, removed: tuple[str, ...], *, up_to_date: bool = False
) -> IngestReport:
    return IngestReport(
        generation=manifest.generation,
        documents=len(manifest.documents),
        chunks=manifest.chunks,
        embedded=embedded,
        copied=copied,
        removed=removed,
        up_to_date=up_to_date,
        paths=manifest.paths,
    )
