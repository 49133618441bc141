"""The case that words tell: what is denied or done without something tells another."""

from __future__ import annotations

import pytest

from assistant.eligibility.rule_words import affirmed_stems, is_without, stems_of


@pytest.mark.parametrize(
    ("said", "label", "shares"),
    [
        ("une chapelle inscrite", "monument inscrit", True),
        ("inscrite, pas classée", "monument classé", False),
        ("elle n'est ni classée ni inscrite", "monument inscrit", False),
        ("pas seulement classée", "monument classé", True),
        ("une commune sans gros moyens", "aide habituelle sans le fonds", False),
        ("et sans le fonds ?", "aide habituelle sans le fonds", True),
        ("on agrandit la salle", "extension", True),
        ("en ouvrir une troisième, à côté", "extension", True),
        ("en ouvrir une troisième, à côté", "création", False),
        ("ouvrir un cinéma", "création", True),
        ("on refait le toit", "rénovation", True),
    ],
)
def test_words_tell_a_case_as_they_are_meant(said: str, label: str, shares: bool) -> None:
    assert bool(affirmed_stems(said) & stems_of(label)) is shares


def test_what_is_done_without_an_aid_is_told_apart_unless_it_is_asked() -> None:
    assert is_without("aide habituelle sans le fonds", "combien pour une chapelle ?")
    assert not is_without("aide habituelle sans le fonds", "et sans le fonds ?")
    assert not is_without("avec le fonds", "combien pour une chapelle ?")
