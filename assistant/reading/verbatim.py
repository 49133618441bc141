"""Keep a fact that something else read, only where the user's own words say it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.eligibility.facts import MAX_COST, MAX_POPULATION, Range
from assistant.reading.french.quantities import Bound, Quantity, Unit, read_quantities
from corpus.french.folding import fold
from corpus.labels import Beneficiary

# Words that turn what stands beside them; who asks is then left to the rules.
_DENIES = re.compile(r"\b(?:ne|n'|pas|ni|sans|non|ou|si)\b|\bn'")
_BEFORE = 40
_PEOPLE, _EUROS = (Unit.INHABITANT, Unit.PERSON), (Unit.EURO, None)


def stands(words: str, said: str) -> bool:
    """Whether words stand in a text as they are, not as a part of other words."""
    return _place(words, said) is not None


def stated_beneficiary(value: str, words: str, said: Sequence[str]) -> Beneficiary | None:
    """Who asks, where words that stand in a message, and deny nothing, say it."""
    for text in said:
        start = _place(words, text)
        if start is not None and not _DENIES.search(fold(text[max(0, start - _BEFORE) : start + len(words)])):
            return Beneficiary(value) if value in list(Beneficiary) else None
    return None


def stated_population(value: str, words: str, said: Sequence[str]) -> Range | None:
    """Inhabitants, where the figure that stands in words of a message counts people."""
    return _range(value, words, said, _PEOPLE, MAX_POPULATION)


def stated_cost(value: str, words: str, said: Sequence[str]) -> Range | None:
    """Euros, where the figure that stands in words of a message counts euros, or nothing else."""
    return _range(value, words, said, _EUROS, MAX_COST)


def _range(
    value: str, words: str, said: Sequence[str], units: Sequence[Unit | None], most: float
) -> Range | None:
    """The figure of the words, as it's read in the whole message: "500" isn't said by "2 500"."""
    if not value.isascii() or not value.isdigit() or len(value) > len(str(most)):
        return None
    for text in said:
        if stands(words, text):
            told = [*_found(value, words, units)]
            whole = {(item.value, item.bound) for item in _found(value, text, units)}
            if len(told) == 1 and (told[0].value, told[0].bound) in whole and 0 < told[0].value <= most:
                return _bounded(told[0])
    return None


def _found(value: str, text: str, units: Sequence[Unit | None]) -> list[Quantity]:
    return [item for item in read_quantities(fold(text)) if item.unit in units and item.value == int(value)]


def _bounded(item: Quantity) -> Range | None:
    if item.bound is Bound.EXACTLY:
        return Range.exactly(item.value)
    return Range.about(item.value) if item.bound is Bound.ABOUT else None


def _place(words: str, said: str) -> int | None:
    """Where words stand in a text, between whole words; None where they don't."""
    if not words.strip():
        return None
    start = said.find(words)
    while start >= 0:
        end = start + len(words)
        opens = not (words[0].isalnum() and said[:start][-1:].isalnum())
        if opens and not (words[-1].isalnum() and said[end : end + 1].isalnum()):
            return start
        start = said.find(words, start + 1)
    return None
