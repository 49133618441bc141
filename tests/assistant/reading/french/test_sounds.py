"""Spellings that people confuse sound the same, different words don't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.french.sounds import sound_of
from corpus.french.folding import fold


@pytest.mark.parametrize(
    ("right", "written"),
    [
        ("bateau", "bato"),
        ("mairie", "mairi"),
        ("subvention", "subvansion"),
        ("rénovation", "rénovasion"),
        ("plantation", "plantassion"),
        ("quelle", "kel"),
        ("quartier", "kartié"),
        ("église", "eglize"),
        ("photo", "foto"),
        ("commerce", "komerce"),
        ("cinéma", "sinema"),
        ("chauffage", "chofage"),
        ("boulangerie", "boulanjerie"),
        ("gymnase", "jimnase"),
        ("dossier", "dossié"),
        ("guichet", "guiché"),
        ("terrain", "térin"),
        ("habitant", "abitan"),
        ("montant", "montan"),
        ("trottoir", "trotoir"),
        ("école", "ekol"),
        ("moulin", "moulins"),
    ],
)
def test_spellings_that_people_confuse_sound_the_same(right: str, written: str) -> None:
    assert sound_of(right) == sound_of(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("place", "glace"),
        ("mare", "maire"),
        ("chien", "chat"),
        ("lavoir", "savoir"),
        ("pont", "pain"),
        ("arbre", "ombre"),
        ("stade", "parc"),
        ("gare", "gerbe"),
    ],
)
def test_other_words_sound_different(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


@pytest.mark.parametrize("word", ["aide", "haie", "test", "sept"])
def test_a_word_keeps_a_sound(word: str) -> None:
    """An empty key would make "aide", "sept", "texte" and any acronym of silent letters one word."""
    assert sound_of(word)


@pytest.mark.parametrize("text", ["", "123", "!?", "’"])
def test_what_has_no_letter_has_no_sound(text: str) -> None:
    assert sound_of(text) == ""


@given(st.text())
def test_any_text_sounds_as_its_folded_letters(text: str) -> None:
    assert sound_of(text) == sound_of(fold(text))


def test_accents_do_not_matter() -> None:
    assert sound_of("ÉCOLE") == sound_of("ecole") == sound_of("école")
