"""A run on a tiny set, with measures computed by hand."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder

from corpus.fiches.document import Block, Document, Section, Sentence
from corpus.french.sentences import split_sentences
from corpus.source import Source
from evaluation.benches.retrieval_run import run_retrieval
from evaluation.questions.beir import TestSet

pytestmark = pytest.mark.slow

# Of the question's three words, d1 holds three, d2 two and d3 one; "vide" holds none.
TEXTS = {
    "d1": "Le lavoir, la halle et la haie.",
    "d2": "Le lavoir, la halle et la mairie.",
    "d3": "Le lavoir, le préau et la gare.",
    "vide": "Un théâtre, un port et un pont.",
}
QUESTION = "lavoir halle haie"


def document(name: str, text: str) -> Document:
    return Document(
        id=name,
        title="Texte",
        scheme_id=None,
        path="mini/corpus.jsonl",
        published=None,
        updated=None,
        sources=(Source(n=1, title="Texte", publisher="mini"),),
        sections=(Section((), (Block(tuple(Sentence(part) for part in split_sentences(text))),)),),
    )


def small_set(qrels: dict[str, dict[str, int]], texts: dict[str, str] | None = None) -> TestSet:
    documents = {name: document(name, text) for name, text in (texts or TEXTS).items()}
    return TestSet("mini", documents, dict.fromkeys(qrels, QUESTION), qrels)


def test_the_one_relevant_document_first_scores_one(tmp_path: Path) -> None:
    scores = run_retrieval(small_set({"q": {"d1": 1}}), FakeEmbedder(), tmp_path)
    assert (scores.ndcg_10, scores.recall_5, scores.mrr_10) == (1.0, 1.0, 1.0)
    assert (scores.name, scores.queries, scores.chunks) == ("mini", 1, 4)
    assert scores.index_s > 0
    assert 0 < scores.query_ms_p50 <= scores.query_ms_p95


def test_the_relevant_document_second(tmp_path: Path) -> None:
    scores = run_retrieval(small_set({"q": {"d2": 1}}), FakeEmbedder(), tmp_path)
    assert scores.ndcg_10 == pytest.approx(1 / log2(3))
    assert scores.mrr_10 == pytest.approx(0.5)
    assert scores.recall_5 == 1.0


def test_grades_count(tmp_path: Path) -> None:
    scores = run_retrieval(small_set({"q": {"d1": 1, "d2": 3}}), FakeEmbedder(), tmp_path)
    found, ideal = 1 + 3 / log2(3), 3 + 1 / log2(3)
    assert scores.ndcg_10 == pytest.approx(found / ideal)
    assert scores.mrr_10 == 1.0


def test_measures_are_means_over_the_questions(tmp_path: Path) -> None:
    scores = run_retrieval(
        small_set({"q1": {"d1": 1}, "q2": {"d2": 1}, "q3": {"d3": 1}}), FakeEmbedder(), tmp_path
    )
    assert scores.queries == 3
    assert scores.ndcg_10 == pytest.approx((1 + 1 / log2(3) + 1 / 2) / 3)
    assert scores.mrr_10 == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)
    assert scores.recall_5 == 1.0


def test_recall_is_cut_at_five(tmp_path: Path) -> None:
    texts = {f"d{number}": "Un lavoir, une halle et une haie." for number in range(10)}
    qrels = {"q": dict.fromkeys(texts, 1)}
    scores = run_retrieval(small_set(qrels, texts), FakeEmbedder(), tmp_path)
    assert scores.recall_5 == pytest.approx(0.5)
    assert scores.ndcg_10 == pytest.approx(1.0)


def test_a_document_counts_once_however_many_passages_match(tmp_path: Path) -> None:
    long = " ".join(
        f"Le lavoir, la halle et la haie bordent le pont numéro {number}." for number in range(60)
    )
    texts = {"long": long, "d3": TEXTS["d3"], "vide": TEXTS["vide"]}
    scores = run_retrieval(small_set({"q1": {"long": 1}, "q2": {"d3": 1}}, texts), FakeEmbedder(), tmp_path)
    assert scores.chunks > 4
    assert scores.mrr_10 == pytest.approx((1 + 1 / 2) / 2)


def test_progress_is_told_question_by_question(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    run_retrieval(
        small_set({"q1": {"d1": 1}, "q2": {"d2": 1}}),
        FakeEmbedder(),
        tmp_path,
        lambda done, total: steps.append((done, total)),
    )
    assert steps == [(1, 2), (2, 2)]
