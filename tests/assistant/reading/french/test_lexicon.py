"""The French word list: everyday words are in it, slips aren't."""

from __future__ import annotations

import pytest

from assistant.reading.french.lexicon import french_lexicon
from assistant.reading.french.spelling import Spelling
from corpus.fiches.catalogue import load_catalogue


@pytest.mark.parametrize(
    "word", ["voudrait", "clocher", "creperie", "presbytere", "lavoir", "buvette", "ecole"]
)
def test_everyday_words_are_known_folded(word: str) -> None:
    assert word in french_lexicon()


@pytest.mark.parametrize("word", ["plasse", "subvension", "renovassion", "vilage", "rivierre"])
def test_slips_are_not(word: str) -> None:
    assert word not in french_lexicon()


def test_right_words_are_left_alone_and_slips_are_mended() -> None:
    spelling = Spelling.of_catalogue(load_catalogue())
    right = "On voudrait refaire le clocher et la crêperie du presbytère"
    assert spelling.repair(right).text == right
    assert spelling.repair("une subvension pour la plasse du vilage").text == (
        "une subvention pour la place du village"
    )
