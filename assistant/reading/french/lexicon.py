"""The French words that are right as they are, folded: two lists kept in ``words/``."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files


@cache
def french_lexicon() -> frozenset[str]:
    """Return about 140,000 folded words: those of official texts, and those of a French frequency dictionary.

    Official texts lack words that people write every day ("voudrait", "clocher", "crêperie"): they would be
    taken for slips of others.
    """
    return official_words().union(_listed("everyday"))


@cache
def official_words() -> frozenset[str]:
    """Return about 25,000 folded words and word pieces that are usual in French official texts."""
    return frozenset(_listed("official"))


def _listed(name: str) -> list[str]:
    """The words of one list, a line each, in order."""
    packed = files("assistant.reading.french").joinpath("words", f"{name}.txt.gz").read_bytes()
    return gzip.decompress(packed).decode().split()
