"""Which scheme's sentences are nearest to a question."""

from __future__ import annotations

from small_corpus import SmallCorpus

from assistant.search.nearest import AnswerSpace


def test_the_scheme_of_the_nearest_sentence_comes_first(small_corpus: SmallCorpus) -> None:
    space = AnswerSpace(small_corpus.catalogue, small_corpus.embedder)
    for name, fiche in small_corpus.catalogue.fiches.items():
        section, sentence = next(fiche.as_document.sentences())
        near = space.by_scheme(f"{section.title}. {sentence.text}")
        assert near.keys() == small_corpus.catalogue.fiches.keys()
        assert all(0 <= value <= 1 for value in near.values())
        assert max(near, key=lambda key: near[key]) == name
