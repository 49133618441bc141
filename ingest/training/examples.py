"""What an encoder learns from: questions about a text with its statements, and pairs of near texts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the places of the statements that answer it, in the list of its text."""

    question: str
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AskedText:
    """The statements of a text, and questions that people ask about it."""

    statements: tuple[str, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text as someone would ask, and a passage that it must be near to.

    Attributes:
        question: a question, a need, a title.
        passage: the passage.
        source: what collection it's from; a batch holds one, so that telling pairs apart is hard.
    """

    question: str
    passage: str
    source: str


@dataclass(frozen=True, slots=True)
class Examples:
    """All that an encoder learns from."""

    texts: tuple[AskedText, ...]
    pairs: tuple[Pair, ...] = ()

    def questions(self) -> list[str]:
        """Every question, those of pairs too."""
        return [a.question for text in self.texts for a in text.asked] + [p.question for p in self.pairs]

    def passages(self) -> list[str]:
        """Every statement and passage."""
        return [s for text in self.texts for s in text.statements] + [p.passage for p in self.pairs]


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions and passages that are compared in one step.

    Attributes:
        questions: the questions.
        passages: the passages.
        answers: for each question, the places of the passages that answer it.
        among: for each question, the places of the passages of its own text, its answers with them.
    """

    questions: tuple[str, ...]
    passages: tuple[str, ...]
    answers: tuple[tuple[int, ...], ...]
    among: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class BatchSizes:
    """How much goes into a batch: texts, questions of each, statements of each at most; or pairs."""

    texts: int = 8
    questions: int = 8
    statements: int = 24
    pairs: int = 48


def batches_of(examples: Examples, sizes: BatchSizes, draw: random.Random) -> list[Batch]:
    """Cut examples into batches, every question once; the order and the statements left out are drawn."""
    found = [_of_texts(chosen, sizes, draw) for chosen in _texts_together(examples.texts, sizes, draw)]
    for source in sorted({pair.source for pair in examples.pairs}):
        own = [pair for pair in examples.pairs if pair.source == source]
        draw.shuffle(own)
        found += [_of_pairs(own[start : start + sizes.pairs]) for start in range(0, len(own), sizes.pairs)]
    draw.shuffle(found)
    return found


_Slice = tuple[int, AskedText, tuple[Asked, ...]]


def _texts_together(texts: Sequence[AskedText], sizes: BatchSizes, draw: random.Random) -> list[list[_Slice]]:
    """A few questions of a few texts at a time, never a text twice in one batch."""
    waiting: list[_Slice] = []
    for place, text in enumerate(texts):
        asked = list(text.asked)
        draw.shuffle(asked)
        waiting += [
            (place, text, tuple(asked[start : start + sizes.questions]))
            for start in range(0, len(asked), sizes.questions)
        ]
    draw.shuffle(waiting)
    found = []
    while waiting:
        chosen: dict[int, _Slice] = {}
        left = []
        for item in waiting:
            if item[0] in chosen or len(chosen) == sizes.texts:
                left.append(item)
            else:
                chosen[item[0]] = item
        found.append(list(chosen.values()))
        waiting = left
    return found


def _of_texts(chosen: Sequence[_Slice], sizes: BatchSizes, draw: random.Random) -> Batch:
    questions: list[str] = []
    passages: list[str] = []
    answers: list[tuple[int, ...]] = []
    among: list[tuple[int, ...]] = []
    for _, text, asked in chosen:
        needed = {place for one in asked for place in one.answers}
        others = [place for place in range(len(text.statements)) if place not in needed]
        draw.shuffle(others)
        kept = sorted(needed | set(others[: max(0, sizes.statements - len(needed))]))
        at = {place: len(passages) + row for row, place in enumerate(kept)}
        passages += [text.statements[place] for place in kept]
        for one in asked:
            questions.append(one.question)
            answers.append(tuple(at[place] for place in one.answers))
            among.append(tuple(at.values()))
    return Batch(tuple(questions), tuple(passages), tuple(answers), tuple(among))


def _of_pairs(pairs: Sequence[Pair]) -> Batch:
    """Pairs, each passage against those of all others; a passage that comes twice answers twice."""
    passages = list(dict.fromkeys(pair.passage for pair in pairs))
    every = tuple(range(len(passages)))
    answers = tuple((passages.index(pair.passage),) for pair in pairs)
    questions = tuple(pair.question for pair in pairs)
    return Batch(questions, tuple(passages), answers, tuple(every for _ in pairs))
