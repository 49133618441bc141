"""Hints of place in a sentence: a department by name or number, a postcode, an INSEE code."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from corpus.communes.commune import DEPARTMENTS
from corpus.french.folding import words
from corpus.places.name import Token

UNITS = frozenset(
    {"hab", "habitant", "habitants", "euro", "euros", "eur", "k", "ke", "m", "m2", "km", "ans"}
    | {"an", "mois", "jours", "pour", "logements", "places", "eleves", "personnes", "ha", "ht"}
    | {"ttc", "mille", "millions", "m3", "kwh", "kwc", "agents", "communes", "projets"}
)
_NAMES = {words(name)[0]: (words(name), number) for number, name in DEPARTMENTS.items()}
# The last words of the departments' names: the Oise of "Clermont-de-l'Oise".
DEPARTMENT_WORDS = frozenset(words(name)[-1] for name in DEPARTMENTS.values())
_WORD_LIKE = frozenset({"nord", "somme"})
_NAMING = frozenset({"departement", "dept", "dpt", "dep", "dans"})
_ARTICLES = frozenset({"l", "la", "le", "du", "de", "d"})
_AFTER_NAME = re.compile(
    r"[\s,(\u00a0–-]*+(?:dans|en|d[ée]partement|dept)?[\s(]*+(?:de )?(?:l['’]|la|le|du)?[\s(]*+"
    r"(?:d[ée]partement )?(?:de )?(?:l['’]|la|le|du)?\s*+",
    re.IGNORECASE,
)
# What makes of a number the thousands of a larger one.
_GROUPED = re.compile(r"[ .\u00a0\u202f]\d{3}(?!\d)")
_BEFORE_NAME = re.compile(r"[\s,)\u00a0–-]*")


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that narrows the choice of a commune.

    Attributes:
        start, end: its place in the text.
        department: number of a department; None for a code.
        code: five characters, a postcode or an INSEE code; None for a department.
        explicit: whether it counts away from a name too.
    """

    start: int
    end: int
    department: str | None
    code: str | None
    explicit: bool

    def follows(self, text: str, end: int) -> bool:
        """Whether it comes right after a name that stops at ``end``: ``(62)``, ``dans l'Oise``."""
        return end <= self.start and bool(_AFTER_NAME.fullmatch(text, end, self.start))

    def precedes(self, text: str, start: int) -> bool:
        """Whether it is a code right before a name: ``59850 Nieppe``."""
        if self.code is None or self.end > start:
            return False
        return bool(_BEFORE_NAME.fullmatch(text, self.end, start))


def hints_of(text: str, tokens: list[Token], codes: Container[str]) -> list[Hint]:
    """Find every hint of a text, in order; ``codes`` holds the postcodes and INSEE codes."""
    found: list[Hint] = []
    for place, token in enumerate(tokens):
        is_number = token.word[0].isdigit()
        hint = _number(text, tokens, place, codes) if is_number else _name(text, tokens, place)
        if hint is not None:
            found.append(hint)
    return found


def _number(text: str, tokens: list[Token], place: int, codes: Container[str]) -> Hint | None:
    token = tokens[place]
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if _GROUPED.match(text, token.end):
        return None  # "Nieppe, 80 000 €": thousands, no department
    if following in UNITS or text[token.end : token.end + 2].strip()[:1] in {"€", "%"}:
        return None
    if token.word in DEPARTMENTS:
        explicit = _in_brackets(text, token) or _named(tokens, place, frozenset({"le"}))
        return Hint(token.start, token.end, token.word, None, explicit)
    if token.word in codes:
        return Hint(token.start, token.end, None, token.word, explicit=True)
    return None


def _name(text: str, tokens: list[Token], place: int) -> Hint | None:
    name = _NAMES.get(tokens[place].word)
    if name is None:
        return None
    spelled, number = name
    run = tokens[place : place + len(spelled)]
    if [token.word for token in run] != spelled:
        return None
    capital = run[0].capital and not text.isupper()
    explicit = (
        _in_brackets(text, run[0])
        or _named(tokens, place, frozenset())
        or (capital and _named(tokens, place, _ARTICLES))
        or (spelled[0] not in _WORD_LIKE and _named(tokens, place, frozenset({"l", "le", "du"})))
    )
    return Hint(run[0].start, run[-1].end, number, None, explicit)


def _named(tokens: list[Token], place: int, articles: frozenset[str]) -> bool:
    if place == 0:
        return False
    previous = tokens[place - 1].word
    if previous in _NAMING or previous in articles:
        return True
    before = {token.word for token in tokens[max(0, place - 4) : place]}
    return previous in _ARTICLES and bool(before & _NAMING)


def _in_brackets(text: str, token: Token) -> bool:
    return text[: token.start].rstrip().endswith("(")
