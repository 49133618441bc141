"""Run an ingestion: load, chunk, embed what is new, copy what isn't, make the result current."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import numpy as np

from corpus.fiches.catalogue import SCHEMES_DIR, Catalogue
from corpus.fiches.document import Document
from ingest.changes import Changes, find_changes
from ingest.checking import failing_parts, passages_part
from ingest.chunk import CHUNKER_VERSION, Chunk, chunk_document
from ingest.chunk_store import write_chunks
from ingest.embed import Embedder, Vectors
from ingest.errors import ForeignIndex
from ingest.former import FormerPassages
from ingest.generations import FORMAT, Generations, Manifest
from ingest.index import VectorStore
from ingest.kept import Kept
from ingest.kept_catalogue import load_kept_catalogue
from ingest.lexical import LETTERS_UP_TO, build_lexical
from ingest.recorded import Reading, load_recorded, require_here, with_changes
from ingest.sealed import CHROMA, KEPT_NAME, LEXICAL, MANIFEST_NAME, VOCABULARY, in_french, seal
from ingest.spool import ChunkSpool
from ingest.vocabulary import write_vocabulary
from ingest.web.copies import Copies
from ingest.web.sources import NO_SITE, SiteChanges, forgotten_feeds, update_sites

_BATCH = 512
_PARTS = frozenset({CHROMA, LEXICAL, VOCABULARY})
# More chunks to encode than this take minutes: they are served by their words meanwhile.
WORDS_FIRST_FROM = 2000
Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done and what there is in all."""


Preparation = Callable[[Catalogue, Kept], None]
"""Called with the fiches and with the place where what is derived of them is kept."""


def _silent(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


def _nothing_more(_catalogue: Catalogue, _kept: Kept) -> None:
    """Keep nothing else."""


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
        repaired: what was damaged and was written again, in French.
        unread: of each file that couldn't be read, which and what to do; the others are indexed.
        unreachable: of each recorded path that doesn't answer, the same; what was indexed of it is kept.
        changes: what isn't as it was in the generation before; None unless it was asked for.
    """

    generation: str
    documents: int
    chunks: int
    embedded: int
    copied: int
    removed: tuple[str, ...] = ()
    up_to_date: bool = False
    paths: tuple[str, ...] = field(default=())
    repaired: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()
    changes: Changes | None = None


def ingest(
    generations: Generations,
    embedder: Embedder,
    paths: Sequence[Path] = (),
    forget: Sequence[Path] = (),
    *,
    schemes_dir: Path = SCHEMES_DIR,
    progress: Progress = _silent,
    prepare: Preparation = _nothing_more,
    compares: bool = False,
    sites: SiteChanges = NO_SITE,
) -> IngestReport:
    """Index the fiches and the recorded paths, with ``paths`` added and ``forget`` taken out.

    The current generation serves until the new one is whole; a run that dies leaves it untouched. When many
    passages have to be encoded, a generation that is searched by words alone serves meanwhile.

    Args:
        generations: where to.
        embedder: encodes what is new.
        paths: files and folders to add to those recorded.
        forget: recorded paths to take out, those of feeds too.
        schemes_dir: the fiches.
        progress: see :data:`Progress`.
        prepare: keeps what else is derived of the fiches, before the new generation serves.
        compares: whether the report tells what changes.
        sites: what to add, take out and visit again of the web; else the copies there are serve.

    Raises:
        CorpusError: a fiche is wrong; every mistake is listed.
        LoadError: a path or an address doesn't exist or holds nothing that can be read.
        IngestBusy: another ingestion is running on this index.
        EmbedderError: the encoder failed.
    """
    with generations.locked():
        before = generations.latest()
        known = before.sites if before else ()
        forget, sites = forgotten_feeds(generations.web, known, forget, sites)
        recorded = with_changes(generations.recorded_paths(), paths, forget)
        if generations.words_apart:  # several machines ingest there
            require_here(recorded)
        generations.clean(*((before.generation, before.previous) if before else ()))
        mended = [MANIFEST_NAME] if before and generations.mend(before) else []
        kept = Kept(generations.kept, writes=True)
        mended += [KEPT_NAME] if before and kept.damaged() else []
        catalogue = load_kept_catalogue(kept, schemes_dir)
        prepare(catalogue, kept)
        reading = Reading(recorded)
        reading.unreachable += update_sites(generations.web, known, sites, progress)
        copies = Copies(generations.web)
        record = copies.record()
        reading.sites = tuple(record.sites)
        reading.pages = tuple((copies.path(copy), copy.page) for copy in record.copies.values())
        failing = failing_parts(generations, before) if before else frozenset()
        with FormerPassages(generations, before, failing) as former:
            read = chain(
                (fiche.as_document for fiche in catalogue.fiches.values()),
                load_recorded(reading, former, progress),
            )
            with ChunkSpool(_chunks(read)) as chunks:
                changes = find_changes(chunks, reading.origins, before, former) if compares else None
                former.close()  # its copy of the passages goes before another is made
                report = _index(generations, embedder, before, failing, chunks, reading, progress)
        return replace(
            report,
            repaired=(*mended, *report.repaired),
            unread=tuple(reading.unread),
            unreachable=tuple(reading.unreachable),
            changes=changes,
        )


def _index(
    generations: Generations,
    embedder: Embedder,
    before: Manifest | None,
    failing: frozenset[str],
    chunks: ChunkSpool,
    reading: Reading,
    progress: Progress,
) -> IngestReport:
    """Make a generation of the passages current, unless the current one is of the same and is whole."""
    same = before is not None and _is_of(before, chunks.digest, reading.recorded, embedder)
    if before and same and before.has_vectors and not failing:
        amended = replace(
            before, origins=reading.origins, fingerprints=reading.fingerprints, sites=reading.sites
        )
        if amended != before:
            generations.amend(amended)
        return _report(before, 0, 0, (), up_to_date=True)
    removed = tuple(sorted(set(before.documents) - set(chunks.documents))) if before else ()
    whole = before and same and before.has_vectors and not generations.words_apart
    sound = _PARTS - failing if whole else frozenset()
    with _vectors_before(generations, embedder, before, failing) as old:
        serves = before and same and passages_part(before) not in failing
        if not serves and not generations.words_apart and _takes_long(chunks, old):
            before = _write_first(generations, embedder, before, chunks, reading, progress)
        report = _write(generations, embedder, before, old, chunks, reading, progress, sound)
    return replace(report, removed=removed, repaired=tuple(in_french(failing)) if same else ())


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
        before = generations.latest()
        failing = failing_parts(generations, before) if before else frozenset()
        with _vectors_before(generations, embedder, before, failing) as old:
            return _write(generations, embedder, before, old, chunks, Reading(), progress)


def _chunks(read: Iterable[Document | tuple[Chunk, ...]]) -> Iterator[Chunk]:
    """The passages of documents: those that were indexed before are given as they are."""
    for document in read:
        yield from chunk_document(document) if isinstance(document, Document) else document


def _is_of(before: Manifest, digest: str, recorded: tuple[str, ...], embedder: Embedder) -> bool:
    return (
        before.corpus_hash == digest
        and before.paths == recorded
        and before.encoder == embedder.name
        and before.dimension == embedder.dimension
        and before.chunker == CHUNKER_VERSION
    )


def _takes_long(chunks: ChunkSpool, old: VectorStore | None) -> bool:
    """Whether more chunks have to be encoded than one would wait for."""
    left = len(chunks)
    if old is None or left <= WORDS_FIRST_FROM:
        return left > WORDS_FIRST_FROM
    for batch in chunks.batches(_BATCH):
        left -= len(old.vectors([chunk.id for chunk in batch]))
    return left > WORDS_FIRST_FROM


def _write_first(
    generations: Generations,
    embedder: Embedder,
    before: Manifest | None,
    chunks: ChunkSpool,
    reading: Reading,
    progress: Progress,
) -> Manifest:
    """Make a generation current that is searched by its words, while its vectors are computed."""
    progress("mots", 0, len(chunks))
    with generations.writing() as generation:
        folder = generations.path(generation)
        write_chunks(folder, chunks)
        _write_words(folder, chunks)
        manifest = _manifest(generation, embedder, before, chunks, reading, seal(folder), has_vectors=False)
        generations.finish(manifest)
    progress("mots", len(chunks), len(chunks))
    return manifest


def _write(
    generations: Generations,
    embedder: Embedder,
    before: Manifest | None,
    old: VectorStore | None,
    chunks: ChunkSpool,
    reading: Reading,
    progress: Progress,
    sound: frozenset[str] = frozenset(),
) -> IngestReport:
    """Write a generation and make it current; ``sound`` parts of the one before are copied as they are."""
    with generations.writing() as generation:
        folder = generations.path(generation)
        copied = _write_vectors(generations, generation, before, old, embedder, chunks, progress, sound)
        if before and sound >= {LEXICAL, VOCABULARY}:
            for part in (LEXICAL, VOCABULARY):
                _copy(generations.path(before.generation) / part, folder / part)
        elif not generations.words_apart:
            _write_words(folder, chunks)
        manifest = _manifest(generation, embedder, before, chunks, reading, seal(folder))
        if failing := failing_parts(generations, manifest):
            raise ForeignIndex(
                f"L’index écrit ne se relit pas ({', '.join(in_french(failing))}) : il n’est pas mis en "
                "service. Relancez : assistant ingest"
            )
        generations.finish(manifest)
    generations.clean(manifest.previous)
    removed = tuple(sorted(set(before.documents) - set(chunks.documents))) if before else ()
    return _report(manifest, len(chunks) - copied, copied, removed)


def _manifest(
    generation: str,
    embedder: Embedder,
    before: Manifest | None,
    chunks: ChunkSpool,
    reading: Reading,
    files: dict[str, str],
    *,
    has_vectors: bool = True,
) -> Manifest:
    return Manifest(
        format=FORMAT,
        generation=generation,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=embedder.name,
        dimension=embedder.dimension,
        chunker=CHUNKER_VERSION,
        corpus_hash=chunks.digest,
        paths=reading.recorded,
        documents=chunks.documents,
        chunks=len(chunks),
        previous=before.generation if before else None,
        has_vectors=has_vectors,
        files=files,
        digests=chunks.digests,
        origins=reading.origins,
        fingerprints=reading.fingerprints,
        sites=reading.sites,
    )


def _write_vectors(
    generations: Generations,
    generation: str,
    before: Manifest | None,
    old: VectorStore | None,
    embedder: Embedder,
    chunks: ChunkSpool,
    progress: Progress,
    sound: frozenset[str],
) -> int:
    """Write the passages with their vectors; return how many vectors were copied."""
    if before and CHROMA in sound:
        _copy(generations.path(before.generation) / CHROMA, generations.path(generation) / CHROMA)
        return len(chunks)
    store = generations.create_store(generation, len(chunks))
    try:
        return _fill(store, old, embedder, chunks, progress)
    finally:
        store.close()


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


@contextmanager
def _vectors_before(
    generations: Generations, embedder: Embedder, before: Manifest | None, failing: frozenset[str]
) -> Iterator[VectorStore | None]:
    """The vectors of the generation before, when the same encoder made them and they can be read."""
    made_with = (before.encoder, before.dimension, before.has_vectors) if before else None
    if before is None or made_with != (embedder.name, embedder.dimension, True) or CHROMA in failing:
        yield None
        return
    try:
        store = generations.open_store(before.generation)
    except ForeignIndex:
        yield None
        return
    try:
        yield store
    finally:
        store.close()


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
    made = embedder.embed_passages([chunk.embedded_text for chunk in new]) if new else ()
    vectors = {**known, **dict(zip((chunk.id for chunk in new), made, strict=True))}
    return np.stack([vectors[chunk.id] for chunk in batch])


def _write_words(folder: Path, chunks: ChunkSpool) -> None:
    """Write the index of words and letters, and the vocabulary, in one reading."""
    counts: Counter[str] = Counter()
    rows = ((chunk.id, chunk.scheme_id, chunk.searched_text) for chunk in chunks)
    build_lexical(folder / LEXICAL, rows, letters=len(chunks) <= LETTERS_UP_TO, counts=counts)
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
