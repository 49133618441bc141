"""The ways people write a commune's name, each a folded key; nothing here knows sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from corpus.french.folding import fold

SAINTS = frozenset({"saint", "sainte"})
ARTICLES = frozenset({"le", "la", "les", "l"})
LINKS = ARTICLES | {
    "a",
    "au",
    "aux",
    "d",
    "de",
    "des",
    "dit",
    "du",
    "en",
    "es",
    "et",
    "sous",
    "sur",
}
SHORTENED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "lez": "les"}
_SLASHED = {"s/s": "sous", "s/": "sur"}
_TOKEN = re.compile(r"s/s(?=[\s-])|s/(?=\s?\S)|(?:[^\W_]|[\u0300-\u036f])+", re.IGNORECASE)
# A text of Latin letters, whose folded form is cut just as it is: nearly every name.
_PLAIN = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿŒœ '’().,-]*")
_FOLDED_WORD = re.compile(r"[a-z0-9]+")
_GENERIC = frozenset({"saint", "sainte", "saints", "saintes", "notre"})
_MIN_SHORT = 4


class How(StrEnum):
    """How a text led to a commune."""

    INSEE = "insee"
    POSTCODE = "postcode"
    NAME = "name"
    FORMER_NAME = "former_name"
    WITHOUT_ARTICLE = "without_article"
    SHORT_NAME = "short_name"
    GLUED = "glued"
    TYPO = "typo"


EXACT = frozenset({How.NAME, How.FORMER_NAME})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, in the spelling of keys, with its place in the text."""

    word: str
    start: int
    end: int
    capital: bool


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens: ``St-Pol s/ Mer`` gives saint, pol, sur, mer."""
    found = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if word := _spelt(raw):
            found.append(Token(word, match.start(), match.end(), raw[0].isupper()))
    return found


@lru_cache(maxsize=8192)
def _spelt(raw: str) -> str:
    """A word of a text in the spelling of keys; empty when nothing of it counts."""
    word = "".join(c for c in fold(raw) if c.isalnum() or c == "/")
    return _SLASHED.get(word) or SHORTENED.get(word, word)


def name_key(text: str) -> str:
    """Return the folded words of a name with one space between: the key of the index."""
    if _PLAIN.fullmatch(text) and (folded := fold(text)).isascii():
        return " ".join([SHORTENED.get(word, word) for word in _FOLDED_WORD.findall(folded)])
    return " ".join(token.word for token in tokens(text))


def name_forms(name: str, how: How = How.NAME) -> Iterator[tuple[str, How]]:
    """Yield each key under which a name is known, with how far it is from the full name."""
    full = name_key(name).split()
    yield " ".join(full), how
    bare = full[1:] if full[0] in ARTICLES and len(full) > 1 else full
    if bare != full:
        yield " ".join(bare), How.WITHOUT_ARTICLE
    if len(full) > 1:
        yield "".join(full), How.GLUED
    for size in range(1, len(bare)):
        head = bare[:size]
        if head[-1] in LINKS or not _tells_apart(head):
            continue
        yield " ".join(head), How.SHORT_NAME
        if bare != full:
            yield " ".join((full[0], *head)), How.SHORT_NAME


def _tells_apart(head: list[str]) -> bool:
    own = [word for word in head if word not in _GENERIC and word not in LINKS]
    return any(len(word) >= _MIN_SHORT for word in own) or (len(head) > 1 and bool(own))
