"""What a message names a scheme for: to ask about it, to set it aside, because it's had, to say who they are.

One linear reader for all names, whatever they are: the name itself isn't read, only what stands around it (runs
of words and letters, on which side and in which clause) and what the message and its clauses do, as the reader
of acts says. Runs are put in some thousands of buckets, so that the file holds no vocabulary.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assistant.errors import UnreadableReader
from assistant.reading.acts import ACTS, ASPECTS, ReadAct
from assistant.reading.trained_file import read_file, write_file
from corpus.french.folding import fold

NAMED_FOR_PATH = Path(__file__).parent / "trained" / "named_for.npz"
BUCKETS = 16_384
READINGS = 2 * (len(ACTS) + len(ASPECTS))
"""Measures beside the runs: what the message does and asks, then the most that any of its clauses does."""

NamedFor = Literal["asked", "aside", "had", "who"]
NAMED_FOR: tuple[NamedFor, ...] = get_args(NamedFor)
Span = tuple[int, int]
Floats = NDArray[np.float32]
Places = NDArray[np.intp]

# A word, or a sign that ends or cuts a clause.
_TOKEN = re.compile(r"\w+|[?!.,;:()]")
# What stands for the name read, and for the others: no word of a text has such signs.
_NAME, _OTHER = "<name>", "<other>"
_ENDS = frozenset("?!.")
_SIGNS = _ENDS | frozenset(",;:()")
# How many words around the name are read, how many are near it, around how many its letters are read.
_FAR, _NEAR, _SPELLED = 24, 4, 8
_MOST_WORDS, _MOST_APART = 3, 2
_FEWEST_LETTERS, _MOST_LETTERS = 3, 5
# How a probability is weighed: its logarithm from the least on, on the scale of the runs.
_LEAST, _MIDDLE, _SCALE = 0.01, 3.0, 0.07


class Told(BaseModel):
    """What a trained file says of itself.

    Attributes:
        form: name and version of its shape.
        made_from: digest of what it was trained on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["named-for/1"] = "named-for/1"
    made_from: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What a trained file holds.

    Attributes:
        told: what it says of itself.
        rarity: how rare the runs of each bucket are, shape (BUCKETS,).
        weights: shape (BUCKETS + READINGS, 4): by bucket, then by reading, for each of :data:`NAMED_FOR`.
        bias: shape (4,).
    """

    told: Told
    rarity: Floats
    weights: Floats
    bias: Floats


class NamedForReader:
    """Tells what each scheme named in a message is named for; some tenths of a millisecond a name."""

    def __init__(self, learned: Learned) -> None:
        """Tell by what was learned."""
        self._learned = learned
        self.told = learned.told

    @classmethod
    def load(cls, path: Path = NAMED_FOR_PATH) -> NamedForReader:
        """Load a trained file.

        Raises:
            UnreadableReader: it's missing, damaged or of another version.
        """
        return cls(read_learned(path))

    def read(self, text: str, names: Sequence[Span], read: ReadAct) -> tuple[Mapping[NamedFor, float], ...]:
        """What each name is named for: the probability of each of the four, summing to 1.

        Args:
            text: the message.
            names: where each name stands, from its start to its end; in order, apart from one another.
            read: what the message does, as the reader of acts says.
        """
        learned, readings = self._learned, readings_of(read) if names else np.zeros(READINGS, np.float32)
        told = []
        for place in range(len(names)):
            places, weights = weighed(text, names, place, learned.rarity)
            scores = learned.bias + weights @ learned.weights[places] + readings @ learned.weights[BUCKETS:]
            shares = np.exp(scores - scores.max())
            told.append(dict(zip(NAMED_FOR, (shares / shares.sum()).tolist(), strict=True)))
        return tuple(told)


def readings_of(read: ReadAct) -> Floats:
    """What a message does and asks, and the most that any of its clauses does, shape (READINGS,)."""
    clauses = read.clauses or (read,)
    whole = [*(read.acts[act] for act in ACTS), *(read.aspects[aspect] for aspect in ASPECTS)]
    most = [
        *(max(clause.acts[act] for clause in clauses) for act in ACTS),
        *(max(clause.aspects[aspect] for clause in clauses) for aspect in ASPECTS),
    ]
    return ((np.log(np.array([*whole, *most]) + _LEAST) + _MIDDLE) * _SCALE).astype(np.float32)


def counted(text: str, names: Sequence[Span], place: int) -> tuple[tuple[Places, Floats], ...]:
    """The buckets of the runs of words, then of letters, around one name: ascending, each 1 + ln of its runs."""
    said, name = _said(text, names, place)
    return _in_buckets("w", _runs_of_words(said, name)), _in_buckets("l", _runs_of_letters(said, name))


def weighed(text: str, names: Sequence[Span], place: int, rarity: Floats) -> tuple[Places, Floats]:
    """The buckets of the runs around one name, and their weights: those of words and of letters of norm 1 each."""
    found = counted(text, names, place)
    weights = [counts * rarity[places] for places, counts in found]
    normed = [told / (float(np.sqrt(told @ told)) or 1.0) for told in weights]
    return np.concatenate([places for places, _ in found]), np.concatenate(normed)


def _in_buckets(kind: str, runs: Iterable[str]) -> tuple[Places, Floats]:
    counts: dict[int, int] = {}
    for run in runs:
        bucket = zlib.crc32(f"{kind}{run}".encode()) % BUCKETS
        counts[bucket] = counts.get(bucket, 0) + 1
    places = sorted(counts)
    told = np.array([counts[place] for place in places], dtype=np.float32)
    return np.array(places, dtype=np.intp), 1 + np.log(told)


def _said(text: str, names: Sequence[Span], place: int) -> tuple[list[str], int]:
    """The words and signs of a text around one name, the names as marks, and where the mark of that one is."""
    said: list[str] = []
    at, before = 0, 0
    for number, (start, end) in enumerate(names):
        said += _TOKEN.findall(fold(text[before:start]))
        if number == place:
            at = len(said)
        said.append(_NAME if number == place else _OTHER)
        before = end
    said += _TOKEN.findall(fold(text[before:]))
    first = max(0, at - _FAR)
    return said[first : at + _FAR + 1], at - first


def _runs_of_words(said: Sequence[str], name: int) -> list[str]:
    """Runs of words with their side: those near the name, those around it, and by clause those of two words."""
    after, signs = said[name + 1 :], [word in _SIGNS for word in said]
    found = [
        f"others before {min(2, said[:name].count(_OTHER))}",
        f"others after {min(2, after.count(_OTHER))}",
        f"asks after {'?' in after}",
        f"asks {'?' in said}",
        f"opens {name <= 1}",
        f"closes {all(word in _SIGNS for word in after)}",
        f"then {after[0] if after and after[0] in _SIGNS else ''}",
    ]
    for size in range(1, _MOST_WORDS + 1):
        for start in range(len(said) - size + 1):
            end = start + size
            run = " ".join(said[start:end])
            if start <= name < end:
                found.append(f"x {run}")
                continue
            side, between = ("b", signs[end:name]) if start < name else ("a", signs[name + 1 : start])
            is_apart = any(between)
            if not is_apart and len(between) < _NEAR:
                found.append(f"near {side} {run}")
            if size <= _MOST_APART:
                found.append(f"{side}{is_apart:d} {run}")
    return found


def _runs_of_letters(said: Sequence[str], name: int) -> list[str]:
    """Runs of letters of the words around the name, with their side."""
    found = []
    for place in range(max(0, name - _SPELLED), min(len(said), name + _SPELLED + 1)):
        if place == name or said[place] in _SIGNS or said[place] == _OTHER:
            continue
        word, side = f" {said[place]} ", "b" if place < name else "a"
        for size in range(_FEWEST_LETTERS, _MOST_LETTERS + 1):
            found += [f"{side}{word[start : start + size]}" for start in range(len(word) - size + 1)]
    return found


def read_learned(path: Path) -> Learned:
    """Read a trained file.

    Raises:
        UnreadableReader: it's missing, damaged or of another version.
    """
    return read_file(path, _checked, UnreadableReader)


def write_learned(path: Path, learned: Learned) -> None:
    """Write a trained file: weights in half precision; the same values give the same bytes."""
    write_file(
        path,
        learned.told,
        rarity=learned.rarity.astype(np.float16),
        weights=learned.weights.astype(np.float16),
        bias=learned.bias.astype(np.float32),
    )


def _checked(held: Mapping[str, NDArray[np.generic]]) -> Learned:
    """What a file holds, its parts going together.

    Raises:
        ValidationError: it's of another version.
        KeyError, ValueError: something is missing, or of another size.
    """
    told = Told.model_validate(json.loads(held["told"].astype(np.uint8).tobytes()))
    rarity, weights, bias = (held[name].astype(np.float32) for name in ("rarity", "weights", "bias"))
    sizes = (rarity.shape, weights.shape, bias.shape)
    if sizes != ((BUCKETS,), (BUCKETS + READINGS, len(NAMED_FOR)), (len(NAMED_FOR),)):
        raise ValueError("parts of different sizes")
    return Learned(told, rarity, weights, bias)
