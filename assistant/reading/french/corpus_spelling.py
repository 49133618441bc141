"""Learn from the catalogue the words that those of questions are mended into."""

from __future__ import annotations

import re

from assistant.reading.french.lexicon import french_lexicon
from assistant.reading.french.spelling import Spelling
from corpus.fiches.catalogue import Catalogue
from corpus.french.folding import fold

_WORD = re.compile(r"[^\W\d_]+")


def spelling_of(catalogue: Catalogue) -> Spelling:
    """Learn the words and acronyms of a catalogue: its fiches, then the questions that need no mending."""
    texts = [
        text
        for fiche in catalogue.fiches.values()
        for text in (
            fiche.scheme.name,
            fiche.scheme.label,
            *fiche.scheme.aliases,
            *(sentence.text for _, sentence in fiche.as_document.sentences()),
        )
    ]
    names = (name for scheme in catalogue.schemes for name in (scheme.label, *scheme.aliases))
    acronyms = [name for name in names if name.isupper() and name.isalpha()]
    words = french_lexicon()
    of_fiches = Spelling.of_texts(texts, words, acronyms)
    asked = (
        question.text
        for fiche in catalogue.fiches.values()
        for question in fiche.asked
        if not of_fiches.repair(question.text).changes
    )
    texts += [
        " ".join(word for word in _WORD.findall(text) if fold(word) in words or of_fiches.knows(word))
        for text in asked
    ]
    return Spelling.of_texts(texts, words, acronyms)
