"""What another reading says leads the trained one, where that one isn't sure."""

from __future__ import annotations

import pytest
from acts_builders import reading

from assistant.eligibility.facts import Facts, Range
from assistant.reading.acts import ReadAct
from assistant.reading.reading import Asked, Reading, Stated
from corpus.labels import Beneficiary


def _over(trained: ReadAct, *asked: Asked) -> ReadAct:
    return Reading(asked, Stated(), "petit").over(trained)


@pytest.mark.parametrize(("sure", "heard"), [(0.5, True), (0.8, True), (0.995, False), (1.0, False)])
def test_what_the_trained_reader_is_sure_of_stays(sure: float, *, heard: bool) -> None:
    read = _over(reading("ask_scheme", sure, how=sure, when=1 - sure), Asked("check_eligibility", "when"))
    expected = ("check_eligibility", "when") if heard else ("ask_scheme", "how")
    assert (read.act, read.aspect) == expected
    assert sum(read.acts.values()) == pytest.approx(1)
    assert sum(read.aspects.values()) == pytest.approx(1)


def test_no_aspect_said_leaves_those_read() -> None:
    trained = reading(how=0.5, what=0.5)
    assert _over(trained, Asked("give_fact")).aspects == trained.aspects


def test_each_question_is_a_part() -> None:
    trained = reading(how=0.4, when=0.3, amount=0.3)
    read = _over(trained, Asked("ask_scheme", "when"), Asked("ask_scheme", "amount"))
    assert [part.aspect for part in read.parts] == ["when", "amount"]


def test_what_is_stated_completes_what_was_read_and_replaces_nothing() -> None:
    stated = Stated(Beneficiary.ASSOCIATION, Range.exactly(900), Range.exactly(80_000))
    said = Reading((Asked("give_fact"),), stated, "petit")
    read = Facts(beneficiary=Beneficiary.COMMUNE, cost=Range.exactly(50_000))
    facts = said.completing(read)
    assert (facts.beneficiary, facts.cost) == (read.beneficiary, read.cost)
    assert facts.population == Range.exactly(900)
    assert said.completing(Facts()).beneficiary is Beneficiary.ASSOCIATION
