"""The places of a message: each with what is known of it and its role; and the message without them."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from verdict_builders import gazetteer, names, territory

from assistant.reading.place_reader import PlaceReader
from assistant.reading.places import Place, Role, Standing, read_places
from assistant.reading.topics import find_topics
from assistant.reply import Message
from corpus.communes.commune import Commune
from corpus.french.folding import fold

READER = PlaceReader(gazetteer(), names())
SWEPT = (
    "La commune de {} a-t-elle droit à une aide ?",
    "{}, sommes-nous éligibles à la vidéoprotection ?",
    "Sommes-nous éligibles à la vidéoprotection à {} ?",
)


def meant(text: str) -> list[Place]:
    return [place for place in READER.read(text) if place.role is not Role.EXAMPLE]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Sommes-nous éligibles à la vidéoprotection à Grenoble ?", "Grenoble (Isère)"),
        ("La mairie de Dieppe peut-elle demander le fonds vert ?", "Dieppe (Seine-Maritime)"),
        ("je suis maire de nantes", "Nantes (Loire-Atlantique)"),
        ("On a droit à quoi au Havre ?", "Le Havre (Seine-Maritime)"),
        ("Strasbourg a-t-elle droit au CVCB ?", "Strasbourg (Bas-Rhin)"),
        ("Les conditions pour Nieppe et Villeurbanne ?", "Villeurbanne (Rhône)"),
        ("Commune de 500 habitants dans le 27", "Eure"),
        ("Village du département de la Marne", "Marne"),
        ("Notre code postal est 51100", "Marne"),
        ("La commune de Tours est-elle éligible ?", "Tours (Indre-et-Loire)"),
        ("Je suis maire de Mouscron, ai-je droit à une aide ?", "Mouscron (Belgique)"),
        ("La mairie d'Ypres peut-elle demander le fonds vert ?", "Ypres (Belgique)"),
        ("Mons est-elle éligible ?", "Mons (Belgique)"),
        ("Sommes-nous éligibles à lisbonne ?", "Lisbonne (Portugal)"),
        ("La ville de Luxembourg", "Luxembourg"),
    ],
)
def test_a_place_outside_the_region_is_known_as_such(text: str, where: str) -> None:
    assert [p.where for p in meant(text) if p.standing is Standing.OUTSIDE] == [where]


@pytest.mark.parametrize(
    "text",
    [
        "Mme Paris suit le dossier",
        "Bruxelles aide-t-elle à isoler une école ?",
        "C'est l'argent de Bruxelles",
        "Le marché vend de l'eau de Cologne",
        "Bonjour, Delphine et Karim suivent le dossier",
        "C'est trop cher dans le Nord",
        "Le fonds est ouvert dans le 15 jours, et dans le 20 mai ?",
        "Sommes-nous éligibles à Action cœur de ville ou à Petites villes de demain ?",
        "Une secrétaire de mairie à plein temps",
        "On refait la rue de Paris",
        "Une commune de Flandre, une commune du Boulonnais",
        "Y aura-t-il une aide ?",
        "Les communes du Pas-de-Calais et des Hauts-de-France",
        "Protéger la mairie contre le vol",
        "ON VEUT DES CAMERAS A INSTALLER",
    ],
)
def test_a_word_a_person_a_street_or_an_area_is_no_place(text: str) -> None:
    assert meant(text) == []


@pytest.mark.parametrize(
    ("text", "name", "near"),
    [
        ("Sommes-nous éligibles à Malo-les-Bains ?", "Malo-les-Bains", []),
        ("La commune de Bétune est-elle éligible ?", "Bétune", ["Béthune (Pas-de-Calais)"]),
        ("maire de trifouilly-les-oies", "trifouilly-les-oies", []),
        ("Lens-Lestang est-elle éligible ?", "Lens-Lestang", []),
    ],
)
def test_an_unknown_name_is_kept_with_those_most_alike(text: str, name: str, near: list[str]) -> None:
    (place,) = meant(text)
    if place.standing is Standing.KNOWN:  # one slip of a key is forgiven
        assert [place.communes[0].label] == near
    else:
        assert (place.standing, place.text) == (Standing.UNKNOWN, name)
        assert [commune.label for commune in place.communes][: len(near)] == near


@pytest.mark.parametrize(
    ("text", "unknown", "known"),
    [
        ("Zorglubville et Nieppe sont-elles éligibles ?", ["Zorglubville"], ["Nieppe"]),
        ("À Xertigolle et à Guise, sommes-nous éligibles ?", ["Xertigolle"], ["Guise"]),
        ("Wazembrouk, Laon et Lens sont-elles éligibles ?", ["Wazembrouk"], ["Laon", "Lens"]),
        ("Wazembrouk, Xertigolle ou Laon, qui a droit ?", ["Wazembrouk", "Xertigolle"], ["Laon"]),
        ("Saint-Machin-et-Truc et Guise ?", ["Saint-Machin-et-Truc"], ["Guise"]),
        ("Cordialement, Laon et Lens", [], ["Laon", "Lens"]),
        ("Martin et Laon sont-elles éligibles ?", [], ["Laon"]),
        ("La CAF et Laon", [], ["Laon"]),
    ],
)
def test_an_unknown_name_that_opens_a_list_is_kept(text: str, unknown: list[str], known: list[str]) -> None:
    places = meant(text)
    assert [place.text for place in places if place.standing is Standing.UNKNOWN] == unknown
    assert [place.text for place in places if place.commune is not None] == known


@pytest.mark.parametrize(
    ("text", "name", "code", "others"),
    [
        ("Laon (62300) est-elle éligible ?", "Laon", "62300", {"02408", "62498"}),
        ("80000 Guise, une aide ?", "Guise", "80000", {"02361", "80021"}),
        ("Je suis maire de Guise, notre code postal est 59850", "Guise", "59850", {"02361", "59431"}),
        ("La mairie de Guise, code INSEE : 59431, a-t-elle droit ?", "Guise", "59431", {"02361", "59431"}),
    ],
)
def test_a_name_and_a_code_that_disagree_are_a_choice(
    text: str, name: str, code: str, others: set[str]
) -> None:
    (place,) = meant(text)
    assert (place.text, place.standing, place.against, place.commune) == (
        name,
        Standing.AMBIGUOUS,
        code,
        None,
    )
    assert others <= {commune.insee for commune in place.communes}


@pytest.mark.parametrize(
    ("text", "insee"),
    [
        ("Nieppe (59850) est-elle éligible ?", "59431"),
        ("Maire de Guise, notre code postal est 02120", "02361"),
        ("Saint-Aubin, code postal 62170, est-elle éligible ?", "62742"),
        ("Je suis à côté de Lille, code postal 59850", "59431"),
        ("La commune de Guise prévoit 59850 € de travaux", "02361"),
    ],
)
def test_a_code_that_agrees_settles_the_name(text: str, insee: str) -> None:
    (place,) = meant(text)
    assert place.commune is not None
    assert place.commune.insee == insee


@pytest.mark.parametrize(
    ("text", "first", "partial"),
    [
        ("Sommes-nous éligibles à Boulogne ?", "Boulogne-sur-Mer", True),
        ("sommes nous eligibles a sailly", "Sailly-sur-la-Lys", True),
        ("Saint-Aubin est-il éligible ?", "Saint-Aubin", False),
        ("Notre code postal est 62000", "Arras", True),
        ("On est au 59400", "Cambrai", True),
    ],
)
def test_several_communes_are_a_choice(text: str, first: str, *, partial: bool) -> None:
    (place,) = meant(text)
    assert place.standing is Standing.AMBIGUOUS
    assert place.commune is None
    assert (place.communes[0].name, place.is_partial) == (first, partial)


def test_a_former_commune_is_its_successor_and_says_so() -> None:
    (place,) = meant("La mairie d'Hellemmes-Lille peut-elle demander une aide ?")
    assert place.standing is Standing.FORMER
    assert place.commune is not None
    assert (place.where, place.commune.name) == ("Hellemmes-Lille", "Lille")


@pytest.mark.parametrize(
    "name", ["Moÿ-de-l'Aisne", "Moy de l’Aisne", "moy-de-l'aisne", "Moy\u0308-de-l'Aisne"]
)
def test_a_diaeresis_may_be_left_out_or_decomposed(name: str) -> None:
    (place,) = meant(f"Sommes-nous éligibles à la vidéoprotection à {name} ?")
    assert place.commune is not None
    assert place.commune.name == "Moÿ-de-l'Aisne"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Je suis maire de Nieppe, à côté de Lille", [Role.APPLICANT, Role.EXAMPLE]),
        ("Entre Laon et Soissons", [Role.EXAMPLE, Role.EXAMPLE]),
        ("Lens, Liévin et Bray-Dunes", [Role.SUBJECT] * 3),
        ("Nous sommes à Ham et à Péronne", [Role.APPLICANT, Role.APPLICANT]),
    ],
)
def test_a_place_has_a_role(text: str, roles: list[Role]) -> None:
    assert [place.role for place in read_places(text, gazetteer())] == roles


def test_what_is_read_after_the_places_sees_none_of_them() -> None:
    text = "La commune de Croix veut des caméras, comme Rue et Château-Thierry"
    assert find_topics(READER.masked(text)) == find_topics("des caméras")
    assert READER.masked("Les aides de Nieppe") == "Les aides de  "


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Les aides de Croix", "Les aides de  "),
        ("Les aides de Nieppe", "Les aides de Nieppe"),
        ("Croix", "Croix"),
        ("Notre code postal est 59850", "Notre code postal est  "),
    ],
)
def test_a_name_is_kept_to_search_by_unless_it_says_something_else(text: str, left: str) -> None:
    assert READER.message(Message(role="user", content=text)).content == left


def test_what_tells_the_subject_holds_no_place() -> None:
    asked = Message(role="user", content="Bruay-la-Buissière et Nieppe ont-elles droit à des caméras ?")
    left = fold(READER.without(asked).content).split()
    assert left == ["et", "ont-elles", "droit", "a", "des", "cameras", "?"]
    assert READER.without(Message(role="user", content="Nieppe")).content == "Nieppe"


def read_right(commune: Commune, question: str, homonyms: Counter[str]) -> bool:
    """Whether a question is understood as about a commune, or left to choose between it and others."""
    places = meant(question.format(commune.name))
    if len(places) != 1:
        return False
    (place,) = places
    asked = place.standing is Standing.AMBIGUOUS and commune in place.communes
    return asked if homonyms[fold(commune.name)] > 1 else asked or place.commune == commune


def misread(communes: list[Commune]) -> list[str]:
    homonyms = Counter(fold(commune.name) for commune in territory().communes.values())
    return [
        question.format(commune.name)
        for commune in communes
        for question in SWEPT
        if not read_right(commune, question, homonyms)
    ]


def test_a_sample_of_the_communes_is_read_right() -> None:
    everyone = list(territory().communes.values())
    assert misread(random.Random(20261127).sample(everyone, 60)) == []


@pytest.mark.slow
def test_every_commune_is_read_right() -> None:
    assert misread(list(territory().communes.values())) == []
