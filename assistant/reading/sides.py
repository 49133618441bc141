"""Cut a comparison into its sides: what stands before and after each word that sets two things apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

# Words that set two things apart, the surest first.
_JOINTS = tuple(
    re.compile(rf"(?:(?<!\s)\s++)?+(?:{pattern})\s*+", re.IGNORECASE)
    for pattern in (
        r"\b(?:ou bien|ou alors|ou|contre|versus|vs\.?|alors que|tandis que|par rapport (?:à|au|aux)|plutôt que?)\b",
        r"\b(?:et|mais)\b|[;/]|,(?=\s)",
    )
)
# "une église classée et une église qui ne l’est pas": what the first side says is what the second one isn't.
_ELLIPSIS = re.compile(r"\bqui ne (?:l['’]est|l['’]étaient|l['’]était|le sont) pas\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"(?<!\w)(\w+é(?:e?s|e)?|\w{4,}its?|\w{4,}ites?)\W*$", re.IGNORECASE)
_DENIED = re.compile(r"\bn['’](?:est|était|sont|étaient) pas\b|\bnon[ -]\w+[ée]", re.IGNORECASE)
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
        yield [_filled(cut) for cut in cuts if min(map(len, cut)) >= _FEWEST_LETTERS]
    yield list(pairwise(clauses))


def denies(side: str) -> bool:
    """Whether a side is about what isn't so: "une chapelle qui n’est pas protégée", "non protégé"."""
    return bool(_DENIED.search(side))


def _filled(cut: tuple[str, str]) -> tuple[str, str]:
    """Say in full what the second side leaves out: "qui ne l’est pas" is "non classée"."""
    left, right = cut
    said = _PARTICIPLE.search(left)
    return (left, _ELLIPSIS.sub(f"non {said[1]}", right)) if said else cut
