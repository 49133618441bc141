"""A fact read by something else is kept only where the user's own words say it."""

from __future__ import annotations

import pytest

from assistant.eligibility.facts import Range
from assistant.reading.verbatim import stands, stated_beneficiary, stated_cost, stated_population
from corpus.labels import Beneficiary

SAID = ("Nous sommes un village de 2 500 habitants, le toit coûte 80 000 € HT.",)


def test_words_stand_as_whole_words() -> None:
    assert stands("un village", SAID[0])
    assert not stands("illage de", SAID[0])
    assert not stands("Un village", SAID[0])
    assert not stands("", SAID[0])


@pytest.mark.parametrize(
    ("value", "words", "kept"),
    [
        ("2500", "2 500 habitants", True),
        ("500", "500 habitants", False),
        ("2500", "environ 2 500 habitants", False),
        ("900", "2 500 habitants", False),
        ("80000", "80 000 €", False),
        ("deux mille", "2 500 habitants", False),
        ("²", "2 500 habitants", False),
    ],
)
def test_a_figure_of_inhabitants_is_that_of_the_words(value: str, words: str, *, kept: bool) -> None:
    assert stated_population(value, words, SAID) == (Range.exactly(2500) if kept else None)


@pytest.mark.parametrize(
    ("value", "words", "kept"),
    [
        ("80000", "80 000 €", True),
        ("80000", "le toit coûte 80 000 €", True),
        ("90000", "80 000 €", False),
        ("2500", "2 500 habitants", False),
        ("80000", "80 000 € de travaux", False),
        ("9" * 400, "80 000 €", False),
    ],
)
def test_a_cost_is_that_of_the_words(value: str, words: str, *, kept: bool) -> None:
    assert stated_cost(value, words, SAID) == (Range.exactly(80000) if kept else None)


@pytest.mark.parametrize(
    ("value", "words", "said", "kept"),
    [
        ("association", "notre club de judo", "C’est notre club de judo qui demande", True),
        ("association", "notre club de judo", "Ce n’est pas notre club de judo qui demande", False),
        ("association", "notre club de judo", "C’est la mairie qui demande", False),
        ("eligible", "notre club de judo", "C’est notre club de judo qui demande", False),
    ],
)
def test_who_asks_is_said_and_not_denied(value: str, words: str, said: str, *, kept: bool) -> None:
    assert stated_beneficiary(value, words, (said,)) == (Beneficiary.ASSOCIATION if kept else None)
