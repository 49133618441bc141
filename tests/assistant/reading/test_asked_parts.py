"""The several things that one message asks."""

from __future__ import annotations

from dataclasses import replace

from acts_builders import reading

from assistant.reading.acts import ReadAct
from assistant.reading.asked_parts import asked_parts
from assistant.reading.intents import Intent
from assistant.reading.understand import Question


def asked(text: str, read: ReadAct | None) -> Question:
    return Question(text, text, names="halles", read=read)


def test_each_sentence_that_asks_is_a_part() -> None:
    text = "Quel taux pour les halles ? Et jusqu’à quel mois de l’année ?"
    parts = asked_parts(asked(text, reading(parts=(reading(amount=1.0), reading(when=1.0)))))
    assert [part.text for part in parts] == [
        "Quel taux pour les halles ?",
        "Et jusqu’à quel mois de l’année ?",
    ]
    assert [part.intents for part in parts] == [{Intent.HOW_MUCH}, {Intent.WHEN}]
    assert all(part.search_text.startswith("halles ") for part in parts)


def test_the_clauses_of_one_sentence_are_parts_where_they_ask_different_things() -> None:
    clauses = (reading(amount=0.9, who=0.1), reading(when=0.9, who=0.1))
    parts = asked_parts(asked("quel taux pour nous, la campagne finit quand", reading(clauses=clauses)))
    assert [part.intents for part in parts] == [{Intent.HOW_MUCH}, {Intent.WHEN}]


def test_clauses_that_ask_the_same_or_are_in_doubt_are_no_parts() -> None:
    text = "quel taux pour nous, quel plafond pour eux"
    assert not asked_parts(asked(text, reading(clauses=(reading(amount=1.0), reading(amount=1.0)))))
    assert not asked_parts(asked(text, reading(clauses=(reading(amount=1.0), reading(when=0.5, who=0.5)))))


def test_one_question_has_no_parts() -> None:
    assert not asked_parts(asked("Quel taux ?", reading(amount=1.0)))
    assert not asked_parts(asked("Quel taux ?", None))


def test_an_answer_has_no_parts_of_what_was_asked_before() -> None:
    clauses = (reading(amount=0.9, who=0.1), reading(when=0.9, who=0.1))
    question = asked("quel taux pour nous, la campagne finit quand", reading(clauses=clauses))
    assert asked_parts(question)
    assert not asked_parts(replace(question, answers_us=True))
