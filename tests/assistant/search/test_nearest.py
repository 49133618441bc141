"""Which scheme's sentences are nearest to a question."""

from __future__ import annotations

from small_corpus import SmallCorpus

from assistant.search.nearest import AnswerSpace, pairs_of
from corpus.fiches.catalogue import load_catalogue


def test_each_known_question_goes_with_the_sentence_that_answers_it() -> None:
    catalogue = load_catalogue()
    pairs = pairs_of(catalogue)
    asked = [question for fiche in catalogue.fiches.values() for question in fiche.asked]
    assert [question for question, _ in pairs] == [question.text for question in asked]
    sentences = [fiche.sentences for fiche in catalogue.fiches.values() for _ in fiche.asked]
    for (_, answer), question, told in zip(pairs, asked, sentences, strict=True):
        assert answer.endswith(told[question.answers[0]])
        assert ". " in answer


def test_questions_are_mended_and_some_may_be_left_out() -> None:
    catalogue = load_catalogue()
    pairs = pairs_of(catalogue, str.upper, without={0, 2})
    every = pairs_of(catalogue)
    assert len(pairs) == len(every) - 2
    assert pairs[0] == (every[1][0].upper(), every[1][1])


def test_the_scheme_of_the_nearest_sentence_comes_first(small_corpus: SmallCorpus) -> None:
    space = AnswerSpace(small_corpus.catalogue, small_corpus.embedder)
    for name, fiche in small_corpus.catalogue.fiches.items():
        section, sentence = next(fiche.as_document.sentences())
        near = space.by_scheme(f"{section.title}. {sentence.text}")
        assert near.keys() == small_corpus.catalogue.fiches.keys()
        assert all(0 <= value <= 1 for value in near.values())
        assert max(near, key=lambda key: near[key]) == name
