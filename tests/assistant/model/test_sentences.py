"""A stream of pieces becomes sentences, each with its markers, wherever the model puts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model.sentences import sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Une aide existe [1]. Elle paie 40 % [2].", ["Une aide existe [1].", "Elle paie 40 % [2]."]),
        ("Une aide existe. [1] Elle paie 40 %. [2]", ["Une aide existe. [1]", "Elle paie 40 %. [2]"]),
        ("Une aide existe. [1]. Elle paie.", ["Une aide existe. [1]", "Elle paie."]),
        ("[1] Une aide existe.\n[2] Elle paie 40 %.", ["Une aide existe. [1]", "Elle paie 40 %. [2]"]),
        ("[1] : Une aide existe. Elle paie.\nFin.", ["Une aide existe. [1]", "Elle paie. [1]", "Fin."]),
        ("[1] Une aide existe [2]. Elle paie.", ["Une aide existe [2].", "Elle paie. [1]"]),
        ("- Une aide existe [1, 2].\n2. Elle paie [3].", ["Une aide existe [1][2].", "Elle paie [3]."]),
        ("Elle paie 1 500,50 € au plus [1]. Fin [2].", ["Elle paie 1 500,50 € au plus [1].", "Fin [2]."]),
        ("", []),
        ("\n \n", []),
        ("Sans fin", ["Sans fin"]),
    ],
)
def test_sentences_keep_their_markers(text: str, sentences: list[str]) -> None:
    assert list(sentences_of([text])) == sentences
    assert list(sentences_of(text)) == sentences


@given(st.text("Aab 1[]2.,\n-:", max_size=60), st.integers(1, 7))
def test_the_size_of_the_pieces_changes_nothing_of_the_words(text: str, size: int) -> None:
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    letters = "".join(char for sentence in sentences_of(pieces) for char in sentence if char in "Aab")
    assert letters == "".join(char for char in text if char in "Aab")
