"""What the size of the commune, or who asks, already says of a condition that is asked by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.eligibility.facts import Facts
from corpus.french.figures import figure_values
from corpus.french.folding import fold, words
from corpus.labels import BENEFICIARY_LABELS, Beneficiary

_OF_THE_COMMUNE = re.compile(r"(?:la|votre) commune\b")
_SIZES = re.compile(r"\b(?:de (?P<least>\d[\d ]*+)a|(?P<under>moins de)) (?P<most>\d[\d ]*+)habitants\b")
_IS_ONE = re.compile(r"le demandeur est-il une? ([\w-]+)")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks of facts that may be known.

    Attributes:
        least: inhabitants from which on the commune is meant; None when no size is told.
        most: inhabitants up to which it is, or under which.
        is_under: whether ``most`` is left out.
        kinds: the applicants meant; empty when none is told.
    """

    least: float | None = None
    most: float = 0.0
    is_under: bool = False
    kinds: frozenset[Beneficiary] = frozenset()

    def leaves_out(self, low: float, high: float) -> bool:
        """Whether no commune of so many inhabitants, between two ends, is meant."""
        if self.least is None:
            return False
        return high < self.least or (low >= self.most if self.is_under else low > self.most)


def denied_by_facts(question: str, facts: Facts) -> str | None:
    """Say why what is known already denies a condition that is to be true; None where it doesn't.

    Args:
        question: the officer's question: "La commune a-t-elle de 2 000 à 20 000 habitants, avec…".
        facts: what is known.
    """
    asked = _read(question)
    if _is_another_size(asked, facts):
        return "Le nombre d’habitants dit que non."
    if facts.beneficiary is not None and asked.kinds and facts.beneficiary not in asked.kinds:
        return "Le demandeur n’en est pas un."
    return None


def _is_another_size(asked: _Asked, facts: Facts) -> bool:
    if facts.population is not None:
        return asked.leaves_out(facts.population.low, facts.population.high)
    return facts.commune is not None and asked.leaves_out(facts.commune.population, facts.commune.population)


@lru_cache(maxsize=1024)
def _read(question: str) -> _Asked:
    """What a question asks; the same for every commune."""
    asked = " ".join(fold(question).split())
    named = _IS_ONE.match(asked)
    kinds = _kinds(named[1]) if named else frozenset()
    sizes = _SIZES.search(asked) if _OF_THE_COMMUNE.match(asked) else None
    least, most = (_value(sizes[end] or "0") for end in ("least", "most")) if sizes else (None, None)
    if sizes is None or least is None or most is None:
        return _Asked(kinds=kinds)
    return _Asked(least, most, sizes["under"] is not None, kinds)


def _kinds(name: str) -> frozenset[Beneficiary]:
    """The kinds of applicants that a word names, by its label or as it's typed: "epci"."""
    return frozenset(
        who for who in Beneficiary if name == who.value or name in words(BENEFICIARY_LABELS[who])
    )


def _value(number: str) -> float | None:
    """The one figure that digits make; None when they make several."""
    values = figure_values(number.strip())
    return next(iter(values)) if len(values) == 1 else None
