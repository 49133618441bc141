"""A commune chosen otherwise than by its name: by rank, department or size, or none of those offered."""

from __future__ import annotations

import pytest
from verdict_builders import commune, gazetteer, names

from assistant.reading.place_choice import NONE_OF_THEM, chosen, with_choices
from assistant.reading.place_reader import PlaceReader
from assistant.reply import Asked, Message

READER = PlaceReader(gazetteer(), names())
# In the order in which they would be offered: Lille, Béthune, Laon, Nieppe.
OFFERED = [commune(code) for code in ("59350", "62119", "02408", "59431")]


@pytest.mark.parametrize(
    ("text", "codes", "rest"),
    [
        ("la deuxième", ["62119"], ""),
        ("La 3e, s'il vous plaît", ["02408"], "s'il vous plaît"),
        ("c'est la dernière", ["59431"], ""),
        ("n° 1", ["59350"], ""),
        ("l'avant-dernière", ["02408"], ""),
        ("Celle de l’Aisne !", ["02408"], ""),
        ("dans le 62", ["62119"], ""),
        ("02", ["02408"], ""),
        ("nous sommes dans le Pas de Calais, et on prévoit 30 000 €", ["62119"], "et on prévoit 30 000 €"),
        ("le département du Nord", ["59350", "59431"], ""),
        ("la plus petite", ["59431"], ""),
        ("la plus peuplée", ["59350"], ""),
        ("celle de l'Oise", [], ""),
        ("ni l'une ni l'autre", [], ""),
        ("Non, aucune des deux", [], ""),
        ("une autre commune", [], ""),
    ],
)
def test_what_is_chosen(text: str, codes: list[str], rest: str) -> None:
    choice = chosen(text, OFFERED)
    assert choice is not None
    assert ([item.insee for item in choice.communes], choice.rest) == (codes, rest)


@pytest.mark.parametrize(
    "text",
    ["Nieppe", "la première installation date de 2020", "2 caméras", "oui", "la Somme due", "la douzième"],
)
def test_what_chooses_nothing(text: str) -> None:
    assert chosen(text, OFFERED) is None


def test_the_only_one_offered_is_confirmed_or_denied() -> None:
    only = OFFERED[:1]
    assert [choice.communes for word in ("oui, c'est ça", "non") if (choice := chosen(word, only))] == [
        tuple(only),
        (),
    ]


def told(answer: str, *, asked: bool = True) -> str:
    """What an answer is read as, after "Saint-Aubin" was left open."""
    ours = Asked(about="commune") if asked else Asked(about="need")
    talk = (
        Message(role="user", content="La commune de Saint-Aubin est-elle éligible ?"),
        Message(role="assistant", content="De laquelle parlez-vous ?", asked=ours),
        Message(role="user", content=answer),
    )
    return with_choices(talk, READER)[-1].content


def test_the_message_takes_the_name_of_what_it_chooses() -> None:
    assert told("celle du Nord") == "Saint-Aubin (Nord)"
    assert told("la deuxième, avec 5 caméras") == "Saint-Aubin (Pas-de-Calais), avec 5 caméras"
    assert told("aucune") == NONE_OF_THEM
    assert told("celle du Nord", asked=False) == "celle du Nord"
