"""What the vocabulary of a generation counts, and what is left of it when its file is damaged."""

from pathlib import Path

import pytest

from ingest.vocabulary import read_vocabulary, vocabulary_of, write_vocabulary


def test_words_of_three_letters_or_more_are_counted_folded() -> None:
    texts = ["L’Été à Œuilly, l’été.", "En 2023 : covid19, CO2, des haies"]
    assert vocabulary_of(texts) == {"ete": 2, "oeuilly": 1, "des": 1, "haies": 1}


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    write_vocabulary(tmp_path, vocabulary_of(["une haie"]))
    assert read_vocabulary(tmp_path) == {"une": 1, "haie": 1}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"haie": "x"}', "\xff"])
def test_a_damaged_file_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "vocabulary.json").write_text(content, encoding="latin-1")
    assert read_vocabulary(tmp_path) is None


def test_a_missing_file_is_none(tmp_path: Path) -> None:
    assert read_vocabulary(tmp_path) is None
