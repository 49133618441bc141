"""Read the numbers that a French text writes in letters, and write them in digits."""

from __future__ import annotations

import re

from assistant.reading.french.number_words import HUNDRED, SCALES, VALUES, value_of

_WORD = rf"(?:{'|'.join(sorted((*VALUES, *SCALES, *HUNDRED), key=len, reverse=True))})"
# "Le 15 sept. 2023" is a date.
_NUMBER = re.compile(
    rf"(?<![\w-])(?!sept(?:\.| \d{{4}})){_WORD}(?:(?:-et-| et |-| ){_WORD})*(?![\w-])", re.IGNORECASE
)
_ONE_WORD = re.compile(rf"\b{_WORD}\b", re.IGNORECASE)
_PER_CENT = re.compile(r"\b(?:pour|p\.?) ?(?:cents?|100)(?!\w)|\bpct\b", re.IGNORECASE)
# "30 pour 100" is a rate; "pour 100 communes" and "pour cent habitants" are counts.
_COUNTED = re.compile(rf"(?:\d|\b{_WORD}) ?$", re.IGNORECASE)
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
_ARTICLE = 8
_LONGEST = max(map(len, (*VALUES, *SCALES, *HUNDRED))) + 2


def in_digits(plain: str) -> str:
    """Return a text with its numbers in digits and "pour cent" as ``%``.

    "Deux cent mille euros" gives ``200000 euros``, "trente pour cent" ``30 %``; of what isn't one number
    ("deux ou trois", "deux trois") each is written by itself.

    Args:
        plain: a text as :func:`assistant.reading.french.plain_text.plain_text` gives it.
    """
    return _NUMBER.sub(_written, _PER_CENT.sub(_rate, plain))


def _rate(match: re.Match[str]) -> str:
    """The sign of "pour cent", where a number stands before it."""
    before = match.string[max(0, match.start() - _LONGEST) : match.start()]
    return "%" if match.group().lower() == "pct" or _COUNTED.search(before) else match.group()


def _written(match: re.Match[str]) -> str:
    text = match.group()
    words = _ONE_WORD.findall(text.lower())
    if len(words) == 1 and _is_in_a_name(match):
        return text
    scales = words[0] in SCALES.keys() | HUNDRED and _AFTER_DIGIT.search(_before(match))
    if scales or (len(words) == 1 and words[0] in _PLURALS):
        return text
    if len(words) == 1 and words[0] in _WORDS_TOO and not _UNIT.match(match.string, match.end()):
        return text
    value = value_of(words)
    return _ONE_WORD.sub(lambda word: _alone(word.group()), text) if value is None else str(value)


def _before(match: re.Match[str]) -> str:
    """The few characters before a number: enough for an article."""
    return match.string[max(0, match.start() - _ARTICLE) : match.start()]


def _is_in_a_name(match: re.Match[str]) -> bool:
    """Whether a number with a capital stands in a proper name."""
    return (
        match.group()[0].isupper()
        and _NAME_BEGINS.search(_before(match)) is not None
        and _NAME_GOES_ON.match(match.string, match.end()) is not None
        and _UNIT.match(match.string, match.end()) is None
    )


def _alone(word: str) -> str:
    lower = word.lower()
    value = None if lower in _WORDS_TOO | _PLURALS else value_of((lower,))
    return word if value is None else str(value)
