"""Read the numbers that a French text writes in letters, and write them in digits."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SMALL = (
    *("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze"),
    *("douze", "treize", "quatorze", "quinze", "seize"),
)
_VALUES = {word: value for value, word in enumerate(_SMALL)}
_VALUES |= {"une": 1, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50}
_VALUES |= {"soixante": 60, "septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
_FACTORS = {"mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
_HUNDRED = frozenset({"cent", "cents"})
_WORD = rf"(?:{'|'.join(sorted((*_VALUES, *_FACTORS, *_HUNDRED), key=len, reverse=True))})"
# "Le 15 sept. 2023" is a date.
_NUMBER = re.compile(
    rf"(?<![\w-])(?!sept(?:\.| \d{{4}})){_WORD}(?:(?:-et-| et |-| ){_WORD})*(?![\w-])", re.IGNORECASE
)
_ONE_WORD = re.compile(rf"\b{_WORD}\b", re.IGNORECASE)
_PER_CENT = re.compile(r"\b(?:pour|p\.?) ?(?:cents?|100)(?!\w)|\bpct\b", re.IGNORECASE)
# "Un projet", "du matériel neuf": words, unless a unit follows.
_WORDS_TOO = frozenset({"un", "une", "neuf"})
_UNIT = re.compile(
    r" ?(?:%|€|(?:euros?|mois|ans?|annees?|jours?|semaines?|heures?|minutes?)\b)", re.IGNORECASE
)
# "Des millions d’euros" says no number.
_PLURALS = frozenset({"cents", "million", "millions", "milliard", "milliards"})
# "Les Deux Vallées", "des Sept Vallées": a name. "Les Trente Communes", "Vingt Mille Euros" are counts.
_NAME_BEGINS = re.compile(r"\b(?:[ld]es|aux) $")
_NAME_GOES_ON = re.compile(r" (?!Communes?\b|Habitants?\b|Salarie)[A-Z][a-z]")
_AFTER_DIGIT = re.compile(r"\d ?$")


def in_digits(plain: str) -> str:
    """Return a text with its numbers in digits and "pour cent" as ``%``.

    "Deux cent mille euros" gives ``200000 euros``, "trente pour cent" ``30 %``; of what isn't one number
    ("deux ou trois", "deux trois") each is written by itself.

    Args:
        plain: a text as :func:`assistant.reading.french.plain_text.plain_text` gives it.
    """
    return _NUMBER.sub(_written, _PER_CENT.sub("%", plain))


def _written(match: re.Match[str]) -> str:
    text = match.group()
    words = _ONE_WORD.findall(text.lower())
    if len(words) == 1 and _is_in_a_name(match):
        return text
    scales = words[0] in _FACTORS.keys() | _HUNDRED and _AFTER_DIGIT.search(match.string[: match.start()])
    if scales or (len(words) == 1 and words[0] in _PLURALS):
        return text
    if len(words) == 1 and words[0] in _WORDS_TOO and not _UNIT.match(match.string, match.end()):
        return text
    value = _value(words)
    return _ONE_WORD.sub(lambda word: _alone(word.group()), text) if value is None else str(value)


def _is_in_a_name(match: re.Match[str]) -> bool:
    """Whether a number with a capital stands in a proper name."""
    return (
        match.group()[0].isupper()
        and _NAME_BEGINS.search(match.string[: match.start()]) is not None
        and _NAME_GOES_ON.match(match.string, match.end()) is not None
        and _UNIT.match(match.string, match.end()) is None
    )


def _alone(word: str) -> str:
    lower = word.lower()
    value = None if lower in _WORDS_TOO | _PLURALS else _value((lower,))
    return word if value is None else str(value)


def _value(words: Sequence[str]) -> int | None:
    """The value of the words of one number; None when they are several."""
    total = group = 0
    for word in words:
        if word in _FACTORS:
            factor = _FACTORS[word]
            if total % (factor * 1000):
                return None
            total, group = total + max(group, 1) * factor, 0
        elif word in _HUNDRED:
            if group >= 100:
                return None
            group = max(group, 1) * 100
        elif (more := _added(group, _VALUES[word])) is None:
            return None
        else:
            group = more
    return total + group


def _added(group: int, value: int) -> int | None:
    """Put a number after the tens or the hundreds: 60 and 12 make 72, 4 and 20 make 80, 20 and 30 nothing."""
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
