"""Communes are found in sentences as town halls type them; words, people and streets are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.communes.territory import Territory
from corpus.french.folding import fold
from corpus.places.gazetteer import Gazetteer
from corpus.places.mention import Mention
from corpus.places.resolution import Ambiguous, Found

pytestmark = pytest.mark.slow


def labels(mention: Mention) -> list[str]:
    match mention.resolution:
        case Found(commune):
            return [commune.label]
        case Ambiguous(candidates):
            return [commune.label for commune in candidates]


def of_name(name: str) -> str:
    """The name after "de": d'Albert, du Quesnoy, des Attaques, de La Fère."""
    for article, joined in (("Le ", "du "), ("Les ", "des "), ("La ", "de la "), ("L'", "de l'")):
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"d'{name}" if fold(name)[0] in "aeiouyh" else f"de {name}"


@pytest.mark.parametrize(
    ("sentence", "lowered"),
    [
        ("Je suis maire {}, quelles aides pour la voirie ?", False),
        ("quelles subventions pour la mairie {} svp", True),
        ("Habitants {} : 900. Isolation de la salle des fêtes.", False),
    ],
)
def test_every_name_is_found_in_a_sentence(
    gazetteer: Gazetteer, territory: Territory, sentence: str, *, lowered: bool
) -> None:
    found = 0
    for commune in territory.communes.values():
        text = sentence.format(of_name(commune.name))
        mentions = gazetteer.mentions(fold(text) if lowered else text)
        assert not any(m.certain and commune.label not in labels(m) for m in mentions), text
        found += any(m.certain and commune.label in labels(m) for m in mentions)
    assert found / len(territory.communes) >= 0.995


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Je suis maire du Quesnoy", "Le Quesnoy (Nord)"),
        ("maire du Portel, 9000 habitants", "Le Portel (Pas-de-Calais)"),
        ("Quelles aides pour la commune d'Albert ?", "Albert (Somme)"),
        ("mairie d’albert", "Albert (Somme)"),
        ("Albert Dupont, maire d'Albert", "Albert (Somme)"),
        ("réunion à Albert fin juin", "Albert (Somme)"),
        ("Nous sommes à Ham, quelles aides ?", "Ham (Somme)"),
        ("ARRET DE BUS A HAM", "Ham (Somme)"),
        ("Est-ce que Guise est éligible au CVCB ?", "Guise (Aisne)"),
        ("Est-ce que Laon est éligible ?", "Laon (Aisne)"),
        ("Guise est-elle éligible ?", "Guise (Aisne)"),
        ("Rue peut-elle demander le Fonds vert ?", "Rue (Somme)"),
        ("Ham a-t-elle droit au CVCB ?", "Ham (Somme)"),
        ("La ville de Roye peut-elle demander le Fonds vert ?", "Roye (Somme)"),
        ("a lens on veut des velos", "Lens (Pas-de-Calais)"),
        ("isolation école nieppe 1200 hab", "Nieppe (Nord)"),
        ("59850 Nieppe isolation", "Nieppe (Nord)"),
        ("notre code postal est le 59850", "Nieppe (Nord)"),
        ("Rénover un vieux moulin à Vieux-Moulin", "Vieux-Moulin (Oise)"),
        ("on veut refaire la rue, mairie de Rue", "Rue (Somme)"),
        ("Saint-Aubin (62) : quelles aides ?", "Saint-Aubin (Pas-de-Calais)"),
        ("12 caméras à Nieppe, 80 000 €, combien ?", "Nieppe (Nord)"),
        ("12 caméras à Nieppe 80.000 euros", "Nieppe (Nord)"),
        ("je suis à Saint-Aubin dans le Nord", "Saint-Aubin (Nord)"),
        ("dans l'Aisne, à Saint-Aubin, quelles aides ?", "Saint-Aubin (Aisne)"),
        ("saint aubin 62", "Saint-Aubin (Pas-de-Calais)"),
        ("Avesnes (62), 46 habitants, a-t-elle droit ?", "Avesnes (Pas-de-Calais)"),
        ("Campagne (Oise)", "Campagne (Oise)"),
        ("Poix-du-Nord peut-elle ?", "Poix-du-Nord (Nord)"),
        ("travaux à St-Pol sur Mer", "Dunkerque (Nord)"),
        ("nous sommes Hesdin", "Hesdin-la-Forêt (Pas-de-Calais)"),
        ("maire de Bohain", "Bohain-en-Vermandois (Aisne)"),
        ("Mairie de Niepppe : place", "Nieppe (Nord)"),
        ("mairie de St Quentim", "Saint-Quentin (Aisne)"),
    ],
)
def test_a_commune_meant(gazetteer: Gazetteer, question: str, label: str) -> None:
    (mention,) = [mention for mention in gazetteer.mentions(question) if mention.certain]
    assert labels(mention) == [label]
    assert question[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    "question",
    [
        "on a 900 hab on peu avoir koi pr isoler la sale des fetes",
        "Xavier Bertrand est-il président de la Région Hauts-de-France ?",
        "le maire Albert Dupont veut des aides",
        "M. Lens demande une aide",
        "en guise de réponse, aller vers la mairie",
        "Contre les inondations, que peut faire la commune ?",
        "un vieux moulin à restaurer",
        "dans le Pas-de-Calais, quelles aides ?",
        "quelle est la somme maximale dans le nord ?",
        "un budget de 60000 ou de 80000 euros",
        "la croix du cimetière, le long de la rue, y compris la ville",
        "quelles aides pour les attaques de loups ?",
        "Action cœur de ville et Petites villes de demain",
        "au titre de ce dispositif, à long terme, un arrêt de bus",
        "la couture et la madeleine, des champs et des monts",
        "un maire de Nantes",
        "quelles subvensions pour la videosurveillence",
        "",
    ],
)
def test_no_commune_meant(gazetteer: Gazetteer, question: str) -> None:
    assert gazetteer.mentions(question) == ()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("aide pour Albert", "Albert"),
        ("travaux rue de Lille", "Lille"),
        ("la CA de Cambrai aide-t-elle ?", "Cambrai"),
        ("Nieppe (62) a-t-elle droit ?", "Nieppe"),
        ("isolation ecole saint quantin", "saint quantin"),
        ("Bohain, 6000 habitants", "Bohain"),
        ("maire de Marseille", "Marseille"),
        ("maire de Saint-Omer-en-Chausée, 1200 hab", "Saint-Omer-en-Chausée"),
        ("isolation lens", "lens"),
    ],
)
def test_what_is_doubtful_is_flagged(gazetteer: Gazetteer, question: str, text: str) -> None:
    (mention,) = gazetteer.mentions(question)
    assert mention.text == text
    assert not mention.certain


def test_homonyms_stay_a_choice(gazetteer: Gazetteer) -> None:
    (mention,) = gazetteer.mentions("la commune de Saint-Aubin, 80 habitants")
    assert mention.certain
    assert len(labels(mention)) == 3


def test_a_smaller_homonym_never_hides_the_town_that_people_mean(gazetteer: Gazetteer) -> None:
    (mention,) = gazetteer.mentions("maire d'Avesnes")
    assert {"Avesnes-sur-Helpe (Nord)", "Avesnes (Pas-de-Calais)"} <= set(labels(mention))


def test_several_communes_come_in_order(gazetteer: Gazetteer) -> None:
    found = gazetteer.mentions("Aire-sur-la-Lys, Guise et Fourmies, rue de Lille")
    assert [(m.text, m.certain) for m in found] == [
        ("Aire-sur-la-Lys", True),
        ("Guise", True),
        ("Fourmies", True),
        ("Lille", False),
    ]


@pytest.mark.parametrize(
    ("answer", "alone"),
    [
        ("Nieppe", True),
        ("Nous sommes la commune de Nieppe.", True),
        ("Nieppe, dans le Nord", True),
        ("59850", True),
        ("Nieppe et la voirie", False),
    ],
)
def test_an_answer_that_is_nothing_but_a_commune(gazetteer: Gazetteer, answer: str, *, alone: bool) -> None:
    (mention,) = gazetteer.mentions(answer)
    assert mention.alone is alone


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=120))
def test_any_text_is_read_without_failing(gazetteer: Gazetteer, text: str) -> None:
    for mention in gazetteer.mentions(text):
        assert text[mention.start : mention.end] == mention.text


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_name_is_found_wherever_it_stands(
    gazetteer: Gazetteer, territory: Territory, data: st.DataObject
) -> None:
    commune = data.draw(st.sampled_from(list(territory.communes.values())))
    before = data.draw(st.sampled_from(["Bonjour, ", "", "La place est à refaire ; ", "« "]))
    after = data.draw(st.sampled_from(["", " ?", ", 350 habitants", " : quelles aides ?", " »"]))
    mentions = gazetteer.mentions(f"{before}commune {of_name(commune.name)}{after}")
    assert any(commune.label in labels(mention) for mention in mentions)


def test_a_question_takes_less_than_a_millisecond(gazetteer: Gazetteer) -> None:
    """Processor time, so that a busy machine doesn't count."""
    questions = [
        "Je suis maire de Nieppe, quelles aides pour refaire la place du village ?",
        "on a 900 hab on peu avoir koi pr isoler la sale des fetes",
        "Quelles subventions la commune de Saint-Aubin (62) peut-elle demander pour sa voirie ?",
        "quelles subvensions pour la videosurveillence",
    ]
    started = time.process_time()
    for _ in range(50):
        for question in questions:
            gazetteer.mentions(question)
    assert (time.process_time() - started) / 200 < 0.001


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("On est à côté d’Albert.", True),
        ("un village tout près de Marle", True),
        ("aux alentours d’Albert", True),
        ("on est à côté d’albert", False),
        ("Le fils d’Albert reprend le garage.", False),
    ],
)
def test_what_something_is_near_is_a_place(gazetteer: Gazetteer, text: str, *, is_found: bool) -> None:
    assert any(mention.certain for mention in gazetteer.mentions(text)) is is_found
