"""Cut a message where a negation stops, and tell which of its clauses deny; tell the denials of an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NEGATION = re.compile(
    r"\b(?:ne|n'|pas?|aucune?|jamais|non|ni|sans|rien|plus de|plus aucun\w*|nan|hors)(?:\b|(?<='))|\bn'"
)
# Words of denial that deny nothing: "on n'a que 3 agents", "hors taxes", "plus de 10 salariés", "si jamais",
# "sans dépasser 80 %".
_DENIES_NOTHING = re.compile(
    r"\bn(?:e |')(?!pas\b)\w+ qu(?:e\b|')|\bhors[- ]tax\w+|\bplus d[e'] ?(?=\d)|\bsi jamais\b|\bnon seulement\b"
    r"|\bpas (?:seulement|mal de)\b|\bpourquoi pas\b|\bsans (?:doute|probleme|souci|depasser|exceder)\b"
)
# In a short answer "plus" denies by itself ("on n'en a plus", "plus maintenant"), and "sans" may not.
_IN_AN_ANSWER = re.compile(r"\b(?:pas|jamais|aucune?|ni|non|nan|plus)\b")
# Beside the answer to a condition, "non" is the answer itself.
_BESIDE_A_NO = re.compile(r"\bn(?:e\b|')|\b(?:pas|jamais|aucune?s?|ni|sans|plus de|rien)\b")
_NE_OR_SANS = re.compile(r"\bn(?:e |')|\bsans\b")
_ENDS = re.compile(
    r"[.!?;:\n]+|,| mais | par contre | en revanche | alors que | donc | sauf | et (?=on |nous |pas |n'|ne |je |non |jamais |aucun|c'est )"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message that a negation doesn't leave.

    Attributes:
        text: its words, folded.
        start: where it begins in the folded message.
        end: where it ends.
        denies: whether it denies; two negations ("ni classé ni inscrit") are still one denial.
    """

    text: str
    start: int
    end: int
    denies: bool


@lru_cache(maxsize=256)
def read_clauses(folded: str) -> tuple[Clause, ...]:
    """Cut a folded message in clauses; blank ones are left out."""
    found: list[Clause] = []
    start = 0
    for stop in (*_ENDS.finditer(folded), None):
        end = stop.start() if stop else len(folded)
        text = folded[start:end].strip()
        if text:
            first = folded.index(text, start)
            found.append(Clause(text, first, first + len(text), denies(text)))
        start = stop.end() if stop else end
    return tuple(found)


def denies(folded: str) -> bool:
    """Whether a folded text holds a negation."""
    return _NEGATION.search(_DENIES_NOTHING.sub(" ", folded)) is not None


def denies_in_answer(folded: str) -> bool:
    """Whether a folded answer to one question, its yes left out, denies: "pas encore", "plus maintenant"."""
    return _IN_AN_ANSWER.search(folded) is not None


def denies_after_no(folded: str) -> bool:
    """Whether what follows the no of a folded answer denies too: "non, jamais", "non, on est sans"."""
    return denies_in_answer(folded) or _NE_OR_SANS.search(folded) is not None


def denies_beside_no(folded: str) -> bool:
    """Whether a folded answer to conditions denies by other words than its no."""
    return _BESIDE_A_NO.search(folded) is not None
