"""How likely a further sentence bears on a question: measured on a small engine, fitted on made-up ones."""

from __future__ import annotations

from random import Random

import pytest
from small_corpus import SmallCorpus

from assistant.answering.engine import Engine
from assistant.choosing.enough import WEIGHTS
from evaluation.fitting.enough import Further, fit_enough, further_sentences, judge_enough
from evaluation.fitting.graded import ANSWERS, BESIDE, GradedQuestion, GradedSentence


@pytest.fixture(scope="module")
def small_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = SmallCorpus(tmp_path_factory.mktemp("corpus"))
    corpus.ingest()
    return corpus.engine()


def made_up() -> list[Further]:
    """Sentences of ten schemes: the farther behind, the less often one bears on the question."""
    draw = Random(5)
    items = []
    for number in range(600):
        behind = draw.uniform(0, 10)
        measures = {"behind": behind, "place": float(number % 5)}
        grade = ANSWERS if draw.random() < 0.8 - 0.08 * behind else BESIDE
        items.append(Further(f"s{number % 10}", measures, 20, grade))
    return items


def test_what_tells_is_weighed_and_what_does_not_is_not() -> None:
    weights = fit_enough(made_up())
    assert set(weights) == {"bias", "behind", "place"}
    assert weights["behind"] < -0.2
    assert abs(weights["place"]) < 0.2


def test_unseen_schemes_are_judged_and_a_higher_threshold_leaves_out_more() -> None:
    area, cuts = judge_enough(made_up(), (0.1, 0.3, 0.9))
    assert area > 0.7
    assert [cut.words for cut in cuts] == sorted(cut.words for cut in cuts)
    assert cuts[0].answers < cuts[0].words
    assert cuts[1].bearing > cuts[0].bearing
    assert cuts[-1].words == pytest.approx(1.0)


def graded(text: str, sentences: dict[str, int]) -> GradedQuestion:
    found = tuple(GradedSentence(grade=grade, text=said) for said, grade in sentences.items())  # type: ignore[arg-type]
    return GradedQuestion(text=text, scheme="halles", asked_to="prepared", sentences=found)


def test_each_graded_sentence_after_the_first_is_measured(small_engine: Engine) -> None:
    question = (
        "Quel est le taux et quel est le plafond de l’aide aux halles de marché ? Qui peut la demander ?"
    )
    knowledge = small_engine.knowledge
    every = dict.fromkeys(knowledge.catalogue.fiche("halles").sentences, BESIDE)
    whole = further_sentences(knowledge, graded(question, every))
    assert len(whole) > 1
    assert all(set(item.measures) | {"bias"} == set(WEIGHTS) for item in whole)
    assert {(item.scheme_id, item.grade) for item in whole} == {("halles", BESIDE)}
    one = next(text for text in every if len(further_sentences(knowledge, graded(question, {text: ANSWERS}))))
    (found,) = further_sentences(knowledge, graded(question, {one: ANSWERS}))
    assert found.grade == ANSWERS


def test_what_is_not_answered_teaches_nothing(small_engine: Engine) -> None:
    unasked = graded("Quel temps fera-t-il demain à Lille ?", {"Il fera beau.": ANSWERS})
    assert further_sentences(small_engine.knowledge, unasked) == []
