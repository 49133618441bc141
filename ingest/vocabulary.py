"""The words of a generation with how often each occurs: what the words of questions are mended into."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.words import split_words

_FEWEST_LETTERS = 3
_FILE = "vocabulary.json"

Vocabulary = Mapping[str, int]
"""Occurrences by folded word."""


def vocabulary_of(texts: Iterable[str]) -> Vocabulary:
    """Count the words of three letters or more in texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        count_words(split_words(text), counts)
    return counts


def count_words(words: Iterable[str], counts: Counter[str]) -> None:
    """Add the words of a text, split by :func:`ingest.words.split_words`, to the counts."""
    counts.update([word for word in words if len(word) >= _FEWEST_LETTERS and word.isalpha()])


def write_vocabulary(folder: Path, vocabulary: Vocabulary) -> None:
    """Write the vocabulary of a generation in its folder."""
    (folder / _FILE).write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")


def read_vocabulary(folder: Path) -> Vocabulary | None:
    """Read the vocabulary of a generation; None when it's missing or damaged (count it again then)."""
    try:
        values = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # ValueError: not UTF-8, not JSON
        return None
    if not isinstance(values, dict) or not all(isinstance(count, int) for count in values.values()):
        return None
    return values
