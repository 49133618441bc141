"""What is told of another Département than that of who asks isn't for them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from verdict_builders import catalogue, territory

from assistant.choosing.elsewhere import departments_named, without_elsewhere, without_unknowns_elsewhere
from corpus.places.elsewhere import load_elsewhere
from corpus.places.named import PlaceNames

PLACES, OUTSIDE = PlaceNames(territory()), load_elsewhere()
OISE = "Dans l’Oise, 13 % des communes sont dans le bassin."
AISNE = "Dans l’Aisne, 14 % des communes sont dans le bassin."
ANY = "La subvention varie selon le projet."


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (OISE, {"60"}),
        ("L’appel de l’Aube de 2023 acceptait des groupes.", {"10"}),
        ("Selon la préfecture de Meurthe-et-Moselle, la DSEC…", {"54"}),
        ("Une somme au nord de la commune.", set()),
        (ANY, set()),
    ],
)
def test_the_departments_of_a_text_are_found(text: str, named: set[str]) -> None:
    assert departments_named(text, PLACES, OUTSIDE) == named


def told(scheme: str, *texts: str, own: str) -> list[str]:
    items = [
        SimpleNamespace(
            sentence=SimpleNamespace(text=text), hit=SimpleNamespace(chunk=SimpleNamespace(scheme_id=scheme))
        )
        for text in texts
    ]
    kept = without_elsewhere(items, {own} if own else set(), catalogue(), PLACES, OUTSIDE)
    return [item.sentence.text for item in kept]


def test_what_is_of_another_department_alone_is_left_out() -> None:
    assert told("agence-eau-artois-picardie", OISE, AISNE, ANY, own="02") == [AISNE, ANY]


def test_nothing_is_left_out_where_no_place_is_told() -> None:
    assert told("agence-eau-artois-picardie", OISE, AISNE, own="") == [OISE, AISNE]


def test_whose_aid_it_is_stays_said_to_who_may_not_have_it() -> None:
    whose = "Le FARDA est une aide du Pas-de-Calais."
    assert told("pas-de-calais-farda", whose, ANY, own="59") == [whose, ANY]


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("combien pour un café ?", False),
        ("combien pour le café d'agnetz ?", True),
        ("et dans l’Oise ?", False),
    ],
)
def test_what_is_not_known_of_a_place_is_told_to_who_names_it(said: str, is_told: bool) -> None:
    def item(text: str, *, is_gap: bool) -> SimpleNamespace:
        return SimpleNamespace(sentence=SimpleNamespace(text=text), is_gap=is_gap)

    gap = item("Le montant de l’aide au café d’Agnetz n’a pas été trouvé.", is_gap=True)
    others = [item(ANY, is_gap=True), item("Agnetz est aidée.", is_gap=False)]
    kept = without_unknowns_elsewhere([gap, *others], said, PLACES)
    assert kept == ([gap, *others] if is_told else others)
