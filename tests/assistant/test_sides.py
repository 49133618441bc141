"""A comparison is cut where two things are set apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sides import sides


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
    assert pair in list(sides(text))


@pytest.mark.parametrize("text", ["", "CVCB ?", "combien pour une école", "ou", "et si", "où est-ce ?"])
def test_one_thing_has_no_sides(text: str) -> None:
    assert list(sides(text)) == []


@given(st.text(max_size=200))
def test_sides_are_pieces_of_the_text(text: str) -> None:
    for left, right in sides(text):
        assert left in text
        assert right in text
        assert left.strip()
        assert right.strip()
