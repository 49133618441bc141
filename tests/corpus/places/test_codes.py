"""A code is read as it's written and as it's said; INSEE codes and postcodes stay apart."""

from __future__ import annotations

import pytest

from corpus.communes.territory import Territory, load_territory
from corpus.places.codes import Code, CodeKind, Codes, said_kind
from corpus.places.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def codes(territory: Territory) -> Codes:
    return Codes(territory)


@pytest.mark.parametrize(
    ("text", "digits", "kind"),
    [
        ("59850", "59850", None),
        (" 80 400 ", "80400", None),
        ("2100", "02100", None),
        ("080320", "80320", None),
        ("F-59850", "59850", None),
        ("cp:62000", "62000", CodeKind.POSTCODE),
        ("Code postal 62000", "62000", CodeKind.POSTCODE),
        ("insee:59400", "59400", CodeKind.INSEE),
        ("code INSEE : 59400", "59400", CodeKind.INSEE),
    ],
)
def test_a_code_is_read(codes: Codes, text: str, digits: str, kind: CodeKind | None) -> None:
    assert codes.read(text) == Code(digits, kind)


@pytest.mark.parametrize("text", ["Nieppe", "598", "5985012", "", "59850 Nieppe", "cp:", "insee"])
def test_what_is_no_code_is_none(codes: Codes, text: str) -> None:
    assert codes.read(text) is None


def test_the_two_readings_of_a_code_are_apart(codes: Codes) -> None:
    assert [c.name for c in codes.communes(Code("59400", CodeKind.INSEE))] == ["Merville"]
    postal = codes.communes(Code("59400", CodeKind.POSTCODE))
    assert postal[0].name == "Cambrai"
    assert all("59400" in commune.postcodes for commune in postal)
    assert set(codes.communes(Code("59400", None))) > set(postal)


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("Notre code postal est ", CodeKind.POSTCODE),
        ("CP : ", CodeKind.POSTCODE),
        ("notre code INSEE est le ", CodeKind.INSEE),
        ("nous sommes au ", None),
        ("à la poste, ", None),
    ],
)
def test_the_words_before_a_code_say_what_it_is(before: str, kind: CodeKind | None) -> None:
    assert said_kind(before) is kind


@pytest.mark.parametrize("typed", ["2100", "02100", "002100"])
def test_a_code_with_a_zero_lost_or_added_completes(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.search(typed)[0].name == "Saint-Quentin"


@pytest.mark.parametrize("typed", ["F-59850", "59 850", "fr-59850"])
def test_a_decorated_code_completes(gazetteer: Gazetteer, typed: str) -> None:
    assert [commune.name for commune in gazetteer.search(typed)] == ["Nieppe"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Sommes-nous éligibles, 59400 ?", ["59400"]),
        ("Mairie de 59500, est-ce possible pour nous ?", ["59500"]),
        ("Sommes-nous éligibles (80000) ?", ["80000"]),
        ("éligibles à la vidéoprotection ? 62800", ["62800"]),
        ("un projet à 62800 €", []),
        ("62800 habitants, éligibles ?", []),
        ("coût : 59140 euros", []),
        ("pour 62000, que peut-on faire ?", []),
    ],
)
def test_a_code_that_stands_apart_is_a_place_and_a_sum_is_none(text: str, codes: list[str]) -> None:
    found = [mention.text for mention in Gazetteer(load_territory()).mentions(text) if mention.certain]
    assert found == codes
