"""Questions that people ask about a scheme, each with the sentences of its fiche that answer it.

They teach the assistant how people speak of a scheme; they are searched, never shown. A document
expanded by the questions it answers is found better: Nogueira et al., "Document Expansion by Query
Prediction" (2019); here people write the questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rapidfuzz import fuzz

from corpus.errors import Problem

ASKED_DIR = "questions"
# A sentence reworded a little (a rate, a year) still answers the same questions.
_SAME_SENTENCE = 75.0
# The same safe loader, in C where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with the places, in the fiche's list of sentences, of those that answer it."""

    text: str
    answers: tuple[int, ...]


AskedSource = Callable[[Path, Sequence[str]], tuple[tuple[AskedQuestion, ...], list[Problem]]]
"""Where the questions of a fiche come from: takes what :func:`read_asked` takes, gives what it gives."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    ask: str = Field(min_length=1)
    answered_by: tuple[str, ...] = Field(min_length=1)


def read_asked(path: Path, sentences: Sequence[str]) -> tuple[tuple[AskedQuestion, ...], list[Problem]]:
    """Read the questions of a fiche; none when it has no such file.

    Args:
        path: a YAML list of ``ask`` and ``answered_by``: pieces of the sentences that answer.
        sentences: the sentences of the fiche, in order.

    Returns:
        The questions, and the problems: what can't be read, what answers nothing any more.
    """
    if not path.is_file():
        return (), []
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - the safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        return (), [
            Problem(path, line, "", "ce fichier n’est pas une liste YAML lisible", "corrigez sa forme")
        ]
    if not isinstance(rows, list):
        remedy = "écrivez une liste de « - ask: … » avec « answered_by: [ … ] »"
        return (), [Problem(path, 1, "", "ce fichier n’est pas une liste de questions", remedy)]
    plain = [_plain(sentence) for sentence in sentences]
    asked: list[AskedQuestion] = []
    problems: list[Problem] = []
    for number, values in enumerate(rows, 1):
        try:
            row = _Row.model_validate(values)
        except ValidationError:
            remedy = "donnez « ask » (la question) et « answered_by » (des morceaux de phrases de la fiche)"
            problems.append(Problem(path, 0, f"question {number}", "la question est mal formée", remedy))
            continue
        places = [_place(_plain(piece), plain) for piece in row.answered_by]
        problems += [
            Problem(
                path,
                0,
                f"question {number}",
                f"aucune phrase de la fiche ne contient « {piece} »",
                "recopiez un morceau de la phrase qui répond, ou retirez la question",
            )
            for piece, place in zip(row.answered_by, places, strict=True)
            if place is None
        ]
        if found := tuple(dict.fromkeys(place for place in places if place is not None)):
            asked.append(AskedQuestion(row.ask, found))
    return tuple(asked), problems


def _place(piece: str, sentences: Sequence[str]) -> int | None:
    """Where a piece stands: the sentence that holds it, else the one nearest to it."""
    for place, sentence in enumerate(sentences):
        if piece in sentence:
            return place
    scores = [fuzz.partial_ratio(piece, sentence) for sentence in sentences]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] >= _SAME_SENTENCE else None


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
