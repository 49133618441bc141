"""How a French word sounds, roughly: the same key for spellings that people confuse.

Rules of our own, of the family of Soundex FR and Phonex: vowels written several ways (o, au, eau),
doubled letters, silent endings, consonants of one sound (f, ph; k, c, qu; s, ss, ç; j, ge).
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.french.folding import fold

# Applied in order, on the folded word.
_RULES = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"[^a-z]", ""),
        (r"^h|(?<![cps])h", ""),
        (r"ph", "f"),
        (r"sch|sh", "ch"),
        (r"qu|q|ck|cqu|c(?=[aourlt]|$)|k", "k"),
        (r"sc(?=[eiy])|ss|c(?=[eiy])|z", "s"),
        (r"x(?=[ei])", "ks"),
        (r"t(?=i(?:on|el|eu|al))", "s"),
        (r"ge(?=[ao])|g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"eau|aux?|os?$", "o"),
        (r"(?:ai|ei)n(?![aeiouy])|(?:i|y)[mn](?![aeiouymn])|ien", "5"),
        (r"(?:e|a)[mn](?![aeiouymn])", "1"),
        (r"o[mn](?![aeiouymn])", "3"),
        (r"oi|oy", "wa"),
        (r"eu|oeu", "e"),
        (r"ou", "u"),
        (r"ai|ei|ee|er$|ez$|et$|es$|ay|ey|é|è", "e"),
        (r"y", "i"),
        (r"ill?(?=[aeo])", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[^estdxp].)[estdxp]{1,3}$|(?<=..)[estdxp]{1,2}$", ""),
    )
)


@lru_cache(maxsize=32768)
def sound_of(word: str) -> str:
    """Return the key of a word's sound; empty when nothing sounds."""
    key = fold(word)
    for pattern, written in _RULES:
        key = pattern.sub(written, key)
    return key
