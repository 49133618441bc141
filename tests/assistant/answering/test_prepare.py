"""What ingest keeps is what an engine would compute, and all that a start needs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from small_corpus import TODAY, SmallCorpus, ask, territory

from assistant.answering.engine import Engine
from assistant.answering.knowledge import Knowledge, know
from assistant.answering.prepare import prepare
from assistant.search.retrieve import HybridRetriever
from ingest.embed import Vectors
from ingest.kept import Kept
from ingest.kept_catalogue import load_kept_catalogue
from ingest.pipeline import IngestReport, ingest

QUESTIONS = (
    "Combien pour une hale de marché ?",
    "Qui peut demander l’aide aux lavoirs ?",
    "une haie à Nieppe",
)


class Counting(FakeEmbedder):
    """Tells which passages and known questions were encoded."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded: list[str] = []

    def embed_passages(self, texts: list[str]) -> Vectors:
        self.encoded += texts
        return super().embed_passages(texts)

    def embed_questions(self, texts: list[str]) -> Vectors:
        self.encoded += texts
        return super().embed_questions(texts)


@pytest.fixture
def corpus(tmp_path: Path) -> SmallCorpus:
    corpus = SmallCorpus(tmp_path)
    corpus.ask_about("halles", ("Combien pour une hale ?", "jusqu’à 40 % du coût"))
    corpus.ask_about(
        "lavoirs", ("Notre vieux lavoir tombe en ruine ?", "soutient la restauration des lavoirs")
    )
    return corpus


def _ingest(corpus: SmallCorpus, embedder: FakeEmbedder) -> IngestReport:
    return ingest(
        corpus.generations,
        embedder,
        schemes_dir=corpus.schemes,
        prepare=lambda catalogue, kept: prepare(catalogue, kept, embedder),
    )


def _knowledge(corpus: SmallCorpus, embedder: FakeEmbedder, kept: Kept) -> Knowledge:
    catalogue = load_kept_catalogue(kept, corpus.schemes)
    retriever = HybridRetriever(corpus.reader(), embedder, mends=False)
    return know(catalogue, retriever, embedder, territory(), lambda: TODAY, kept=kept)


def _files(corpus: SmallCorpus) -> dict[str, int]:
    """Every file kept, with when it was written."""
    folder = corpus.generations.kept
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_start_encodes_nothing_and_answers_the_same(corpus: SmallCorpus) -> None:
    _ingest(corpus, corpus.embedder)
    counting = Counting()
    read = _knowledge(corpus, counting, Kept(corpus.generations.kept))
    assert counting.encoded == []
    computed = _knowledge(corpus, corpus.embedder, Kept())
    assert read.catalogue == computed.catalogue
    assert list(read.asked.texts) == list(computed.asked.texts)
    for text in QUESTIONS:
        assert read.asked.by_scheme(text) == computed.asked.by_scheme(text)
        assert read.space.by_scheme(text) == computed.space.by_scheme(text)
        assert read.reader.read(text) == computed.reader.read(text)
        replies = [Engine(knowledge).reply(ask(text)) for knowledge in (read, computed)]
        first, second = (reply.model_dump(exclude={"timings_ms"}) for reply in replies)
        assert first == second


def test_a_second_ingest_writes_and_encodes_nothing(corpus: SmallCorpus) -> None:
    _ingest(corpus, corpus.embedder)
    before = _files(corpus)
    counting = Counting()
    assert _ingest(corpus, counting).up_to_date
    assert _files(corpus) == before
    assert counting.encoded == []


@pytest.mark.slow
def test_of_an_edited_fiche_alone_the_sentences_are_encoded(corpus: SmallCorpus) -> None:
    _ingest(corpus, corpus.embedder)
    path = corpus.schemes / "haies.md"
    path.write_text(
        path.read_text(encoding="utf-8") + "\n- Une haie neuve compte aussi. [1]\n", encoding="utf-8"
    )
    counting = Counting()
    _knowledge(corpus, counting, Kept(corpus.generations.kept))
    sentences = load_kept_catalogue(Kept(), corpus.schemes).fiche("haies").sentences
    assert counting.encoded
    assert all(text.endswith(sentences) for text in counting.encoded)
    counting.encoded.clear()
    _ingest(corpus, counting)
    _knowledge(corpus, again := Counting(), Kept(corpus.generations.kept))
    assert again.encoded == []


@pytest.mark.slow
def test_vectors_of_another_encoder_or_of_another_size_are_made_again(corpus: SmallCorpus) -> None:
    _ingest(corpus, corpus.embedder)
    for path in corpus.generations.kept.glob("sentences-halles-*/vectors.npy"):
        np.save(path, np.zeros((1, 512), dtype=np.float32))
    counting = Counting()
    read = _knowledge(corpus, counting, Kept(corpus.generations.kept))
    assert {text.partition(". ")[2] for text in counting.encoded} == set(
        read.catalogue.fiche("halles").sentences
    )
    other = Counting()
    other.name = "fake:other"
    _knowledge(corpus, other, Kept(corpus.generations.kept))
    assert len(other.encoded) > len(counting.encoded)
