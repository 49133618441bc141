"""Cut a comparison into its sides: what stands before and after each word that sets two things apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

# Words that set two things apart, the surest first.
_JOINTS = tuple(
    re.compile(rf"\s*(?:{pattern})\s*", re.IGNORECASE)
    for pattern in (
        r"\b(?:ou bien|ou alors|ou|contre|versus|vs\.?|alors que|tandis que|par rapport (?:à|au|aux)|plutôt que?)\b",
        r"\b(?:et|mais)\b|[;/]|,(?=\s)",
    )
)
_CLAUSE = re.compile(r"[^.?!:]+")
_FEWEST_LETTERS = 4


def sides(text: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the ways to cut a text in two sides, by how sure the cut is.

    First at "ou" and its like inside a clause, then at "et" and commas, last between two clauses.
    """
    clauses = [clause.strip() for clause in _CLAUSE.findall(text) if len(clause.strip()) >= _FEWEST_LETTERS]
    for joints in _JOINTS:
        cuts = [
            (clause[: joint.start()], clause[joint.end() :])
            for clause in clauses
            for joint in joints.finditer(clause)
        ]
        yield [cut for cut in cuts if min(map(len, cut)) >= _FEWEST_LETTERS]
    yield list(pairwise(clauses))
