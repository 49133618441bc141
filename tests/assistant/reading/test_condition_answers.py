"""What an answer says of each of several conditions asked together; in doubt nothing is settled."""

from __future__ import annotations

from itertools import product

import pytest
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.condition_answers import Condition, Told, read_together

FIRST = Condition("S’agit-il d’une première installation de vidéoprotection ?")
AIDED = Condition(
    "La commune a-t-elle déjà reçu l’aide régionale à la vidéoprotection en 2022 ? (il faut que non)",
    wants_no=True,
)
CAMERAS = (FIRST, AIDED)
SHOP = (
    Condition("Le commerce a-t-il un point de vente fixe ?"),
    Condition("L’entreprise est-elle inscrite au registre ?"),
    Condition("La surface de vente est-elle de 400 m² au plus ?"),
)


def told(answer: str, conditions: tuple[Condition, ...] = CAMERAS) -> dict[int, bool | None]:
    """What is settled condition by condition, of an answer that isn't of all of them."""
    found = read_together(answer, conditions)
    assert found.whole is None, answer
    return dict(found.each)


# --- of all of them -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        *[
            (text, "yes")
            for text in (
                "Oui",
                "oui oui",
                "Oui, toutes",
                "toutes",
                "oui pour les deux",
                "les deux",
                "les deux sont remplies",
                "Tout à fait",
                "si",
                "Si, si !",
                "oui nous remplissons toutes les conditions",
                "c’est bon",
                "oui aucun souci",
            )
        ],
        *[
            (text, "no")
            for text in (
                "Non",
                "non non",
                "Non, pas toutes",
                "pas toutes",
                "aucune",
                "non aucune des deux",
                "ni l’une ni l’autre",
                "pas encore",
                "pas les deux",
            )
        ],
        *[(text, "unsure") for text in ("Je ne sais pas", "aucune idée", "jsp")],
    ],
)
def test_a_short_answer_is_of_all_of_them(answer: str, whole: str) -> None:
    assert read_together(answer, CAMERAS) == Told(whole=whole)


@pytest.mark.parametrize(
    "answer",
    [
        "oui et non",
        "oui non",
        "ni oui ni non",
        "oui mais…",
        "oui mais le terrain n’est pas à nous",
        "oui, toutes sauf une",
        "peut-être",
        "oui en partie",
        "je pense que oui",
        "les trois",
        "une seule des deux",
    ],
)
def test_what_is_not_plain_settles_nothing(answer: str) -> None:
    found = read_together(answer, CAMERAS)
    assert found.whole is None
    assert not found.each


@pytest.mark.parametrize("answer", ["oui et non", "oui non", "oui mais…", "peut-être", "les trois"])
def test_an_answer_that_is_not_plain_is_known_as_one(answer: str) -> None:
    assert read_together(answer, CAMERAS).unclear


@pytest.mark.parametrize(
    "answer", ["", "…", "Quel est le montant ?", "oui, mais c’est quoi une première ?", "Nieppe", "45 000 €"]
)
def test_another_message_is_no_answer(answer: str) -> None:
    assert read_together(answer, CAMERAS) == Told()


# --- of each of them ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "each"),
    [
        ("première installation et non jamais aidés", {0: True, 1: False}),
        ("première installation, jamais aidés", {0: True, 1: False}),
        ("oui c’est notre première installation et nous n’avons jamais reçu d’aide", {0: True, 1: False}),
        ("c’est une première installation. Aucune aide reçue.", {0: True, 1: False}),
        ("non jamais aidés", {1: False}),
        ("non, jamais aidés", {1: False}),
        ("ce n’est pas une première installation", {0: False}),
        ("nous avons reçu l’aide en 2022", {1: True}),
        ("oui pour l’installation, je ne sais pas pour l’aide", {0: True, 1: None}),
        ("je ne sais pas pour la deuxième", {1: None}),
    ],
)
def test_its_parts_speak_by_their_words(answer: str, each: dict[int, bool | None]) -> None:
    assert told(answer) == each


@pytest.mark.parametrize(
    ("answer", "each"),
    [
        ("la première oui, la seconde non", {0: True, 1: False}),
        ("La 1re oui et la 2e non", {0: True, 1: False}),
        ("1 oui 2 non 3 oui", {0: True, 1: False, 2: True}),
        ("1) oui 2) non", {0: True, 1: False}),
        ("1 : oui\n3 : non", {0: True, 2: False}),
        ("oui pour la première, non pour la dernière", {0: True, 2: False}),
        ("la 1 et la 2 oui", {0: True, 1: True}),
        ("oui sauf la deuxième", {1: False}),
        ("oui, mais pas la troisième", {2: False}),
        ("oui pour le registre, non pour la surface", {1: True, 2: False}),
        ("point de vente fixe oui, registre je ne sais pas", {0: True, 1: None}),
        ("la deuxième, je ne sais pas", {1: None}),
    ],
)
def test_its_parts_speak_by_rank_or_subject(answer: str, each: dict[int, bool | None]) -> None:
    assert told(answer, SHOP) == each


@pytest.mark.parametrize(
    "answer",
    [
        "la seconde non",
        "1 oui 2 non",
        "non pour l’aide",
        "oui pour l’aide",
        "oui pour la deuxième",
        "pas la deuxième",
    ],
)
def test_a_bare_word_on_a_condition_met_by_a_no_may_mean_two_things(answer: str) -> None:
    found = read_together(answer, CAMERAS)
    assert 1 not in found.each
    assert 1 in found.doubtful


@pytest.mark.parametrize(
    "answer", ["première installation, mais aidés en 2019", "première installation, déjà aidés"]
)
def test_another_year_is_another_matter(answer: str) -> None:
    assert told(answer) == {0: True}


@pytest.mark.parametrize(
    "answer",
    ["première réunion du conseil", "jamais de caméras", "on a 12 caméras", "notre maire est d’accord"],
)
def test_words_that_happen_to_be_there_settle_nothing(answer: str) -> None:
    assert not read_together(answer, CAMERAS).each


LIMITED = (
    "première installation, jamais aidés sauf en 2022",
    "première installation, jamais aidés, à part en 2022 par la Région",
    "première installation, pas d’aide hormis celle de 2022",
    "première installation, jamais aidés avant 2022",
    "première installation, pas aidés depuis 2022",
    "jamais aidés sauf en 2022",
    "Nous n’avons été aidés qu’en 2022",
    "aidés en 2021 seulement",
    "première installation, jamais aidés. Sauf en 2022.",
    "première installation, jamais aidés, excepté il y a quatre ans",
    "à part en 2022, première installation et jamais aidés",
    "première installation. En dehors de 2022, jamais aidés",
    "jamais aidés, c’est une première installation, mis à part en 2022",
    "première installation, depuis 2022 nous n’avons jamais été aidés",
    "première installation, pas d’aide reçue cette année",
    "première installation, presque jamais aidés",
    "première installation, jamais aidés après 2022",
    "première installation, pas aidés récemment",
    "première installation, jamais aidés à l’exception de 2022",
    "première installation, jamais aidés, une seule fois peut-être",
    "première installation, aidés uniquement par le Département",
    "première installation, aucune aide du Département",
    "première installation, aucune aide de l’État",
    "première installation, déjà aidée par le Département en 2022",
    "Nieppe a déjà reçu l’aide du Département pour ses caméras",
    "jamais, sauf une fois",
    "non, hormis en 2022",
)


@pytest.mark.parametrize("answer", LIMITED)
def test_an_aid_told_with_a_limit_or_of_another_funder_stays_open(answer: str) -> None:
    found = read_together(answer, CAMERAS)
    assert found.whole is None
    assert 1 not in found.each


@pytest.mark.parametrize(
    "answer",
    [
        "la première installation date de 2019, jamais aidés",
        "après une première installation en 2020, jamais aidés",
        "première installation de la deuxième tranche, jamais aidés",
        "première installation ? pas vraiment, jamais aidés",
        "pas vraiment une première installation, jamais aidés",
        "première installation depuis 2019, jamais aidés",
        "première installation pour l’extension, jamais aidés",
        "ce n’est une première installation qu’à la mairie, jamais aidés",
    ],
)
def test_a_first_told_with_a_limit_stays_open(answer: str) -> None:
    found = read_together(answer, CAMERAS)
    assert found.whole is None
    assert 0 not in found.each


@pytest.mark.parametrize(
    ("answer", "each"),
    [
        ("première installation, jamais aidés, sauf erreur", {0: True, 1: False}),
        ("c’est avant tout une première installation", {0: True}),
        ("nous avons reçu l’aide de la Région en 2022", {1: True}),
        ("première installation, aucune aide de la Région", {0: True, 1: False}),
    ],
)
def test_what_limits_nothing_still_settles(answer: str, each: dict[int, bool | None]) -> None:
    assert told(answer) == each


def test_all_but_one_is_of_a_yes_alone() -> None:
    assert told("oui sauf la deuxième", SHOP) == {1: False}
    assert read_together("aucune sauf la deuxième", SHOP).each == {}


def test_a_no_before_everything_that_is_met_is_asked_again() -> None:
    assert read_together("non, première installation et jamais aidés, non", CAMERAS) == Told(unclear=True)


@pytest.mark.parametrize(
    ("answer", "met"), [("300 m² de surface de vente", True), ("surface de 500 m²", False)]
)
def test_a_quantity_settles_the_condition_that_bounds_it(answer: str, met: bool) -> None:
    assert told(answer, SHOP) == {2: met}


NEGATIVE = (
    Condition("La commune n’a-t-elle jamais été aidée ?"),
    Condition("Le village est-il sans commerce ?"),
)


@pytest.mark.parametrize(
    ("answer", "each"),
    [
        ("non, jamais aidés", {0: True}),
        ("jamais aidée", {0: True}),
        ("nous avons été aidés", {0: False}),
        ("sans commerce", {1: True}),
        ("nous n’avons aucun commerce", {1: True}),
        ("jamais aidés et aucun commerce", {0: True, 1: True}),
    ],
)
def test_two_denials_agree(answer: str, each: dict[int, bool | None]) -> None:
    assert told(answer, NEGATIVE) == each


# --- whatever is written ----------------------------------------------------------------------------------

WORDS = st.sampled_from(
    """
    oui non la première seconde 1 2 3 et mais , . pour sauf jamais aidés installation pas toutes je ne sais
    """.split()  # noqa: SIM905 - a page of quotes would hide the words
)


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=80))
def test_any_answer_is_read(answer: str) -> None:
    found = read_together(answer, CAMERAS)
    assert set(found.each) | found.doubtful <= {0, 1}
    assert not set(found.each) & found.doubtful
    assert found.whole is None or not (found.each or found.doubtful)


@pytest.mark.parametrize(
    "piece", ["1 oui ", "la première ", " ", "1", "non, ", "oui\n", "ne sais pas sauf ", "1.", "n'a", "\n "]
)
def test_a_speech_takes_no_longer_than_its_length(piece: str) -> None:
    assert is_linear(lambda text: read_together(text, CAMERAS), lambda size: piece * size, 400)


@pytest.mark.parametrize("says", list(product([True, False, None], repeat=3)))
def test_each_rank_is_told_what_it_is_told(says: tuple[bool | None, ...]) -> None:
    written = {True: "oui", False: "non", None: "je ne sais pas"}
    ranks = ("la première", "la deuxième", "la troisième")
    answer = ", ".join(f"{rank} {written[value]}" for rank, value in zip(ranks, says, strict=True))
    assert told(answer, SHOP) == dict(enumerate(says))
