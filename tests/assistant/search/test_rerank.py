"""Passages reordered by a cross-encoder: a tiny one, made by the test, and how its order is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from small_corpus import SmallCorpus

from assistant.search.rerank import CrossEncoderReranker, load_reranker, reranked
from assistant.search.retrieve import HybridRetriever
from ingest.errors import EmbedderError


class Longest:
    """Judges by length."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked.append(question)
        return [float(len(text)) for text in texts]


class Undecided:
    """Judges every text the same."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [0.5] * len(texts)


def test_the_order_is_the_model_s_and_scores_stay_sums_in_their_range(small_corpus: SmallCorpus) -> None:
    hits = small_corpus.retriever().retrieve("aide de la Région")
    moved = reranked("aide de la Région", hits, Longest())
    lengths = [len(hit.chunk.embedded_text) for hit in moved]
    assert lengths == sorted(lengths, reverse=True)
    assert {hit.chunk.id for hit in moved} == {hit.chunk.id for hit in hits}
    assert (moved[0].score, moved[-1].score) == pytest.approx((hits[0].score, hits[-1].score))
    assert all(hit.score == pytest.approx(sum(hit.reasons.values())) for hit in moved)


def test_a_model_that_does_not_decide_changes_nothing(small_corpus: SmallCorpus) -> None:
    hits = small_corpus.retriever().retrieve("aide de la Région")
    assert reranked("aide", hits, Undecided()) == hits
    assert reranked("aide", hits[:1], Longest()) == hits[:1]
    assert reranked("aide", [], Longest()) == []


def test_the_retriever_judges_more_passages_than_it_gives(small_corpus: SmallCorpus) -> None:
    model = Longest()
    retriever = HybridRetriever(small_corpus.reader(), small_corpus.embedder, reranker=model)
    (best,) = retriever.retrieve("aide de la Région", 1)
    every = small_corpus.retriever().retrieve("aide de la Région", 10)
    assert best.chunk.id == max(every, key=lambda hit: len(hit.chunk.embedded_text)).chunk.id
    assert model.asked == ["aide de la Région"]


def test_none_is_loaded_unless_it_is_set() -> None:
    assert load_reranker(None) is None
    assert load_reranker("") is None


def saved(folder: Path, labels: int) -> str:
    """Save a tiny cross-encoder: random weights, large enough to tell texts apart, the same each time."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(1)
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "lavoir", "haie", "aide"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=8, num_labels=labels, initializer_range=1.0,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


@pytest.mark.model
def test_a_cross_encoder_of_a_folder_judges_each_passage(tmp_path: Path) -> None:
    model = CrossEncoderReranker(saved(tmp_path / "modele", 1))
    one, two, again = model.scores("lavoir", ["une haie", "une aide au lavoir", "une haie"])
    assert one == pytest.approx(again)
    assert one != two
    assert model.scores("lavoir", []) == []


@pytest.mark.model
def test_a_model_of_several_scores_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="3 notes par passage"):
        CrossEncoderReranker(saved(tmp_path / "modele", 3))


@pytest.mark.model
def test_a_model_that_cannot_be_loaded_says_how_to_give_a_folder(tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    with pytest.raises(EmbedderError, match="donnez ce dossier dans ASSISTANT_RERANKER") as error:
        load_reranker(str(tmp_path / "vide"))
    assert "\n" not in str(error.value)
