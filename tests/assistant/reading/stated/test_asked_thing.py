"""Whether a page speaks of a thing, and whether it leaves it out."""

from __future__ import annotations

import pytest
from statement_builders import BOILERS, PLAYGROUNDS

from assistant.reading.stated.asked_thing import leaves_out, names_a_thing, speaks_of, stems, without_name

TITLE = "Règlement de l’aide aux aires de jeux et aux parcours de santé"


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Combien pour un parcours de santé à 50 000 € ?", True),
        ("Combien pour installer des bancs à 9 000 € ?", True),
        ("Combien pour une éolienne à 50 000 € ?", False),
        ("Combien si on achète un tracteur à 50 000 € ?", False),
        ("Combien pour trois éoliennes ?", False),
        ("Combien avec cette aide ?", True),
    ],
)
def test_whether_a_page_speaks_of_what_is_wanted(said: str, known: bool) -> None:
    assert speaks_of(PLAYGROUNDS, TITLE, said) is known


@pytest.mark.parametrize(
    ("said", "out"),
    [
        ("Combien pour un city-stade ?", True),
        ("Une association peut avoir combien ?", True),
        ("Combien pour l’entretien courant des jeux ?", True),
        ("Combien pour une aire de jeux ?", False),
    ],
)
def test_what_a_page_leaves_out(said: str, out: bool) -> None:
    assert leaves_out(PLAYGROUNDS, stems(said), stems(TITLE), frozenset()) is out


def test_what_is_left_out_is_not_the_row_that_resembles_it() -> None:
    row, said = stems("Pompe à chaleur air/eau"), stems("une pompe à chaleur air/air")
    assert leaves_out(BOILERS, said, row, row)
    assert not leaves_out(BOILERS, stems("une pompe à chaleur air/eau"), row, row)


def test_the_name_of_a_page_tells_nothing_of_what_is_wanted() -> None:
    said = "Combien le fonds lavoirs et calvaires donne pour un calvaire ?"
    kept = without_name(said, "Règlement du fonds pour les lavoirs et les calvaires")
    assert stems("calvaire") <= kept
    assert not stems("lavoirs") & kept


@pytest.mark.parametrize(
    ("said", "named"), [("Et pour un lavoir ?", True), ("40 000 € HT", False), ("et à 60 000 € ?", False)]
)
def test_whether_words_name_a_thing(said: str, named: bool) -> None:
    assert names_a_thing(said) is named
