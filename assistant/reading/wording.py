"""The runs of words and of letters of a text: what a trained reader counts."""

from __future__ import annotations

import re

from corpus.french.folding import fold

# A word, or a sign that tells how it's said.
_TOKEN = re.compile(r"\w+|[?!]")
_MOST_WORDS = 3
_FEWEST_LETTERS, _MOST_LETTERS = 2, 5


def runs_of_words(text: str) -> list[str]:
    """Return the runs of 1 to 3 folded words of a text; "?" and "!" count as words."""
    said = _TOKEN.findall(fold(text))
    return [
        " ".join(said[start : start + size])
        for size in range(1, _MOST_WORDS + 1)
        for start in range(len(said) - size + 1)
    ]


def runs_of_letters(text: str, fewest: int = _FEWEST_LETTERS, most: int = _MOST_LETTERS) -> list[str]:
    """Return the runs of ``fewest`` to ``most`` signs inside what stands between spaces, its ends as spaces.

    One shorter than a run gives itself once: "à" gives " a", "a " and " a ".
    """
    found: list[str] = []
    for word in fold(text).split():
        ended = f" {word} "
        for size in range(fewest, most + 1):
            found += [ended[start : start + size] for start in range(max(1, len(ended) - size + 1))]
            if len(ended) <= size:
                break
    return found
