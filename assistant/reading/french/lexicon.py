"""The French words that are right as they are, folded; the only file that knows pyspellchecker."""

from __future__ import annotations

from functools import cache

from corpus.french.folding import fold
from ingest.embed import french_words


@cache
def french_lexicon() -> frozenset[str]:
    """Return about 140,000 folded words: those of the encoder, and those of a French frequency dictionary.

    The encoder’s alone lack words that people write every day ("voudrait", "clocher", "crêperie"): they would
    be taken for slips of others.
    """
    from spellchecker import SpellChecker

    words = SpellChecker(language="fr").word_frequency.dictionary
    return french_words() | {fold(word) for word in words if word.isalpha()}
