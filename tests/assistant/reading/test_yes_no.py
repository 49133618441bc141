"""Yes, no, or unsure: what a short answer to one question says, and what takes it back."""

from __future__ import annotations

import pytest

from assistant.reading.yes_no import agrees, is_negative_question, said
from corpus.french.folding import fold

AIDED = fold("La commune a-t-elle déjà reçu l’aide ?")
NEVER = fold("La commune n’a-t-elle jamais été aidée ?")


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Oui", "yes"),
        ("si", "yes"),
        ("oui, aucun problème", "yes"),
        ("Oui, mais le terrain n’est pas à nous", "yes"),
        ("pas de souci", "yes"),
        ("Non", "no"),
        ("pas encore", "no"),
        ("jamais", "no"),
        ("aucune", "no"),
        ("Je ne sais pas", "unsure"),
        ("oui et non", None),
        ("non et oui", None),
        ("oui mais pas encore", None),
        ("oui, jamais", None),
        ("si la Région veut bien", None),
        ("oui je crois", None),
        ("jamais sauf en 2022", None),
        ("non, pas depuis 2022", None),
        ("pas avant 2022", None),
        ("oui, à part une", None),
        ("oui, depuis 2019", "yes"),
        ("non, sauf erreur", "no"),
        ("peut-être", None),
        ("", None),
        ("Nieppe", None),
    ],
)
def test_what_is_said(answer: str, found: str | None) -> None:
    assert said(fold(answer)) == found


@pytest.mark.parametrize(
    ("question", "answer", "so"),
    [
        (AIDED, "oui", True),
        (AIDED, "non", False),
        (AIDED, "non, jamais aidés", False),
        (AIDED, "jamais", False),
        (AIDED, "je ne sais pas", None),
        (NEVER, "oui", True),
        (NEVER, "non, jamais", True),
        (NEVER, "jamais", True),
        (NEVER, "non", False),
        (NEVER, "si", False),
    ],
)
def test_an_answer_agrees_with_its_question_or_not(question: str, answer: str, so: bool | None) -> None:
    assert agrees(question, fold(answer)) is so


@pytest.mark.parametrize(
    ("question", "negative"),
    [
        ("La commune n’a-t-elle jamais été aidée ?", True),
        ("Le projet ne dépasse-t-il pas 80 % ?", True),
        ("La commune est-elle sans commerce ou sans offre suffisante ?", True),
        ("La commune a-t-elle déjà reçu l’aide ?", False),
        ("Le demandeur est-il un EPCI qui ne réunit pas plus de 75 000 habitants ?", False),
        ("Le projet est-il porté par une entreprise, et non par une commune ?", False),
    ],
)
def test_a_question_put_in_the_negative(question: str, negative: bool) -> None:
    assert is_negative_question(fold(question)) is negative
