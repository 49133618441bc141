"""Quantities that a message states, held against conditions with bounds."""

from __future__ import annotations

import pytest

from assistant.eligibility.facts import Range
from assistant.reading.cost import read_cost
from assistant.reading.cost_answer import read_amount, take_amount
from assistant.reading.quantities import population_unread, read_population, settles
from corpus.french.folding import fold

TURNOVER = "Le chiffre d’affaires de l’entreprise est-il compris entre 80 000 € et 2 millions d’euros ?"
STAFF = "L’entreprise compte-t-elle moins de 10 salariés ?"
TRAVEL = "Faut-il plus de 10 minutes de trajet pour rejoindre le commerce le plus proche ?"
POTENTIAL = (
    "La commune a-t-elle de 2 000 à 20 000 habitants, avec un potentiel inférieur à 1,3 fois la moyenne ?"
)
SURVEY = "La surface de vente est-elle comprise entre 30 et 400 m² ?"


@pytest.mark.parametrize(
    ("question", "message", "is_met"),
    [
        (TURNOVER, "400 000 € de chiffre d’affaires", True),
        (TURNOVER, "mon chiffre d’affaires est de 3 millions d’euros", False),
        (TURNOVER, "un chiffre d’affaires de 50 000 €", False),
        (TURNOVER, "notre CA est de 400 000 €", True),
        (TURNOVER, "29 900 € d’investissement, ça fait combien ?", None),
        (TURNOVER, "J’ai un atelier avec quatre salariés. Combien la Région peut-elle me donner ?", None),
        (TURNOVER, "un investissement de 52 000 €", None),
        (STAFF, "avec quatre salariés", True),
        (STAFF, "nous sommes 12 salariés", False),
        (STAFF, "entre 4 et 6 salariés", True),
        (STAFF, "400 000 € de chiffre d’affaires", None),
        (TRAVEL, "l’épicerie est à 5 minutes", False),
        (TRAVEL, "il faut 25 minutes de voiture", True),
        (SURVEY, "une boutique de 120 m²", True),
        (SURVEY, "un local de 600 m2", False),
        (SURVEY, "à 5 minutes", None),
        # Its inhabitants don't tell its means.
        (POTENTIAL, "Nous sommes une commune de 12 000 habitants", None),
    ],
)
def test_a_quantity_answers_only_the_condition_in_its_unit(
    question: str, message: str, is_met: bool | None
) -> None:
    assert settles(question, message) is is_met


@pytest.mark.parametrize(
    ("answer", "euros"),
    [
        *(
            ("80 000", 80_000),
            ("80000 €", 80_000),
            ("80.000", 80_000),
            ("80'000 euros", 80_000),
            ("80k", 80_000),
        ),
        *(
            ("quatre-vingt mille", 80_000),
            ("80 mille euros", 80_000),
            ("1,5 M€", 1.5e6),
            ("2 millions et demi", 2.5e6),
        ),
        *(("C’est 12 500,50 € HT", 12_500.5), ("en 2 lots, 30 000 € en tout", 30_000), ("5000", 5000)),
        *(("un devis de 2 000 euros signé en 2024", 2000),),
    ],
)
def test_the_amount_of_an_answer(answer: str, euros: float) -> None:
    assert read_amount(answer) == Range.exactly(euros)


@pytest.mark.parametrize(
    ("answer", "low", "high"),
    [
        ("environ 50 000 €", 45_000, 55_000),
        ("entre 10 000 et 20 000 €", 10_000, 20_000),
        ("moins de 5000 euros", 0, 4999),
    ],
)
def test_the_bounds_of_an_answer(answer: str, low: float, high: float) -> None:
    assert read_amount(answer) == Range(low, high)


@pytest.mark.parametrize(
    "answer",
    [
        "je ne sais pas",
        "8 00 00",
        "80,000",
        "-5000 €",
        "0",
        "12/05/2024",
        "99999999999 €",
        "un devis",
        "30 %",
    ],
)
def test_an_answer_without_a_sound_amount(answer: str) -> None:
    assert read_amount(answer) is None


# --- figures that aren't the population or the cost -------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        *("2·350", "2•350", "2 . 350", "2, 350", "2;350", "(2)350", "2\n350", "2\r\n350", "2-350", "2|350"),
        *("2*350", "1 8000", "12 5000", "7 . 900", "3_ 200"),
    ],
)
def test_a_number_broken_in_two_is_no_population(written):
    assert read_population(fold(f"Notre commune de {written} habitants peut-elle demander ?")) is None


@pytest.mark.parametrize(
    "text",
    [
        "Commune de 3 4 00 habitants",
        "notre commune compte 1 249,5 habitants",
        "un village de 0 habitant",
        "nous sommes 12 50 habitants",
        "on est 2,350 hab",
        "ma commune a deux trois mille habitants",
        "une commune de 80 000 000 habitants",
    ],
)
def test_a_figure_that_cannot_be_a_population_is_known_as_such(text):
    assert read_population(fold(text)) is None
    assert population_unread(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "Commune de 3 400 habitants",
        "commune de 900 habitants, 2,3 habitants par logement",
        "les communes de 0 à 500 habitants",
        "notre intercommunalité compte 12 50 habitants",
        "combien d’habitants faut-il ?",
        "12 50 €",
        "32 habitants par km2",
    ],
)
def test_what_is_no_figure_of_our_inhabitants_is_not_called_unread(text):
    assert not population_unread(fold(text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("un village du 62, 350 habitants", 350, 350),
        ("Maire d'un village (80), 350 habitants", 350, 350),
        ("nous sommes entre 300-350 habitants", 300, 350),
        ("en 2024, 350 habitants", 350, 350),
        ("commune de 2 350 habitants (45 hab/km²)", 2350, 2350),
        ("commune de 900 habitants, 32 habitants par km2", 900, 900),
        ("notre commune n'a pas 2 000 habitants", 0, 1999),
        ("on a pas 500 hab", 0, 499),
    ],
)
def test_what_stands_beside_a_population_leaves_it_as_it_is(text, low, high):
    found = read_population(fold(text))
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("text", ["une densité de 45 hab/km²", "commune de 45 hab. au km²", "80 hab/ km2"])
def test_a_density_is_no_population(text):
    assert read_population(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("budget communal de 900 000 €, sommes-nous éligibles ?", None),
        ("notre budget de fonctionnement est de 450 000 €", None),
        ("le projet coûterait 30 000 € dont 12 000 € de travaux", 30000),
        ("18 000 € de travaux sur un total de 45 000 €", 45000),
        ("travaux de 15 000 euros soit 20 % de 75 000 euros", 75000),
        ("un projet à deux fois 15 000 €", None),
        ("un projet à 150 euros par mois", None),
        ("un investissement de 90 €/habitant", None),
        ("un projet à 1 8000 €", None),
        ("un budget de 80 000 € pour les caméras", 80000),
    ],
)
def test_another_sum_is_no_cost(text, cost):
    found = read_cost(fold(text))
    assert (found and found.low) == cost


@pytest.mark.parametrize("text", ["30", "environ 60", "250", "entre 30 et 40 000", "30 %"])
def test_a_small_figure_without_its_unit_is_no_amount(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("text", "euros", "left"),
    [
        ("oui, 18 000 €", 18_000, "oui"),
        ("Oui 25 000 euros HT", 25_000, "oui"),
        ("le devis est de 40 k€", 40_000, ""),
        ("sauf la deuxième, pour 30 000 €", 30_000, "sauf la deuxieme"),
    ],
)
def test_an_amount_that_stands_by_itself_is_taken(text: str, euros: int, left: str) -> None:
    assert take_amount(fold(text)) == (Range.exactly(euros), left)


@pytest.mark.parametrize(
    "text",
    [
        "oui, et déjà 5 000 € d’aide en 2022",
        "un chiffre d’affaires de 90 000 €",
        "oui",
    ],
)
def test_an_amount_of_something_else_is_left(text: str) -> None:
    assert take_amount(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("11000€ + 6000€ de travaux", 17000),
        ("11 000 + 6 000 € de travaux", 17000),
        ("un projet à 7 000 € de plomberie et 20 000 € de toiture", 27000),
        ("on dépense 4 000 € puis 5 500 €", 9500),
        ("6 000 € pour la salle et 10 000 € pour le préau", 16000),
        ("travaux : 5 000 €, 6 000 € et 7 000 €", 18000),
        ("7 000 € de travaux et 20 000 € de matériel, soit 27 000 € au total", 27000),
        ("un projet de 40 000 € et 10 000 € de subvention", 40000),
        ("un projet de 40 000 €, 10 000 € de fonds propres", 40000),
        ("un projet de 40 000 € et 10 000 € d'autofinancement", 40000),
        ("un devis de 15 000 € HT et 18 000 € TTC", 15000),
    ],
)
def test_amounts_of_one_project_are_added_up(text: str, cost: float | None) -> None:
    found = read_cost(fold(text))
    assert (found and found.low) == (found and found.high) == cost
    answered = read_amount(text)
    assert (answered and answered.low) == cost


@pytest.mark.parametrize("written", ["10³", "1²00", "²00", "1 50₀"])
def test_a_figure_with_an_exponent_is_not_read(written: str) -> None:
    assert read_population(fold(f"notre commune de {written} habitants")) is None
    assert read_amount(f"{written}0 000 €") is None
