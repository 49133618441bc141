"""Recognise that a message takes back what it has just said: "à Hergnies, non pardon, à Gouzeaucourt"."""

from __future__ import annotations

import re

_MENDS = re.compile(
    r"\b(?:non|pardon|plutot|rectif\w*|erreur|oups|excuse\w*|finalement|correction|enfin|desormais|maintenant)\b"
    r"|\bje v(?:oulais|eux) dire\b"
)
# How long what stands between may be, in characters.
_LONGEST = 60


def mends(between: str) -> bool:
    """Whether the folded words between two things say that the second takes the place of the first."""
    return len(between) <= _LONGEST and _MENDS.search(between) is not None
