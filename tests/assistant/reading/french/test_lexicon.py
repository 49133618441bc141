"""The French word list: everyday words are in it, slips aren't."""

from __future__ import annotations

import gzip
from importlib.resources import files

import pytest

from assistant.reading.french.learned_words import spelling_of
from assistant.reading.french.lexicon import french_lexicon, official_words
from corpus.fiches.catalogue import load_catalogue
from corpus.french.folding import fold


@pytest.mark.parametrize(
    "word", ["voudrait", "clocher", "creperie", "presbytere", "lavoir", "buvette", "ecole"]
)
def test_everyday_words_are_known_folded(word: str) -> None:
    assert word in french_lexicon()


@pytest.mark.parametrize("word", ["plasse", "subvension", "renovassion", "vilage", "rivierre"])
def test_slips_are_not(word: str) -> None:
    assert word not in french_lexicon()


def test_the_words_of_official_texts_are_among_them_and_fewer() -> None:
    assert official_words() < french_lexicon()
    assert {"arrete", "deliberation", "subvention", "marches"} <= official_words()
    assert not {"voudrait", "clocher", "creperie"} & official_words()


@pytest.mark.parametrize(("name", "count"), [("everyday", 132_079), ("official", 25_059)])
def test_a_list_holds_folded_words_in_order_as_its_page_says(name: str, count: int) -> None:
    folder = files("assistant.reading.french").joinpath("words")
    words = gzip.decompress(folder.joinpath(f"{name}.txt.gz").read_bytes()).decode().splitlines()
    assert words == sorted(set(words))
    assert [word for word in words if not word.isalpha() or fold(word) != word] == []
    assert len(words) == count
    assert f"{count:,}" in folder.joinpath("README.md").read_text(encoding="utf-8")


def test_right_words_are_left_alone_and_slips_are_mended() -> None:
    spelling = spelling_of(load_catalogue())
    right = "On voudrait refaire le clocher et la crêperie du presbytère"
    assert spelling.repair(right).text == right
    assert spelling.repair("une subvension pour la plasse du vilage").text == (
        "une subvention pour la place du village"
    )
