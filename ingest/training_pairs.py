"""Pairs of texts to train an encoder on: read from a file or made of a corpus, near misses added."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TextIO

from ingest.chunk import Chunk, count_words
from ingest.errors import LoadError
from ingest.lexical import build_lexical

_MISSES, _SKIPPED, _SEARCHED = 6, 2, 30
_FEWEST_WORDS, _FEWEST_WORDS_OF_REST, _SENTENCES = 4, 8, 2
_SEED = 20_251_125


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A text, and a passage that it must be near to.

    Attributes:
        anchor: a title, a question, a sentence.
        positive: the passage.
        source: what collection it's from; a batch holds mostly one, so that telling pairs apart is hard.
        document: what document it's from; a batch never holds two of one.
        misses: passages with the anchor's words that aren't its own.
    """

    anchor: str
    positive: str
    source: str = ""
    document: str = ""
    misses: tuple[str, ...] = ()


def read_pairs(path: Path) -> list[TrainingPair]:
    """Read pairs from JSON lines, gzipped or not: ``anchor``, ``positive``; ``source``, ``document`` if any.

    Raises:
        LoadError: the file can't be read, a line isn't a pair, or there is none.
    """
    pairs = []
    try:
        with _opened(path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    pairs.append(_pair(json.loads(line), number))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise LoadError(f"« {path} » ne peut pas être lu. Donnez un fichier JSONL.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LoadError(
            f"{path}:{number} : il faut un objet JSON avec les textes « anchor » et « positive »."
        ) from error
    if not pairs:
        raise LoadError(f"« {path} » ne contient aucune paire. Donnez un fichier JSONL d’au moins une ligne.")
    return pairs


def pairs_of_corpus(chunks: Iterable[Chunk]) -> list[TrainingPair]:
    """Make pairs of a corpus, without labels: heading and text; a sentence and the rest of its passage."""
    draw = random.Random(_SEED)  # noqa: S311 - the same corpus gives the same pairs
    pairs = []
    for chunk in chunks:
        if chunk.heading:
            pairs.append(_of_corpus(chunk, chunk.heading.replace(" > ", " "), chunk.text))
        told = [s.text for s in chunk.sentences if count_words(s.text) >= _FEWEST_WORDS]
        for place in draw.sample(range(len(told)), min(_SENTENCES, len(told))):
            rest = " ".join((chunk.title, *told[:place], *told[place + 1 :])).strip()
            if count_words(rest) >= _FEWEST_WORDS_OF_REST:
                pairs.append(_of_corpus(chunk, told[place], rest))
    return pairs


def with_misses(pairs: Sequence[TrainingPair]) -> list[TrainingPair]:
    """Give each pair passages that BM25 ranks high for its anchor, of other documents and other anchors."""
    passages = list(dict.fromkeys(pair.positive for pair in pairs))
    owner = {pair.positive: pair for pair in reversed(pairs)}
    index = build_lexical(None, ((str(place), None, text) for place, text in enumerate(passages)))
    given = []
    for pair in pairs:
        near = [passages[int(hit.chunk_id)] for hit in index.search(pair.anchor, _SEARCHED)][_SKIPPED:]
        others = [
            text
            for text in near
            if text != pair.positive
            and owner[text].anchor != pair.anchor
            and (not pair.document or owner[text].document != pair.document)
        ]
        given.append(replace(pair, misses=tuple(others[:_MISSES])))
    return given


def by_source(pairs: Sequence[TrainingPair]) -> list[list[int]]:
    """Return the places of the pairs of each source."""
    places = sorted(range(len(pairs)), key=lambda place: pairs[place].source)
    return [list(group) for _, group in groupby(places, key=lambda place: pairs[place].source)]


def _of_corpus(chunk: Chunk, anchor: str, positive: str) -> TrainingPair:
    return TrainingPair(anchor, positive, source="corpus", document=chunk.document_id)


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _pair(row: dict[str, str], number: int) -> TrainingPair:
    anchor, positive = row["anchor"].strip(), row["positive"].strip()
    if not anchor or not positive:
        raise ValueError("an empty text")
    return TrainingPair(anchor, positive, str(row.get("source", "")), str(row.get("document", number)))
