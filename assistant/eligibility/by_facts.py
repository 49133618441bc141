"""What the size of the commune, or who asks, already says of a condition that is asked by hand."""

from __future__ import annotations

import re

from assistant.eligibility.facts import Facts
from corpus.french.folding import fold, words
from corpus.labels import BENEFICIARY_LABELS, Beneficiary

_NUMBER = r"(\d{1,3}(?: \d{3})*|\d+)"
_OF_THE_COMMUNE = re.compile(r"(?:la|votre) commune\b")
_BETWEEN = re.compile(rf"\bde {_NUMBER} a {_NUMBER} habitants\b")
_UNDER = re.compile(rf"\bmoins de {_NUMBER} habitants\b")
_IS_ONE = re.compile(r"le demandeur est-il une? ([\w-]+)")


def denied_by_facts(question: str, facts: Facts) -> str | None:
    """Say why what is known already denies a condition that is to be true; None where it doesn't.

    Args:
        question: the officer's question: "La commune a-t-elle de 2 000 à 20 000 habitants, avec…".
        facts: what is known.
    """
    asked = " ".join(fold(question).split())
    if _OF_THE_COMMUNE.match(asked) and _is_another_size(asked, facts):
        return "Le nombre d’habitants dit que non."
    named = _IS_ONE.match(asked)
    who = facts.beneficiary
    if named is not None and who is not None and (kinds := _kinds(named[1])) and who not in kinds:
        return "Le demandeur n’en est pas un."
    return None


def _is_another_size(asked: str, facts: Facts) -> bool:
    known = facts.population
    if known is None and facts.commune is None:
        return False
    low = known.low if known is not None else float(facts.commune.population if facts.commune else 0)
    high = known.high if known is not None else low
    if between := _BETWEEN.search(asked):
        return high < _value(between[1]) or low > _value(between[2])
    under = _UNDER.search(asked)
    return under is not None and low >= _value(under[1])


def _kinds(name: str) -> set[Beneficiary]:
    """The kinds of applicants that a word names, by its label or as it's typed: "epci"."""
    return {who for who in Beneficiary if name == who.value or name in words(BENEFICIARY_LABELS[who])}


def _value(number: str) -> float:
    return float(number.replace(" ", ""))
