from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from corpus.source import Reference, Source, check_url, parse_partial_date


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("2023", "2023"),
        ("2023-07", "2023-07"),
        ("2023-07-07", "2023-07-07"),
        ("2024-02-29", "2024-02-29"),
        (2023, "2023"),
        (date(2023, 7, 7), "2023-07-07"),
        (datetime(2023, 7, 7, 10, 30), "2023-07-07"),
    ],
)
def test_a_date_is_kept_as_precise_as_known(value: object, kept: str) -> None:
    assert parse_partial_date(value) == kept


@pytest.mark.parametrize(
    "value",
    ["", "23", "2023-7", "2023-07-7", "07/07/2023", "juillet 2023", "2023-07-07T10:00", "20230707", None],
)
def test_another_form_of_date_is_refused_with_the_three_forms(value: object) -> None:
    with pytest.raises(ValueError, match="2023, 2023-07 ou 2023-07-07"):
        parse_partial_date(value)


@pytest.mark.parametrize("value", ["2023-13", "2023-00", "2023-02-29", "2023-04-31", "0000"])
def test_a_day_that_does_not_exist_is_refused_in_french(value: str) -> None:
    with pytest.raises(ValueError, match=f"la date {value} n'existe pas"):
        parse_partial_date(value)


@given(st.dates())
def test_every_day_survives(day: date) -> None:
    assert parse_partial_date(day) == parse_partial_date(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    "url",
    [
        "https://www.hautsdefrance.fr/video-protection/",
        "http://exemple.fr",
        "https://hautsdefrance.fr/?p=157721",
        "https://exemple.fr/été#ancre",
    ],
)
def test_an_address_is_kept_as_written(url: str) -> None:
    assert check_url(url) == url


@pytest.mark.parametrize(
    "url",
    ["", "hautsdefrance.fr", "www.hautsdefrance.fr/aide", "ftp://exemple.fr/a", "https://", "mailto:a@b.fr"],
)
def test_something_else_than_an_http_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        Reference(title="Un titre", publisher="La mairie", url=url)


def test_a_space_in_an_address_is_refused_in_french() -> None:
    with pytest.raises(ValueError, match="ne contient pas d'espace"):
        check_url("https://exemple.fr/une page")


@pytest.mark.parametrize(
    ("published", "updated", "year"),
    [
        (None, None, None),
        ("2023-03-31", None, 2023),
        (None, "2021", 2021),
        ("2022-11", "2024-01-05", 2024),
        ("2025", "2024-01-05", 2025),
    ],
)
def test_the_year_is_that_of_the_newest_date(
    published: str | None, updated: str | None, year: int | None
) -> None:
    source = Source(n=1, title="Un titre", publisher="La mairie", published=published, updated=updated)
    assert source.year == year


def test_a_source_keeps_the_further_pages_that_back_its_number() -> None:
    source = Source.model_validate(
        {
            "n": 3,
            "title": "  Un titre ",
            "publisher": "La mairie",
            "also": [{"title": "Un autre titre", "publisher": "Le journal", "published": 2022}],
        }
    )
    assert source.title == "Un titre"
    assert [page.published for page in source.also] == ["2022"]


@pytest.mark.parametrize(
    "wrong", [{"n": 0}, {"title": "ab"}, {"title": "   "}, {"publisher": "x"}, {"auteur": "Personne"}]
)
def test_a_wrong_source_is_refused(wrong: dict[str, object]) -> None:
    right: dict[str, object] = {"n": 1, "title": "Un titre", "publisher": "La mairie"}
    assert Source.model_validate(right).n == 1
    with pytest.raises(ValidationError):
        Source.model_validate(right | wrong)
