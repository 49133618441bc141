"""Whether texts that something was fitted on are those that it's measured on, hardly reworded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from corpus.french.folding import fold
from evaluation.questions.cases import committed_cases

# Shorter texts are alike by chance.
LONG = 25


def measured_turns() -> list[str]:
    """What is asked in the questions of the evaluation, short turns aside."""
    return [turn for case in committed_cases() for turn in case.turns if len(turn) > LONG]


def near_copies(texts: Sequence[str], measured: Sequence[str], limit: int) -> Iterator[tuple[str, str]]:
    """The texts as like one of those measured as a limit or more, between 0 and 100, each with that one.

    Words are compared whatever their order, capitals and accents; they're sorted once, not once a pair.
    """
    mine, theirs = [_sorted(text) for text in texts], [_sorted(text) for text in measured]
    likeness = process.cdist(mine, theirs, scorer=fuzz.ratio, score_cutoff=limit)
    for place, row in enumerate(likeness):
        if row.max(initial=0) >= limit:
            yield texts[place], measured[int(row.argmax())]


def _sorted(text: str) -> str:
    return " ".join(sorted(fold(text).split()))
