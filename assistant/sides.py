"""Cut a comparison into its sides: what stands before and after each word that sets two things apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_JOINT = re.compile(
    r"\s*(?:\b(?:ou bien|ou alors|ou|et|contre|versus|vs\.?|alors que|tandis que|mais|par rapport (?:à|au|aux)|plutôt que?)\b|[;/]|,(?=\s))\s*",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^.?!:]+")
_FEWEST_LETTERS = 4


def sides(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a text in two sides, clause by clause.

    A joint inside a clause cuts that clause; two clauses that follow one another are sides as well.
    """
    clauses = [clause.strip() for clause in _CLAUSE.findall(text) if len(clause.strip()) >= _FEWEST_LETTERS]
    for clause in clauses:
        for joint in _JOINT.finditer(clause):
            left, right = clause[: joint.start()], clause[joint.end() :]
            if min(len(left), len(right)) >= _FEWEST_LETTERS:
                yield left, right
    yield from pairwise(clauses)
