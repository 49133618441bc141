"""How likely the passages are those that the question is about, and when that is enough to answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from small_corpus import SmallCorpus, ask

from assistant.choosing.support import (
    ALIKE,
    MIN_COVERAGE_NAMED,
    MIN_COVERAGE_OFF_SUBJECT,
    MIN_LIKE_CARRIED,
    MIN_LIKE_OFF_SUBJECT,
    MIN_LIKELIHOOD,
    MIN_LIKELIHOOD_NAMED,
    Confidence,
    measure_support,
)
from assistant.reading.names import SchemeNames
from assistant.reading.understand import Question, understand
from assistant.search.hits import RetrievedChunk
from ingest.lexical import analyse

STEPS = [step / 10 for step in range(11)]
FLAGS = [{"named": False}, {"named": True}]


@pytest.mark.parametrize("flags", FLAGS, ids=str)
@pytest.mark.parametrize("feature", ["coverage", "like", "share"])
def test_more_of_a_feature_is_never_less_likely(feature: str, flags: dict[str, bool]) -> None:
    for other in STEPS:
        base = Confidence(coverage=other, similarity=0.5, like=other, share=other, **flags)
        found = [replace(base, **{feature: step}).likelihood for step in STEPS]
        assert found == sorted(found)
        assert found[0] < found[-1]


@pytest.mark.parametrize("flags", FLAGS, ids=str)
def test_the_likelihood_that_is_enough_is_lower_for_a_name(flags: dict[str, bool]) -> None:
    assert MIN_LIKELIHOOD_NAMED < MIN_LIKELIHOOD
    for coverage, like, share in product(STEPS[::2], repeat=3):
        support = Confidence(coverage=coverage, similarity=0.0, like=like, share=share, **flags)
        assert 0 < support.likelihood < 1
        least = MIN_LIKELIHOOD_NAMED if support.named else MIN_LIKELIHOOD
        alone = support.named and coverage < MIN_COVERAGE_NAMED
        assert support.is_enough == (support.likelihood >= least and not alone)


def test_off_our_subject_nearly_every_word_must_be_covered_unless_people_ask_the_like() -> None:
    off = Confidence(coverage=0.5, similarity=0.5, named=False, share=1.0, like=0.3, on_subject=False)
    assert replace(off, on_subject=True).is_enough
    assert not off.is_enough
    assert replace(off, coverage=MIN_COVERAGE_OFF_SUBJECT).is_enough
    assert replace(off, like=ALIKE).is_enough


def test_what_goes_on_must_be_a_little_like_what_people_ask() -> None:
    support = Confidence(coverage=0.5, similarity=1.0, named=True, carried=True, share=1.0)
    assert not support.is_enough
    assert not replace(support, like=MIN_LIKE_CARRIED - 0.01).is_enough
    assert replace(support, like=MIN_LIKE_CARRIED, coverage=0.0).is_enough


def test_what_goes_on_in_words_of_the_fiche_needs_no_like() -> None:
    support = Confidence(
        coverage=MIN_COVERAGE_OFF_SUBJECT, similarity=1.0, named=True, carried=True, share=1.0
    )
    assert support.is_enough
    assert not replace(support, on_subject=False).is_enough
    assert not replace(support, on_subject=False, like=MIN_LIKE_OFF_SUBJECT - 0.01).is_enough
    assert replace(support, on_subject=False, like=MIN_LIKE_OFF_SUBJECT).is_enough


@pytest.mark.parametrize(
    ("support", "is_asked"),
    [
        (Confidence(0.5, 0.1, named=False, like=0.3, share=0.6), True),
        (Confidence(0.5, 0.1, named=False, like=0.3, share=0.6, on_subject=False), False),
        (Confidence(0.5, 0.1, named=True, like=0.3, share=0.6), False),
        (Confidence(0.1, 0.1, named=False, like=0.1, share=0.1), False),
    ],
)
def test_which_scheme_is_meant_is_asked_when_nearly_likely_enough(
    support: Confidence, is_asked: bool
) -> None:
    assert support.is_worth_asking is is_asked


def test_everything_is_enough_and_nothing_is_not() -> None:
    assert Confidence(1.0, 1.0, named=True, like=1.0, share=1.0).is_enough
    assert Confidence(1.0, 1.0, named=False, like=1.0, share=1.0).is_enough
    assert not Confidence(0.0, 0.0, named=False).is_enough


def test_a_name_alone_is_not_enough() -> None:
    """ "Quel est le cours de la bourse de Tokyo, pour le CVCB ?": no word of it is in the fiche."""
    assert not Confidence(0.0, 0.0, named=True).is_enough


# --- measured -------------------------------------------------------------------------------------


def measured(corpus: SmallCorpus, *turns: str, like: float = 0.0, share: float = 0.5) -> Confidence:
    question = understand(ask(*turns).messages, SchemeNames(corpus.catalogue.schemes))
    hits = corpus.retriever().retrieve(question.search_text, schemes=question.schemes)
    weights = dict.fromkeys(analyse(question.content), 1.0)
    return measure_support(question, hits, weights, like, share)


def test_no_passage_no_support() -> None:
    support = measure_support(Question("halle", "halle", ("halles",)), [], {"hall": 1.0}, like=1.0, share=1.0)
    assert support == Confidence(0.0, 0.0, named=False)
    assert not support.is_enough


def test_a_question_in_the_words_of_a_fiche_is_covered(small_corpus: SmallCorpus) -> None:
    near = measured(small_corpus, "Une halle couverte pour les marchands du village")
    far = measured(small_corpus, "Une patinoire couverte pour les hockeyeurs du canton")
    assert near.coverage == pytest.approx(1.0)
    assert far.coverage < near.coverage
    assert far.likelihood < near.likelihood


def test_the_name_the_likeness_and_the_share_are_noted(small_corpus: SmallCorpus) -> None:
    support = measured(small_corpus, "Quel montant pour les haies ?", like=0.4, share=0.7)
    assert (support.named, support.carried, support.like, support.share) == (True, False, 0.4, 0.7)


def test_a_follow_up_of_small_words_is_wholly_covered(small_corpus: SmallCorpus) -> None:
    support = measured(small_corpus, "L’aide aux halles ?", "…", "et jusqu’à quand ?")
    assert (support.named, support.carried, support.coverage) == (True, True, 1.0)


def test_one_common_word_is_thin_support_a_name_is_not(small_corpus: SmallCorpus) -> None:
    hits: list[RetrievedChunk] = small_corpus.retriever().retrieve("Coulonges marchands")
    weights = {stem: 1.0 for stem in analyse("marchands")}
    thin = measure_support(Question("des marchands", "des marchands"), hits, weights)
    assert (thin.coverage, thin.named) == (0.5, False)
    name = {stem: 1.0 for stem in analyse("Coulonges")}
    proper = measure_support(Question("à Coulonges", "à Coulonges"), hits, name)
    assert proper.coverage == 1.0


def test_only_the_best_document_counts(small_corpus: SmallCorpus) -> None:
    hits = small_corpus.retriever().retrieve("halle de marché")
    first = hits[0].chunk.document_id
    others = [hit for hit in hits if hit.chunk.document_id != first]
    weights = {stem: 1.0 for stem in analyse("lavoirs haies écoles")}
    question = Question("lavoirs, haies, écoles", "lavoirs, haies, écoles")
    assert others
    assert (
        measure_support(question, hits, weights).coverage
        == measure_support(
            question, [hit for hit in hits if hit.chunk.document_id == first], weights
        ).coverage
    )
