"""Run an ingestion: load, chunk, embed what is new, copy what isn't, make the result current."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.catalogue import SCHEMES_DIR, load_catalogue
from corpus.document import Document
from ingest.chunk import CHUNKER_VERSION, Chunk, chunk_document
from ingest.embed import Embedder, Vectors
from ingest.errors import ForeignIndex, LoadError
from ingest.generations import FORMAT, Generations, Manifest
from ingest.index import VectorStore, create_store, open_store
from ingest.lexical import build_lexical
from ingest.load import READERS, find_files, load_page
from ingest.vocabulary import vocabulary_of, write_vocabulary

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
        documents = load_documents(recorded, schemes_dir, progress)
        chunks = [chunk for document in documents for chunk in chunk_document(document)]
        digest = _corpus_hash(chunks)
        if before and _is_current(before, digest, recorded, embedder):
            return _report(before, 0, 0, (), up_to_date=True)
        return _write(generations, embedder, before, chunks, recorded, digest, progress)


def index_documents(
    generations: Generations, embedder: Embedder, documents: Sequence[Document]
) -> IngestReport:
    """Index documents that are already loaded, and nothing else, as a new current generation.

    Raises:
        IngestBusy: another ingestion is running on this index.
    """
    with generations.locked():
        chunks = [chunk for document in documents for chunk in chunk_document(document)]
        before = _manifest_before(generations)
        return _write(generations, embedder, before, chunks, (), _corpus_hash(chunks), _silent)


def load_documents(recorded: Sequence[str], schemes_dir: Path, progress: Progress) -> list[Document]:
    """Load the fiches, then every file of the recorded paths, once each."""
    documents = [fiche.document() for fiche in load_catalogue(schemes_dir).fiches.values()]
    files = dict.fromkeys(file.resolve() for path in recorded for file in _files_of(Path(path)))
    for number, file in enumerate(files, 1):
        documents.append(load_page(file))
        progress("lecture", number, len(files))
    return documents


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


def _corpus_hash(chunks: Sequence[Chunk]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk.to_json().encode())
        digest.update(b"\n")
    return digest.hexdigest()


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
    chunks: list[Chunk],
    recorded: tuple[str, ...],
    digest: str,
    progress: Progress,
) -> IngestReport:
    known = _known_vectors(generations, embedder, before, chunks)
    generation = generations.start()
    folder = generations.path(generation)
    store = create_store(folder / "chroma", generations.collection)
    try:
        _fill(store, embedder, chunks, known, progress)
        build_lexical(
            folder / "lexical", ((chunk.id, chunk.scheme_id, chunk.searched_text) for chunk in chunks)
        )
        write_vocabulary(folder, vocabulary_of(chunk.searched_text for chunk in chunks))
        if store.count() != len(chunks):
            raise ForeignIndex(
                f"L’index écrit compte {store.count()} passages au lieu de {len(chunks)} : il n’est pas mis "
                "en service. Relancez : assistant ingest"
            )
    finally:
        store.close()
    counts: dict[str, int] = {}
    for chunk in chunks:
        counts[chunk.document_id] = counts.get(chunk.document_id, 0) + 1
    manifest = Manifest(
        format=FORMAT,
        generation=generation,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=embedder.name,
        dimension=embedder.dimension,
        chunker=CHUNKER_VERSION,
        corpus_hash=digest,
        paths=recorded,
        documents=counts,
        chunks=len(chunks),
        previous=before.generation if before else None,
    )
    generations.finish(manifest)
    generations.clean(previous=manifest.previous)
    removed = tuple(sorted(set(before.documents) - set(counts))) if before else ()
    return _report(manifest, len(chunks) - len(known), len(known), removed)


def _known_vectors(
    generations: Generations, embedder: Embedder, before: Manifest | None, chunks: Sequence[Chunk]
) -> dict[str, Vectors]:
    """Vectors of the generation before for chunks with the same content and encoder."""
    if before is None or (before.encoder, before.dimension) != (embedder.name, embedder.dimension):
        return {}
    try:
        store = open_store(generations.path(before.generation) / "chroma", generations.collection)
    except ForeignIndex:
        return {}
    try:
        return store.vectors([chunk.id for chunk in chunks])
    finally:
        store.close()


def _fill(
    store: VectorStore,
    embedder: Embedder,
    chunks: Sequence[Chunk],
    known: dict[str, Vectors],
    progress: Progress,
) -> None:
    for start in range(0, len(chunks), _BATCH):
        batch = chunks[start : start + _BATCH]
        new = [chunk for chunk in batch if chunk.id not in known]
        vectors = dict(
            zip(
                (chunk.id for chunk in new),
                embedder.embed_passages([chunk.embedded_text for chunk in new]),
                strict=True,
            )
        )
        store.add(batch, np.stack([known.get(c.id, vectors.get(c.id)) for c in batch]))  # type: ignore[misc]
        progress("indexation", start + len(batch), len(chunks))


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
