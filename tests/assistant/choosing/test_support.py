"""How likely the passages are those that the question is about, and when that is enough to answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from small_corpus import SmallCorpus, ask

from assistant.choosing.support import (
    LEARNED_WORTH_ASKING,
    LIKELY,
    MIN_COVERAGE_ALONE,
    MIN_COVERAGE_CARRIED,
    MIN_LIKELIHOOD,
    MIN_LIKELIHOOD_NAMED,
    MIN_WORTH_ASKING,
    OUTSIDE,
    SURE_LEARNED,
    SURELY_OURS,
    Confidence,
    measure_support,
)
from assistant.reading.names import SchemeNames
from assistant.reading.understand import Question, understand
from assistant.search.hits import RetrievedChunk
from assistant.search.subject import Standing
from ingest.lexical import analyse

STEPS = [step / 10 for step in range(11)]
FLAGS = [{"named": False}, {"named": True}]
# What stands out for sure, and what doesn't at all.
CLEAR = Standing(passage=1.0, several=0.25, margin=0.1)
BLURRED = Standing(passage=0.2, several=0.02, margin=-0.05)


def middling(likelihood: float) -> Confidence:
    """What is about so likely, by the share that it takes for that."""
    shares = [step / 1000 for step in range(-3000, 3000)]
    base = Confidence(0.5, 0.5, named=False, standing=Standing(0.5, 0.1, 0.0))
    return min(
        (replace(base, share=share) for share in shares), key=lambda it: abs(it.likelihood - likelihood)
    )


@pytest.mark.parametrize("flags", FLAGS, ids=str)
@pytest.mark.parametrize("feature", ["coverage", "share", "passage", "several", "margin"])
def test_more_of_a_feature_is_never_less_likely(feature: str, flags: dict[str, bool]) -> None:
    for other in STEPS:
        standing = Standing(other, other, other)
        base = Confidence(coverage=other, similarity=0.5, standing=standing, share=other, **flags)
        is_own = feature in {"coverage", "share"}
        found = [
            replace(base, **{feature: step})
            if is_own
            else replace(base, standing=replace(standing, **{feature: step}))
            for step in STEPS
        ]
        likely = [support.likelihood for support in found]
        assert likely == sorted(likely)
        assert likely[0] < likely[-1]


@pytest.mark.parametrize("flags", FLAGS, ids=str)
def test_the_likelihood_that_is_enough_is_lower_for_a_name(flags: dict[str, bool]) -> None:
    assert MIN_LIKELIHOOD_NAMED < MIN_LIKELIHOOD
    for coverage, margin, share in product(STEPS[::2], repeat=3):
        standing = replace(CLEAR, margin=margin / 5)
        support = Confidence(coverage=coverage, similarity=0.0, standing=standing, share=share, **flags)
        assert 0 < support.likelihood < 1
        least = MIN_LIKELIHOOD_NAMED if support.named else MIN_LIKELIHOOD
        alone = support.named and coverage < MIN_COVERAGE_ALONE
        assert support.is_enough == (support.likelihood >= least and not alone)


def test_what_is_read_as_none_of_our_subject_must_stand_out_more() -> None:
    nearly = middling((MIN_LIKELIHOOD + 1) / 2)
    assert nearly.is_enough
    assert not replace(nearly, outside=0.98).is_enough
    assert Confidence(0.9, 0.5, named=False, standing=CLEAR, share=1.0, outside=0.7).is_enough
    likely = middling((MIN_LIKELIHOOD + LIKELY) / 2)
    outside = replace(likely, outside=OUTSIDE, share=likely.share + 1)
    assert outside.likelihood > MIN_LIKELIHOOD
    assert outside.is_enough is (outside.likelihood >= LIKELY)
    assert not replace(outside, coverage=0.0).is_enough


@pytest.mark.parametrize("outside", [0.0, 1.0])
def test_the_surest_reading_alone_settles_nothing(outside: float) -> None:
    clear = Confidence(1.0, 1.0, named=False, standing=CLEAR, share=1.0, outside=outside)
    assert 0 < clear.likelihood < 1
    assert clear.is_enough


def test_only_what_is_not_enough_and_none_of_our_subject_is_foreign() -> None:
    off = Confidence(0.0, 0.0, named=False, standing=BLURRED, outside=0.9)
    assert off.is_foreign
    assert not replace(off, outside=0.2).is_foreign
    assert not replace(off, named=True).is_foreign
    assert not replace(off, carried=True).is_foreign
    assert not Confidence(1.0, 1.0, named=False, standing=CLEAR, share=1.0, outside=0.9).is_foreign


def test_what_goes_on_off_our_subject_must_be_in_the_words_of_the_passages() -> None:
    """ "Combien de dents a un requin ?" after a question on halls."""
    support = Confidence(0.0, 1.0, named=True, carried=True, standing=CLEAR, share=1.0, outside=0.9)
    assert not support.is_enough
    assert replace(support, coverage=MIN_COVERAGE_CARRIED).is_enough
    assert replace(support, outside=0.05).is_enough


@pytest.mark.parametrize(
    ("changes", "is_asked"),
    [
        ({}, True),
        ({"outside": SURELY_OURS}, False),
        ({"outside": 0.9, "share": 9.0}, False),
        ({"named": True}, False),
        ({"share": -3.0}, False),
    ],
    ids=str,
)
def test_which_scheme_is_meant_is_asked_when_nearly_likely_enough(
    changes: dict[str, bool], is_asked: bool
) -> None:
    nearly = replace(middling((MIN_WORTH_ASKING + MIN_LIKELIHOOD) / 2), outside=SURELY_OURS / 2)
    assert replace(nearly, **changes).is_worth_asking is is_asked
    assert not replace(nearly, **changes, learned=LEARNED_WORTH_ASKING / 2).is_worth_asking


def test_what_was_learned_of_messages_about_a_scheme_may_settle_it() -> None:
    unlike = Confidence(0.0, 0.0, named=False, standing=BLURRED)
    assert not unlike.is_worth_asking
    asked = replace(unlike, learned=LEARNED_WORTH_ASKING, outside=SURELY_OURS / 2)
    assert asked.is_worth_asking
    assert not asked.is_enough
    sure = replace(unlike, learned=SURE_LEARNED)
    assert sure.is_enough
    assert sure.deciding().measure == "learned"
    assert not replace(sure, outside=OUTSIDE).is_enough, "what isn't our subject stays so"


def test_everything_is_enough_and_nothing_is_not() -> None:
    assert Confidence(1.0, 1.0, named=True, standing=CLEAR, share=1.0).is_enough
    assert Confidence(1.0, 1.0, named=False, standing=CLEAR, share=1.0).is_enough
    assert not Confidence(0.0, 0.0, named=False, standing=BLURRED).is_enough


def test_a_name_alone_is_not_enough() -> None:
    """ "Quel est le cours de la bourse de Tokyo, pour le CVCB ?": no word of it is in the fiche."""
    assert not Confidence(0.0, 0.0, named=True, standing=CLEAR).is_enough


# --- measured -------------------------------------------------------------------------------------


def measured(
    corpus: SmallCorpus, *turns: str, standing: Standing = BLURRED, share: float = 0.5
) -> Confidence:
    question = understand(ask(*turns).messages, SchemeNames(corpus.catalogue.schemes))
    hits = corpus.retriever().retrieve(question.search_text, schemes=question.schemes)
    weights = dict.fromkeys(analyse(question.content), 1.0)
    return measure_support(question, hits, weights, standing, share)


def test_no_passage_no_support() -> None:
    support = measure_support(Question("halle", "halle", ("halles",)), [], {"hall": 1.0}, CLEAR, share=1.0)
    assert support == Confidence(0.0, 0.0, named=False)
    assert not support.is_enough


def test_a_question_in_the_words_of_a_fiche_is_covered(small_corpus: SmallCorpus) -> None:
    near = measured(small_corpus, "Une halle couverte pour les marchands du village")
    far = measured(small_corpus, "Une patinoire couverte pour les hockeyeurs du canton")
    assert near.coverage == pytest.approx(1.0)
    assert far.coverage < near.coverage
    assert far.likelihood < near.likelihood


def test_the_name_the_standing_and_the_share_are_noted(small_corpus: SmallCorpus) -> None:
    support = measured(small_corpus, "Quel montant pour les haies ?", standing=CLEAR, share=0.7)
    assert (support.named, support.carried, support.standing, support.share) == (True, False, CLEAR, 0.7)


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
