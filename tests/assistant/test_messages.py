"""The sentences that no source wrote: dates in French, typography, and no promise."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import messages
from assistant.messages import questions
from assistant.messages.next_steps import section_question
from assistant.messages.reserves import age_caution, closed_caution
from assistant.messages.searches import nearest, not_published
from corpus.french.dates import french_date


@pytest.mark.parametrize(
    ("iso", "french"),
    [
        ("2023", "2023"),
        ("2023-07", "juillet 2023"),
        ("2023-07-07", "7 juillet 2023"),
        ("2022-02-01", "1er février 2022"),
        ("2022-08-31", "31 août 2022"),
        ("2024-12-11", "11 décembre 2024"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(iso: str, french: str) -> None:
    assert french_date(iso) == french


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_can_be_said(day: date) -> None:
    number, month, year = french_date(day.isoformat()).split(" ")
    assert int(number.removesuffix("er")) == day.day
    assert year == str(day.year)
    assert french_date(f"{day.year}-{day.month:02d}") == f"{month} {year}"


def test_the_age_caution_names_the_year_and_the_scheme() -> None:
    caution = age_caution("Halles", 2023, "[1]")
    assert "2023" in caution
    assert "Halles" in caution
    assert "reconduction non vérifiée" in caution
    assert caution.endswith("[1]")


def test_the_closed_caution_names_the_scheme() -> None:
    caution = closed_caution("Haies", "[2]")
    assert "Haies" in caution
    assert "n’est plus ouvert" in caution
    assert caution.endswith("[2]")


def test_what_is_not_published_and_what_is_near() -> None:
    assert "Lavoirs" in not_published("Lavoirs")
    assert nearest(["Halles", "Haies"]).index("Halles") < nearest(["Halles", "Haies"]).index("Haies")


def test_a_section_makes_a_question_and_an_unknown_one_none() -> None:
    question = section_question("Montant", "Halles")
    assert question is not None
    assert question.endswith("?")
    assert "Halles" in question
    assert section_question("À ne pas confondre", "Halles") is None


def every_sentence() -> list[str]:
    rooms = [import_module(f"assistant.messages.{found.name}") for found in iter_modules(messages.__path__)]
    fixed = [
        value
        for room in rooms
        for name, value in vars(room).items()
        if name.isupper() and isinstance(value, str)
    ]
    questions = [section_question(section, "Halles") or "" for section in ("Objet", "Montant", "Cumul")]
    return [
        *(text for text in fixed if len(text) > 1),
        *questions,
        age_caution("Halles", 2023, "[1]"),
        closed_caution("Halles", "[1]"),
        not_published("Halles"),
        nearest(["Halles"]),
    ]


@pytest.mark.parametrize("text", every_sentence())
def test_french_typography(text: str) -> None:
    assert "'" not in text
    assert '"' not in text
    assert not re.search(r"« | »", text), "no-break spaces inside the quotes"
    assert not re.search(r" [:;?!]", text), "a no-break space before a high mark"


def test_a_question_back_does_not_end_where_something_should_follow() -> None:
    assert not questions.WHICH_NEED.endswith(":")
