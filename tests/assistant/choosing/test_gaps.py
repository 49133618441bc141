"""What a fiche says isn't known, weighed against what it says is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from small_corpus import ask
from small_corpus import weighed as weighed_turn

from assistant.answering.engine import Engine
from assistant.choosing.evidence import Evidence
from assistant.choosing.gaps import (
    IS_ANSWER,
    IS_ANSWER_UNASKED,
    MOST,
    WEIGHTS,
    WORTH_SAYING,
    find_gap,
    measure_gap,
)
from assistant.reading.understand import Question

YEAR = 2026


def weighed(engine: Engine, text: str) -> tuple[Question, tuple[Evidence, ...]]:
    turn = weighed_turn(engine, ask(text))
    assert turn.question is not None
    return turn.question, turn.evidence


def test_what_is_not_published_is_likely_the_answer(small_engine: Engine) -> None:
    gap = find_gap(*weighed(small_engine, "Peut-on cumuler l’aide aux halles avec d’autres aides ?"), YEAR)
    assert gap is not None
    assert gap.is_answer
    assert gap.is_worth_saying
    assert "cumul" in gap.items[0].sentence.text
    assert len(gap.items) <= MOST


def test_what_is_known_is_the_answer(small_engine: Engine) -> None:
    gap = find_gap(*weighed(small_engine, "Qui peut bénéficier de l’aide aux halles de marché ?"), YEAR)
    assert gap is not None
    assert not gap.is_answer


def test_without_a_gap_there_is_none(small_engine: Engine) -> None:
    question, evidence = weighed(small_engine, "Quel est le montant de l’aide aux halles de marché ?")
    assert find_gap(question, [item for item in evidence if not item.is_gap], YEAR) is None


def test_alone_it_is_sure(small_engine: Engine) -> None:
    question, evidence = weighed(small_engine, "Peut-on cumuler l’aide aux halles avec d’autres aides ?")
    gap = find_gap(question, [item for item in evidence if item.is_gap], YEAR)
    assert gap is not None
    assert gap.likelihood == 1.0


@pytest.mark.parametrize(
    "text", ["Quel est le taux de l’aide aux lavoirs ?", "L’aide aux halles est-elle ouverte ?"]
)
def test_every_measure_has_its_weight(small_engine: Engine, text: str) -> None:
    question, evidence = weighed(small_engine, text)
    gaps = [item for item in evidence if item.is_gap]
    known = [item for item in evidence if not item.is_gap]
    measures = measure_gap(question, gaps[0], known, YEAR)
    assert measures.keys() == WEIGHTS.keys()
    assert all(-1 <= value <= 1 for name, value in measures.items() if name != "ahead")


def test_the_further_ahead_the_likelier(small_engine: Engine) -> None:
    question, evidence = weighed(small_engine, "Peut-on cumuler l’aide aux halles avec d’autres aides ?")
    known = [item for item in evidence if not item.is_gap]
    gaps = [item for item in evidence if item.is_gap]
    found = [find_gap(question, [gap, *known], YEAR) for gap in sorted(gaps, key=lambda item: -item.logit)]
    assert all(first is not None for first in found)
    likely = [gap.likelihood for gap in found if gap is not None]
    assert all(first >= second for first, second in pairwise(likely))
    assert WORTH_SAYING < IS_ANSWER


def test_a_fiche_without_known_questions_says_sooner_what_is_not_known(small_engine: Engine) -> None:
    question, evidence = weighed(small_engine, "Peut-on cumuler l’aide aux halles avec d’autres aides ?")
    asked = find_gap(question, [replace(item, asked=0.5) for item in evidence], YEAR)
    unasked = find_gap(question, [replace(item, asked=0.0) for item in evidence], YEAR)
    assert asked is not None
    assert unasked is not None
    assert (asked.least, unasked.least) == (IS_ANSWER, IS_ANSWER_UNASKED)
    assert not replace(asked, likelihood=0.7, stands=True).is_answer
    assert replace(unasked, likelihood=0.7, stands=True).is_answer
