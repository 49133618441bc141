"""Words that are also commune names, or look like one: dictionary words, people, other towns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.communes.table import Row, read_table
from corpus.errors import CorpusError, Problem

ORDINARY_COLUMNS = ("word", "kind")


class WordKind(StrEnum):
    """What the word is besides a commune name; the most telling kind when it is several."""

    GRAMMAR = "grammar"
    FIRST_NAME = "first_name"
    WORD = "word"
    SURNAME = "surname"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class OrdinaryWord:
    """A folded word and its kind; ``elsewhere`` means a town outside the region."""

    word: str
    kind: WordKind


def load_ordinary_words(path: Path) -> Mapping[str, WordKind]:
    """Read the table of ordinary words.

    Raises:
        CorpusError: with every problem of the file.
    """
    problems: list[Problem] = []
    found = read_table(path, ORDINARY_COLUMNS, _ordinary_word, lambda word: word.word, problems)
    if problems:
        raise CorpusError(problems)
    return {word: located.item.kind for word, located in found.items()}


def _ordinary_word(row: Row) -> OrdinaryWord:
    return OrdinaryWord(row.text("word"), row.choice("kind", WordKind))
