"""A name of the region that goes on, or that is put elsewhere, is another place."""

from __future__ import annotations

import pytest

from corpus.communes.territory import load_territory
from corpus.places.gazetteer import Gazetteer
from corpus.places.resolution import Found, NotFound


@pytest.fixture(scope="module")
def whole() -> Gazetteer:
    return Gazetteer(load_territory())


def read(whole: Gazetteer, text: str) -> tuple[list[str], list[tuple[str, str | None]]]:
    """The communes named, and the strangers with where they are."""
    mentions = whole.mentions(text)
    strangers = whole.strangers(text, mentions, {"ville", "reseau", "interne", "travaux"}.__contains__)
    names = [mention.text for mention in mentions]
    told = [(item.text, item.outside and whole.elsewhere.label(item.outside)) for item in strangers]
    return names, told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nous sommes la mairie de Cambrai-sur-Orbe", "Cambrai-sur-Orbe"),
        ("commune de Soissons-lès-Vignes, 300 habitants", "Soissons-lès-Vignes"),
        ("je suis maire de noyon-sous-bois", "noyon-sous-bois"),
        ("à Bailleul-en-Forêt", "Bailleul-en-Forêt"),
        ("Hesdin-la-Forêt-sur-Loue", "Hesdin-la-Forêt-sur-Loue"),
        ("à Compiègne-de-l'Adour", "Compiègne-de-l'Adour"),
    ],
)
def test_a_longer_name_that_nobody_has_is_unknown(whole: Gazetteer, text: str, name: str) -> None:
    assert read(whole, text) == ([], [(name, None)])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mairie de Clermont-de-l'Oise", "Clermont"),
        ("mairie de Lens-en-Artois", "Lens"),
        ("mairie de Berck-sur-Mer", "Berck-sur-Mer"),
        ("mairie de Neuville-en-Ferain", "Neuville-en-Ferain"),
        ("mairie de Lens en Gohelle", "Lens"),
        ("à Noyon sur Facebook", "Noyon"),
        ("à Noyon en Interne", "Noyon"),
        ("mairie de Noyon, 60 habitants", "Noyon"),
        ("mairie de Noyon (60)", "Noyon"),
        ("mairie de Noyon 14500 habitants", "Noyon"),
        ("un voyage de Noyon en Allemagne", "Noyon"),
        ("mairie de Noyon, près de la Belgique", "Noyon"),
    ],
)
def test_what_says_where_a_commune_is_leaves_it(whole: Gazetteer, text: str, name: str) -> None:
    assert read(whole, text) == ([name], [])


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("mairie de Noyon, en Italie", "Noyon, en Italie", "Noyon (Italie)"),
        ("mairie de Noyon (Ontario)", "Noyon (Ontario)", "Noyon (Canada)"),
        ("mairie d'Hirson aux États-Unis", "Hirson aux États-Unis", "Hirson (États-Unis)"),
        ("mairie de Marle, Dordogne", "Marle, Dordogne", "Marle (Dordogne)"),
        ("mairie de Marle dans le Cher", "Marle dans le Cher", "Marle (Cher)"),
        ("Marle (33)", "Marle (33)", "Marle (Gironde)"),
        ("mairie de Marle 33480", "Marle 33480", "Marle (Gironde)"),
        ("mairie de Marle en Bretagne", "Marle en Bretagne", None),
        ("mairie de Marle en Vivarais", "Marle en Vivarais", None),
        ("mairie de Marle sur Gartempe", "Marle sur Gartempe", None),
    ],
)
def test_a_name_put_elsewhere_is_of_there(whole: Gazetteer, text: str, name: str, label: str | None) -> None:
    assert (name, label) in read(whole, text)[1]


def test_a_name_put_elsewhere_is_not_found_alone(whole: Gazetteer) -> None:
    assert isinstance(whole.find("commune de Marle (33)"), NotFound)
    assert isinstance(whole.find("commune de Marle (02)"), Found)


@pytest.mark.parametrize(
    "text", ["oui, on est en ville", "nous habitons à la ville", "on vit en Ville", "NOUS SOMMES EN VILLE"]
)
def test_the_word_for_a_town_is_no_commune(whole: Gazetteer, text: str) -> None:
    assert read(whole, text)[0] == []


@pytest.mark.parametrize("text", ["Ville", "mairie de Ville", "je suis maire de ville", "ville (60)"])
def test_the_commune_of_that_name_is_read_still(whole: Gazetteer, text: str) -> None:
    assert read(whole, text)[0] == [text.split()[-1] if "(" not in text else "ville"]
