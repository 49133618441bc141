"""What a message states of the applicant, in everyday and in hurried spelling."""

from __future__ import annotations

from math import inf

import pytest
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.facts import Facts, Range
from assistant.reading.french.negation import denies, read_clauses
from assistant.reading.statement import read_statement
from corpus.labels import Beneficiary


def read(text: str) -> Facts:
    return read_statement(text, Facts())


# --- inhabitants ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "inhabitants"),
    [
        ("on est 1 500 habitants", 1500),
        ("nous sommes une commune de 1 850 habitants", 1850),
        ("On est 1500 hab", 1500),
        ("1\u00a0200 habitants", 1200),
        ("1\u202f200 habitants", 1200),
        ("ma commune compte 2 300 habitants", 2300),
        ("notre village fait 450 habitants", 450),
        ("on fait 800 habs", 800),
        ("on est 900", 900),
        ("et on est 1500 hbts", 1500),
        ("nous comptons 3,5 mille habitants", 3500),
        ("et si on est 3 500 ?", 3500),
        ("et si on est 3500 habitants ?", 3500),
        ("On est une commune de 1.500 habitants", 1500),
        ("2 000 hab.", 2000),
        ("mairie de 700 habitants", 700),
        ("bjr on est 650 hab dans laisne", 650),
    ],
)
def test_an_exact_population(text: str, inhabitants: int) -> None:
    assert read(text).population == Range.exactly(inhabitants)


@pytest.mark.parametrize(
    ("written", "inhabitants"),
    [
        ("2'500 habitants", 2500),
        ("2’500 habitants", 2500),
        ("2_500 habitants", 2500),
        ("2\u066c500 habitants", 2500),
        ("2500h", 2500),
        ("deux mille cinq cents habitants", 2500),
        ("vingt-cinq mille habitants", 25_000),
        ("mille cent âmes", 1100),
        ("quinze cents habitants", 1500),
        ("neuf cent quatre-vingt-dix-neuf habitants", 999),
        ("12 mille habitants", 12_000),
        ("1,5k hab", 1500),
    ],
)
@pytest.mark.parametrize(
    "lead", ["Notre commune de {} peut-elle demander l’aide ?", "on a {}", "village, {}, zone rurale"]
)
def test_a_population_is_read_in_every_writing(lead: str, written: str, inhabitants: int) -> None:
    assert read(lead.format(written)).population == Range.exactly(inhabitants)


@pytest.mark.parametrize(
    "written", ["un millier", "une petite centaine", "25 milliers", "trois centaines", "mille et quelques"]
)
def test_a_word_that_rounds_leaves_a_margin(written: str) -> None:
    known = read(f"une commune d’{written} d’habitants").population
    assert known is not None
    assert not known.is_exact


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2 5 00",
            "1 999,5",
            "0",
            "-3",
            "2,500",
            "12.05.2024",
            "2 50",
            "deux trois mille",
            "des milliers d’",
        ),
        *("zéro", "20 000 000", "99999999999999999999", "quelques", "1/3", "½"),
    ],
)
def test_a_figure_that_cannot_be_a_population_is_none(written: str) -> None:
    assert read(f"Notre commune de {written} habitants peut-elle demander l’aide ?").population is None


@pytest.mark.parametrize(
    "text",
    [
        "une salle de 200 personnes",
        "un habitant nous demande la vidéoprotection",
        "nous sommes trois à la mairie",
        "les communes de 2 000 habitants",
        "le restaurant pour 40 personnes",
        "un projet neuf pour les habitants",
        "5 habitations à rénover",
    ],
)
def test_another_count_is_not_our_population(text: str) -> None:
    assert read(text).population is None


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("nous sommes entre 900 et 1 000 habitants", (900, 1000)),
        ("on a pas plus de 500 habitants", (0, 500)),
        ("nous sommes une petite commune de moins de 500 habitants", (0, 499)),
        ("on est un village de 800 personnes", (800, 800)),
    ],
)
def test_a_population_within_bounds(text: str, bounds: tuple[float, float]) -> None:
    assert read(text).population == Range(*bounds)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("on a moins de 2 000 habitants", (0, 1999)),
        ("nous sommes moins de 500 habitants", (0, 499)),
        ("On dépasse les 20 000 habitants", (20001, inf)),
        ("plus de 10 000 habitants chez nous", (10001, inf)),
        ("on est au moins 3000 habitants", (3000, inf)),
    ],
)
def test_less_and_more_are_strict_and_at_least_is_not(text: str, bounds: tuple[float, float]) -> None:
    assert read(text).population == Range(*bounds)


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("nous avons environ 1 000 habitants", 1000),
        ("on est environ 1200", 1200),
        ("à peu près 600 habitants", 600),
    ],
)
def test_about_leaves_a_margin(text: str, around: int) -> None:
    known = read(text).population
    assert known is not None
    assert known.low < around < known.high
    assert known.high - known.low <= around / 2


@pytest.mark.parametrize(
    "text",
    [
        "L’aide est-elle réservée aux communes de moins de 2 000 habitants ?",
        "C’est pour les communes de moins de 2 000 habitants ?",
        "le seuil de 20 000 habitants",
        "communes ayant plus de 5 000 habitants",
        "nous sommes 3 élus",
        "nous sommes en 2024",
        "on est 2 pour gérer ça",
        "on est le 12",
    ],
)
def test_a_rule_or_another_number_is_not_our_population(text: str) -> None:
    assert read(text).population is None


def test_the_last_population_stated_stands() -> None:
    first = read("on est 1 500 habitants")
    assert read_statement("en fait on est 2 100 habitants", first).population == Range.exactly(2100)
    assert read_statement("et le montant ?", first).population == Range.exactly(1500)


@given(st.integers(1, 9_999_999), st.sampled_from([" ", "\u00a0", "\u202f"]))
def test_thousands_may_be_spaced_in_any_way(inhabitants: int, space: str) -> None:
    for written in (str(inhabitants), f"{inhabitants:,}".replace(",", space)):
        assert read(f"nous avons {written} habitants").population == Range.exactly(inhabitants)


# --- who asks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("je suis maire", Beneficiary.COMMUNE),
        ("Je suis secrétaire de mairie", Beneficiary.COMMUNE),
        ("notre commune voudrait", Beneficiary.COMMUNE),
        ("je suis maire d’un village, notre association des parents demande", Beneficiary.COMMUNE),
        ("je suis boulanger", Beneficiary.COMPANY),
        ("Adjointe au commerce. Un traiteur du bourg veut demander l’aide", Beneficiary.COMPANY),
        ("Mairie de Nieppe : le club de foot peut-il obtenir cette aide ?", Beneficiary.ASSOCIATION),
        ("Maire d’un village, la boulangerie est vide et nous voulons demander l’aide", Beneficiary.COMMUNE),
        ("ma femme tient une crêperie", Beneficiary.COMPANY),
        ("chui coiffeuse", Beneficiary.COMPANY),
        ("je tiens une boutique", Beneficiary.COMPANY),
        ("on est une asso", Beneficiary.ASSOCIATION),
        ("nous sommes une association de parents d’élèves", Beneficiary.ASSOCIATION),
        ("je suis agriculteur", Beneficiary.FARMER),
        ("notre communauté de communes", Beneficiary.EPCI),
        ("la comcom peut-elle demander ?", Beneficiary.EPCI),
        ("je suis un particulier", Beneficiary.INDIVIDUAL),
        ("je suis propriétaire d’une chapelle", Beneficiary.LANDLORD),
        ("nous sommes un syndicat mixte", Beneficiary.SYNDICATE),
    ],
)
def test_who_speaks(text: str, who: Beneficiary) -> None:
    assert read(text).beneficiary is who


@pytest.mark.parametrize(
    "text", ["un commerce", "Une épicerie ?", "restauration d’un lavoir", "restaurant scolaire"]
)
def test_a_project_is_nobody_who_asks(text: str) -> None:
    assert read(text).beneficiary is None


@pytest.mark.parametrize(
    "text",
    [
        "La boulangère part en retraite, plus aucun magasin",
        "le café ferme en juin",
        "Le boucher du bourg a cessé son activité",
    ],
)
def test_who_goes_asks_for_nothing(text: str) -> None:
    assert read(text).beneficiary is not Beneficiary.COMPANY


@pytest.mark.parametrize("text", ["je ne suis pas une association", "nous ne sommes pas un syndicat"])
def test_who_one_is_not(text: str) -> None:
    assert read(text).beneficiary is None


# --- cost -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("le projet coûte 45 000 €", 45000),
        ("un devis de 12 500 euros", 12500),
        ("des travaux de 80 k€", 80000),
        ("budget : 1,2 million d’euros", 1_200_000),
        ("g un devis a 6000 e", 6000),
        ("un devis de cinquante mille euros", 50_000),
        ("les travaux : 80'000 €", 80_000),
        ("un budget de 1,5 M€", 1_500_000),
        ("un projet à 2 millions et demi d’euros", 2_500_000),
        ("le chantier coûte 80 mille euros", 80_000),
        ("un devis de 80.000,00 €", 80_000),
        ("montant des travaux 30\u00a0000\u00a0€ HT", 30000),
    ],
)
def test_a_cost(text: str, euros: float) -> None:
    assert read(text).cost == Range.exactly(euros)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("les travaux coûtent plus de 30 000 €", 40000, 30000),
        ("moins de 5 000 € de travaux", 4000, 5000),
        ("environ 20 000 € de travaux", 20000, 30000),
    ],
)
def test_a_cost_between_bounds(text: str, inside: float, outside: float) -> None:
    known = read(text).cost
    assert known is not None
    assert known.low <= inside <= known.high
    assert not known.low <= outside <= known.high


@pytest.mark.parametrize(
    "text",
    [
        "on a reçu une subvention de 10 000 €",
        "le plafond de l’aide est de 30 000 €",
        "combien peut-on obtenir ?",
        "une aide de 5 000 € nous suffirait",
        "un devis de 80,000 €",
        "un devis de 8 00 00 €",
        "un devis de 0 €",
    ],
)
def test_an_aid_is_not_a_cost(text: str) -> None:
    assert read(text).cost is None


# --- labels -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("on est PVD", "label:pvd", True),
        ("nous sommes Petite ville de demain", "label:pvd", True),
        ("on n'est pas PVD", "label:pvd", False),
        ("notre commune n’est pas Petites villes de demain", "label:pvd", False),
        ("nous ne sommes pas Action cœur de ville", "label:acv", False),
        ("on est village d’avenir", "label:villages-avenir", True),
        ("nous sommes lauréats du CVCB", "laureate:cvcb", True),
        ("on n’est pas lauréat du CVCB", "laureate:cvcb", False),
        ("Nous ne sommes ni PVD ni ACV", "label:pvd", False),
        ("Nous ne sommes ni PVD ni ACV", "label:acv", False),
    ],
)
def test_a_label_that_one_has_or_not(text: str, key: str, value: bool) -> None:
    assert read(text).claims[key] is value


def test_a_negation_stops_with_its_clause() -> None:
    claims = read("On est PVD mais pas lauréats du CVCB").claims
    assert claims["label:pvd"] is True
    assert claims["laureate:cvcb"] is False


@pytest.mark.parametrize(
    "text", ["est-ce que nous sommes PVD ?", "qu'est-ce que PVD ?", "L’aide cvcb c'est quoi"]
)
def test_asking_of_a_label_states_nothing(text: str) -> None:
    assert not read(text).claims


def test_a_label_said_later_corrects_the_first_one() -> None:
    assert read_statement("en fait on n'est pas PVD", read("on est PVD")).claims["label:pvd"] is False


# --- nothing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "bonjour", "qui peut demander l’aide ?", "?", "merci", "quel est le montant ?", "c koi le cvcb"],
)
def test_a_text_that_states_nothing(text: str) -> None:
    assert read(text) == Facts()


@given(st.text(max_size=120))
def test_any_text_is_read_and_what_is_known_stays(text: str) -> None:
    known = Facts(cost=Range.exactly(5)).with_claims({"a": True})
    facts = read_statement(text, known)
    assert facts.claims["a"] is True
    assert facts.cost is not None
    for quantity in (facts.population, facts.cost):
        assert quantity is None or quantity.low <= quantity.high


@pytest.mark.parametrize(
    ("text", "negative"),
    [("on n'est pas classe", True), ("aucun commerce", True), ("sans local", True), ("on est classe", False)],
)
def test_a_clause_that_denies(text: str, negative: bool) -> None:
    assert denies(text) is negative


def test_clauses_are_cut_where_a_negation_stops() -> None:
    assert [part.text for part in read_clauses("on est pvd mais pas acv, merci")] == [
        "on est pvd",
        "pas acv",
        "merci",
    ]
    assert [part.text for part in read_clauses(" . ")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Combien de communes sont lauréates Action cœur de ville dans la région ?",
        "Une ville Action cœur de ville peut-elle avoir le CVCB ?",
        "Quelles communes sont Petites villes de demain ?",
        "les villes lauréates du CVCB ont touché combien",
    ],
)
def test_the_labels_of_others_are_not_the_applicants(text: str) -> None:
    assert read(text).claims == {}


def test_a_turnover_is_no_cost() -> None:
    assert read("J'ai 2 salariés et 150 000 € de chiffre d'affaires, pour mon projet").cost is None
    assert read(
        "On fait 150 000 € de CA par an et rien d’autre à dire. Le budget des travaux est de 20 000 €"
    ).cost == Range.exactly(20000)


@pytest.mark.parametrize(
    "piece",
    [
        "patronne daaajeune simple ",  # adjectives that could be cut in several ways
        "la patronne de la ",  # each determiner opens a chain of adjectives
        "1",  # digits that no unit follows
        " ",
        "1 ",
        "1 000",
        "moins de 1 ",
        "president d'une ",
    ],
)
@pytest.mark.parametrize("start", ["", "Je suis ", "1" * 500])
def test_reading_takes_time_in_proportion_to_the_message(piece, start):
    def text(size):
        return start + piece * (size // len(piece))

    assert is_linear(lambda said: read_statement(said, Facts()), text, 4000)


@pytest.mark.parametrize(
    "text",
    [
        "Notre commune compte 1 200 habitants et notre intercommunalité 25 000",
        "Notre commune de 1 200 habitants est dans une intercommunalité de 25 000 habitants",
        "Notre intercommunalité de 25 000 habitants compte une commune de 1 200 habitants, la nôtre",
        "Notre interco fait 25 000 habitants, notre village 1 200 habitants",
        "On est 1 200 habitants dans notre commune, notre communauté de communes compte 25 000 habitants",
    ],
)
def test_the_inhabitants_of_the_intercommunality_are_not_the_communes(text: str) -> None:
    facts = read(text)
    assert facts.population == Range.exactly(1200)
    assert facts.epci_population == Range.exactly(25_000)
    assert facts.beneficiary is Beneficiary.COMMUNE


def test_the_intercommunality_asked_about_is_the_applicant_beside_the_commune() -> None:
    text = "Notre communauté de communes peut-elle demander l’aide pour notre commune ?"
    assert read(text).beneficiary is Beneficiary.EPCI


@pytest.mark.parametrize(
    "text", ["notre intercommunalité 2026", "notre epci a 3000 €", "l’interco nous aide, on est 900"]
)
def test_another_figure_is_not_the_intercommunalitys(text: str) -> None:
    assert read(text).epci_population is None
