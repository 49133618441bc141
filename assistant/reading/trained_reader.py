"""The trained reader: what a message does and asks, by its words, its letters and its vector.

Two linear readers in one file: one adds the encoder's vector to words and letters; the other goes by words and
letters alone, for the questions inside a message and for an encoder that the first wasn't trained with. Each
gives probabilities that were set right on writers it hadn't learned from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assistant.errors import UnreadableReader
from assistant.reading.acts import ACTS, ASPECTS, ReadAct
from assistant.reading.trained_file import read_file
from assistant.reading.wording import runs_of_letters, runs_of_words
from ingest.vectors import Vectors

READER_PATH = Path(__file__).parent / "trained" / "reader.npz"
EXTRAS = 2
"""Measures beside words and letters: whether something was said before, and how long the message is."""

_GOES_ON, _LONG, _LONGEST = 0.5, 200.0, 400
_LABELS = (*ACTS, *ASPECTS)
# Past so many, the questions of a message are read with it alone.
_MOST_PARTS = 6
# Messages of a conversation come back at every turn.
_KEPT = 256
_PART = re.compile(r"[^.!?\n]++[.!?\n]*+")
# What numbers the questions of a list: "1) … 2) …", "a. … b. …".
_NUMBERED = re.compile(r"(?:(?<=\s)|^)([1-9a-d])[).](?=\s)")
_CLAUSE = re.compile(r"[.!?,;:\n]|(?<=\s)et(?=\s)")
_FEWEST_WORDS = 3

Floats = NDArray[np.float32]


class Told(BaseModel):
    """What a trained file says of itself.

    Attributes:
        form: name and version of its shape.
        encoder: name of the encoder whose vectors it was trained with.
        made_from: digest of what it was trained on.
        without: ids of the schemes that it learned nothing of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["reader/1"] = "reader/1"
    encoder: str
    made_from: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The runs that count, with how rare each is.

    Attributes:
        places: the place of each, from 0.
        rarity: by place, shape (terms,).
    """

    places: Mapping[str, int]
    rarity: Floats

    def weighed(self, runs: Sequence[str]) -> tuple[NDArray[np.intp], Floats]:
        """The places of the known runs of a text, ascending, and their weights, of norm 1.

        A run weighs (1 + ln count) x its rarity.
        """
        counts: dict[int, int] = {}
        for run in runs:
            if (place := self.places.get(run)) is not None:
                counts[place] = counts.get(place, 0) + 1
        found = np.array(sorted(counts), dtype=np.intp)
        told = np.array([counts[place] for place in found.tolist()], dtype=np.float32)
        weights = (1 + np.log(told)) * self.rarity[found] if len(found) else told
        return found, weights / (float(np.sqrt(weights @ weights)) or 1.0)


@dataclass(frozen=True, slots=True)
class Head:
    """One linear reader.

    Attributes:
        weights: by measure, then by act and aspect; the measures are the runs of words, those of letters,
            the :data:`EXTRAS`, then the numbers of the vector if it takes one.
        bias: by act and aspect.
    """

    weights: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Trained:
    """What a trained file holds.

    Attributes:
        told: what it says of itself.
        words: the runs of words that count.
        letters: the runs of letters that count.
        whole: the reader that takes a vector too.
        plain: the one that goes by words and letters alone.
    """

    told: Told
    words: Terms
    letters: Terms
    whole: Head
    plain: Head


class TrainedReader:
    """Reads what messages do and ask; about half a millisecond a message, the vector being there."""

    def __init__(self, trained: Trained, encoder: str) -> None:
        """Read by what was trained.

        Args:
            trained: as :func:`read_trained` gives it.
            encoder: name of the one that makes the vectors; those of another than the trained one's aren't used.
        """
        self._trained = trained
        self.told = trained.told
        self.takes_vectors = trained.told.encoder == encoder

    @classmethod
    def load(cls, encoder: str, path: Path = READER_PATH) -> TrainedReader:
        """Load a trained file.

        Raises:
            UnreadableReader: it's missing, damaged or of another version.
        """
        return cls(read_trained(path), encoder)

    def read(self, text: str, vector: Vectors | None = None, *, goes_on: bool = False) -> ReadAct:
        """Read a message, and each of its questions where there are several.

        Args:
            text: the message.
            vector: of the encoder, for this text as a question, shape (dimension,); None where there is none.
            goes_on: whether the person said something before.
        """
        parts, clauses = questions_of(text), clauses_of(text)
        return replace(
            self._read(text, vector if self.takes_vectors else None, goes_on),
            parts=tuple(self._read(part, None, goes_on) for part in parts) if len(parts) > 1 else (),
            clauses=tuple(self._read(part, None, goes_on) for part in clauses) if len(clauses) > 1 else (),
        )

    def _read(self, text: str, vector: Vectors | None, goes_on: bool) -> ReadAct:
        trained = self._trained
        first = len(trained.words.places)
        words, of_words = trained.words.weighed(runs_of_words(text))
        letters, of_letters = trained.letters.weighed(runs_of_letters(text))
        past = first + len(trained.letters.places)
        head = trained.plain if vector is None else trained.whole
        scores = (
            head.bias
            + of_words @ head.weights[words]
            + of_letters @ head.weights[first + letters]
            + extras_of(text, goes_on=goes_on) @ head.weights[past : past + EXTRAS]
        )
        if vector is not None:
            scores = scores + vector @ head.weights[past + EXTRAS :]
        acts, aspects = _shares(scores[: len(ACTS)]), _shares(scores[len(ACTS) :])
        return ReadAct(
            dict(zip(ACTS, acts.tolist(), strict=True)),
            dict(zip(ASPECTS, aspects.tolist(), strict=True)),
        )


class ActReader:
    """Reads messages with the vectors that an encoder makes of them; those read lately are kept."""

    def __init__(self, trained: TrainedReader, vector_of: Callable[[str], Vectors]) -> None:
        """Read by ``trained``, ``vector_of`` giving the vector of a question."""
        self._trained = trained
        self._vector_of = vector_of
        self._read = lru_cache(maxsize=_KEPT)(self._read_new)
        self._led: Mapping[str, Callable[[ReadAct], ReadAct]] = {}

    @property
    def learned_nothing_of(self) -> frozenset[str]:
        """The schemes that were left out of what it learned from."""
        return frozenset(self._trained.told.without)

    def read(self, text: str, *, goes_on: bool = False) -> ReadAct:
        """Read a message; ``goes_on`` where the same person said something before."""
        read = self._read(text, goes_on)
        return self._led[text](read) if text in self._led else read

    def led(self, texts: Iterable[str], by: Callable[[ReadAct], ReadAct]) -> ActReader:
        """The same reader, which reads some texts as ``by`` makes of what it read of them."""
        other = copy(self)
        other._led = dict.fromkeys(texts, by)
        return other

    def _read_new(self, text: str, goes_on: bool) -> ReadAct:
        vector = self._vector_of(text) if self._trained.takes_vectors else None
        return self._trained.read(text, vector, goes_on=goes_on)


def extras_of(text: str, *, goes_on: bool) -> Floats:
    """The measures of a message beside its words and letters, shape (EXTRAS,)."""
    return np.array([_GOES_ON * goes_on, min(len(text), _LONGEST) / _LONG], dtype=np.float32)


def questions_of(text: str) -> tuple[str, ...]:
    """The sentences of a message that ask, or its numbered questions; empty where they are too many to be read."""
    if listed := _numbered(text):
        return listed
    asking = [part.strip() for part in _PART.findall(text) if part.rstrip().endswith("?")]
    told = tuple(part for part in asking if len(part.split()) >= _FEWEST_WORDS)
    return told if len(told) <= _MOST_PARTS else ()


def _numbered(text: str) -> tuple[str, ...]:
    """What stands after each number of a list that starts at its first; empty where there is no such list."""
    marks = list(_NUMBERED.finditer(text))
    codes = [ord(mark[1]) for mark in marks]
    if not 1 < len(codes) <= _MOST_PARTS or codes[0] not in {ord("1"), ord("a")}:
        return ()
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    told = tuple(text[mark.end() : end].strip(" ,;\n") for mark, end in zip(marks, ends, strict=True))
    follow = codes == list(range(codes[0], codes[0] + len(codes)))
    return told if follow and all(len(part.split()) >= _FEWEST_WORDS for part in told) else ()


def clauses_of(text: str) -> tuple[str, ...]:
    """The clauses of a message, by its punctuation and "et"; empty where they are too many."""
    told = tuple(part for part in _CLAUSE.split(text) if len(part.split()) >= _FEWEST_WORDS)
    return told if len(told) <= _MOST_PARTS else ()


def read_trained(path: Path) -> Trained:
    """Read a trained file.

    Raises:
        UnreadableReader: it's missing, damaged or of another version.
    """
    return read_file(path, _checked, UnreadableReader)


def write_trained(path: Path, trained: Trained) -> None:
    """Write a trained file: weights in half precision; the same values give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            told=_as_bytes(trained.told.model_dump_json()),
            labels=_as_bytes("\n".join(_LABELS)),
            words=_as_bytes("\n".join(trained.words.places)),
            letters=_as_bytes("\n".join(trained.letters.places)),
            rarity=np.concatenate([trained.words.rarity, trained.letters.rarity]).astype(np.float16),
            whole=trained.whole.weights.astype(np.float16),
            whole_bias=trained.whole.bias.astype(np.float32),
            plain=trained.plain.weights.astype(np.float16),
            plain_bias=trained.plain.bias.astype(np.float32),
        )


def _checked(held: Mapping[str, NDArray[np.generic]]) -> Trained:
    """What a file holds, its parts going together.

    Raises:
        ValidationError: it's of another version.
        KeyError, ValueError: something is missing, or of another size.
    """
    told = Told.model_validate(json.loads(_as_text(held["told"])))
    words, letters = (_as_text(held[name]).split("\n") for name in ("words", "letters"))
    rarity = held["rarity"].astype(np.float32)
    heads = [
        Head(held[name].astype(np.float32), held[f"{name}_bias"].astype(np.float32))
        for name in ("whole", "plain")
    ]
    plain = (len(words) + len(letters) + EXTRAS, len(_LABELS))
    if (
        _as_text(held["labels"]).split("\n") != list(_LABELS)
        or rarity.shape != (len(words) + len(letters),)
        or heads[1].weights.shape != plain
        or heads[0].weights.shape[1:] != plain[1:]
        or len(heads[0].weights) < plain[0]
        or any(head.bias.shape != plain[1:] for head in heads)
    ):
        raise ValueError("parts of different sizes")
    return Trained(
        told,
        Terms({run: place for place, run in enumerate(words)}, rarity[: len(words)]),
        Terms({run: place for place, run in enumerate(letters)}, rarity[len(words) :]),
        *heads,
    )


def _shares(scores: Floats) -> Floats:
    shares = np.exp(scores - scores.max())
    return cast("Floats", shares / shares.sum())


def _as_bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _as_text(held: NDArray[np.generic]) -> str:
    return held.astype(np.uint8).tobytes().decode()
