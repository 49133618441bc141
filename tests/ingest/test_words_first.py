"""A large corpus is searched by its words while its vectors are computed."""

from __future__ import annotations

import pytest
from fake_embedder import FakeEmbedder

import ingest.pipeline as pipeline
from assistant.search.retrieve import HybridRetriever
from ingest.chunk_store import ChunkStore, open_chunks
from ingest.errors import ForeignIndex
from ingest.reader import IndexReader
from ingest.vector_cache import CachedEmbedder


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "WORDS_FIRST_FROM", 6)
    monkeypatch.setattr(pipeline, "_BATCH", 4)


def fill(workshop, pages: int = 10) -> None:
    for number in range(pages):
        workshop.write_page(number)


class Watching:
    """An embedder that looks at what is served while it works, and may die."""

    def __init__(self, workshop, dies_after: int | None = None) -> None:
        self._inner = workshop.embedder
        self._workshop = workshop
        self._left = dies_after
        self.name, self.dimension = self._inner.name, self._inner.dimension
        self.embed_question, self.embed_questions = self._inner.embed_question, self._inner.embed_questions
        self.seen: list[tuple[bool, int, list[str]]] = []

    def embed_passages(self, texts: list[str]):
        if self._left is not None:
            self._left -= len(texts)
            if self._left < 0:
                raise KeyboardInterrupt
        if self._workshop.generations.current() is not None:
            reader = IndexReader(self._workshop.generations, self._inner)
            found = HybridRetriever(reader, self._inner, mends=False).retrieve("phrase 3 de la toiture", 3)
            snapshot = reader.snapshot()
            self.seen.append(
                (snapshot.manifest.has_vectors, snapshot.vectors.count(), [hit.chunk.id for hit in found])
            )
            assert all("dense" not in hit.reasons for hit in found) or snapshot.manifest.has_vectors
        return self._inner.embed_passages(texts)


def test_the_words_serve_while_the_vectors_are_computed(workshop) -> None:
    fill(workshop)
    watching = Watching(workshop)
    steps: list[str] = []
    report = pipeline.ingest(
        workshop.generations,
        watching,
        [workshop.pages],
        schemes_dir=workshop.schemes,
        progress=lambda step, _done, _total: steps.append(step),
    )
    assert watching.seen
    assert all(not has_vectors and count == 22 for has_vectors, count, _ in watching.seen)
    assert all(len(found) == 3 for _, _, found in watching.seen)
    assert steps.index("mots") < steps.index("indexation")
    assert (report.chunks, report.embedded, report.copied) == (22, 22, 0)
    assert workshop.generations.manifest().has_vectors
    assert workshop.run().up_to_date


def test_few_new_passages_among_many_are_waited_for(workshop) -> None:
    fill(workshop)
    workshop.run(workshop.pages)
    before = workshop.generations.current()
    workshop.write_page(99)
    watching = Watching(workshop)
    report = pipeline.ingest(workshop.generations, watching, schemes_dir=workshop.schemes)
    assert (report.embedded, report.copied) == (2, 22)
    assert [has_vectors for has_vectors, _, _ in watching.seen] == [True]
    assert workshop.folders() == {before, report.generation}


def test_a_kill_leaves_the_words_serving_and_the_next_run_goes_on(workshop, tmp_path) -> None:
    first = workshop.run()
    fill(workshop)
    kept = tmp_path / "vectors"
    with pytest.raises(KeyboardInterrupt):
        pipeline.ingest(
            workshop.generations,
            CachedEmbedder(Watching(workshop, dies_after=13), kept),
            [workshop.pages],
            schemes_dir=workshop.schemes,
        )
    manifest = workshop.generations.manifest()
    assert not manifest.has_vectors
    assert manifest.previous == first.generation
    workshop.embedder.embedded.clear()
    report = pipeline.ingest(
        workshop.generations, CachedEmbedder(workshop.embedder, kept), schemes_dir=workshop.schemes
    )
    assert 0 < len(workshop.embedder.embedded) < 22
    assert workshop.generations.manifest().has_vectors
    assert workshop.folders() == {manifest.generation, report.generation}, "the words were not written again"
    assert (
        len(
            IndexReader(workshop.generations, workshop.embedder)
            .snapshot()
            .vectors.search(workshop.embedder.embed_question("lavoir"), 5)
        )
        == 5
    )


def test_removed_documents_are_told_once_all_is_done(workshop) -> None:
    fill(workshop, 2)
    gone = workshop.write_page(50)
    workshop.run(workshop.pages)
    gone.unlink()
    for number in range(2, 9):
        workshop.write_page(number)
    (removed,) = workshop.run().removed
    assert removed.startswith("doc:page-0050.md-")


def test_passages_without_vectors_are_read_like_the_others(workshop) -> None:
    fill(workshop)
    with pytest.raises(KeyboardInterrupt):
        pipeline.ingest(
            workshop.generations,
            Watching(workshop, dies_after=0),
            [workshop.pages],
            schemes_dir=workshop.schemes,
        )
    store = IndexReader(workshop.generations, workshop.embedder).snapshot().vectors
    assert isinstance(store, ChunkStore)
    everything = list(store.all_chunks())
    assert store.count() == len(everything) == 22
    ids = [everything[3].id, "absent", everything[1].id]
    assert list(store.chunks(ids).values()) == [everything[3], everything[1]]
    assert store.scheme_chunks("lavoirs") == [c for c in everything if c.scheme_id == "lavoirs"] != []
    page = everything[-1].document_id
    assert store.document_chunks(page) == [c for c in everything if c.document_id == page] != []
    assert store.document_chunks("doc:") == []
    assert store.search(FakeEmbedder(dimension=48).embed_question("lavoir"), 5) == {}


def test_a_generation_that_lost_its_passages_is_told(tmp_path) -> None:
    with pytest.raises(ForeignIndex, match="incomplet"):
        open_chunks(tmp_path)
    (tmp_path / "chunks.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(ForeignIndex, match="incomplet"):
        open_chunks(tmp_path)
