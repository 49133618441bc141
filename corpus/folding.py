"""Fold French text for comparison: ligatures opened, accents and case removed."""

from __future__ import annotations

import re
import unicodedata

_OPENED = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ʼ": "'", "‘": "'"})
_WORD = re.compile(r"\d+|[^\W\d_]+")


def fold(text: str) -> str:
    """Return the text in lower case, without accents, ligatures opened, apostrophes straight."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_OPENED))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


def words(text: str) -> tuple[str, ...]:
    """Return the folded words and numbers of a text, in order; hyphens and apostrophes part words."""
    return tuple(_WORD.findall(fold(text)))
