"""Everyday words tell the topics of a project."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.topics import find_topics
from corpus.labels import Topic

WORDINGS = {
    Topic.TOWN_CENTRE: ("redonner vie au cœur de village", "revitaliser le bourg"),
    Topic.PUBLIC_SPACE: ("refaire les trottoirs", "un nouveau parvis"),
    Topic.SHOP: ("une épicerie ambulante", "le boulanger est parti", "reprendre le café du coin"),
    Topic.CRAFT: ("le plombier", "un atelier de menuiserie"),
    Topic.BUILDING_ENERGY: ("changer la chaudière de la mairie", "isoler les combles"),
    Topic.RENEWABLE_ENERGY: ("des panneaux solaires sur le hangar", "une chaufferie bois-énergie"),
    Topic.BUILDING_REUSE: ("transformer l’ancienne école en logements", "réhabiliter un presbytère"),
    Topic.BROWNFIELD: ("une usine désaffectée", "dépolluer un terrain"),
    Topic.ACTIVE_MOBILITY: ("une piste cyclable", "un chemin pour les piétons"),
    Topic.TRANSPORT: ("une navette vers la gare", "le covoiturage"),
    Topic.SPORT: ("refaire le gymnase", "un city-stade", "un mur de tennis"),
    Topic.CULTURE: ("la bibliothèque", "un festival de fanfares"),
    Topic.HERITAGE: ("le clocher penche", "restaurer un moulin"),
    Topic.TREES: ("planter des pommiers", "une haie"),
    Topic.BIODIVERSITY: ("creuser une mare", "protéger les pollinisateurs"),
    Topic.WATER: ("un bassin de rétention", "la rivière déborde"),
    Topic.DISASTER: ("la tempête a arraché le toit", "les dégâts de la nuit"),
    Topic.CCTV: ("des caméras au stade", "la vidéosurveillance"),
    Topic.HEALTH: ("plus de médecin au village", "une maison de santé"),
    Topic.DIGITAL: ("le wifi public", "la fibre"),
    Topic.SHARED_PLACE: ("un espace de coworking", "un tiers-lieu"),
    Topic.TOURISM: ("un gîte d’étape", "un camping municipal"),
    Topic.DEPRIVED_AREA: ("un quartier prioritaire", "les QPV"),
    Topic.SCHOOL: ("la cantine", "repeindre les classes"),
}


@pytest.mark.parametrize(
    ("topic", "text"), [(topic, text) for topic, all_ in WORDINGS.items() for text in all_]
)
def test_wordings_of_a_topic(topic: Topic, text: str) -> None:
    assert topic in find_topics(text)
    assert topic in find_topics(text.upper())


def test_every_topic_has_words_but_the_two_that_say_where_or_anything() -> None:
    assert set(Topic) - set(WORDINGS) == {Topic.RURAL, Topic.GENERAL}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bonjour, merci",
        "Quel est le montant ?",
        "Qui peut en bénéficier ?",
        "Nous sommes une commune de 800 habitants",
        "La Région nous aide-t-elle ?",
        "une place de parking",
        "le marché public",
        "la santé publique",
    ],
)
def test_words_that_tell_no_topic(text: str) -> None:
    assert find_topics(text) == frozenset()


def test_a_project_may_have_several_topics() -> None:
    assert find_topics("planter des arbres devant l’école") == {Topic.TREES, Topic.SCHOOL}


@given(st.text())
def test_any_text_has_topics_or_none(text: str) -> None:
    assert find_topics(text) <= set(Topic)
