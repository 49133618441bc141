"""How likely a further sentence adds something: measured on a small engine, fitted on made-up sentences."""

from __future__ import annotations

from random import Random

import pytest
from small_corpus import SmallCorpus

from assistant.answering.engine import Engine
from assistant.choosing.enough import WEIGHTS
from evaluation.fitting.enough import Further, fit_enough, further_sentences, judge_enough
from evaluation.questions.cases import Case
from evaluation.questions.facts import Fact


@pytest.fixture(scope="module")
def small_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = SmallCorpus(tmp_path_factory.mktemp("corpus"))
    corpus.ingest()
    return corpus.engine()


def made_up() -> list[Further]:
    """Sentences of ten schemes: the farther behind, the less often one adds something."""
    draw = Random(5)
    items = []
    for number in range(600):
        behind = draw.uniform(0, 10)
        measures = {"behind": behind, "place": float(number % 5)}
        items.append(Further(f"s{number % 10}", measures, 20, adds=draw.random() < 0.8 - 0.08 * behind))
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
    assert cuts[0].facts < cuts[0].words
    assert cuts[-1].words == pytest.approx(1.0)


def case(text: str, *facts: Fact) -> Case:
    return Case(id="direct-001", turns=(text,), status=("answered",), schemes=("halles",), facts=facts)


def test_each_sentence_after_the_first_is_measured_with_what_it_adds(small_engine: Engine) -> None:
    question = (
        "Quel est le taux et quel est le plafond de l’aide aux halles de marché ? Qui peut la demander ?"
    )
    facts = Fact(kind="rate", values=(40,)), Fact(kind="number", values=(5000,))
    found = further_sentences(small_engine, case(question, *facts))
    assert found
    assert all(set(item.measures) | {"bias"} == set(WEIGHTS) for item in found)
    assert {item.scheme_id for item in found} == {"halles"}
    assert any(item.adds for item in found)
    assert not all(item.adds for item in found)


def test_what_expects_no_fact_or_is_not_answered_teaches_nothing(small_engine: Engine) -> None:
    assert further_sentences(small_engine, case("Quel est le taux de l’aide aux halles ?")) == []
    fact = Fact(kind="number", values=(3,))
    assert further_sentences(small_engine, case("Quel temps fera-t-il demain à Lille ?", fact)) == []
