"""Which scheme's sentences are nearest to a question."""

from __future__ import annotations

import numpy as np
import pytest
from small_corpus import SmallCorpus

from assistant.search.nearest import NOWHERE, AnswerSpace, Near


def test_the_scheme_of_the_nearest_sentence_comes_first(small_corpus: SmallCorpus) -> None:
    space = AnswerSpace(small_corpus.catalogue, small_corpus.embedder)
    for name, fiche in small_corpus.catalogue.fiches.items():
        section, sentence = next(fiche.as_document.sentences())
        near = space.by_scheme(f"{section.title}. {sentence.text}")
        assert near.keys() == small_corpus.catalogue.fiches.keys()
        assert all(0 <= value.several <= value.best <= 1 for value in near.values())
        assert max(near, key=lambda key: near[key].best) == name


def test_several_are_the_mean_of_the_nearest_three_and_the_average_that_of_all() -> None:
    assert Near.of(np.array([0.2, 0.9, -0.4, 0.6, 0.3], dtype=np.float32)) == Near(
        pytest.approx(0.9), pytest.approx(0.6), pytest.approx(0.4), pytest.approx(0.9)
    )
    assert Near.of(np.zeros(0, dtype=np.float32)) == NOWHERE


def test_what_is_not_known_is_near_and_tells_nothing() -> None:
    similarities = np.array([0.2, 0.9, 0.6], dtype=np.float32)
    assert Near.of(similarities, (False, True, False)).telling == pytest.approx(0.6)
    assert Near.of(similarities, (True, True, True)).telling == 0.0
