"""The bench of sizes: recombined texts are repeatable, what the vector search misses is counted right."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from fake_embedder import FakeEmbedder

from corpus.fiches.document import Block, Document, Section, Sentence
from evaluation.benches.scale_bench import ExactNeighbours, bench_scale, share_as_near
from evaluation.benches.scale_corpus import OF_A_SCHEME, RecombinedVectors, passages_of, recombined
from ingest.chunk import chunk_document

WORDS = "halle lavoir haie arbre école vélo piste classe cantine marché fontaine place mairie".split()  # noqa: SIM905


def document(number: int) -> Document:
    told = [
        f"La {WORDS[(number + step) % len(WORDS)]} de la commune numéro {number} est aidée {step} fois."
        for step in range(12)
    ]
    block = Block(tuple(Sentence(text) for text in told))
    return Document(
        id=f"d{number}",
        title=f"Aide {number}",
        scheme_id=None,
        path="",
        published=None,
        updated=None,
        sources=(),
        sections=(Section(path=("Objet",), blocks=(block,)),),
    )


DOCUMENTS = [document(number) for number in range(6)]


def test_recombined_texts_are_halves_of_real_ones_the_same_at_each_run() -> None:
    passages = passages_of(DOCUMENTS)
    texts = list(recombined(passages, 50))
    assert texts == list(recombined(passages, 50))
    assert len({text.id for text in texts}) == 50
    real = {sentence.text for passage in passages for sentence in passage.sentences}
    for text in texts:
        (chunk,) = chunk_document(text)
        assert {sentence.text for sentence in chunk.sentences} <= real
    assert [text.scheme_id for text in texts].count("aide-0") == OF_A_SCHEME


def test_recombined_texts_come_one_at_a_time() -> None:
    assert len(list(islice(recombined(passages_of(DOCUMENTS), 10**9), 3))) == 3


def test_one_passage_cannot_be_recombined() -> None:
    with pytest.raises(ValueError, match="two passages"):
        next(recombined(passages_of(DOCUMENTS)[:1], 3))


def test_the_vector_of_a_recombined_text_is_the_mean_of_its_two_passages() -> None:
    embedder, passages = FakeEmbedder(), passages_of(DOCUMENTS)
    made = RecombinedVectors(embedder, passages, 20)
    texts = [chunk.embedded_text for each in recombined(passages, 20) for chunk in chunk_document(each)]
    vectors = made.embed_passages(texts)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-6)
    own = embedder.embed_passages([passage.embedded_text for passage in passages])
    for text, vector in zip(texts, vectors, strict=True):
        # The two that it's made of are found by their sentences, as it was written.
        parts = [
            place
            for place, passage in enumerate(passages)
            if any(sentence.text in text for sentence in passage.sentences)
        ]
        mean = own[parts].sum(axis=0)
        assert len(parts) == 2
        assert vector == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)
    assert made.embed_question("la halle") == pytest.approx(embedder.embed_question("la halle"))


def test_exact_neighbours_are_those_of_a_whole_search() -> None:
    embedder = FakeEmbedder()
    texts = [chunk.embedded_text for each in DOCUMENTS for chunk in chunk_document(each)]
    questions = ["la halle", "une haie ou un arbre"]
    exact = ExactNeighbours(embedder, questions, 3)
    for start in range(0, len(texts), 2):
        exact.embed_passages(texts[start : start + 2])
    vectors = embedder.embed_passages(texts)
    for question, nearest in zip(questions, exact.nearest, strict=True):
        expected = sorted((vectors @ embedder.embed_question(question)).tolist(), reverse=True)[:3]
        assert nearest.tolist() == pytest.approx(expected, abs=1e-6)


def test_what_is_as_near_counts_by_distance() -> None:
    nearest = np.array([0.9, 0.8, 0.7, 0.7], dtype=np.float32)
    assert share_as_near([0.9, 0.8, 0.7, 0.7], nearest) == 1.0
    assert share_as_near([0.9, 0.8, 0.7, 0.6], nearest) == 0.75
    assert share_as_near([], nearest) == 0.0


@pytest.mark.slow
@pytest.mark.model
def test_a_real_run_measures_each_size() -> None:
    (small, large) = bench_scale(DOCUMENTS, ["la halle", "une haie"], (100, 300))
    assert (small.passages, large.passages) == (100, 300)
    for scaled in (small, large):
        assert scaled.recall == 1.0
        assert 0 < scaled.p50_ms <= scaled.p95_ms
        assert scaled.per_second == pytest.approx(scaled.passages / scaled.index_s)
    assert large.disk_mb > small.disk_mb > 0
