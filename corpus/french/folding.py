"""Fold French text to its bare letters, so that accents, case and ligatures stop mattering."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'"})
_FIRST_MARK = "\u0300"  # no character before it is a combining mark
_WORD = re.compile(r"[a-z0-9]+")
# An exponent is no digit of the figure that it stands with: "10³" isn't 103.
_EXPONENT = re.compile(r"(?<=\d)(?=[²³¹⁰⁴-⁹₀-₉])|(?<=[²³¹⁰⁴-⁹₀-₉])(?=\d)")


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """Return the text in lower case, without accents, with ligatures spelled out.

    Folding twice changes nothing; spaces, hyphens and digits are kept.
    """
    if text.isascii():
        return text.lower()
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def words(text: str) -> list[str]:
    """Return the folded words of a text: runs of letters and digits (``l'Épine`` gives two)."""
    return _WORD.findall(fold(text))


def _fold_once(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _EXPONENT.sub("^", text.lower().translate(_LIGATURES)))
    return "".join([c for c in decomposed if c < _FIRST_MARK or not unicodedata.combining(c)])
