"""The words of French numbers, and how they add up: 60 and 12 make 72, 4 and 20 make 80, 20 and 30 nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

_SMALL = (
    *("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze"),
    *("douze", "treize", "quatorze", "quinze", "seize"),
)
VALUES = {word: value for value, word in enumerate(_SMALL)}
VALUES |= {"une": 1, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50}
VALUES |= {"soixante": 60, "septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
SCALES = {"mille": 10**3, "milles": 10**3, "million": 10**6, "millions": 10**6}
SCALES |= {"milliard": 10**9, "milliards": 10**9}
HUNDRED = frozenset({"cent", "cents"})
# Words that round: "une centaine", "25 milliers".
COLLECTIVES = {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30}
COLLECTIVES |= {"quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000}
COLLECTIVES |= {f"{word}s": value for word, value in COLLECTIVES.items()}
_TENS_AND_ONE = frozenset({20, 30, 40, 50, 60})


@dataclass(slots=True)
class Tally:
    """The sum of the words of one number, added one by one.

    Attributes:
        total: what the scales closed so far make.
        group: what no scale has closed yet; None when nothing was added since.
        least: the smallest scale so far: what follows must be less.
    """

    total: float = 0.0
    group: float | None = None
    least: float = inf

    @property
    def value(self) -> float:
        """What was added so far."""
        return self.total + (self.group or 0)

    def add(self, word: str) -> bool:
        """Add a word; False, with nothing changed, when it belongs to another number."""
        if word in SCALES:
            return self._scale(SCALES[word])
        if word in HUNDRED:
            more = None if self.group is not None and not 1 <= self.group < 100 else (self.group or 1) * 100
        else:
            more = _added(self.group or 0, VALUES[word])
        return self._take(more)

    def add_digits(self, value: float) -> bool:
        """Add a number in digits, which stands first or after a scale: "2 mille 500"."""
        return self._take(value if self.group is None else None)

    def multiply(self, factor: float) -> bool:
        """Count by a word that rounds: "deux centaines", "une dizaine de milliers"; only what was counted."""
        if self.group is None or self.total:
            return False
        self.group *= factor
        return True

    def joins_by_and(self, word: str) -> bool:
        """Whether "et" and this word go on with the number: "vingt et un", "soixante et onze"."""
        tens = (self.group or 0) % 100
        return (tens in _TENS_AND_ONE and word in {"un", "une"}) or (tens == 60 and word == "onze")

    def _scale(self, factor: float) -> bool:
        if factor >= self.least or self.group == 0:
            return False
        self.total += (1 if self.group is None else self.group) * factor
        self.group, self.least = None, factor
        return True

    def _take(self, group: float | None) -> bool:
        if group is None or group >= self.least:
            return False
        self.group = group
        return True


def value_of(words: Iterable[str]) -> int | None:
    """The value of the words of one number; None when they are several."""
    tally = Tally()
    return int(tally.value) if all(tally.add(word) for word in words) else None


def _added(group: float, value: int) -> float | None:
    """Put a number after the tens or the hundreds."""
    tens = group % 100
    if (tens, value) == (4, 20):
        return group + 76
    fits = (
        tens == 0
        or (tens in {20, 30, 40, 50, 70, 80, 90} and 0 < value < 10)
        or (tens in {60, 80} and 0 < value < 20)
        or (tens in {10, 70, 90} and value in {7, 8, 9})
    )
    return group + value if fits else None
