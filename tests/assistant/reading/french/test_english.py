"""English questions: recognised without taking French ones for them, glossed, answered in French."""

from __future__ import annotations

import pytest
from small_corpus import ask

from assistant.answering.engine import Engine
from assistant.messages.searches import IN_FRENCH
from assistant.reading.french.english import glossed, is_english
from evaluation.questions.cases import committed_cases

ENGLISH = [
    "How much money can our village get to plant trees?",
    "Is our town (2,500 inhabitants) eligible for the CVCB?",
    "What is the deadline for the sports facilities grant?",
    "who can apply for the last shop fund",
    "How to get security cameras funded in Nieppe?",
    "Which schemes help us restore the church?",
]
FRENCH = [
    "Combien pour planter des arbres ?",
    "on a 900 hab on peu avoir koi pr isoler la sale des fetes",
    "Mon commerce d’ici, c’est pour qui ?",
    "Le PVD or not ?",
    "CVCB",
    "",
    "?!",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_recognised(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", FRENCH)
def test_french_is_not_taken_for_english(text: str) -> None:
    assert not is_english(text)


def test_no_french_question_of_the_set_is_taken_for_english() -> None:
    cases = committed_cases("dev")
    taken = {case.id for case in cases for turn in case.turns if is_english(turn)}
    assert len(cases) > 400
    assert taken <= {"scope-015", "scope-016"}, "the two written in English"


def test_the_words_of_the_schemes_are_put_in_french() -> None:
    assert (
        glossed("How much can our village get to plant trees?")
        == "combien notre village obtenir planter arbres?"
    )
    assert "vidéoprotection" in glossed("a grant for security cameras")
    assert "Nieppe" in glossed("How to get security cameras funded in Nieppe?")


def test_an_english_question_is_answered_in_french_with_a_note(small_engine: Engine) -> None:
    reply = small_engine.reply(ask("How much is the grant for the écoles, what is the rate?"))
    assert reply.status == "answered"
    first, *rest = reply.answer.splitlines()
    assert first == IN_FRENCH
    assert "25 %" in "\n".join(rest).replace("\u00a0", " ")
    assert reply.citations[0].scheme_id == "ecoles"


def test_a_french_question_has_no_note(small_engine: Engine) -> None:
    assert IN_FRENCH not in small_engine.reply(ask("Quel est le montant de l’aide aux écoles ?")).answer
