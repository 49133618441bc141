"""Write a French name after "de": d’Abbeville, du Quesnoy, des Attaques, de Creil."""

from __future__ import annotations

from corpus.french.folding import fold

# An "h" is left alone: nothing tells "d’Hirson" from "de Ham".
_VOWELS = frozenset("aeiouy")
_MERGED = {"Le ": "du ", "Les ": "des "}


def of_name(name: str) -> str:
    """Return a name after "de", elided or merged with the article that opens it."""
    for article, merged in _MERGED.items():
        if name.startswith(article):
            return merged + name.removeprefix(article)
    return f"d’{name}" if fold(name[:1])[:1] in _VOWELS else f"de {name}"
