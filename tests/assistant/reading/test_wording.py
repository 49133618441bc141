"""The runs of words and letters that a trained reader counts."""

from __future__ import annotations

import pytest
from growth import is_linear

from assistant.reading.wording import runs_of_letters, runs_of_words


def test_words_are_folded_and_signs_count() -> None:
    assert runs_of_words("Où déposer ?") == ["ou", "deposer", "?", "ou deposer", "deposer ?", "ou deposer ?"]


def test_letters_stay_inside_a_word_and_know_its_ends() -> None:
    assert runs_of_letters("À qui") == [
        " a",
        "a ",
        " a ",
        " q",
        "qu",
        "ui",
        "i ",
        " qu",
        "qui",
        "ui ",
        " qui",
        "qui ",
        " qui ",
    ]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_has_no_runs(text: str) -> None:
    assert runs_of_words(text) == []
    assert runs_of_letters(text) == []


def test_a_long_text_takes_time_in_proportion() -> None:
    assert is_linear(runs_of_letters, lambda size: "subvention " * size, 200)
    assert is_linear(runs_of_letters, "a".__mul__, 2000)
    assert is_linear(runs_of_words, lambda size: "subvention ? " * size, 200)
