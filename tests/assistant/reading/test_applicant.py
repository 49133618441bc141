"""What a conversation says of who asks, turn after turn."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import applicant, commune, territory, turns

from assistant.eligibility.facts import Range
from assistant.eligibility.next_question import ASK_COMMUNE
from corpus.french.folding import fold
from corpus.labels import Beneficiary, Topic

NIEPPE = commune("59431")
LAON = next(place for place in territory().communes.values() if place.name == "Laon")


def test_nothing_said_is_nothing_known() -> None:
    found = applicant(turns("Bonjour"))
    assert not found.facts.applicant_is_known
    assert (found.between, found.communes, found.said_now) == ((), (), False)


@pytest.mark.parametrize(
    "text",
    [
        "La commune de Nieppe est-elle éligible ?",
        "nieppe",
        "et pour Nieppe ?",
        "je suis maire de Nieppe (Nord)",
    ],
)
def test_a_commune_named_is_the_applicant_and_its_town_hall_speaks(text: str) -> None:
    found = applicant(turns(text))
    assert found.facts.commune == NIEPPE
    assert found.communes == (NIEPPE,)
    assert found.facts.beneficiary is Beneficiary.COMMUNE
    assert found.said_now


def test_someone_else_of_a_commune_is_not_the_town_hall() -> None:
    found = applicant(turns("Nous sommes une association de Nieppe"))
    assert (found.facts.commune, found.facts.beneficiary) == (NIEPPE, Beneficiary.ASSOCIATION)
    later = applicant(turns("La commune de Nieppe", "?", "en fait nous sommes une association"))
    assert later.facts.beneficiary is Beneficiary.ASSOCIATION


def test_the_commune_chosen_beside_stands_until_another_is_named() -> None:
    assert applicant(turns("Sommes-nous éligibles ?"), LAON).facts.commune == LAON
    assert applicant(turns("La commune de Nieppe est-elle éligible ?"), LAON).facts.commune == NIEPPE


@pytest.mark.parametrize(
    "text", ["commune de Laon, non pardon, de Nieppe", "à Laon, enfin non, à Nieppe", "Nieppe, pas Laon"]
)
def test_a_commune_that_is_taken_back_is_not_meant(text: str) -> None:
    found = applicant(turns(f"Combien pour des caméras ? {text}"))
    assert [place.insee for place in found.communes] == [NIEPPE.insee]


def test_the_newest_cost_stands_be_it_told_without_its_unit() -> None:
    talk = turns("des caméras pour 45 000 €", "?", "non 4 500 pardon")
    assert applicant(talk).facts.cost == Range.exactly(4500)
    talk = turns("des caméras pour 45 000 € HT", "?", "et 300 arbres ?")
    told = applicant(talk).facts
    assert (told.cost, told.taxes, told.counts) == (Range.exactly(45_000), "HT", {"plant": 300})


def test_a_later_turn_corrects_an_earlier_one() -> None:
    talk = turns("on est 1 500 habitants", "?", "pardon, on est 2 600 habitants")
    assert applicant(talk).facts.population == Range.exactly(2600)
    talk = turns("La commune de Nieppe", "?", "et pour la commune de Laon ?")
    assert applicant(talk).facts.commune == LAON


def test_another_commune_has_another_population() -> None:
    talk = turns("Nieppe, on est 1 500 habitants", "?", "et pour la commune de Laon ?")
    assert applicant(talk).facts.population is None
    talk = turns("Nieppe, on est 1 500 habitants", "?", "et à Nieppe ?")
    assert applicant(talk).facts.population == Range.exactly(1500)


@pytest.mark.parametrize("text", ["notre commune est à côté de Nieppe", "un village près de Nieppe"])
def test_a_landmark_is_not_the_applicant(text: str) -> None:
    assert applicant(turns(text)).facts.commune is None


def test_homonyms_are_left_to_choose_and_the_choice_ends_it() -> None:
    names = Counter(place.name for place in territory().communes.values())
    name = next(n for n, count in names.items() if count > 1 and len(n) > 6 and " " not in n)
    same = [place for place in territory().communes.values() if place.name == name]
    found = applicant(turns(name))
    assert found.facts.commune is None
    assert set(found.between) == set(same)
    chosen = applicant(turns(name, "Laquelle ?", same[1].label))
    assert (chosen.facts.commune, chosen.between) == (same[1], ())


def test_only_the_last_message_counts_as_said_now() -> None:
    assert applicant(turns("on est 1 500 habitants")).said_now
    assert not applicant(turns("on est 1 500 habitants", "?", "et le montant ?")).said_now
    assert applicant(turns("quel montant ?", "?", "on est 1 500 habitants")).said_now


def test_the_words_of_the_user_are_kept_and_those_of_the_assistant_are_not_read() -> None:
    talk = turns("on est 1 500 habitants", "Les communes font 9 000 habitants. Nieppe.", "merci")
    found = applicant(talk)
    assert found.own_words == ("on est 1 500 habitants", "merci")
    assert found.facts.population == Range.exactly(1500)
    assert found.facts.commune is None


def test_the_project_grows_and_the_name_of_a_scheme_is_not_mine() -> None:
    talk = turns("on veut refaire la place", "?", "et planter des arbres")
    assert applicant(talk).facts.project >= {Topic.PUBLIC_SPACE, Topic.TREES}
    assert applicant(turns("Mon commerce d’ici, c’est quoi ?")).facts.beneficiary is not Beneficiary.COMPANY


def test_a_label_named_as_ones_own_is_not_the_aid_sought() -> None:
    found = applicant(turns("on est PVD, on a droit au CVCB ?"))
    assert found.labels_named == {"etat-pvd"}
    assert not applicant(turns("Qui peut devenir Petites villes de demain ?")).labels_named


def test_an_answer_is_read_with_the_question_before_it() -> None:
    question = "S’agit-il d’une première installation de vidéoprotection ?"
    found = applicant(
        turns("vidéoprotection", question.replace(" ?", "\u00a0?"), "Non"), None, "videoprotection"
    )
    assert found.facts.claims["premiere_installation"] is False
    assert applicant(turns("…", ASK_COMMUNE, "Nieppe")).facts.commune == NIEPPE


@pytest.mark.slow
def test_every_commune_is_understood_by_its_label() -> None:
    labels = Counter(fold(place.label) for place in territory().communes.values())
    for place in list(territory().communes.values())[::7]:
        if labels[fold(place.label)] == 1:
            found = applicant(turns("Sommes-nous éligibles ?", ASK_COMMUNE, place.label))
            assert found.facts.commune == place


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=5))
def test_any_conversation_is_read(texts: list[str]) -> None:
    found = applicant(turns(*texts), None, "cvcb", "videoprotection")
    assert found.own_words == tuple(texts[::2])


def test_a_question_of_any_commune_of_so_many_leaves_the_one_told_before() -> None:
    found = applicant(turns("Nieppe est-elle éligible ?", "Voici.", "et pour une commune de 500 habitants ?"))
    assert found.facts.commune is None
    assert found.facts.population == Range.exactly(500)


TRADES = ("dacs-tpe", "aide-artisans-commercants")


@pytest.mark.parametrize("scheme", TRADES)
@pytest.mark.parametrize(
    "text",
    [
        "Un serrurier de Laon qui investit 50 000 € peut-il y prétendre ?",
        "À Laon, le transporteur routier de notre commune peut-il le toucher ?",
        "Une fleuriste à Laon, c’est possible pour elle ?",
        "Jsui menuisier, 3 salariés, basé à Laon. c mort pr moi ou ?",
    ],
)
def test_an_aid_for_others_than_communes_is_asked_by_whoever_is_named(text: str, scheme: str) -> None:
    found = applicant(turns(text), None, scheme)
    assert found.facts.commune == LAON
    assert found.facts.beneficiary is Beneficiary.COMPANY


def test_a_town_hall_asks_for_a_shopkeeper_told_turns_ago() -> None:
    said = turns(
        "notre boulangère voudrait refaire son magasin", "?", "La commune c’est Laon. Possible pour elle ?"
    )
    assert applicant(said, None, *TRADES[1:]).facts.beneficiary is Beneficiary.COMPANY


@pytest.mark.parametrize(
    "text",
    [
        "Laon peut-elle le demander ?",
        "Ma commune, Laon, peut-elle le toucher ?",
        "Notre ville de Laon y a-t-elle droit ?",
    ],
)
@pytest.mark.parametrize("scheme", TRADES)
def test_a_commune_that_asks_is_the_one_that_asks(text: str, scheme: str) -> None:
    assert applicant(turns(text), None, scheme).facts.beneficiary is Beneficiary.COMMUNE


def test_who_would_ask_is_not_guessed_where_nobody_is_named() -> None:
    assert applicant(turns("C’est pour un projet à Laon"), None, TRADES[0]).facts.beneficiary is None
    assert (
        applicant(turns("C’est pour un projet à Laon"), None, "cvcb").facts.beneficiary is Beneficiary.COMMUNE
    )
