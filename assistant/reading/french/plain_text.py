"""Bring a text to plain characters, so that no figure hides in the way it is written."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "−": "-", "‐": "-", "‑": "-"})
_SPACES = re.compile(r"\s+")


def plain_text(text: str) -> str:
    """Return a text without accents, its digits ASCII, its spaces single, invisible characters gone.

    Full-width, superscript, circled and Arabic-Indic digits become 0 to 9; a fraction character keeps its
    fraction slash (``½`` gives ``1⁄2``). Case is kept: ``m`` and ``M`` aren't the same unit.
    """
    if text.isascii():
        return _SPACES.sub(" ", text)
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return _SPACES.sub(" ", "".join(map(_plain, decomposed)))


def _plain(char: str) -> str:
    if char.isascii():
        return char
    if unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return ""
    digit = unicodedata.digit(char, None)
    return char if digit is None else str(digit)
