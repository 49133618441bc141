"""The cost that a message tells: with or without its unit, one of two, mended, or none."""

from __future__ import annotations

import pytest

from assistant.reading.cost import cost_unread, read_cost, read_granted, read_taxes
from corpus.french.folding import fold


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("12 caméras, 80 000 €", 80_000),
        ("un devis de 80k", 80_000),
        ("un loyer de 20 000 € et des travaux de 100 000 €", 100_000),
        ("une valise de diagnostic à 24 000 ht", 24_000),
        ("quatre-vingt mille euros", 80_000),
        ("le coût retombe à 360 000", 360_000),
        ("un budget de 35000", 35_000),
        ("72 000 € HT soit 86 400 € TTC", 72_000),
        ("80 000 euros, non pardon, 60 000 euros", 60_000),
        ("une subvention de 20 000 € pour 80 000 € de travaux", 80_000),
        ("le projet coûte 80 000 €, la commune apporte 20 000 €", 80_000),
        ("quelle aide pour nos caméras, 80 000 € ?", 80_000),
        ("l’aide aux caméras pour 80 000 €", 80_000),
        ("place et halle : 2,4 millions d’euros", 2_400_000),
    ],
)
def test_an_amount_is_a_cost(text: str, cost: float) -> None:
    found = read_cost(fold(text))
    assert found is not None
    assert sum(found.terms) == cost


@pytest.mark.parametrize(
    "text",
    [
        "une subvention de 30 000 € pour des caméras ?",
        "12 caméras à 4 000 € l’unité",
        "6 caméras à 5 000 € pièce",
        "4 x 12 000 €",
        "un emprunt de 50 000 €",
        "nous avons déjà 30 000 € de la DETR",
        "30 000 € au plus, c’est bien ça ?",
        "0 € de travaux",
        "une aide plafonnée à 30 000 €",
        "on a reçu 30 000 € de la Région",
        "500 000 francs",
        "4 500 habitants",
        "3 500 spectateurs en 2024",
        "un projet en 2025",
    ],
)
def test_other_amounts_are_none(text: str) -> None:
    assert read_cost(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("80 000 ou 120 000 €", 80_000, 120_000),
        ("devis A : 80 000 €, devis B : 95 000 €", 80_000, 95_000),
        ("entre 50 et 60 000 €", 50_000, 60_000),
        ("de 30 à 40 000 euros", 30_000, 40_000),
        ("entre 500 et 600 €", 500, 600),
    ],
)
def test_two_costs_told_as_a_choice_bound_it(text: str, low: float, high: float) -> None:
    found = read_cost(fold(text))
    assert found is not None
    assert (found.low, found.high, found.terms) == (low, high, ())


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("non 4 500 pardon j’ai mis un zéro de trop", 4500),
        ("Maintenant 230 000.", 230_000),
        ("210 000 avec le pont, je recompte", 210_000),
        ("on est 4 500 habitants", None),
        ("il y aura 4 500 spectateurs", None),
        ("en 2024 plutôt", None),
    ],
)
def test_a_figure_without_a_unit_mends_a_cost_told_before(text: str, cost: float | None) -> None:
    found = read_cost(fold(text), known=True)
    assert (found.terms[0] if found else None) == cost
    assert read_cost(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "taxes"), [("80 000 € HT", "HT"), ("hors taxes", "HT"), ("9 € TTC", "TTC"), ("9 €", None)]
)
def test_taxes_are_told(text: str, taxes: str | None) -> None:
    assert read_taxes(fold(text)) == taxes


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("0 €", True),
        ("-5 000 €", True),
        ("900 francs", True),
        ("9 000 €", False),
        ("Nieppe - 9 000 €", False),
    ],
)
def test_an_amount_that_cannot_be_a_cost_is_told(text: str, odd: bool) -> None:
    assert cost_unread(fold(text)) is odd


def test_costs_told_apart_keep_what_each_is_for() -> None:
    one = read_cost(fold("locaux 60 000 € et matériel 30 000 €"))
    other = read_cost(fold("6 000 € de vitrine et 9 000 € de matériel, 2 000 € de stock"))
    assert one is not None
    assert (one.terms, one.named) == ((60_000, 30_000), ("locaux", "materiel"))
    assert other is not None
    assert (other.terms, other.named) == ((6_000, 9_000, 2_000), ("vitrine", "materiel", "stock"))


@pytest.mark.parametrize(
    ("text", "granted"),
    [
        ("mairie 300 000 €, nous avons déjà 100 000 € de DETR accordés", 100_000),
        (
            "salle à 900 000 €, l'État a déjà accordé 600 000 €, combien la Région peut-elle ajouter ?",
            600_000,
        ),
        ("la Région n'a pas accordé les 30 000 € de subvention", None),
        ("un devis de 80 000 € accepté, quelle aide ?", None),
    ],
)
def test_aids_already_granted_are_told(text: str, granted: float | None) -> None:
    assert read_granted(fold(text)) == granted
