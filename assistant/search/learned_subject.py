"""Which schemes a message is about, by its words and letters: learned from what people type.

One linear reader over runs of words and letters, each put in one of some thousands of buckets, so that the
file holds no vocabulary. It tells apart the schemes that it has learned of, and nothing of any other.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assistant.errors import UnreadableSubjects
from assistant.reading.trained_file import read_file, write_file
from assistant.reading.wording import runs_of_letters, runs_of_words

SUBJECT_PATH = Path(__file__).parent / "trained" / "subject.npz"
BUCKETS = 16_384
# Runs of three words say no more than those of two.
_MOST_WORDS = 2
# A text is compared several times on its way to a reply.
_KEPT = 256
# What the greatest weight of a scheme is written as.
_GREATEST = 127

Floats = NDArray[np.float32]
Places = NDArray[np.intp]


class Told(BaseModel):
    """What a trained file says of itself.

    Attributes:
        form: name and version of its shape.
        made_from: digest of what it was trained on.
        schemes: ids of those that it tells apart, in the order of its weights.
        without: ids of those that it learned nothing of, left out on purpose.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["subject/1"] = "subject/1"
    made_from: str
    schemes: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """What a trained file holds.

    Attributes:
        told: what it says of itself.
        rarity: how rare the runs of each bucket are, shape (BUCKETS,).
        weights: whole numbers from -127 to 127, shape (BUCKETS, schemes).
        scale: what a weight of 1 stands for, shape (schemes,).
        bias: shape (schemes,).
    """

    told: Told
    rarity: Floats
    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats

    @classmethod
    def of(cls, told: Told, rarity: Floats, weights: Floats, bias: Floats) -> Learned:
        """Write weights in eight bits; they are rounded by half of 1/127 of the greatest of their scheme."""
        greatest = np.abs(weights).max(axis=0)
        scale = (np.where(greatest > 0, greatest, 1.0) / _GREATEST).astype(np.float32)
        halves = rarity.astype(np.float16).astype(np.float32)
        return cls(told, halves, np.rint(weights / scale).astype(np.int8), scale, bias.astype(np.float32))


class LearnedSubject:
    """Tells how likely a text is about each scheme that it has learned of; under a millisecond a text."""

    def __init__(self, learned: Learned) -> None:
        """Tell by what was learned."""
        self._learned = learned
        self.told = learned.told
        self.by_scheme = lru_cache(maxsize=_KEPT)(self._by_scheme)

    @classmethod
    def load(cls, path: Path = SUBJECT_PATH) -> LearnedSubject:
        """Load a trained file.

        Raises:
            UnreadableSubjects: it's missing, damaged or of another version.
        """
        return cls(read_learned(path))

    def _by_scheme(self, text: str) -> Mapping[str, float]:
        """How likely a text is about each scheme, of those known alone: probabilities, summing to 1."""
        learned = self._learned
        places, weights = weighed(text, learned.rarity)
        scores = learned.bias + (weights @ learned.weights[places].astype(np.float32)) * learned.scale
        shares = np.exp(scores - scores.max())
        told = (shares / shares.sum()).tolist()
        return MappingProxyType(dict(zip(self.told.schemes, told, strict=True)))


def counted(text: str) -> tuple[Places, Floats]:
    """The buckets of the runs of a text, ascending, and how much each counts: 1 + ln of its runs."""
    counts: dict[int, int] = {}
    words = [run for run in runs_of_words(text) if run.count(" ") < _MOST_WORDS]
    for kind, runs in (("w", words), ("l", runs_of_letters(text))):
        for run in runs:
            bucket = zlib.crc32(f"{kind}{run}".encode()) % BUCKETS
            counts[bucket] = counts.get(bucket, 0) + 1
    places = np.array(sorted(counts), dtype=np.intp)
    told = np.array([counts[place] for place in places.tolist()], dtype=np.float32)
    return places, 1 + np.log(told)


def weighed(text: str, rarity: Floats) -> tuple[Places, Floats]:
    """The buckets of the runs of a text, ascending, and their weights, of norm 1; see :func:`counted`."""
    places, counts = counted(text)
    weights = counts * rarity[places]
    return places, weights / (float(np.sqrt(weights @ weights)) or 1.0)


def read_learned(path: Path) -> Learned:
    """Read a trained file.

    Raises:
        UnreadableSubjects: it's missing, damaged or of another version.
    """
    return read_file(path, _checked, UnreadableSubjects)


def write_learned(path: Path, learned: Learned) -> None:
    """Write a trained file; the same values give the same bytes."""
    write_file(
        path,
        learned.told,
        rarity=learned.rarity.astype(np.float16),
        weights=learned.weights,
        scale=learned.scale,
        bias=learned.bias,
    )


def _checked(held: Mapping[str, NDArray[np.generic]]) -> Learned:
    """What a file holds, its parts going together.

    Raises:
        ValidationError: it's of another version.
        KeyError, ValueError: something is missing, or of another size.
    """
    told = Told.model_validate(json.loads(held["told"].astype(np.uint8).tobytes()))
    schemes = (len(told.schemes),)
    weights = held["weights"]
    if (
        weights.dtype != np.int8
        or weights.shape != (BUCKETS, *schemes)
        or held["rarity"].shape != (BUCKETS,)
        or held["scale"].shape != schemes
        or held["bias"].shape != schemes
    ):
        raise ValueError("parts of different sizes")
    rarity, scale, bias = (held[name].astype(np.float32) for name in ("rarity", "scale", "bias"))
    return Learned(told, rarity, cast("NDArray[np.int8]", weights), scale, bias)
