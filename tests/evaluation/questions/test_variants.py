"""Questions written in a hurry: the same every time, figures untouched, no more changed than said."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.questions.cases import committed_cases
from evaluation.questions.variants import (
    VARIANTS,
    as_it_sounds,
    lower_case,
    typos,
    without_accents,
    without_accents_and_typos,
)

TEXT = "Jusqu’à quand déposer le dossier pour la vidéoprotection de 30 000 € à Nœux ?"
words = re.compile(r"[^\W\d_]+").findall


def test_accents_and_ligatures_go() -> None:
    assert without_accents("Œuvre à Nœux, où ça ? Élève") == "Oeuvre a Noeux, ou ca ? Eleve"


def test_capitals_go() -> None:
    assert lower_case("CVCB à Nieppe") == "cvcb à nieppe"


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("bateau", "bato"),
        ("pharmacie", "farmaci"),
        ("quelle", "kel"),
        ("façade", "fasad"),
        ("les CVCB", "les CVCB"),
    ],
)
def test_words_are_written_by_ear(text: str, heard: str) -> None:
    assert as_it_sounds(text) == heard


def test_one_word_in_five_has_a_slip() -> None:
    for case in committed_cases("dev")[:80]:
        before, after = words(case.turns[0]), words(typos(case.turns[0]))
        changed = sum(old != new for old, new in zip(before, after, strict=True))
        assert changed <= max(1, round(len(before) / 5))


@given(st.text(max_size=120))
def test_any_text_has_variants_always_the_same_with_its_figures(text: str) -> None:
    for rewrite in VARIANTS.values():
        assert rewrite(text) == rewrite(text)
    digits = [char for char in text if char.isascii() and char.isdigit()]
    assert [c for c in typos(text) if c.isascii() and c.isdigit()] == digits


def test_both_at_once() -> None:
    both = without_accents_and_typos(TEXT)
    assert both != without_accents(TEXT)
    assert not any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", both))
    assert "30 000" in both.replace("\u00a0", " ")
