"""What a fact may be, and which French wordings state it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from corpus.french.dates import MONTHS
from evaluation.questions.facts import Fact, dates, states

NB = "\u00a0"


def fact(**short: Any) -> Fact:
    return Fact.model_validate(short)


# --- writing a fact -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("short", "kind", "values"),
    [
        ({"rate": 30}, "rate", (30.0,)),
        ({"amount": [10000, 20000.5]}, "amount", (10000.0, 20000.5)),
        ({"number": 3}, "number", (3.0,)),
        ({"date": "2026-01"}, "date", ("2026-01",)),
        ({"date": 2026}, "date", ("2026",)),
        ({"name": ["préfecture", "DETR"]}, "name", ("préfecture", "DETR")),
        ({"name": 112}, "name", ("112",)),
    ],
)
def test_the_short_form(short: dict[str, object], kind: str, values: tuple[object, ...]) -> None:
    made = Fact.model_validate(short)
    assert (made.kind, made.values) == (kind, values)


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ({"taux": 30}, "une seule clé parmi amount, rate, date, number, name"),
        ({"rate": 30, "amount": 2}, "une seule clé"),
        ({}, "une seule clé"),
        ({"rate": []}, "au moins une valeur"),
        ({"rate": "30"}, "« 30 » n’est pas un nombre"),
        ({"date": "28 janvier 2026"}, "n’est pas une date comme 2026-01-28, 2026-01 ou 2026"),
        ({"date": "2026-13"}, "n’est pas une date"),
        ({"date": "2026-1-2"}, "n’est pas une date"),
        ({"date": "1812"}, "n’est pas une date"),
        ({"name": " "}, "un nom vide ne se cherche pas"),
        ({"name": ["préfecture", ""]}, "un nom vide"),
        ({"name": "…"}, "il lui faut une lettre ou un chiffre"),
        ({"name": None}, "une valeur est vide"),
        ({"name": ["préfecture", False]}, "ni un texte ni un nombre"),
        ({"name": [["préfecture"]]}, "ni un texte ni un nombre"),
        ({"kind": "name", "values": [None]}, "une valeur est vide"),
        ({"rate": True}, "ni un texte ni un nombre"),
        ({"kind": "number", "values": (True,)}, "ni un texte ni un nombre"),
        ({"amount": None}, "une valeur est vide"),
        ({"amount": float("inf")}, "« inf » n’est pas un nombre"),
        ({"number": float("-inf")}, "« -inf » n’est pas un nombre"),
        ({"rate": float("nan")}, "« nan » n’est pas un nombre"),
        ({"date": "2026-02-30"}, "« 2026-02-30 » n’est pas une date"),
        ({"date": "2025-02-29"}, "« 2025-02-29 » n’est pas une date"),
        ({"date": None}, "une valeur est vide"),
    ],
)
def test_what_is_no_fact_is_refused_with_the_reason(short: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Fact.model_validate(short)
    assert words in str(raised.value)


@pytest.mark.parametrize("made", [fact(rate=30), fact(name=["112", "préfecture"]), fact(date=2026)])
def test_a_fact_read_again_from_json_is_the_same(made: Fact) -> None:
    assert Fact.model_validate_json(made.model_dump_json()) == made


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (fact(rate=30), f"30{NB}%"),
        (fact(rate=12.5), f"12,5{NB}%"),
        (fact(amount=30000), f"30{NB}000{NB}€"),
        (fact(amount=1_500_000), f"1{NB}500{NB}000{NB}€"),
        (fact(amount=[1234.5, 20]), f"1{NB}234,5{NB}€ ou 20{NB}€"),
        (fact(number=5000), f"5{NB}000"),
        (fact(number=[2, 3]), "2 ou 3"),
        (fact(name=["préfecture", "DETR"]), "préfecture ou DETR"),
        (fact(date="2026-01-28"), "2026-01-28"),
    ],
)
def test_a_fact_in_a_report(made: Fact, text: str) -> None:
    assert str(made) == text


# --- amounts, rates, numbers ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (f"jusqu’à 30{NB}% du coût", True),
        ("jusqu’à 30% du coût", True),
        ("de 20 à 30 %", True),
        ("de 30 à 40 %", True),
        ("30 000 € au plus", False),
        ("30 communes", False),
        ("13 %", False),
        ("30,5 %", False),
        ("300 %", False),
        ("aucun taux", False),
    ],
)
def test_a_rate(text: str, stated: bool) -> None:
    assert states(text, fact(rate=30)) is stated


def test_a_rate_with_a_decimal() -> None:
    assert states("12,5 %", fact(rate=12.5))
    assert not states("12,55 %", fact(rate=12.5))


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (f"1{NB}500{NB}000{NB}€", True),
        ("1 500 000 euros", True),
        ("1,5 M€", True),
        ("1,5 million d’euros", True),
        ("1 500 k€", True),
        ("1 500 €", False),
        ("1,5 %", False),
        ("11 500 000 €", False),
        ("1,5 milliard d’euros", False),
    ],
)
def test_an_amount(text: str, stated: bool) -> None:
    assert states(text, fact(amount=1_500_000)) is stated


@pytest.mark.parametrize(
    ("text", "value", "stated"),
    [
        ("trois communes", 3, True),
        ("Dix-sept dossiers", 17, True),
        ("dix-sept dossiers", 10, False),
        ("Une seule demande", 1, True),
        ("5 000 habitants", 5000, True),
        ("5 000 habitants", 5, False),
        ("15 000 habitants", 5000, False),
        ("cinquante communes", 5, False),
        ("Rev3", 3, False),
        ("3 %", 3, False),
    ],
)
def test_a_number(text: str, value: float, stated: bool) -> None:
    assert states(text, fact(number=value)) is stated


def test_any_value_is_enough_and_all_wrong_are_not() -> None:
    assert states("40 %", fact(rate=[30, 40]))
    assert states("au plus 50 000 €", fact(amount=[45000, 50000]))
    assert not states("35 %", fact(rate=[30, 40]))


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Adressez-vous à la préfecture.", True),
        ("LA PREFECTURE", True),
        ("l’écoute des préfectures", True),
        ("la sous-préfecture de Dunkerque", True),
        ("la mairie", False),
        ("imprefecture", False),
    ],
)
def test_a_name_is_found_without_accents_and_case_from_the_start_of_a_word(text: str, stated: bool) -> None:
    assert states(text, fact(name="préfecture")) is stated


@pytest.mark.parametrize(
    ("name", "text", "stated"),
    [
        ("ARS", "Écrivez à l’ARS.", True),
        ("ARS", "les ars de la région", True),
        ("ARS", "à Arsy, un arsenal", False),
        ("GAL", "les GALs", True),
        ("GAL", "également, une galerie", False),
        ("DSIL", "la DSIL,", True),
        ("Oise", "les Oisemontois", True),  # not in capitals
        ("FEDER", "les fonds FEDERAUX", True),  # too long for an acronym
        ("É.T.A.T", "l’état-major", False),
        ("A4", "l’A40", False),
    ],
)
def test_an_acronym_is_found_as_a_whole_word(name: str, text: str, stated: bool) -> None:
    assert states(text, fact(name=name)) is stated


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (fact(rate=[30, 40]), fact(rate=[50, 40.0]), True),
        (fact(name="L’Épine"), fact(name=["Oise", "l'epine"]), True),
        (fact(date="2026"), fact(date=2026), True),
        (fact(amount=30), fact(rate=30), False),
        (fact(amount=1_000_001), fact(amount=1_000_002), False),
        (fact(name="Oise"), fact(name="Aisne"), False),
    ],
)
def test_two_facts_share_a_value(one: Fact, other: Fact, shared: bool) -> None:
    assert one.shares_value(other) is other.shares_value(one) is shared


def test_a_name_of_several_words_is_found_in_order() -> None:
    name = fact(name="Baie de Somme")
    assert states("la communauté d’agglomération de la Baie-de-Somme", name)
    assert not states("la Somme et sa baie", name)
    assert states("l'Épine", fact(name="L’Epine"))


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("le 28 janvier 2026", {"2026-01-28", "2026"}),
        (f"le 1er{NB}mars{NB}2024", {"2024-03-01", "2024"}),
        ("Le 3 AOÛT 2023", {"2023-08-03", "2023"}),
        ("en février 2025", {"2025-02", "2025"}),
        ("avant le 31/12/2025", {"2025-12-31", "2025"}),
        ("le 5/6/2025", {"2025-06-05", "2025"}),
        ("du 13 mars au 16 juin 2023", {"2023-03-13", "2023-06-16", "2023"}),
        ("du 20 octobre 2025 au 28 janvier 2026", {"2025-10-20", "2025", "2026-01-28", "2026"}),
        ("en 2023 et 2024", {"2023", "2024"}),
        ("chaque 14 juillet", set()),
        ("les maires, en 12/2025", {"2025"}),
        ("12024 habitants", set()),
        ("", set()),
    ],
)
def test_the_dates_of_a_text(text: str, found: set[str]) -> None:
    assert dates(text) == found


def test_a_day_without_a_year_takes_the_next_year_written() -> None:
    """Which is why a source writes both years."""
    assert "2026-10-20" in dates("du 20 octobre au 28 janvier 2026")


@pytest.mark.parametrize(
    ("text", "date", "stated"),
    [
        ("le 28 janvier 2026", "2026-01-28", True),
        ("le 28 janvier 2026", "2026-01", True),
        ("le 28 janvier 2026", "2026", True),
        ("en janvier 2026", "2026-01-28", False),
        ("en 2026", "2026-01", False),
        ("le 27 janvier 2026", "2026-01-28", False),
        ("le 28 juin 2026", "2026-01-28", False),
        ("le 28 janvier 2025", "2026-01-28", False),
        ("le 28 janvier", "2026-01-28", False),
    ],
)
def test_a_date_is_stated_by_one_at_least_as_precise(text: str, date: str, stated: bool) -> None:
    assert states(text, fact(date=date)) is stated


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_written_date_is_read_back(day: datetime.date) -> None:
    text = f"Le dossier est à déposer le {day.day} {MONTHS[day.month - 1]} {day.year}."
    assert dates(text) == {day.isoformat(), str(day.year)}
    assert states(text, fact(date=day.isoformat()))
