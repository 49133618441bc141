"""Vectors kept are those of the encoder, and each passage is encoded once."""

from __future__ import annotations

import numpy as np
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.kept_vectors import KeptVectors
from ingest.embed import Vectors

TEXTS = ["une halle", "un lavoir", "une haie", "un vélo", "un stade", ""]


class Counting(FakeEmbedder):
    """Notes every passage that it encodes."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded: list[str] = []

    def embed_passages(self, texts: list[str]) -> Vectors:
        self.encoded += texts
        return super().embed_passages(texts)


@given(st.lists(st.lists(st.sampled_from(TEXTS), max_size=8), max_size=5), st.integers(1, 10))
def test_vectors_are_those_of_the_encoder_whatever_is_kept(batches: list[list[str]], most: int) -> None:
    kept = KeptVectors(FakeEmbedder(), most)
    for batch in batches:
        assert np.array_equal(kept.embed_passages(batch), FakeEmbedder().embed_passages(batch))


def test_a_passage_is_encoded_once() -> None:
    counting = Counting()
    kept = KeptVectors(counting)
    kept.embed_passages(TEXTS[:3])
    kept.embed_passages([*TEXTS[:4], TEXTS[0]])
    assert counting.encoded == TEXTS[:4]


def test_no_more_is_kept_than_asked_for() -> None:
    counting = Counting()
    kept = KeptVectors(counting, most=2)
    for text in [*TEXTS[:3], TEXTS[0]]:
        kept.embed_passages([text])
    assert counting.encoded == [*TEXTS[:3], TEXTS[0]]


def test_the_rest_is_the_encoder_s() -> None:
    kept = KeptVectors(FakeEmbedder("fake:x", 64))
    assert (kept.name, kept.dimension) == ("fake:x", 64)
    assert np.array_equal(kept.embed_question("halle"), FakeEmbedder("fake:x", 64).embed_question("halle"))
