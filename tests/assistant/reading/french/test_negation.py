"""Where a negation stops, and which clauses deny."""

from __future__ import annotations

import pytest
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.french.negation import (
    denies,
    denies_after_no,
    denies_beside_no,
    denies_in_answer,
    read_clauses,
)
from corpus.french.folding import fold


@pytest.mark.parametrize(
    "text",
    [
        *(
            "on n’est pas classé",
            "nous ne sommes ni PVD ni ACV",
            "aucun commerce",
            "sans local",
            "jamais aidés",
        ),
        *(
            "pas encore",
            "non",
            "il n’y a plus de commerce",
            "plus aucune épicerie",
            "rien n’est signé",
            "nan",
        ),
        *("je ne crois pas que nous soyons lauréats", "on n’a pas de cinéma", "hors périmètre"),
    ],
)
def test_a_clause_that_denies(text: str) -> None:
    assert denies(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        *("on est classé", "une première installation", "Nieppe", "notre commune", "un panneau", "annonce"),
        *("plus de 10 salariés", "on n’a que 3 salariés", "80 000 € hors taxes", "si jamais on est lauréat"),
        *("sans doute lauréats", "cumulable sans dépasser 80 %", "pourquoi pas", "nous ne sommes que 900"),
    ],
)
def test_a_clause_that_denies_nothing(text: str) -> None:
    assert not denies(fold(text))


def test_a_message_is_cut_where_a_negation_stops() -> None:
    cut = read_clauses("on est pvd mais pas acv, merci")
    assert [(part.text, part.denies) for part in cut] == [
        ("on est pvd", False),
        ("pas acv", True),
        ("merci", False),
    ]
    assert read_clauses(" . ") == ()


@given(st.text(alphabet="ab n'pas,.?!;:\n", max_size=60))
def test_a_clause_is_a_span_of_the_message(text: str) -> None:
    end = 0
    for part in read_clauses(text):
        assert part.start >= end
        assert text[part.start : part.end] == part.text == part.text.strip()
        end = part.end


@pytest.mark.parametrize("piece", [" ", "n'", "ne ", "pas ", ", ", "a", " et ne ", "n'a ", "plus de "])
def test_time_grows_with_the_text(piece: str) -> None:
    read = read_clauses.__wrapped__
    assert is_linear(read, lambda size: piece * (size // len(piece)), 4000)


@pytest.mark.parametrize(
    ("answer", "in_it", "after_no", "beside_no"),
    [
        ("plus maintenant", True, True, False),
        ("on est sans", False, True, True),
        ("non", True, True, False),
        ("jamais aidés", True, True, True),
        ("on n’en a plus", True, True, True),
        ("plus de cinéma", True, True, True),
        ("on ne sait", False, True, True),
        ("toutes remplies", False, False, False),
    ],
)
def test_the_denials_of_an_answer(answer: str, *, in_it: bool, after_no: bool, beside_no: bool) -> None:
    folded = fold(answer)
    assert denies_in_answer(folded) is in_it
    assert denies_after_no(folded) is after_no
    assert denies_beside_no(folded) is beside_no
