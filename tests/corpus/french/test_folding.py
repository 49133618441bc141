"""Folding keeps the letters and drops the rest, once and for all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.french.folding import fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nieppe", "nieppe"),
        ("Lœuilly", "loeuilly"),
        ("Ænima", "aenima"),
        ("ÉPÉHY", "epehy"),
        ("L’Étoile", "l'etoile"),
        ("Aÿ-Champagne", "ay-champagne"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_cut_at_hyphens_and_apostrophes() -> None:
    assert words("Saint-Pol-sur-Mer, d'Albert 2 023 €") == [
        *["saint", "pol", "sur", "mer", "d", "albert", "2", "023"],
    ]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_composed_and_decomposed_accents_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
