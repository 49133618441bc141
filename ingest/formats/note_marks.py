"""Tell the raised number that refers to a note from one that is of its word: « taxes2 », but « m2 »."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"[\[(]?\d{1,2}[\])]?")
_REFERRING = re.compile(r"[^\W\d_]{3}[»)”.,;: \u00a0]*$")
_MOST_CHARS = 20


def is_reference(before: str, raised: str) -> bool:
    """Whether what is raised after a text is the number of a note, and so says nothing of its own."""
    return bool(_REFERENCE.fullmatch(raised.strip()) and _REFERRING.search(before[-_MOST_CHARS:]))
