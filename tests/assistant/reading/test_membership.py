"""Which lists a message asks about: memberships asked, none where something else is asked or said."""

from __future__ import annotations

import pytest

from assistant.reading.intents import find_intents
from assistant.reading.labels import read_labels
from assistant.reading.membership import asked_lists, without_memberships
from corpus.french.folding import fold
from corpus.labels import TerritoryList

PHASES = [TerritoryList.CVCB_PHASE_2, TerritoryList.CVCB_PHASE_1]


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("Chauny est-elle PVD ?", [TerritoryList.PVD]),
        ("Sommes-nous bien dans la liste des Villages d’avenir ?", [TerritoryList.VILLAGES_AVENIR]),
        ("Bonjour. Est-ce que Denain fait partie d'Action cœur de ville ? Merci", [TerritoryList.ACV]),
        ("Fait-on partie des lauréats du CVCB ?", PHASES),
        ("Vervins figure-t-elle dans la première phase du CVCB ?", [TerritoryList.CVCB_PHASE_1]),
        ("Avons-nous été retenus ? Somain a-t-elle été retenue dans la deuxième phase du CVCB ?", PHASES[:1]),
        ("Y a-t-il une maison France services à Guînes ?", [TerritoryList.FRANCE_SERVICES]),
        ("Notre commune est Petite ville de demain, oui ou non ?", [TerritoryList.PVD]),
        ("Guise et Hirson sont-elles PVD ?", [TerritoryList.PVD]),
    ],
)
def test_a_membership_is_asked(text: str, lists: list[TerritoryList]) -> None:
    assert list(asked_lists(text)) == lists


@pytest.mark.parametrize(
    "text",
    [
        "Nous sommes PVD, avons-nous droit à une aide ?",
        "Chauny est PVD.",
        "Sommes-nous éligibles à Petites villes de demain ?",
        "C'est quoi une ville PVD ?",
        "Combien de communes sont dans Action cœur de ville ?",
        "Une ville PVD est-elle dans le CVCB ?",
        "Si on est PVD, a-t-on droit au CVCB ?",
        "Albert peut-elle demander Villages d'avenir ?",
    ],
)
def test_what_is_said_or_asked_otherwise_is_no_such_question(text: str) -> None:
    assert asked_lists(text) == ()


def test_what_more_is_asked_is_told_apart() -> None:
    assert not find_intents(without_memberships("Chauny est-elle dans la deuxième phase du CVCB ?"))
    assert find_intents(without_memberships("Chauny est-elle dans le CVCB, et peut-elle demander une aide ?"))


@pytest.mark.parametrize("text", ["Fait-on partie des lauréats du CVCB ?", "La ville est PVD ou pas ?"])
def test_what_is_asked_is_not_claimed(text: str) -> None:
    assert read_labels(fold(text)) == {}
