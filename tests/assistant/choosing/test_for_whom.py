"""What opens on others than a town hall isn't for it, unless the question names them."""

from __future__ import annotations

import pytest
from verdict_builders import names

from assistant.choosing.for_whom import is_for_others
from assistant.reading.understand import Question, understand
from assistant.reply import Message


def asked(text: str) -> Question:
    return understand((Message(role="user", content=text),), names())


OURS = asked("peut-on restaurer notre lavoir ?")


@pytest.mark.parametrize(
    "text",
    [
        "Les associations et les fondations peuvent demander l’aide au patrimoine.",
        "Pour les particuliers et les SCI familiales, l’aide est soumise à une condition de ressources.",
        "Un EPCI n’est exclu de la DETR que s’il réunit trois conditions : plus de 75 000 habitants, "
        "une commune de plus de 20 000 habitants et une densité d’au moins 150 habitants au km².",
    ],
)
def test_what_opens_on_others_is_for_them(text: str) -> None:
    assert is_for_others(text, OURS)


@pytest.mark.parametrize(
    "text",
    [
        "Les communes et les associations peuvent demander l’aide.",
        "Les intercommunalités et les communes rurales sont aidées.",
        "L’association Oh la belle ville apporte des conseils.",
        "Un porteur privé doit avoir l’appui de la collectivité.",
        "Le FARDA s’adresse aux communes rurales.",
    ],
)
def test_what_opens_on_a_commune_or_on_an_aid_is_not(text: str) -> None:
    assert not is_for_others(text, OURS)


def test_who_is_named_by_the_question_is_told() -> None:
    text = "Les associations peuvent demander l’aide au patrimoine."
    assert not is_for_others(text, asked("Notre association peut-elle demander l’aide ?"))
