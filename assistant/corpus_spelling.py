"""Learn from the catalogue the words that those of questions are mended into."""

from __future__ import annotations

from assistant.spelling import Spelling
from corpus.catalogue import Catalogue
from ingest.embed import french_words


def spelling_of(catalogue: Catalogue) -> Spelling:
    """Learn the words and acronyms of a catalogue."""
    texts = [
        text
        for fiche in catalogue.fiches.values()
        for text in (
            fiche.scheme.name,
            fiche.scheme.label,
            *fiche.scheme.aliases,
            *(sentence.text for _, sentence in fiche.document().sentences()),
        )
    ]
    names = (name for scheme in catalogue.schemes for name in (scheme.label, *scheme.aliases))
    return Spelling(texts, french_words(), [name for name in names if name.isupper() and name.isalpha()])
