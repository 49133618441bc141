"""Train what tells what a scheme is named for, on messages whose names are marked, and judge it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.reading.acts import ReadsActs
from assistant.reading.left_out import LeftOut
from assistant.reading.named_for import (
    BUCKETS,
    NAMED_FOR,
    READINGS,
    Learned,
    NamedFor,
    NamedForReader,
    Span,
    Told,
    counted,
    readings_of,
    weighed,
)
from assistant.reading.names import SchemeNames
from evaluation.questions.utterances import UTTERANCES_DIR

MARKED_PATH = UTTERANCES_DIR.parent / "fit" / "named_for.jsonl"
# The inverse of the penalty: 3, 8 and 20 read as well, messages left out.
STRENGTH = 8.0
FOLDS = 5
_STEPS = 500
_MARKED = re.compile(r"\[([^\[\]]+)\]")

Floats = NDArray[np.float32]


class _Line(BaseModel):
    """A line of the file: a message, its names between brackets, and what each is named for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    names: tuple[NamedFor, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A message, where its names stand, and what each is named for."""

    text: str
    names: tuple[Span, ...]
    named_for: tuple[NamedFor, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A name of a message that a reader hadn't learned from.

    Attributes:
        right: what it's named for.
        told: what the reader most likely takes it for.
        left_out: whether the scheme is left out; None where the name is none of the schemes' own.
    """

    right: NamedFor
    told: NamedFor
    left_out: bool | None


def read_marked(path: Path = MARKED_PATH) -> list[Marked]:
    """Read messages whose names are marked by brackets.

    Raises:
        ValueError: a line isn't as it must be, or has more or fewer labels than names.
    """
    found = []
    for line in path.read_text("utf-8").splitlines():
        item = _Line.model_validate(json.loads(line))
        pieces = _MARKED.split(item.text)
        if len(pieces) != 2 * len(item.names) + 1:
            raise ValueError(item.text)
        spans, at = [], 0
        for place, piece in enumerate(pieces):
            if place % 2:
                spans.append((at, at + len(piece)))
            at += len(piece)
        found.append(Marked("".join(pieces), tuple(spans), item.names))
    return found


def digest_of_marked(taught: Sequence[Marked]) -> str:
    """Digest of what is learned from."""
    digest = hashlib.sha256()
    for item in taught:
        digest.update(repr((item.text, item.names, item.named_for)).encode() + b"\n")
    return digest.hexdigest()


def train_named_for(taught: Sequence[Marked], acts: ReadsActs) -> Learned:
    """Fit a multinomial logistic regression; the same messages and readings give the same weights.

    Args:
        taught: all four labels are among theirs.
        acts: reads what a message does.
    """
    pairs = [(item, place) for item in taught for place in range(len(item.names))]
    rarity = _rarity(pairs)
    readings = {item.text: readings_of(acts.read(item.text)) for item in taught}
    measures = [
        _row(*weighed(item.text, item.names, place, rarity), readings[item.text]) for item, place in pairs
    ]
    size = BUCKETS + READINGS
    starts = np.cumsum([0, *(len(places) for places, _ in measures)])
    told = csr_matrix(
        (
            np.concatenate([weights for _, weights in measures]),
            np.concatenate([places for places, _ in measures]),
            starts,
        ),
        shape=(len(pairs), size),
    )
    labels = np.array([NAMED_FOR.index(item.named_for[place]) for item, place in pairs])
    model = LogisticRegression(C=STRENGTH, max_iter=_STEPS).fit(told, labels)
    halves = model.coef_.T.astype(np.float16).astype(np.float32)
    return Learned(
        Told(made_from=digest_of_marked(taught)), rarity, halves, model.intercept_.astype(np.float32)
    )


def judge_named_for(taught: Sequence[Marked], acts: ReadsActs, names: SchemeNames) -> list[Judged]:
    """What readers make of the messages that they haven't learned from, each left out with one in five."""
    judged = []
    for fold in range(FOLDS):
        kept = [item for place, item in enumerate(taught) if place % FOLDS != fold]
        reader = NamedForReader(train_named_for(kept, acts))
        left_out = LeftOut(names, reader, acts)
        for item in taught[fold::FOLDS]:
            told = reader.read(item.text, item.names, acts.read(item.text))
            out = left_out.of(item.text)
            own = names.named(item.text)
            for (start, end), right, shares in zip(item.names, item.named_for, told, strict=True):
                schemes = [name.schemes for name in own if name.start < end and start < name.end]
                best = max(NAMED_FOR, key=shares.__getitem__)
                judged.append(Judged(right, best, bool(schemes[0] & out) if schemes else None))
    return judged


def _row(places: NDArray[np.intp], weights: Floats, readings: Floats) -> tuple[NDArray[np.intp], Floats]:
    return (
        np.concatenate([places, np.arange(BUCKETS, BUCKETS + READINGS)]),
        np.concatenate([weights, readings]),
    )


def _rarity(pairs: Sequence[tuple[Marked, int]]) -> Floats:
    """How rare the runs of each bucket are: 1 + ln((1 + names) / (1 + names with one))."""
    held = np.zeros(BUCKETS)
    for item, place in pairs:
        for places, _ in counted(item.text, item.names, place):
            held[places] += 1
    # As it is written, so that what is learned is what will be read.
    return (1 + np.log((1 + len(pairs)) / (1 + held))).clip(0).astype(np.float16).astype(np.float32)
