"""A comparison is cut where two things are set apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.sides import denies, sides


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("planter un bois ou une haie ?", ("planter un bois", "une haie")),
        (
            "Entre le DACS et l’aide aux artisans, que choisir ?",
            ("Entre le DACS", "l’aide aux artisans, que choisir"),
        ),
        ("la halle contre l’école", ("la halle", "l’école")),
        ("la mairie alors que le boulanger", ("la mairie", "le boulanger")),
        (
            "Un toit pour l’école. Et une halle pour la place.",
            ("Un toit pour l’école", "Et une halle pour la place"),
        ),
    ],
)
def test_a_joint_has_a_side_before_and_a_side_after(text: str, pair: tuple[str, str]) -> None:
    assert pair in [cut for cuts in sides(text) for cut in cuts]


@pytest.mark.parametrize("text", ["", "CVCB ?", "combien pour une école", "ou", "et si", "où est-ce ?"])
def test_one_thing_has_no_sides(text: str) -> None:
    assert not any(sides(text))


@given(st.text(max_size=200))
def test_sides_are_pieces_of_the_text(text: str) -> None:
    for left, right in (cut for cuts in sides(text) for cut in cuts):
        assert left in text
        assert right in text or "non " in right
        assert min(len(left), len(right)) >= 4


def test_the_surest_cut_comes_first() -> None:
    ways = list(sides("la halle et le toit ou l’école"))
    assert ways[0] == [("la halle et le toit", "l’école")]
    assert ways[1] == [("la halle", "le toit ou l’école")]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("une église classée et une chapelle qui ne l’est pas", "une chapelle non classée"),
        ("des biens inscrits et d’autres qui ne le sont pas", "d’autres non inscrits"),
        ("un toit et un mur qui ne l’est pas", "un mur qui ne l’est pas"),
    ],
)
def test_what_the_second_side_leaves_out_is_said_in_full(text: str, right: str) -> None:
    assert right in {cut[1] for cuts in sides(text) for cut in cuts}


@pytest.mark.parametrize(
    ("side", "is_denied"),
    [
        ("une chapelle qui n’est pas protégée", True),
        ("patrimoine non protégé", True),
        ("une église classée", False),
        ("une maison", False),
    ],
)
def test_a_side_may_be_about_what_is_not_so(side: str, is_denied: bool) -> None:
    assert denies(side) is is_denied
